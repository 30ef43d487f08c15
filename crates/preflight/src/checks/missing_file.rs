//! PF081: a file that a setting names and Elasticsearch cannot load.

use crosstrust_keystore::java::Reason;
use crosstrust_report::{Finding, Report, Rule, Severity};

use super::{locked_key, unopened, wrong_list};
use crate::node_settings::{ClearPassword, FileFacts, NamedFile, Subject};
use crate::obstacle;

pub(crate) const RULE: Rule = Rule {
    code: "PF081",
    severity: Severity::Error,
    summary: "a file that a setting names and Elasticsearch cannot load",
    explanation: "A node does not start when a key store, certificate, CA or restrictions file of its \
        settings is not there or cannot be read. Relative paths start at the directory of \
        `elasticsearch.yml`. A trust store in PKCS#12 holds nothing for Java unless its \
        certificates are marked as trusted, which OpenSSL does only when asked (`-jdktrust`).",
    help: "put the file there, or correct the path",
};

pub(super) fn check(
    subject: &Subject<'_>,
    file: &NamedFile,
    facts: &FileFacts,
    report: &mut Report,
) {
    if let Some(problem) = &facts.problem {
        let message = format!("`{}` names `{}`: {problem}", file.setting, file.path);
        let finding = subject.finding(&RULE, message, file.place);
        let help = facts.help.as_deref().unwrap_or(RULE.help);
        report.push(finding.with_help(help));
    }
    for one in &facts.obstacles {
        let in_list = file.setting.ends_with(LIST);
        let rule = match unopened::rule(one) {
            // A file of CA certificates with a key has its own.
            _ if in_list && matches!(one.reason, Reason::KeyAmongCertificates { .. }) => {
                &wrong_list::RULE
            }
            rule if rule == &unopened::RULE => &RULE,
            rule => rule,
        };
        let mut message = format!("`{}` names `{}`: {one}", file.setting, file.path);
        let is_late = facts.opens_late && matches!(one.reason, Reason::KeyPassword { .. });
        if is_late {
            message.push_str(LATE);
        } else if one.refused_by.is_final() {
            message.push_str(". Elasticsearch does not start with it");
        }
        let finding = subject.finding(rule, message, file.place);
        report.push(finding.with_help(obstacle::remedy(one, &facts.path)));
    }
}

/// Says that a password of the settings does not open its file.
pub(crate) fn wrong_password(
    subject: &Subject<'_>,
    password: &ClearPassword,
    file: &NamedFile,
    opens_late: bool,
) -> Finding {
    let of_key =
        ["key_password", "key_passphrase"].iter().any(|one| password.setting.ends_with(one));
    let (rule, what) =
        if of_key { (&locked_key::RULE, "the private key in ") } else { (&RULE, "") };
    let outcome = if opens_late && of_key {
        LATE
    } else {
        ": Elasticsearch takes no other password and does not start"
    };
    let message = format!("`{}` does not open {what}`{}`{outcome}", password.setting, file.path);
    let help = "correct the password, or write the file anew with this one";
    subject.finding(rule, message, password.place).with_help(help)
}

/// What comes of a key that Java opens when it is needed.
const LATE: &str = ". The node starts, presents no certificate, and every handshake fails";

const LIST: &str = "certificate_authorities";
