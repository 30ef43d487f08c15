//! What the checks of an endpoint look at.

use crosstrust_report::{Finding, Rule};

use super::observation::Observation;
use super::plan::EndpointPlan;
use crate::refusal::Refusal;
use crate::verdict::Verdict;

/// Everything that the checks ask about.
pub(super) struct Sighting<'a> {
    pub(super) plan: &'a EndpointPlan,
    pub(super) seen: &'a Observation,
    /// What our side makes of the chain; nothing where none was seen.
    pub(super) as_server: Option<&'a Verdict>,
    pub(super) target: String,
}

impl Sighting<'_> {
    /// A finding about this endpoint.
    pub(super) fn finding(&self, rule: &'static Rule, message: impl Into<String>) -> Finding {
        Finding::new(rule, message).in_file(&self.target)
    }

    /// Whether the chain itself is refused.
    pub(super) fn is_untrusted(&self) -> bool {
        matches!(self.as_server, Some(Verdict::Refused(Refusal::Path(_))))
    }
}
