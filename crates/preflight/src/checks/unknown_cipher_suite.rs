//! PF111: cipher suites that Java does not have.

use crosstrust_report::{Report, Rule, Severity};

use crate::node_settings::{Subject, cipher_suite};

pub(super) const RULE: Rule = Rule {
    code: "PF111",
    severity: Severity::Warning,
    summary: "cipher suites that Java does not have",
    explanation: "Elasticsearch passes over names in `cipher_suites` that its Java does not have, and starts as \
        long as one is left. A suite may be misspelled, may have the name that OpenSSL gives it, or may be gone: \
        those with RC4 and 3DES have been for long, and `TLS_RSA_*` is not in Java 25 any more. What is left may be \
        less than was meant.",
    help: "write the names as Java does, such as `TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for context in subject.contexts.iter().filter(|context| subject.is_loaded(context)) {
        let Some(setting) = subject.setting(context, "cipher_suites") else { continue };
        let known = |name: &str| cipher_suite::is_known(name) || cipher_suite::is_old(name);
        let names = subject.list(context, "cipher_suites");
        if !names.iter().any(|name| known(name)) {
            continue;
        }
        for item in &setting.items {
            if let Some(name) = subject.filled_in(&item.text).ok().filter(|name| !known(name)) {
                let message = format!("`{}`: Java has no cipher suite `{name}`", setting.key);
                report.push(subject.finding(&RULE, message, item.place));
            }
        }
    }
}
