//! TR009: a backslash in double quotes is taken by YAML.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Style;

pub(super) const RULE: Rule = Rule {
    code: "TR009",
    severity: Severity::Error,
    summary: "a backslash in double quotes is taken by YAML",
    explanation: "In double quotes YAML reads backslashes itself: `\"\\.\"` is an error and `\"\\t\"` \
        a tab. Patterns need their backslashes, so write them in single quotes, where a \
        backslash is just a backslash.",
    help: "write the item in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items().iter().filter(|item| item.style == Style::DoubleQuoted) {
        let raw = subject.text(item.place);
        if !item.text.chars().any(char::is_control) || !raw.contains('\\') {
            continue;
        }
        let message = format!("{raw} is read as `{}`", item.text.escape_debug());
        let mut remark = Remark::new(&RULE, message).at(item.place);
        if subject.is_json() {
            remark = remark.with_help("write two backslashes for each that is meant");
        } else {
            let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let meant = inner.and_then(meant).filter(|meant| *meant != item.text);
            remark = remark.with_fix(meant.and_then(|meant| subject.rewrite(item, &meant)));
        }
        remarks.push(remark);
    }
}

/// What was most likely meant by what stands between double quotes: its backslashes as they stand,
/// but for those that begin the number of a character; none if backslashes or quotes are escaped.
pub(crate) fn meant(inner: &str) -> Option<String> {
    let mut meant = String::new();
    let mut rest = inner;
    while let Some((before, escape)) = rest.split_once('\\') {
        meant.push_str(before);
        let letter = escape.chars().next()?;
        let digits = match letter {
            '"' | '\\' => return None,
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => {
                meant.push('\\');
                rest = escape;
                continue;
            }
        };
        let (number, after) = escape.get(1..)?.split_at_checked(digits)?;
        let number = number.chars().all(|digit| digit.is_ascii_hexdigit()).then_some(number)?;
        meant.push(char::from_u32(u32::from_str_radix(number, 16).ok()?)?);
        rest = after;
    }
    meant.push_str(rest);
    Some(meant)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn backslashes_stay_but_for_those_of_characters() {
        #[track_caller]
        fn check(inner: &str, expected: Option<&str>) {
            assert_eq!(meant(inner).as_deref(), expected, "{inner}");
        }

        check(r"a\.b\t", Some(r"a\.b\t"));
        check(r"caf\u00e9\.x", Some("caf\u{e9}\\.x"));
        check(r"\x41\U0001F600\d", Some("A\u{1F600}\\d"));
        check(r"\u00", None);
        check(r"\uD83D\uDE00", None);
        check(r"\u+0e9", None);
        check(r"a\\\.b", None);
        check(r#"a\"b"#, None);
        check(r"a\", None);
    }
}
