//! PF059: an endpoint that our own restrictions do not admit.

use crosstrust_report::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "PF059",
    severity: Severity::Error,
    summary: "an endpoint that our own restrictions do not admit",
    explanation: "The side that connects has a trust restrictions file, and it compares the names of the \
        certificate that the endpoint presents. None of the patterns matches, or there is no name \
        to compare; so the connection is closed right after the handshake, whatever the CA list \
        says.",
    help: "add a pattern for the name to our own restrictions file, or re-issue the endpoint's \
        certificate with a name that is admitted",
};
