//! Tests of lint and fix on whole files.

use proptest::collection;
use proptest::prelude::*;
use proptest::sample;

use super::Linter;
use super::Patch;
use crate::error::Error;
use crate::examine::Edit;
use crate::examine::Holder;
use crate::field::X509Field;
use crate::loaded::Loaded;
use crate::restrictions::Restrictions;
use crosstrust_settings::ErrorKind;

/// The documentation's example, whose stars nobody quoted.
const DOCUMENTED: &str = "\
trust.subject_name:
  - *.node.aaaabbbbaaaabbbb.cluster.1053523734.account
  - *.node.xxxxyyyyxxxxyyyy.cluster.1053523734.account
  - *.node.*.cluster.83988631.account
  - node*.example.com
";

/// The same with quotes, which is how it is meant.
fn quoted() -> String {
    DOCUMENTED.lines().map(quoted_line).collect()
}

fn quoted_line(line: &str) -> String {
    match line.strip_prefix("  - *") {
        Some(item) => format!("  - '*{item}'\n"),
        None => format!("{line}\n"),
    }
}

/// Code, line and column of each finding.
fn found(linter: &Linter, name: &str, text: &str) -> Vec<(&'static str, usize, usize)> {
    let report = linter.lint(name, text.as_bytes());
    let place = |place: Option<(usize, usize)>| place.unwrap_or_default();
    report
        .findings()
        .iter()
        .map(|finding| {
            let (line, column) = place(finding.place());
            (finding.rule().code, line, column)
        })
        .collect()
}

#[test]
fn the_documented_example_has_one_error_a_line_at_the_star() {
    let stars = [("TR005", 2, 5), ("TR005", 3, 5), ("TR005", 4, 5)];
    let mut codes = found(&Linter::new(), "trust.yml", DOCUMENTED);
    codes.retain(|(code, ..)| !matches!(*code, "TR061" | "TR078"));
    assert_eq!(codes, stars);
    let report = Linter::new().lint("trust.yml", DOCUMENTED.as_bytes());
    let first = &report.findings()[0];
    assert_eq!(first.source(), Some("  - *.node.aaaabbbbaaaabbbb.cluster.1053523734.account"));
    assert_eq!(first.path(), Some("trust.yml"));
    assert!(first.help().contains("'*.node.aaaabbbbaaaabbbb.cluster.1053523734.account'"));
}

#[test]
fn fixed_the_documented_example_differs_by_its_quotes_alone() {
    let fixed = Linter::new().fix("trust.yml", DOCUMENTED.as_bytes()).unwrap();
    assert_eq!((fixed.text.as_str(), fixed.changes), (quoted().as_str(), 3));
    let again = Linter::new().fix("trust.yml", fixed.text.as_bytes()).unwrap();
    assert_eq!((again.text, again.changes), (fixed.text, 0));
}

#[test]
fn what_the_documentation_means_has_no_finding_but_for_its_ids() {
    #[track_caller]
    fn check(text: &str) {
        let mut found = found(&Linter::new(), "trust.yml", text);
        found.retain(|(code, ..)| *code != "TR078");
        assert_eq!(found, []);
    }

    check(&quoted().replace("  - node*.example.com", "  - 'node*.example.com'"));
    check(&quoted().replace('\'', "\"").replace("- node*.example.com", "- \"node*.example.com\""));
    check("trust.subject_name:\n  - \"*.node.logs.prod.es.local\"\n");
    check("trust.subject_name: \"*.trusted\"\n");
    check("trust.subject_name: [ \"*.cluster1.elasticsearch\", \"node1.example\" ]\n");
    check("trust.subject_name:\n  - node1.node.1234567abcd.cluster.myscope.account\n");
    check("trust.subject_name:\n  - '/node[0-9]+\\.cluster1\\.elasticsearch/'\n");
}

#[test]
fn a_comment_allows_what_is_no_error_on_its_line_or_the_next() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let codes: Vec<&str> =
            found(&Linter::new(), "trust.yml", text).into_iter().map(|(code, ..)| code).collect();
        assert_eq!(codes, expected);
    }

    check("trust.subject_name:\n  - '*'\n", &["TR041"]);
    check("trust.subject_name:\n  - '*' # crosstrust: allow TR041 — a test cluster\n", &[]);
    check("trust.subject_name:\n  # crosstrust: allow TR041\n  # why: a test\n  - '*'\n", &[]);
    check("trust.subject_name:\n  - '*' # crosstrust: allow TR042 — no\n", &["TR041", "TR072"]);
    check("# crosstrust: allow TR041 - up\ntrust.subject_name:\n  - '*'\n", &["TR072", "TR041"]);
    check("trust.subject_name:\n  - '*' # crosstrust: allow TR041\n", &["TR071"]);
    check("trust.subject_name:\n  - '*' # crosstrust: allow TR041 — \n", &["TR071"]);
    check("trust.subject_name: [] # crosstrust: allow TR016: why\n", &["TR016", "TR072"]);
    check("trust.subject_name: ['a'] # crosstrust: allow TR999 — x\n", &["TR072"]);
    check("trust.subject_name: ['a'] # crosstrust: allow TR052 — when B is down\n", &[]);
}

#[test]
fn findings_after_a_mended_fault_have_their_own_places() {
    let text = "trust.subject_name:\n\t- *.a.example\n\t- 'b '\t\n";
    assert_eq!(
        found(&Linter::new(), "t.yml", text),
        [("TR004", 2, 1), ("TR005", 2, 4), ("TR004", 3, 1), ("TR023", 3, 4), ("TR004", 3, 8)]
    );
    let fixed = Linter::new().fix("t.yml", text.as_bytes()).unwrap();
    assert_eq!(fixed.text, "trust.subject_name:\n  - '*.a.example'\n  - 'b'\n");
}

#[test]
fn fixing_keeps_comments_and_layout() {
    #[track_caller]
    fn check(before: &str, after: &str) {
        let fixed = Linter::new().fix("t.yml", before.as_bytes()).unwrap();
        assert_eq!(fixed.text, after);
        let again = Linter::new().fix("t.yml", after.as_bytes()).unwrap();
        assert_eq!((again.text.as_str(), again.changes), (after, 0));
    }

    check(
        "# head\ntrust.subject_name:   # list\n\n  -   *-node # first\n  - \"/a\\.b/\"  # second\n",
        "# head\ntrust.subject_name:   # list\n\n  -   '*-node' # first\n  - '/a\\.b/'  # second\n",
    );
    check("trust.subject_names:\n  - 'a'\n", "trust.subject_name:\n  - 'a'\n");
    check("trust.subject_name:\n  - 'a'\n  - ''\n  - 'a'\n", "trust.subject_name:\n  - 'a'\n");
    check("trust.subject_name: [*.a, *.b] # c\n", "trust.subject_name: ['*.a', '*.b'] # c\n");
    check("trust.subject_name: 'a, b'\n", "trust.subject_name: ['a', 'b']\n");
    check("trust.subject_name:\n  - /a #b/\n", "trust.subject_name:\n  - '/a #b/'\n");
    check("trust.subject_name:\n  - '/^a.b$/'\n", "trust.subject_name:\n  - '/a\\.b/'\n");
    check(
        "trust.subject_name:\n  - |\n    a\n  - 'b'\n",
        "trust.subject_name:\n  - 'a'\n  - 'b'\n",
    );
    check("trust.subject_name:\r\n  - *.a\r\n", "trust.subject_name:\r\n  - '*.a'\r\n");
    check(
        "trust.subject_name:\n  - *node 1 # c\n  - *.a\n  - *node 2\n",
        "trust.subject_name:\n  - '*node 1' # c\n  - '*.a'\n  - '*node 2'\n",
    );
    check(
        "trust.subject_name: [*node 1, *.a, *node 2]\n",
        "trust.subject_name: ['*node 1', '*.a', '*node 2']\n",
    );
    check("trust.subject_name: *node\n", "trust.subject_name: '*node'\n");
    check("trust.subject_name: *node 1 # c\n", "trust.subject_name: '*node 1' # c\n");
    check(
        "trust.subject_name:\n  - \"caf\\u00e9\\.x\"\n",
        "trust.subject_name:\n  - 'caf\u{e9}\\.x'\n",
    );
    check(
        "trust.subject_name:\n  - 'otherName:2.5.4.3;UTF8:node1'\n  - 'CN = node2'\n",
        "trust.subject_name:\n  - 'node1'\n  - 'node2'\n",
    );
    check(
        "trust.subject_name:\n  - '/node[0-9]+.example.com/'\n  - '/(a|b).example.com/'\n",
        "trust.subject_name:\n  - '/node[0-9]+\\.example\\.com/'\n  - '/(a|b)\\.example\\.com/'\n",
    );
}

#[test]
fn one_of_several_look_alike_keys_is_not_chosen() {
    let text = "trust.subject_names: ['a']\nsubject_name: ['b ']\nx: y\n";
    let codes = found_in(&Linter::new(), text.as_bytes());
    assert_eq!(codes.iter().filter(|code| **code == "TR017").count(), 2, "{codes:?}");
    let fixed = Linter::new().fix("t.yml", text.as_bytes()).unwrap();
    assert_eq!((fixed.text.as_str(), fixed.changes), (text, 0));
    let mended = Linter::new().fix("t.yml", b"trust.subject_names: ['b ']\n").unwrap();
    assert_eq!(mended.text, "trust.subject_name: ['b']\n");
}

#[test]
fn what_cannot_be_mended_is_not_changed_at_all() {
    let error =
        Linter::new().fix("t.yml", b"trust.subject_name:\n  - *.a\n  - b: c\n").unwrap_err();
    let refused = |error: &Error, kind: fn(&ErrorKind) -> bool| matches!(error, Error::Settings(error) if kind(error.kind()));
    assert!(refused(&error, |kind| matches!(kind, ErrorKind::ListItem { .. })));
    let error = Linter::new().fix("t.txt", b"").unwrap_err();
    assert!(refused(&error, |kind| *kind == ErrorKind::UnknownSuffix));
}

#[test]
fn fixing_never_empties_the_list() {
    for text in [
        "trust.subject_name:\n  - ''\n  - ''\n",
        "trust.subject_name:\n  - ''\n",
        "trust.subject_name:\n  - 'a'\n  - 'a'\n  - ''\n",
        "trust.subject_names:\n  - ''\n  - 'a'\n",
        "- ''\n- a\n",
    ] {
        let fixed = Linter::new().fix("t.yml", text.as_bytes()).unwrap();
        let restrictions = Restrictions::parse("t.yml", fixed.text.as_bytes()).unwrap();
        assert!(!restrictions.items().is_empty(), "{text:?}: {}", fixed.text);
    }
}

#[test]
fn files_in_other_encodings_come_out_in_utf_8() {
    let text = "trust.subject_name:\n  - 'caf\u{e9}.example'\n";
    let marked = format!("\u{feff}{text}");
    let utf_16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    for bytes in [utf_16, latin_1] {
        let fixed = Linter::new().fix("t.yml", &bytes).unwrap();
        assert_eq!((fixed.text.as_str(), fixed.changes), (text, 1));
        let codes = found_in(&Linter::new(), &bytes);
        assert_eq!(codes, ["TR002"]);
    }
}

#[test]
fn what_cannot_be_mended_is_told_with_all_the_rest() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found_in(&Linter::new(), text.as_bytes()), expected, "{text}");
    }

    check("trust.subject_name:\n  - a: b\n    c: d\n  - '*'\n", &["TR011", "TR041"]);
    check("trust.subject_name:\n  - null\n  -\n  - '*'\n", &["TR011", "TR011", "TR041"]);
    check("trust.subject_name:\n  - [a]\n  - '*'\n", &["TR011", "TR041"]);
    check("other:\ntrust.subject_name:\n  - '*'\n", &["TR018", "TR010", "TR041"]);
    check("trust.subject_name: ['*']\n---\na: b\n", &["TR041", "TR013"]);
    check("trust.subject_name: ['*']\ntrust.subject_name: [a]\n", &["TR041", "TR014"]);
    check("- '*'\n", &["TR012", "TR041"]);
}

#[test]
fn leading_stars_get_their_dot_when_the_certificates_allow_it() {
    let text = "trust.subject_name:\n  - '*example.com'\n";
    let linter = |own: &[&str]| Linter::new().with_names(own, &[]);
    let fixed = |own: &[&str]| linter(own).fix("t.yml", text.as_bytes()).unwrap().text;
    assert_eq!(fixed(&["es1.example.com"]), text.replace("*e", "*.e"));
    assert_eq!(fixed(&["es1.example.com", "myexample.com"]), text);
    assert_eq!(fixed(&[]), text);
    let cloud = "trust.subject_name:\n  - '*.node.c1.cluster.s1'\n";
    let fixed = linter(&["i.node.c1.cluster.s1.account"]).fix("t.yml", cloud.as_bytes()).unwrap();
    assert_eq!(fixed.text, cloud.replace("s1'", "s1.account'"));
}

#[test]
fn a_file_beyond_elasticsearchs_reader_is_an_error() {
    let filler = format!("# {}\n", "x".repeat(3 << 20));
    let text = format!("{filler}trust.subject_name: ['a.example']\n");
    assert_eq!(found_in(&Linter::new(), text.as_bytes()), ["TR074"]);
    let readable = text.replacen('x', "", 1 << 10);
    assert_eq!(found_in(&Linter::new(), readable.as_bytes()), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixing_changes_no_pattern_that_no_rule_spoke_of(items in collection::vec(item(), 1..8)) {
        let text = format!("trust.subject_name:\n{}", items.concat());
        let Ok(before) = Loaded::parse("t.yml", text.as_bytes()) else { return Ok(()) };
        let linter = Linter::new();
        let (_, marked) = linter.remarks("t.yml", text.as_bytes());
        let edits: Vec<Edit> = marked.into_iter().flat_map(|marked| marked.remark.fix).collect();
        let untouched = before.items().iter().filter(|item| {
            !edits.iter().any(|edit| edit.start <= item.place.end && item.place.start <= edit.end)
        });
        let after = Loaded::parse("t.yml", Patch::of(edits.clone()).apply(&text).as_bytes()).unwrap();
        let mut kept = after.items().iter();
        for item in untouched {
            prop_assert!(kept.any(|other| other.text == item.text), "{} in {}", item.text, text);
        }
        prop_assert!(!after.items().is_empty());
    }
}

/// An item of a list, on a line of its own, with whatever people write there.
fn item() -> impl Strategy<Value = String> {
    let text = sample::select(vec![
        "'*.east.example'",
        "'*'",
        "''",
        "a",
        "*-node",
        "!x",
        "'/^a.b$/'",
        "\"/a\\.b/\"",
        "\"a\\tb\"",
        "'a '",
        "true",
        "12",
        "x # y",
        "'a,b'",
        "/a #b/",
        "'a\u{200b}'",
        "'CN=a.example'",
        "&x y",
        "'a{1,2}'",
        "|\n    a",
        "'it''s'",
        "'*'   # crosstrust: allow TR041 - x",
    ]);
    text.prop_map(|text| format!("  - {text}\n"))
}

/// The codes that are found in a file.
fn found_in(linter: &Linter, bytes: &[u8]) -> Vec<&'static str> {
    let report = linter.lint("t.yml", bytes);
    report.findings().iter().map(|finding| finding.rule().code).collect()
}

#[test]
fn a_certificate_whose_names_are_elsewhere_is_told_from_one_that_is_refused() {
    let mut linter = Linter::new();
    linter.known.own.push(Holder::of_names("es1.crt", X509Field::DnsName, &["es1.example"]));
    let text = "trust.subject_name:\n  - 'es1.example'\n";
    let codes: Vec<&str> =
        found(&linter, "t.yml", text).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, ["TR050", "TR053"]);
    let linter = linter.with_fields(&[X509Field::DnsName.as_str()]);
    assert_eq!(found(&linter, "t.yml", text), []);
}

#[test]
fn a_file_of_ten_thousand_unquoted_stars_is_read_once_more() {
    let line = |number: usize| format!("  - *.node.c{number}.cluster.s.account\n");
    let lines: Vec<String> = (0..10_000).map(line).collect();
    let text = format!("trust.subject_name:\n{}", lines.concat());
    let report = Linter::new().lint("t.yml", text.as_bytes());
    assert_eq!(report.summary().errors, 10_000);
    let last = report.findings().last().unwrap();
    assert_eq!(last.place(), Some((10_001, 5)));
}

#[test]
fn stars_in_one_line_are_found_together() {
    let items: Vec<String> = (0..10_000).map(|number| format!("*.c{number}")).collect();
    let text = format!("trust.subject_name: [{}]\n", items.join(", "));
    let report = Linter::new().lint("t.yml", text.as_bytes());
    assert_eq!(report.summary().errors, 10_000);
    let fixed = Linter::new().fix("t.yml", text.as_bytes()).unwrap();
    assert_eq!(fixed.changes, 10_000);
}

#[test]
fn no_fix_takes_a_known_node_its_name() {
    #[track_caller]
    fn check(item: &str, name: &str) {
        let text = format!("trust.subject_name:\n  - {item}\n  - '*.other'\n");
        let linter = Linter::new().with_names(&[name], &[]);
        let fixed = linter.fix("trust.yml", text.as_bytes()).unwrap();
        let after = Restrictions::parse("trust.yml", fixed.text.as_bytes()).unwrap();
        assert!(after.judge(&[name]).is_some(), "{}", fixed.text);
        let alone = Linter::new().fix("trust.yml", text.as_bytes()).unwrap();
        assert_ne!(alone.text, text, "{item} is mended where nothing is known");
    }

    check("'node1 '", "node1 ");
    check(r"/node1.example\.com/", "node1-example.com");
    check("'CN=node1'", "CN=node1");
}

#[test]
fn a_comment_stays_a_comment() {
    let text =
        "trust.subject_name:\n  - node1.example #primary\n  - '*.b' #crosstrust: allow TR042 why\n";
    let fixed = Linter::new().fix("trust.yml", text.as_bytes()).unwrap();
    assert!(fixed.text.contains(" #primary\n"), "{}", fixed.text);
    let text = "trust.subject_name:\n  - x.* #crosstrust: allow TR042 it is meant\n";
    assert_eq!(found(&Linter::new(), "trust.yml", text), []);
}

#[test]
fn a_file_in_which_no_pattern_matches_trusts_nobody() {
    let codes = |items: &str| {
        let text = format!("trust.subject_name: {items}\n");
        let found = found(&Linter::new(), "trust.yml", &text);
        found.into_iter().map(|(code, ..)| code).collect::<Vec<_>>()
    };
    for items in ["['/a&b/']", r"['/[^\d\D]/']", "['']", "' '", "['\u{1f600}']", "['/#/', '']"] {
        assert!(codes(items).contains(&"TR016"), "{items}");
    }
    assert!(!codes("['/#/', 'a.example']").contains(&"TR016"));
}

#[test]
fn a_callout_behind_the_key_above_the_list_is_mended() {
    let text = "trust: <1>\n  subject_name: # <2>\n    - '*.a.example'\n";
    let fixed = Linter::new().fix("trust.yml", text.as_bytes()).unwrap();
    assert_eq!(fixed.text, "trust:\n  subject_name: # <2>\n    - '*.a.example'\n");
    let report = Linter::new().lint("trust.yml", text.as_bytes());
    let codes: Vec<&str> = report.findings().iter().map(|one| one.rule().code).collect();
    assert_eq!(codes, ["TR075"]);
}

#[test]
fn a_pattern_that_is_a_callout_alone_is_told_and_left() {
    let text = "trust.subject_name:\n  - '*.a.example'\n  - <1>\n";
    let report = Linter::new().lint("trust.yml", text.as_bytes());
    assert!(report.findings().iter().any(|one| one.rule().code == "TR075"));
    let fixed = Linter::new().fix("trust.yml", text.as_bytes()).unwrap();
    assert_eq!(fixed.text, text);
}

/// What comes along when an example is copied out of a document is taken out, and nothing else.
#[test]
fn what_was_copied_along_is_mended() {
    #[track_caller]
    fn check(list: &str, expected: &str) {
        let file = |list: &str| format!("trust.subject_name:{list}\n");
        let fixed = Linter::new().fix("trust.yml", file(list).as_bytes()).unwrap();
        assert_eq!(fixed.text, file(expected), "{list}");
        let report = Linter::new().lint("trust.yml", fixed.text.as_bytes());
        let codes = report.findings().iter().map(|finding| finding.rule().code);
        let left: Vec<&str> = codes.filter(|code| ("TR075".."TR078").contains(code)).collect();
        assert_eq!(left, [""; 0], "{list}");
    }

    let both = "\n  - '*.a.example'\n  - '*.b.example'";
    check("\n  - *.a.example <1>\n  - *.b.example <2>", both);
    check("\n  - *.a.example<1>\n  - *.b.example <1> <2>", both);
    check("\n  - '*.a.example <1>'\n  - '*.b.example' <2>", both);
    check("\n  - '*.a.example' (1)\n  - '*.b.example' ②", both);
    check("\n  - '*.a.example' &lt;1&gt;\n  - *.b.example &lt;2&gt;", both);
    check(" <1>\n  - *.a.example\n  - *.b.example <2>", both);
    check(" ['*.a.example' <1>, '*.b.example' <2>]", " ['*.a.example', '*.b.example']");
    check(" '*.a.example' <.>", " '*.a.example'");
    check(" “*.a.example”", " '*.a.example'");
    check("\n  - “*.a.example”\n  - ‘*.b.example’", both);
    check("\n  - “*.a.example” <1>\n  - *.b.example", both);
    check("\n  - \"*.a.example”\n  - '*.b.example’", both);
    check("\n  – '*.a.example'\n  – '*.b.example'", both);
    check("\n  - '*.a.example'\n  — *.b.example", both);
    check("\n  - *.a–1.example <1>", "\n  - '*.a-1.example'");
    check("\n  - '*.a.example # <1>'\n  - '<1> *.b.example'", both);
    check("\n  - '*.a\u{2011}1\u{2212}b.example'", "\n  - '*.a-1-b.example'");
}
