//! Values of each kind, taken and refused.

use super::*;

#[track_caller]
fn check(kind: &'static str, taken: &[&str], refused: &[&str]) {
    let kind = Kind::read(kind).unwrap();
    for value in taken {
        assert_eq!(kind.answer(value, Release::Now), Answer::Taken, "{value}");
    }
    for value in refused {
        assert!(matches!(kind.answer(value, Release::Now), Answer::Refused(_)), "{value}");
    }
}

/// As the judges of `tests/elasticsearch` answer: `values.rs` asks them for every setting.
#[test]
fn values_are_taken_as_elasticsearch_takes_them() {
    check("integer:1..20", &["1", "+20", "01"], &["0", "21", " 1", "1.0", "1e1", "", "a"]);
    check("float:>0..1", &["1", " 0.5 ", "1d", "NaN"], &["0", "1.5", "1 d", "x"]);
    check(
        "time",
        &["10s", "10 S", "-1", "-1s", "00", "5micros"],
        &["10", "-2s", "1.5s", "5M", "1h1m"],
    );
    check("time:-1|10000..", &["-1", "10s"], &["-1s", "9s"]);
    check("time:1..", &["1ms"], &["10micros", "0", "-1"]);
    check(
        "bytes",
        &["10kb", "1.5gb", "10K", "0", "-1", "-1b"],
        &["10", "1.555gb", "-1kb", "9000pb", "1.5b"],
    );
    check("memory", &["50%", "50.5%", "10mb"], &["101%", "-1%", "50"]);
    check("share", &["85%", "0.85", "0", "10gb"], &["85", "1.5", "101%"]);
    check("rate:unlimited", &["unlimited", "75/5m"], &["75/5s", "75", "-1/5m"]);
    check("ports", &["9200", "9200-9300", "9200, 9300"], &["abc", "9300-9200", "70000", ","]);
    check("host-port", &["a:9300", "[::1]:9300"], &["a", "a:0", "a:b", "a:"]);
    check("bytes", &["1e3kb"], &["1e-3kb"]);
    let before = Kind::read("bytes").unwrap().answer("1.255kb", Release::Before);
    assert_eq!(before, Answer::Taken);
    check("exactly:all|a+b", &["all", "a b"], &["All", "none"]);
}

/// As Elasticsearch's own code has it: `Cron`, `RolloverConfiguration`, `SecurityIpFilterRule`, and the sources of modules.
#[test]
fn texts_of_several_parts_are_read_part_by_part() {
    check(
        "cron",
        &["0 30 1 * * ?", "0 0/15 9-17 ? * MON-FRI", "0 0 0 1,15 jan ? 2027", "* */5 * * * ?"],
        &["every day", "0 30 1 * *", "0 30 1 * * *", "0 0 0 ? * ?", "? 0 0 * * ?"],
    );
    check(
        "rollover",
        &["max_age=auto,max_primary_shard_size=50gb,min_docs=1,max_primary_shard_docs=200000000"],
        &["", "max_age", "max_age=1d,max_age=2d", "max_docs=x", "foo=1", "max_size=10"],
    );
    check("ip-filter", &["*.google.com", "a*b.c", "10.*.0.1", "_all", "::1/128"], &["10.0.0.0/33"]);
    check("whitelist", &["10.0.0.1:9200", "*:9200", ""], &["*", "**"]);
    check("pages", &["16mb", "256kb"], &["1b", "0", "-1", "foo"]);
    check("uri-pattern", &["http://snapshot.test*", "https://*.example.com/*"], &["http://a b"]);
    check("processors", &["0.5", "2", "64"], &["0", "x"]);
    let unknown = |kind, value| {
        assert_eq!(Kind::read(kind).unwrap().answer(value, Release::Now), Answer::Unknown);
    };
    unknown("cron", "0 0 0 L * ?");
    unknown("ip-filter", "[x");
    unknown("processors", "9000");
    unknown("unknown", "true");
    unknown("known:true|false", "perhaps");
    unknown("model-repository", "file:///models");
}
