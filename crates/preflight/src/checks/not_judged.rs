//! PF086: a node that was not judged to the end.

use crosstrust_report::{Report, Rule, Severity};

use crate::examination::Examination;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

pub(crate) const RULE: Rule = Rule {
    code: "PF086",
    severity: Severity::Error,
    summary: "a node that was not judged to the end",
    explanation: "A step of Elasticsearch's decision was not taken: what it needs was not given, or a limit of \
        this program was reached. No other step refuses the node, but nobody has shown that it is \
        accepted, so the verdict is `not judged`.",
    help: "give what the message says is missing; where it names a limit, leave certificates or patterns \
        out that have nothing to do with the node",
};

pub(super) fn check(node: &Examination<'_>, report: &mut Report) {
    let roles = node.node.roles().iter();
    if node.node.roles().is_empty() {
        let finding = node.finding(&RULE, Unjudged::NobodyKnown.to_string());
        report.push(finding.with_help(HELP_FOR_NOBODY));
    }
    let mut verdicts: Vec<_> = roles.map(|role| super::verdict(node, *role)).collect();
    verdicts.dedup();
    for verdict in verdicts {
        // A signature that was not verified has a rule of its own.
        if let Verdict::NotJudged(reason) = &verdict
            && !matches!(reason, Unjudged::UnverifiedSignature { .. })
        {
            let message = reason.to_string();
            let errors = report.findings().iter().filter(|one| one.severity() == Severity::Error);
            // Of a host name it is said already.
            if errors.into_iter().any(|one| one.message() == message) {
                continue;
            }
            let finding = node.finding(&RULE, message);
            report.push(finding.with_help(reason.help().unwrap_or(RULE.help)));
        }
    }
}

const HELP_FOR_NOBODY: &str =
    "name the CA list of those who connect with `--trust`, and their security model with `--model`";
