//! PF049: a file that is open to everybody.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{FileFacts, NamedFile, Subject};

pub(super) const RULE: Rule = Rule {
    code: "PF049",
    severity: Severity::Warning,
    summary: "a file that is open to everybody",
    explanation: "A private key that every user of the machine can read is no longer secret; a \
        certificate file that everybody can write lets everybody choose whom the node trusts. The \
        group may read and write: packages install such files as `root:elasticsearch`, mode 0660.",
    help: "take the others' rights away",
};

pub(super) fn check(
    subject: &Subject<'_>,
    file: &NamedFile,
    facts: &FileFacts,
    report: &mut Report,
) {
    let others = facts.permissions.unwrap_or(0) & OTHERS;
    let mut told = |message: String, help: &str| {
        report.push(subject.finding(&RULE, message, file.place).with_help(help));
    };
    let help = format!("chmod o-rwx '{}'", file.path);
    if facts.holds_key && others & READ != 0 {
        told(format!("everybody can read the private key in `{}`", file.path), &help);
    } else if others & WRITE != 0 {
        told(format!("everybody can write `{}`", file.path), &help);
    }
}

/// The permission bits of those who are neither owner nor of the group.
const OTHERS: u32 = 0o007;
const READ: u32 = 0o004;
const WRITE: u32 = 0o002;
