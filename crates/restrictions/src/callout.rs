//! The numbers that documentation puts behind lines of an example: `<1>`, `<.>`, `<!--1-->`, `(1)`, `①`.

/// What stands before the call-outs at the end of a text, and these; nothing without one, or without
/// anything before it.
pub(crate) fn at_end(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let mut before = text;
    while let Some(shorter) = without_last(before) {
        before = shorter.trim_end();
    }
    let callouts = text.get(before.len()..)?.trim_start();
    (!callouts.is_empty() && !before.is_empty()).then_some((before, callouts))
}

/// The call-out that a text begins with, if it ends there or a blank follows.
pub(crate) fn at_start(text: &str) -> Option<&str> {
    let end = text.find([' ', '\t', '\n', '\r', ',', ']']).unwrap_or(text.len());
    let word = text.get(..end)?;
    without_last(word).is_some_and(str::is_empty).then_some(word)
}

fn without_last(text: &str) -> Option<&str> {
    let last = text.chars().next_back()?;
    let rest = text.strip_suffix(last)?;
    match last {
        '>' => {
            let (before, inner) = rest.rsplit_once('<')?;
            let inner = inner
                .strip_prefix("!--")
                .and_then(|inner| inner.strip_suffix("--"))
                .unwrap_or(inner);
            (inner == "." || is_number(inner)).then_some(before)
        }
        ')' => {
            let (before, inner) = rest.rsplit_once('(')?;
            let apart = before.is_empty() || before.ends_with([' ', '\t']);
            (apart && is_number(inner)).then_some(before)
        }
        '\u{2460}'..='\u{2473}' | '\u{2776}'..='\u{2793}' => Some(rest),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::at_end;
    use super::at_start;

    #[test]
    fn numbers_of_the_documentation_are_told_from_text() {
        #[track_caller]
        fn check(text: &str, expected: Option<(&str, &str)>) {
            assert_eq!(at_end(text), expected, "{text}");
        }

        check("*.example <1>", Some(("*.example", "<1>")));
        check("*.example<12> ", Some(("*.example", "<12>")));
        check("*.example <1> <2>", Some(("*.example", "<1> <2>")));
        check("*.example <.>", Some(("*.example", "<.>")));
        check("*.example <!--3-->", Some(("*.example", "<!--3-->")));
        check("*.example (1)", Some(("*.example", "(1)")));
        check("*.example ①", Some(("*.example", "①")));
        check("*.example ❷", Some(("*.example", "❷")));
        check("node*.<CLUSTER_FQDN> <3>", Some(("node*.<CLUSTER_FQDN>", "<3>")));
        check("node*.<CLUSTER_FQDN>", None);
        check("/node<1-9>\\.example/", None);
        check("node<1-9>", None);
        check("node(1)", None);
        check("*.example", None);
        check("<1>", None);
        check("", None);
        assert_eq!(at_start("<1>\n  - a"), Some("<1>"));
        assert_eq!(at_start("<1>, b"), Some("<1>"));
        assert_eq!(at_start("<name> a"), None);
        assert_eq!(at_start("a <1>"), None);
    }
}
