//! TR071: a comment allows a finding and does not say why.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(crate) const RULE: Rule = Rule {
    code: "TR071",
    severity: Severity::Note,
    summary: "a comment allows a finding and does not say why",
    explanation: "Whoever reads the file next cannot tell whether the finding was looked into. The reason \
        stands behind the codes: `# crosstrust: allow TR042 — only this test cluster`.",
    help: "write the reason behind the codes, after a dash",
};
