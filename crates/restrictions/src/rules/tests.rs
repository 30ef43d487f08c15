//! Broken and kept cases of rules, more of them than there are files in `fixtures/trust/lint/`.

use super::explain;
use super::rules;
use crate::lint::Linter;

#[test]
fn codes_are_unique_and_sorted_and_known_to_explain() {
    let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|one, next| one < next));
    for rule in rules() {
        assert_eq!(explain(rule.code), Some(rule));
    }
    assert_eq!(explain("tr005").map(|rule| rule.code), Some("TR005"));
    assert_eq!(explain("TR999"), None);
}

#[test]
fn rules_are_sentences_where_they_are_shown() {
    for rule in rules() {
        assert!(rule.explanation.ends_with('.') && !rule.summary.ends_with('.'), "{}", rule.code);
        assert!(!rule.help.ends_with('.') && !rule.help.is_empty(), "{}", rule.code);
    }
}

/// Files that break a rule, and their like that do not; what is known besides them.
struct Case {
    code: &'static str,
    broken: &'static str,
    kept: &'static str,
    own: &'static [&'static str],
    peers: &'static [&'static str],
}

/// Cases with a list of items.
const ITEMS: &[(&str, &str, &str)] = &[
    ("TR003", "'a' 'b'", "'a'' ''b'"),
    ("TR004", "'a'\t", "'a'"),
    ("TR005", "*.a.example", "'*.a.example'"),
    ("TR005", "*node 1", "'*node 1'"),
    ("TR006", "*-node", "'*-node'"),
    ("TR007", "&x a1.example", "'&x a1.example'"),
    ("TR008", "!node", "'!node'"),
    ("TR008", "/a #b/", "'/a #b/'"),
    ("TR009", r#""/a\.b/""#, r"'/a\.b/'"),
    ("TR009", r#""node\t1""#, r#""node1""#),
    ("TR011", "a: b", "'a: b'"),
    ("TR022", "'a.example,b.example'", "'/[ab]{1,2}\\.example/'"),
    ("TR023", "'a.example '", "'a.example'"),
    ("TR024", "''", "'a.example'"),
    ("TR025", "'a\u{200b}.example'", "'a.example'"),
    ("TR026", "'n\u{43e}de.example'", "'node.example'"),
    ("TR026", "'cafe\u{301}.example'", "'caf\u{e9}.example'"),
    ("TR026", "'\u{ff4e}ode.example'", "'\u{441}\u{435}\u{440}\u{432}\u{435}\u{440}.example'"),
    ("TR026", "'a.n\u{43e}de.example'", "'/\u{441}\\d\\.example/'"),
    ("TR027", "'😀.example'", "'/😀\\.example/'"),
    ("TR029", "1234", "'1234'"),
    ("TR029", "true", "'true'"),
    ("TR030", "'${HOSTNAME}.example'", "'host.example'"),
    ("TR030", "'*.<CLUSTER_ID>.example'", "'/node<1-9>\\.example/'"),
    ("TR030", "'*.node.*.cluster.<kubernetes-namespace>.es.local.account'", "'node<1-9>.example'"),
    ("TR030", "'*.{cluster}.example'", "'/[a-z]{2}\\.example/'"),
    ("TR026", "'*.\u{441}\u{43e}.example'", "'*.co.example'"),
    ("TR026", "'n\u{585}de.example'", "'node.example'"),
    ("TR026", "'*\u{3002}example'", "'*.example'"),
    ("TR026", "'\u{2217}.example'", "'*.example'"),
    ("TR075", "'*.a.example <1>'", "'*.a.example'"),
    ("TR075", "\"*.a.example\" <1>", "\"*.a.example\" # <1>"),
    ("TR075", "*.a.example <1>", "'/node<1-9>\\.example/'"),
    ("TR075", "*.a.example<1>", "'/node<1-9>/'"),
    ("TR075", "node1.example.com <3>", "node1.example.com"),
    ("TR075", "'*.a.example' ①", "'*.a.example'"),
    ("TR075", "'*.a.example (2)'", "'/node(2)/'"),
    ("TR076", "\u{201c}*.a.example\u{201d}", "'*.a.example'"),
    ("TR076", "\u{2018}a.example\u{2019}", "'a.example'"),
    ("TR076", "'\"*.a.example\"'", "\"*.a.example\""),
    ("TR076", "\"*.a.example\u{201d}", "\"*.a.example\""),
    ("TR077", "'node\u{2011}1.example'", "'node-1.example'"),
    ("TR077", "'node\u{2013}1.example'", "'node-1.example'"),
    ("TR077", "'node\u{2212}1.example'", "'node-1.example'"),
    (
        "TR078",
        "'*.node.aaaabbbbaaaabbbb.cluster.s1.account'",
        "'*.node.aaaabbbbaaaabbbbc.cluster.s1.account'",
    ),
    ("TR078", "'/.*\\.cluster\\.83988631\\.account/'", "'*.cluster.839886310.account'"),
    ("TR031", "'/a.example'", "'/a\\.example/'"),
    ("TR032", "'/[/'", "'/[a]x1/'"),
    ("TR033", "'/^node\\.example$/'", "'/node\\.example/'"),
    ("TR033", "'/node$/'", "'/node\\$/'"),
    ("TR034", "'/(?:ab)c/'", "'/(ab)c/'"),
    ("TR034", "'/ab*?c/'", "'/ab*c/'"),
    ("TR034", "'/(ab)\\1/'", "'/(ab)1/'"),
    ("TR035", "'/node1.example/'", "'/node1\\.example/'"),
    ("TR035", "'/node[0-9].example/'", "'/node[0-9]\\.example/'"),
    ("TR035", "'/node[0-9]+.example/'", "'/node[0-9]+\\.example/'"),
    ("TR035", "'/(a|b).example/'", "'/(a|b)\\.example/'"),
    ("TR035", "'/node<1-9>.example/'", "'/node<1-9>\\.example/'"),
    ("TR035", "'/.*.example/'", "'/.*\\.example/'"),
    ("TR036", "'/node#1/'", "'/node\\#1/'"),
    ("TR036", "'/a@b/'", "'/a[@]b/'"),
    ("TR036", "'/R&D\\.example/'", "'/R\\&D\\.example/'"),
    ("TR036", "'/[a-z]+&node1/'", "'/[a-z]+&.*node.*/'"),
    ("TR036", "'/[a-z]+R&D[0-9]+/'", "'/.*\\.example&~(.*evil.*)/'"),
    ("TR036", "'/node~1/'", "'/node~(1)/'"),
    ("TR036", "'/~abc/'", "'/~(abc)x/'"),
    ("TR036", "'/node~[0-9]/'", "'/node<1-30>\\.example/'"),
    ("TR036", "'/(AT&T)\\.example/'", "'/&node\\.example/'"),
    ("TR036", "'/\"a.c\"#1/'", "'/\"a#c\"1/'"),
    ("TR038", "'/[\\*-a]bc/'", "'/[*\\-a]bc/'"),
    ("TR039", "'node[0-9]+.example'", "'/node[0-9]+\\.example/'"),
    ("TR039", "'(a|b).example'", "'/(a|b)\\.example/'"),
    ("TR039", "'.*.example.com'", "'*.example.com'"),
    ("TR039", "'node-.*.example'", "'node.*.example'"),
    ("TR040", "'/(a|b)*a(a|b){18}/'", "'/(a|b)*a/'"),
    ("TR040", "'/a{20000}b/'", "'/a{200}b/'"),
    ("TR073", "'/(a|b)*a(a|b){18}/'", "'/a{20000}b/'"),
    ("TR041", "'*'", "'*.example'"),
    ("TR041", "'?*'", "'?*.example'"),
    ("TR041", "'/.*/'", "'/.*\\.example/'"),
    ("TR041", "'/.+/'", "'/.+\\.example/'"),
    ("TR041", "'/~()/'", "'/~(abc)/'"),
    ("TR041", "'/.{1,}/'", "'/.{2,}e/'"),
    ("TR041", "'/@/'", "'/@example/'"),
    ("TR041", "'**'", "'*.**'"),
    ("TR042", "'*.*'", "'*.example'"),
    ("TR042", "'node1.*'", "'node1.example'"),
    ("TR042", "'*.cluster.*'", "'*.cluster.example'"),
    ("TR042", "'/.*\\.cluster\\..*/'", "'/.*\\.cluster[0-9]\\.example/'"),
    ("TR042", "'/.*e.*/'", "'/.*\\.east/'"),
    ("TR042", "'/.*\\.[a-z]+/'", "'/node[a-z]+/'"),
    ("TR042", "'/x\\..*/'", "'/node1\\.(example|test)/'"),
    ("TR042", "'/~(node1)/'", "'/[Nn][Oo]\\.x/'"),
    ("TR043", "'*.node.c1.cluster.s1.account*'", "'*.node.c1.cluster.s1.account'"),
    ("TR043", "'*.node.c1.cluster.s1'", "'*.node.c1.cluster.s1.account'"),
    ("TR043", "'*.node.c1.cluster.*'", "'*.node.c1.cluster.s1.account'"),
    ("TR043", "'*.node.c1.cluster.s1.acc*'", "'*.node.c1.cluster.s1.account'"),
    ("TR044", "'*example.com'", "'*.example.com'"),
    ("TR044", "'**example.com'", "'**.example.com'"),
    ("TR044", "'*_x.example'", "'*-x.example'"),
    ("TR045", "'*.node.c*.cluster.s1.account'", "'*.node.*.cluster.s1.account'"),
    ("TR046", "'*.cluster.c1.node.s1.account'", "'*.node.c1.cluster.s1.account'"),
    ("TR046", "'*.node.cluster.s1.account'", "'node.node.abc.cluster.s1.account'"),
    ("TR046", "'*.cluster.*.node.s1.account'", "'*.node.cluster.cluster.s1.account'"),
    ("TR046", "'*.node.c1.d1.cluster.s1.account'", "'*.node.*.cluster.cluster.s1.account'"),
    ("TR046", "'*.node.c1.s1.cluster.account'", "'*.node.*.cluster.namespace.es.local.account'"),
    ("TR047", "'*.node.My_Cluster.cluster.s1.account'", "'*.node.mycluster.cluster.s1.account'"),
    (
        "TR047",
        "'*.node.9f1b8a4e2d6c4b0f8e7d6c5b4a39281.cluster.s1.account'",
        "'*.node.9f1b8a4e2d6c4b0f8e7d6c5b4a392817.cluster.s1.account'",
    ),
    (
        "TR047",
        "'*.node.9f1b8a4e2d6c4b0f8e7d6c5b4a39281o.cluster.s1.account'",
        "'*.node.1234567abcd.cluster.myscope.account'",
    ),
    ("TR048", "'CN=node1.example'", "'node1.example'"),
    ("TR048", "'DNS:node1.example'", "'node1.example'"),
    ("TR048", "'otherName:2.5.4.3;UTF8:node1'", "'node1'"),
    ("TR048", "'DC=example'", "'dc.example'"),
    ("TR048", "'C=DE,O=x'", "'c.example'"),
    ("TR048", "'IP:10.0.0.1'", "'ip.example'"),
    ("TR048", "'subject=CN=node1'", "'subject.example'"),
    ("TR048", "'cn: node1'", "'cn.node1'"),
    ("TR049", "'10.0.0.1'", "'node1.example'"),
    ("TR049", "'node1.example:9300'", "'node1.example'"),
    ("TR049", "'https://node1.example'", "'node1.example'"),
    ("TR059", "'*.es.local'", "'*.node.logs.prod.es.local'"),
];

/// Cases with a whole file.
const FILES: &[(&str, &str, &str)] = &[
    ("TR002", "trust.subject_name: 'a\u{7}'", "trust.subject_name: 'a'"),
    ("TR010", "trust.subject_name: a\nother:", "trust.subject_name: a\nother: ''"),
    ("TR012", "- a", "trust.subject_name:\n- a"),
    ("TR012", "---", "---\ntrust.subject_name: a"),
    ("TR013", "trust.subject_name: a\n---\na: b", "trust.subject_name: a\n..."),
    ("TR014", "trust.subject_name: a\ntrust.subject_name: b", "trust.subject_name: a"),
    (
        "TR015",
        "trust.subject_name: a\ntrust:\n  subject_name: b",
        "trust.subject_name: a\ntrust:\n  other: b",
    ),
    ("TR016", "trust.subject_name: []", "trust.subject_name: [a]"),
    ("TR016", "", "trust.subject_name: a"),
    ("TR017", "trust.subject_names: a", "trust.subject_name: a"),
    ("TR017", "xpack:\n  trust.subject_name: a", "trust:\n  subject_name: a"),
    ("TR017", "trust.Subject-Name: a", "trust.subject_name: a"),
    ("TR018", "trust.subject_name: a\nother: b", "trust.subject_name: a"),
    (
        "TR019",
        "trust.subject_name.0: a\ntrust.subject_name.2: b",
        "trust.subject_name.0: a\ntrust.subject_name.1: b",
    ),
    (
        "TR020",
        "trust.subject_name: a\ntrust.subject_name.0: b",
        "trust.subject_name.0: a\ntrust.subject_name.1: b",
    ),
    ("TR021", "trust.subject_name: 'a, b'", "trust.subject_name: ['a', 'b']"),
    ("TR007", "x: &n a\ntrust.subject_name:\n- *n", "trust.subject_name:\n- 'n'"),
    ("TR007", "<<: {a: b}\ntrust.subject_name: a", "'<': {a: b}\ntrust.subject_name: a"),
    ("TR029", "trust.subject_name: True", "trust.subject_name: 'True'"),
    ("TR055", "trust.subject_name: ['a', 'a']", "trust.subject_name: ['a', 'b']"),
    (
        "TR056",
        "trust.subject_name: ['*.example', 'a.example']",
        "trust.subject_name: ['*.example', 'a.test']",
    ),
    (
        "TR057",
        "trust.subject_name: ['node1*.example', 'node*1.example']",
        "trust.subject_name: ['node1*.example', 'node2*.example']",
    ),
    ("TR061", "trust.subject_name: ['a', b]", "trust.subject_name: ['a', 'b']"),
    ("TR061", "trust.subject_name:\n- a\n- 'b'\n-", "trust.subject_name:\n- a\n-"),
    ("TR061", "trust.subject_name: [a, 'b']", "trust.subject_name:\n- a.b.c\n- *.d.e.f"),
    ("TR022", "trust.subject_name.0: a,b\ntrust.subject_name.1: c", "trust.subject_name: a,b"),
    ("TR006", "trust.subject_name: *node", "trust.subject_name: '*node'"),
    ("TR005", "trust.subject_name: *node 1", "trust.subject_name: '*node 1'"),
    ("TR005", "trust.subject_name: [a, *node 1]", "trust.subject_name: [a, '*node 1']"),
];

/// Cases with certificates.
const KNOWN: &[Case] = &[
    Case {
        code: "TR028",
        broken: "trust.subject_name: ['*.East.example']",
        kept: "trust.subject_name: ['*.east.example']",
        own: &["es1.east.example"],
        peers: &[],
    },
    Case {
        code: "TR050",
        broken: "trust.subject_name: ['*.west']",
        kept: "trust.subject_name: ['*.east']",
        own: &["es1.east", "es2.east"],
        peers: &[],
    },
    Case {
        code: "TR051",
        broken: "trust.subject_name: ['es1.east']",
        kept: "trust.subject_name: ['*.east']",
        own: &["es1.east", "es2.east"],
        peers: &[],
    },
    Case {
        code: "TR052",
        broken: "trust.subject_name: ['*.east']",
        kept: "trust.subject_name: ['*.east', '*.west']",
        own: &[],
        peers: &["es1.west"],
    },
    Case {
        code: "TR058",
        broken: "trust.subject_name: ['*.east', '*.wset']",
        kept: "trust.subject_name: ['*.east', '*.west']",
        own: &["es1.east"],
        peers: &["es1.west"],
    },
    Case {
        code: "TR060",
        broken: "trust.subject_name: ['*.node.prod.logs.es.local']",
        kept: "trust.subject_name: ['*.node.logs.prod.es.local']",
        own: &["logs-0.node.logs.prod.es.local"],
        peers: &[],
    },
    Case {
        code: "TR069",
        broken: "trust.subject_name: ['*.node.*.cluster.s1.account']",
        kept: "trust.subject_name: ['*.node.c1.cluster.s1.account']",
        own: &["i1.node.c1.cluster.s1.account"],
        peers: &[],
    },
];

#[track_caller]
fn check(linter: &Linter, code: &str, broken: &str, kept: &str) {
    let codes = |text: &str| -> Vec<&str> {
        let report = linter.lint("trust.yml", text.as_bytes());
        report.findings().iter().map(|finding| finding.rule().code).collect()
    };
    assert!(codes(broken).contains(&code), "{code} on {broken:?}: {:?}", codes(broken));
    assert!(!codes(kept).contains(&code), "{code} on {kept:?}");
}

#[test]
fn each_rule_is_broken_by_one_file_and_kept_by_another() {
    for (code, broken, kept) in ITEMS {
        let file = |item: &str| format!("trust.subject_name:\n  - {item}\n  - 'zzz.example'\n");
        check(&Linter::new(), code, &file(broken), &file(kept));
    }
    for (code, broken, kept) in FILES {
        check(&Linter::new(), code, broken, kept);
    }
    for Case { code, broken, kept, own, peers } in KNOWN {
        check(&Linter::new().with_names(own, peers), code, broken, kept);
    }
}

#[test]
fn a_file_name_without_a_language_is_found_and_the_file_read_on() {
    let report = Linter::new().lint("trust.YML", b"trust.subject_name: '*'");
    let codes: Vec<&str> = report.findings().iter().map(|finding| finding.rule().code).collect();
    assert_eq!(codes, ["TR001", "TR041"]);
}

#[test]
fn class_escapes_matter_to_elasticsearch_7_alone() {
    let text = "trust.subject_name:\n  - '/node\\d\\.example/'\n  - '/node[0-9]\\.test/'\n";
    check(
        &Linter::new().with_elasticsearch("7.17".parse().unwrap()),
        "TR037",
        text,
        &text.replace("\\d", "[0-9]"),
    );
    let newer =
        Linter::new().with_elasticsearch("8".parse().unwrap()).lint("t.yml", text.as_bytes());
    assert!(newer.is_empty());
}

#[test]
fn a_file_that_is_not_utf_8_has_one_finding() {
    let report = Linter::new().lint("t.yml", b"trust.subject_name: ['\xe9']");
    assert_eq!(report.findings().len(), 1);
    assert_eq!(report.findings()[0].rule().code, "TR002");
    assert_eq!(report.findings()[0].place(), Some((1, 23)));
}

/// The messages of a rule on a file.
fn messages(linter: &Linter, code: &str, name: &str, text: &str) -> Vec<String> {
    let report = linter.lint(name, text.as_bytes());
    let of_rule = report.findings().iter().filter(|finding| finding.rule().code == code);
    of_rule.map(|finding| finding.message().to_owned()).collect()
}

#[test]
fn messages_say_what_is_there() {
    #[track_caller]
    fn check(code: &str, item: &str, expected: &str) {
        let text = format!("trust.subject_name:\n  - {item}\n");
        assert_eq!(messages(&Linter::new(), code, "t.yml", &text), [expected]);
    }

    check("TR034", "'/(a)(b)\\2/'", "`\\2` does not mean here what it means in Perl");
    check(
        "TR036",
        "'/R&D\\.example/'",
        "`&` is an operator here: a name must match what is on both sides",
    );
    check(
        "TR043",
        "'*.node.abc.cluster.*'",
        "`*.node.abc.cluster.*` fits foreign scopes, since a wildcard stands at its end",
    );
    check(
        "TR048",
        "'otherName:2.5.4.3;UTF8:a'",
        "`otherName:2.5.4.3;UTF8:a` is compared with names that have no `otherName:`",
    );
}

#[test]
fn own_certificates_without_a_name_are_told_plainly() {
    let text = "trust.subject_name: ['*.east']";
    let nameless = |names: &[&str]| {
        let mut linter = Linter::new().with_names(names, &[]);
        linter = linter.with_fields(&["subjectAltName.dnsName"]);
        linter
    };
    assert_eq!(
        messages(&nameless(&["es1.east"]), "TR050", "t.yml", text),
        ["the own certificates have no name that is compared"]
    );
    let named = Linter::new().with_names(&["es1.west", "es2.west"], &[]);
    assert_eq!(
        messages(&named, "TR050", "t.yml", text),
        ["no pattern matches the own cluster's `es1.west` or `es2.west`"]
    );
}
