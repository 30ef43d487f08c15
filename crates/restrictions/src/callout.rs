//! The numbers that documentation puts behind lines of an example: `<1>`, `<.>`, `<!--1-->`, `(1)`, `①`;
//! `&lt;1&gt;` where the page's source was copied.

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

/// A text without the call-outs in it, and the first of these; nothing without one.
///
/// At the end a call-out stands behind anything, and a mark of a comment before it goes with it;
/// elsewhere it is a word of its own.
pub(crate) fn taken_out(text: &str) -> Option<(String, &str)> {
    if let Some((before, callouts)) = at_end(text) {
        let (rest, _) = taken_out(before).unwrap_or((before.to_owned(), ""));
        let rest = rest.trim_end();
        let bare = rest.strip_suffix(" #").or_else(|| rest.strip_suffix(" //")).unwrap_or(rest);
        return Some((bare.trim_end().to_owned(), callouts));
    }
    let is_callout = |word: &&str| without_last(word).is_some_and(str::is_empty);
    let first = text.split_whitespace().find(is_callout)?;
    let words = text.split_whitespace().filter(|word| !is_callout(word));
    Some((words.collect::<Vec<_>>().join(" "), first))
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
        ';' => {
            let (before, inner) = rest.strip_suffix("&gt")?.rsplit_once("&lt;")?;
            is_number(inner).then_some(before)
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
    use super::taken_out;

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
        check("*.example &lt;12&gt;", Some(("*.example", "&lt;12&gt;")));
        check("*.example &lt;name&gt;", None);
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

    #[test]
    fn a_callout_is_taken_out_wherever_it_stands_as_a_word() {
        #[track_caller]
        fn check(text: &str, expected: Option<(&str, &str)>) {
            let found = taken_out(text);
            assert_eq!(
                found.as_ref().map(|(rest, found)| (rest.as_str(), *found)),
                expected,
                "{text}"
            );
        }

        check("<1>", Some(("", "<1>")));
        check(" <1> ", Some(("", "<1>")));
        check("<1> *.example", Some(("*.example", "<1>")));
        check("a <1> b", Some(("a b", "<1>")));
        check("a.* # <1>", Some(("a.*", "<1>")));
        check("a.* // <1>", Some(("a.*", "<1>")));
        check("<1> a.* <2>", Some(("a.*", "<2>")));
        check("a.example <1>", Some(("a.example", "<1>")));
        check("①", Some(("", "①")));
        check("a<1>b", None);
        check("/node<1-9> x/", None);
        check("", None);
    }
}
