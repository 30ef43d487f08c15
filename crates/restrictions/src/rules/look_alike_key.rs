//! TR017: a key is almost, but not quite, the one that is read.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Edit;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::loaded::IgnoredKey;
use crate::loaded::KEY;
use crosstrust_settings::Format;

pub(super) const RULE: Rule = Rule {
    code: "TR017",
    severity: Severity::Error,
    summary: "a key is almost, but not quite, the one that is read",
    explanation: "Elasticsearch reads `trust.subject_name` and ignores all else: \
        `trust.subject_names`, `subject_name`, `trust.subject-name`, another case, or a \
        parent such as `xpack` above `trust`.",
    help: "write `trust.subject_name`",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    let ignored = subject.loaded.ignored_keys();
    let found: Vec<&IgnoredKey> =
        ignored.iter().filter(|ignored| is_look_alike(&ignored.key)).collect();
    for ignored in &found {
        let message = format!("`{}` is not read; the key is `{KEY}`", ignored.key);
        let written = subject.text(ignored.place).trim_matches(['"', '\'']);
        // Of several only a person can tell which one is meant.
        let alone = found.len() == 1 && written == ignored.key && subject.key_place().is_none();
        let fix = alone.then(|| {
            let key = if subject.loaded.format() == Format::Json {
                subject.quoted(KEY)
            } else {
                KEY.to_owned()
            };
            Edit::new(ignored.place.start, ignored.place.end, key)
        });
        remarks.push(Remark::new(&RULE, message).at(ignored.place).with_fix(fix));
    }
}

/// Whether a key is the one that is read but for case, punctuation, a plural or its parents.
pub(super) fn is_look_alike(key: &str) -> bool {
    let letters: String =
        key.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let singular = letters.strip_suffix('s').unwrap_or(&letters);
    singular.ends_with("subjectname") && !is_numbered(key)
}

/// Whether a key is one of the numbered forms of the one that is read.
pub(super) fn is_numbered(key: &str) -> bool {
    let number = key.strip_prefix(KEY).and_then(|rest| rest.strip_prefix('.'));
    number.is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit()))
}
