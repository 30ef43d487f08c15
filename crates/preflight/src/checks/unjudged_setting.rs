//! PF112: a setting whose effect is not known here.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_settings::{Place, Setting};

use crate::node_settings::{ContextName, NamedFile, Subject, cipher_suite, registered, together};

pub(crate) const RULE: Rule = Rule {
    code: "PF112",
    severity: Severity::Warning,
    summary: "a setting whose effect is not known here",
    explanation: "The verdict hangs on this setting and is `not judged`. With `truststore.algorithm: SunX509` Java \
        judges certificates in a way of its own instead of by certification paths. With `cipher_suites` that only \
        Java 17 has, a node on Java 17 starts, and one on Java 25 does not. Of a few settings that are not about TLS \
        not all values are known here: codecs, regular expressions, URIs, sizes of thread pools that hang on the \
        processors of the machine, what plugins bring, and settings of modules whose sources were not read.",
    help: "leave the setting out, so that Elasticsearch's default counts",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for context in subject.contexts.iter().filter(|context| subject.is_loaded(context)) {
        check_algorithm(context, subject, report);
        check_suites(context, subject, report);
    }
    for one in subject.unknown_values().take(registered::MOST_TOLD) {
        report.push(of_value(subject, one.setting, one.item.place));
    }
    for setting in together::doubts(subject).into_iter().take(registered::MOST_TOLD) {
        report.push(of_value(subject, setting, setting.value.place));
    }
}

fn of_value(subject: &Subject<'_>, setting: &Setting, place: Place) -> Finding {
    let message =
        format!("`{}`: whether Elasticsearch takes this value is not known here", setting.key);
    let help = "start the node with it once, and read its log";
    subject.finding(&RULE, message, place).with_help(help)
}

fn check_algorithm(context: &ContextName, subject: &Subject<'_>, report: &mut Report) {
    let is_read =
        subject.verifies(context) && subject.setting(context, "truststore.path").is_some();
    let Some(setting) = subject.setting(context, "truststore.algorithm").filter(|_| is_read) else {
        return;
    };
    let algorithm = subject.text(context, "truststore.algorithm").unwrap_or_default();
    if algorithm.eq_ignore_ascii_case("SunX509") {
        let message = format!("`{}`: how `{algorithm}` judges is not known here", setting.key);
        report.push(subject.finding(&RULE, message, setting.value.place));
    }
}

/// Among keys of one type the newer key manager chooses by rules that are not known here.
pub(crate) fn undecided_key(subject: &Subject<'_>, file: &NamedFile) -> Finding {
    let message = format!(
        "`{}` has several keys of one type: which of them the key manager of its `algorithm` presents is not \
         known here",
        file.path
    );
    let help = "keep one private key in the key store, or leave `keystore.algorithm` out";
    subject.finding(&RULE, message, file.place).with_help(help)
}

fn check_suites(context: &ContextName, subject: &Subject<'_>, report: &mut Report) {
    let Some(setting) = subject.setting(context, "cipher_suites") else { return };
    let names = subject.list(context, "cipher_suites");
    let old = names.iter().any(|name| cipher_suite::is_old(name));
    if old && !names.iter().any(|name| cipher_suite::is_known(name)) {
        let message =
            format!("`{}` has suites of Java 17 alone: Java 25 has none of them", setting.key);
        let help = "list suites with ECDHE or of TLS 1.3, or leave the setting out";
        report.push(subject.finding(&RULE, message, setting.place).with_help(help));
    }
}
