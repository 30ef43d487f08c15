//! The three verdicts: accepted, refused, and not judged.

use crate::error::PathError;
use crate::refusal::Refusal;
use crate::unjudged::Unjudged;

/// What becomes of a node before somebody who judges it. Only what every step has looked at and found
/// good is accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use]
pub enum Verdict {
    /// Every step was taken, and none of them refuses the node.
    Accepted,
    /// A step was not taken, or could not be; none of the others refuses the node.
    NotJudged(Unjudged),
    /// A step refuses the node.
    Refused(Refusal),
}

impl Verdict {
    /// Whether it is accepted: the one way to ask.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted)
    }

    /// Why it is refused, if it is.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Accepted | Self::NotJudged(_) => None,
        }
    }

    /// Why it is not accepted, in words.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Accepted => None,
            Self::NotJudged(reason) => Some(reason.to_string()),
            Self::Refused(refusal) => Some(refusal.to_string()),
        }
    }

    /// What to do about it, where the rule does not say it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Accepted => None,
            Self::NotJudged(reason) => reason.help(),
            Self::Refused(refusal) => refusal.help(),
        }
    }

    /// The word for people: `accepted`, `refused`, `not judged`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotJudged(_) => "not judged",
            Self::Refused(_) => "refused",
        }
    }

    /// The word for programs: `accepted`, `refused`, `not_judged`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotJudged(_) => "not_judged",
            Self::Refused(_) => "refused",
        }
    }

    /// The verdict of both steps: a refusal, else what was not judged, else accepted. Of two that are
    /// alike the first counts.
    pub fn and(self, next: Self) -> Self {
        match (&self, &next) {
            (Self::Refused(_), _) | (Self::NotJudged(_), Self::NotJudged(_) | Self::Accepted) => {
                self
            }
            _ => next,
        }
    }

    /// The same of verdicts that are kept.
    pub fn worse<'a>(&'a self, next: &'a Self) -> &'a Self {
        match (self, next) {
            (Self::Refused(_), _) | (Self::NotJudged(_), Self::NotJudged(_) | Self::Accepted) => {
                self
            }
            _ => next,
        }
    }
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Unjudged> for Verdict {
    fn from(reason: Unjudged) -> Self {
        Self::NotJudged(reason)
    }
}

/// An error of a path is a refusal, but for the limit of the search.
impl From<&PathError> for Verdict {
    fn from(error: &PathError) -> Self {
        match error {
            PathError::SearchLimit { steps } => {
                Self::NotJudged(Unjudged::SearchLimit { steps: *steps })
            }
            error => Self::Refused(Refusal::Path(error.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unjudged(what: &str) -> Verdict {
        Unjudged::NotLookedAt { what: what.to_owned() }.into()
    }

    fn refused(steps: usize) -> Verdict {
        let error = PathError::PathLength { subject: steps.to_string() };
        Refusal::Path(error).into()
    }

    /// Of any two verdicts, only two acceptances make an acceptance, and a refusal counts most.
    #[test]
    fn nothing_unknown_is_accepted() {
        for (one, other, expected) in [
            (Verdict::Accepted, Verdict::Accepted, "accepted"),
            (Verdict::Accepted, unjudged("a"), "not_judged"),
            (unjudged("a"), Verdict::Accepted, "not_judged"),
            (unjudged("a"), refused(1), "refused"),
            (refused(1), unjudged("a"), "refused"),
            (refused(1), Verdict::Accepted, "refused"),
        ] {
            assert_eq!(one.worse(&other).key(), expected);
            let both = one.and(other);
            assert_eq!((both.key(), both.is_accepted()), (expected, expected == "accepted"));
        }
        assert_eq!(unjudged("a").and(unjudged("b")), unjudged("a"));
        assert_eq!(refused(1).and(refused(2)), refused(1));
    }

    #[test]
    fn the_limit_of_a_search_is_no_refusal() {
        let verdict = Verdict::from(&PathError::SearchLimit { steps: 7 });
        assert_eq!(
            (verdict.key(), verdict.rule().map(|rule| rule.code)),
            ("not_judged", Some("PF086"))
        );
        assert!(verdict.refusal().is_none());
    }
}
