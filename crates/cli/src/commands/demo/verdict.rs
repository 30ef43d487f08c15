//! A verdict of the demo, beside the one that is expected.

use crosstrust_preflight::NodeVerdict;

/// Whether one side accepts the nodes of the other, and whether that is as it should be.
pub(super) struct Verdict {
    pub(super) title: &'static str,
    pub(super) expected: bool,
    pub(super) accepted: bool,
    pub(super) why: String,
}

impl Verdict {
    /// From the verdicts on all nodes that present themselves.
    pub(super) fn new(title: &'static str, expected: bool, nodes: &[NodeVerdict]) -> Self {
        let accepted = nodes.iter().all(NodeVerdict::is_accepted);
        let why = nodes.iter().find_map(|node| node.verdict().reason()).unwrap_or_default();
        Self { title, expected, accepted, why }
    }

    pub(super) fn is_expected(&self) -> bool {
        self.accepted == self.expected
    }
}
