//! PF083: a certificate that the identity of an API key does not admit.

use crosstrust_report::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "PF083",
    severity: Severity::Error,
    summary: "a certificate that the identity of an API key does not admit",
    explanation: "A cross-cluster API key with `certificate_identity` works only for requests that are signed \
        with a certificate whose distinguished name matches. The value is a Java regular expression, and \
        all of the name must match, letter case included, in the form that Java writes: the last \
        attribute first, no blanks after commas, `=` and `#` within values escaped. A request that is \
        refused gets status 401, which `skip_unavailable: true` shows as an empty result.",
    help: "write the pattern from the name that is shown, with a backslash before each dot",
};
