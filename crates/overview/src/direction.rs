//! What one cluster makes of all nodes of another, counted.

use crosstrust_preflight::Verdict;

use crate::overview::Overview;

/// One cluster before another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Direction {
    /// The position of the cluster that presents.
    pub(crate) from: usize,
    /// The position of the cluster that judges.
    pub(crate) to: usize,
    /// How many nodes the first has.
    pub(crate) nodes: usize,
    /// How many of them are accepted, as client and as server.
    pub(crate) accepted: usize,
    /// How many are neither accepted nor refused.
    pub(crate) not_judged: usize,
}

/// How a direction is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
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

impl Direction {
    fn refused(&self) -> usize {
        self.nodes.saturating_sub(self.accepted).saturating_sub(self.not_judged)
    }

    /// What the counts come to.
    pub(crate) fn glance(&self) -> Glance {
        match (self.accepted, self.refused(), self.not_judged) {
            (_, 0, 0) => Glance::Accepted,
            (_, 0, _) => Glance::NotJudged,
            (0, _, _) => Glance::Refused,
            _ => Glance::InPart,
        }
    }
}

impl Glance {
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

impl Overview {
    /// Each pair of clusters, by presenting and judging cluster.
    pub(crate) fn directions(&self) -> Vec<Direction> {
        let clusters = &self.matrix.clusters;
        let mut directions = Vec::new();
        for (from, cluster) in clusters.iter().enumerate() {
            let nodes = cluster.nodes.len();
            let empty = |to| Direction { from, to, nodes, accepted: 0, not_judged: 0 };
            directions.extend((0..clusters.len()).map(empty));
        }
        for verdict in &self.matrix.verdicts {
            let row = verdict.from.cluster.saturating_mul(clusters.len());
            let Some(direction) = directions.get_mut(row.saturating_add(verdict.to)) else {
                continue;
            };
            match verdict.verdict() {
                Verdict::Accepted => direction.accepted = direction.accepted.saturating_add(1),
                Verdict::NotJudged(_) => {
                    direction.not_judged = direction.not_judged.saturating_add(1);
                }
                Verdict::Refused(_) => {}
            }
        }
        directions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_judged_is_never_shown_as_accepted() {
        for (accepted, not_judged, expected) in [
            (3, 0, Glance::Accepted),
            (2, 1, Glance::NotJudged),
            (0, 3, Glance::NotJudged),
            (2, 0, Glance::InPart),
            (1, 1, Glance::InPart),
            (0, 1, Glance::Refused),
            (0, 0, Glance::Refused),
        ] {
            let direction = Direction { from: 0, to: 1, nodes: 3, accepted, not_judged };
            assert_eq!(direction.glance(), expected, "{direction:?}");
        }
    }
}
