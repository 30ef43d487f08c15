//! How what one cluster makes of another is shown.

use crosstrust_preflight::Direction;

/// How a direction is shown.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Glance {
    /// All nodes are accepted.
    Accepted,
    /// Some are.
    InPart,
    /// None is refused, and some are not judged.
    NotJudged,
    /// None is accepted.
    Refused,
}

impl Glance {
    /// What the counts come to.
    pub(crate) fn of(direction: &Direction) -> Self {
        match (direction.accepted, direction.refused(), direction.not_judged) {
            (0, 0, 0) => Self::NotJudged,
            (_, 0, 0) => Self::Accepted,
            (_, 0, _) => Self::NotJudged,
            (0, _, _) => Self::Refused,
            _ => Self::InPart,
        }
    }

    /// The class of its element.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Accepted => "yes",
            Self::InPart => "warn",
            Self::NotJudged => "unknown",
            Self::Refused => "no",
        }
    }

    /// Its sign.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Accepted => "✓",
            Self::InPart => "◐",
            Self::NotJudged => "?",
            Self::Refused => "✗",
        }
    }

    /// Its words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::InPart => "accepted in part",
            Self::NotJudged => "not judged",
            Self::Refused => "refused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_judged_is_never_shown_as_accepted() {
        for (nodes, accepted, not_judged, expected) in [
            (3, 3, 0, Glance::Accepted),
            (3, 2, 1, Glance::NotJudged),
            (3, 0, 3, Glance::NotJudged),
            (3, 2, 0, Glance::InPart),
            (3, 1, 1, Glance::InPart),
            (3, 0, 1, Glance::Refused),
            (3, 0, 0, Glance::Refused),
            // Of a cluster without nodes nobody knows.
            (0, 0, 0, Glance::NotJudged),
        ] {
            let direction = Direction { from: 0, to: 1, nodes, accepted, not_judged };
            assert_eq!(Glance::of(&direction), expected, "{direction:?}");
        }
    }
}
