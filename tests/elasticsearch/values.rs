//! Values of settings: for each setting that `preflight` knows, many values, of every kind, and whether a node
//! starts with them.

use std::collections::BTreeSet;

use crosstrust_preflight::node_settings::NodeSettings;
use crosstrust_report::{Finding, Severity};

use crate::judge::{Answer, Judge, judges};
use crate::registered::table;
use crate::tally::Tally;

/// A setting with a value for each `*` and for what follows a dot, and the values that are asked.
struct Question {
    name: &'static str,
    key: String,
    values: Vec<String>,
}

/// What we say to a value.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Ours {
    /// No release starts, or only others than this one.
    Fails(Option<&'static str>),
    NotKnown,
    Starts,
}

#[test]
fn values_of_settings_are_taken_as_elasticsearch_takes_them() {
    let judges = judges();
    if judges.is_empty() {
        return;
    }
    let questions = questions();
    let answered = questions
        .iter()
        .map(|one| (one, one.values.iter().map(|value| ours(one, value)).collect()));
    let answered: Vec<(&Question, Vec<Ours>)> = answered.collect();
    for judge in judges {
        compare(&judge, &answered);
    }
}

fn compare(judge: &Judge, answered: &[(&Question, Vec<Ours>)]) {
    let line = judge.name.split('-').next().unwrap();
    let known = registered(judge, answered);
    let asked = answered.iter().zip(known).filter(|(_, known)| *known).map(|(one, _)| one);
    let asked: Vec<_> = asked.collect();
    let question = |one: &Question| {
        let head = ["values".to_owned(), one.key.clone(), beside(one.name).join("\n")];
        head.into_iter().chain(one.values.iter().cloned()).collect()
    };
    let lines: Vec<Vec<String>> = asked.iter().map(|(one, _)| question(one)).collect();
    let mut tally = Tally::new(&judge.name, "values of settings");
    for ((one, ours), answer) in asked.iter().zip(judge.ask(&lines)) {
        let Answer::Ok(theirs) = answer else { panic!("{}: {answer:?}", one.key) };
        for ((value, ours), theirs) in one.values.iter().zip(ours).zip(theirs) {
            if *ours == Ours::NotKnown || differs(line, one.name, value) {
                tally.listed();
                continue;
            }
            let before = |release: &str| release == line || (release, line) == ("8.19", "7.17");
            let starts = match ours {
                Ours::Fails(Some(release)) => !before(release),
                ours => *ours == Ours::Starts,
            };
            tally.compare(
                || format!("{}: {value:?}: {theirs}", one.key),
                &starts,
                &theirs.is_empty(),
            );
        }
    }
    tally.close(if line == "7.17" { 30_000 } else { 70_000 });
}

/// Which of the settings this release has; those in its keystore are not asked.
fn registered(judge: &Judge, answered: &[(&Question, Vec<Ours>)]) -> Vec<bool> {
    let keys = answered.iter().map(|(one, _)| one.key.clone());
    let question = std::iter::once("registered".to_owned()).chain(keys).collect();
    let answers = judge.ask(&[question]);
    let [Answer::Ok(answers)] = answers.as_slice() else {
        panic!("{}", judge.name);
    };
    answers.iter().map(|answer| !["", "secure"].contains(&answer.as_str())).collect()
}

/// Where we do not say what the release says, and why.
fn differs(line: &str, name: &str, value: &str) -> bool {
    // What we say is said of 8 and 9. 7.17 takes more decimals, and has other bounds of a few settings.
    let is_old = line == "7.17"
        && (["1.255kb", "1e3kb"].contains(&value)
            || OF_OLD.contains(&name)
            || name.starts_with("cluster.routing.allocation.disk.watermark."));
    let number = value.trim_end_matches(['d', 'f']).parse::<f64>();
    let is_of_machine = name == "node.processors" && number.is_ok_and(|many| many > 1.0);
    is_old || is_of_machine || LATER.contains(&name)
}

/// What a node says of them when it makes its parts, not when it reads its settings.
const LATER: [&str; 14] = [
    "discovery.type",
    "remote_cluster_server.enabled",
    "script.allowed_types",
    "xpack.security.authc.realms.active_directory.*.group_search.scope",
    "xpack.security.authc.realms.active_directory.*.load_balance.type",
    "xpack.security.authc.realms.active_directory.*.user_search.scope",
    "xpack.security.authc.realms.jwt.*.pkc_jwkset_path",
    "xpack.security.authc.realms.ldap.*.load_balance.type",
    "xpack.security.authc.realms.oidc.*.op.jwkset_path",
    "xpack.security.authc.realms.saml.*.attribute_patterns.dn",
    "xpack.security.authc.realms.saml.*.attribute_patterns.groups",
    "xpack.security.authc.realms.saml.*.attribute_patterns.mail",
    "xpack.security.authc.realms.saml.*.attribute_patterns.name",
    "xpack.security.authc.realms.saml.*.attribute_patterns.principal",
];

/// What the names begin with of settings that a node looks at beside others when it makes its parts.
const TOGETHER: [&str; 7] = [
    "monitor.jvm.gc.",
    "search.default_keep_alive",
    "search.max_keep_alive",
    "xpack.security.authc.api_key.cache.",
    "xpack.security.authc.domains.",
    "xpack.security.authc.realms.",
    "xpack.security.authc.service_token.cache.",
];

/// Settings with other bounds in 7.17, or words that it does not have or that plugins bring.
const OF_OLD: [&str; 5] = [
    "cluster.election.duration",
    "cluster.election.max_timeout",
    "index.codec",
    "node.processors",
    "node.roles",
];

fn questions() -> Vec<Question> {
    // Of what 8 and 9 no longer have, the verdict hangs on the name.
    let is_asked = |words: &[&str]| !words.contains(&"secure") && !words.contains(&"7.17");
    let rows = table().into_iter().filter(|(_, words)| is_asked(words));
    let question = |(name, words): (&'static str, Vec<&'static str>)| {
        let key = name.replace('*', "x");
        let key = if name.ends_with('.') { key + "x.values" } else { key };
        let mut values: BTreeSet<String> = VALUES.iter().map(|value| (*value).to_owned()).collect();
        values.extend(words.iter().flat_map(|word| values_of(word)));
        let more = MORE.iter().filter(|(kind, _)| words.contains(kind));
        values.extend(more.map(|(_, value)| (*value).to_owned()));
        Question { name, key, values: values.into_iter().collect() }
    };
    rows.map(question).collect()
}

/// The words of a kind, and its bounds with what is beside them.
fn values_of(kind: &str) -> Vec<String> {
    let Some((name, rest)) = kind.split_once(':') else { return Vec::new() };
    let unit = match name.rsplit('=').next() {
        Some("time") => "ms",
        Some("bytes") => "b",
        _ => "",
    };
    let mut values: Vec<String> = Vec::new();
    for word in rest.split('|').map(|word| word.replace('+', " ")) {
        values.extend([word.to_lowercase(), word.to_uppercase(), word.clone(), format!("{word}x")]);
        for bound in word.split("..").filter_map(|bound| bound.parse::<i128>().ok()) {
            let around = (bound - 1..=bound + 1).map(|number| format!("{number}{unit}"));
            values.extend(around);
        }
    }
    values
}

fn ours(question: &Question, value: &str) -> Ours {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut text = String::new();
    for other in beside(question.name) {
        let (key, value) = other.split_once('=').unwrap();
        text += &format!("{key}: {}\n", quoted(value));
    }
    text += &format!("{}: {}\n", quoted(&question.key), quoted(value));
    let settings = NodeSettings::parse("elasticsearch.yml", text.as_bytes(), &|_| None).unwrap();
    let findings = settings.report.findings();
    let is_later = TOGETHER.iter().any(|begin| question.name.starts_with(begin));
    let counts = |code: &str| code != "PF122" || !is_later;
    let is_error = |finding: &Finding| {
        finding.rule().severity == Severity::Error && counts(finding.rule().code)
    };
    if findings.iter().any(is_error) {
        return Ours::Fails(None);
    }
    for finding in findings {
        match finding.rule().code {
            "PF112" => return Ours::NotKnown,
            "PF123" if finding.message().contains("Elasticsearch 9.5") => {
                return Ours::Fails(Some("9.5"));
            }
            "PF123" => return Ours::Fails(Some("8.19")),
            _ => {}
        }
    }
    Ours::Starts
}

/// What stands beside a setting that is nothing alone.
fn beside(name: &str) -> Vec<&'static str> {
    let rows = BESIDE.iter().filter(|(known, _)| *known == name);
    rows.map(|(_, other)| *other).collect()
}

const BESIDE: &[(&str, &str)] = &[
    ("cluster.remote.*.proxy", "cluster.remote.x.seeds=a:1"),
    ("cluster.remote.*.proxy_address", "cluster.remote.x.mode=proxy"),
    ("cluster.remote.*.proxy_socket_connections", "cluster.remote.x.mode=proxy"),
    ("cluster.remote.*.server_name", "cluster.remote.x.mode=PROXY"),
    ("cluster.remote.*.skip_unavailable", "cluster.remote.x.seeds=a:1"),
    ("cluster.remote.*.transport.compress", "cluster.remote.x.seeds=a:1"),
    ("cluster.remote.*.transport.compression_scheme", "cluster.remote.x.seeds=a:1"),
    ("cluster.remote.*.transport.ping_schedule", "cluster.remote.x.seeds=a:1"),
    (
        "xpack.security.authc.realms.jwt.*.fallback_claims.aud",
        "xpack.security.authc.realms.jwt.x.token_type=access_token",
    ),
    (
        "xpack.security.authc.realms.jwt.*.fallback_claims.sub",
        "xpack.security.authc.realms.jwt.x.token_type=access_token",
    ),
    (
        "xpack.security.authc.realms.jwt.*.http.proxy.port",
        "xpack.security.authc.realms.jwt.x.http.proxy.host=a",
    ),
    (
        "xpack.security.authc.realms.oidc.*.http.proxy.port",
        "xpack.security.authc.realms.oidc.x.http.proxy.host=a",
    ),
];

/// Values of kinds that have parts.
const MORE: &[(&str, &str)] = &[
    ("ip-filter", "*.google.com"),
    ("ip-filter", "10.*.0.1"),
    ("ip-filter", "a*b.c"),
    ("ip-filter", "**"),
    (
        "rollover",
        "max_age=auto,max_primary_shard_size=50gb,min_docs=1,max_primary_shard_docs=200000000",
    ),
    ("rollover", "max_age=30d"),
    ("rollover", "max_age=30"),
    ("rollover", "min_age=auto"),
    ("rollover", "max_size=auto"),
    ("rollover", "max_docs=1,max_docs=2"),
    ("rollover", "max_docs=1,"),
    ("rollover", ",max_docs=1"),
    ("rollover", "max_docs=1,,min_docs=1"),
    ("rollover", "max_docs=1="),
    ("rollover", "max_docs==1"),
    ("rollover", "max_docs=-1"),
    ("rollover", "max_docs= 1"),
    ("rollover", " max_docs=1"),
    ("rollover", "max_docs=+1"),
    ("rollover", "min_primary_shard_docs=1"),
    ("rollover", "min_primary_shard_size=1gb,min_size=1tb,max_primary_shard_size=1.5gb"),
    ("rollover", "max_size=1.255kb"),
    ("rollover", "max_size=10"),
    ("rollover", "MAX_DOCS=1"),
];

/// Of every kind, right and wrong.
const VALUES: &[&str] = &[
    "",
    " 1",
    " 1s",
    " 50%",
    "%",
    "(",
    "*",
    "+1",
    "+1kb",
    "+5s",
    "+a,-b",
    "-",
    "-0",
    "-0.5",
    "-01",
    "-1",
    "-1%",
    "-1b",
    "-1kb",
    "-1ms",
    "-1s",
    "-2",
    "-2b",
    "-2s",
    ".5kb",
    "/1m",
    "/tmp",
    "0",
    "0%",
    "0.5",
    "0.5kb",
    "0/1m",
    "00",
    "01",
    "0b",
    "0s",
    "1",
    "1 kb",
    "1 nanos",
    "1 s ",
    "1,2",
    "1.0",
    "1.255kb",
    "1.25kb",
    "1.5",
    "1.5b",
    "1.5gb",
    "1.5s",
    "1.kb",
    "10",
    "10 s",
    "10.0.0.0/33",
    "10.0.0.0/8",
    "10.0.0.1",
    "10/",
    "10/1m",
    "10/30s",
    "100",
    "100%",
    "1000",
    "1000d",
    "101%",
    "107000d",
    "10KB",
    "10b",
    "10k",
    "10kb",
    "10micros",
    "10nanos",
    "10pb",
    "127.0.0.1",
    "127.0.0.1:9300",
    "1S",
    "1d",
    "1e3",
    "1e3kb",
    "1f",
    "1gb",
    "1h1m",
    "1kb ",
    "1m",
    "1ms",
    "1s",
    "1w",
    "2",
    "2020-01-01",
    "2147483647",
    "2147483648",
    "2h",
    "3",
    "50 %",
    "50%",
    "50.5%",
    "500ms",
    "5M",
    "65536",
    "70000",
    "9000pb",
    "9223372036854775807",
    "9223372036854775807b",
    "9223372036854775808",
    "9300",
    "9300 - 9400",
    "9300,",
    "9300,9400",
    "9300-9400",
    "9400-9300",
    ":9300",
    "::1",
    "::1/128",
    "FOO",
    "INFO",
    "Infinity",
    "NaN",
    "NaN%",
    "PROXY",
    "SHA-256",
    "TRUE",
    "True",
    "[",
    "[::1]:9300",
    "_all",
    "_local_",
    "a\tb",
    "a b",
    "a(b)*",
    "a*",
    "a,,b",
    "a,b",
    "a.b-c",
    "a:",
    "a:0",
    "a:1:2",
    "a:b",
    "a=b",
    "all",
    "data",
    "debug",
    "debug ",
    "false",
    "foo",
    "ftp://a",
    "http://a",
    "http://a/%",
    "https://a.example/b?c=d",
    "info",
    "kb",
    "localhost",
    "localhost:9300",
    "master",
    "none",
    "null",
    "on",
    "primaries",
    "proxy",
    "s",
    "sniff",
    "ssl",
    "true",
    "true ",
    "unlimited",
    "x,y:1",
    "xxxxxxxxxxxx",
    "yes",
];
