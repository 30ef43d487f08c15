//! Levels and times of which one is to be beyond another.

use crosstrust_settings::Setting;

use crate::node_settings::value::time;
use crate::node_settings::{SECURITY, Subject};

pub(super) fn problems<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    let mut problems: Vec<_> = collectors(subject);
    problems.extend(overhead(subject));
    problems.extend(keep_alive(subject));
    problems.extend(caches(subject));
    problems
}

/// How much collecting garbage is told of: each level is to be above the one before it.
fn overhead<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let name = |level: &str| format!("{OVERHEAD}{level}");
    let setting = OVERHEADS.iter().find_map(|(level, _)| subject.file.get(&name(level)))?;
    let percent = |(level, default): &(&str, i32)| match subject.text_of(&name(level)) {
        Some(text) => text.parse().ok(),
        None => (!subject.is_open(&name(level))).then_some(*default),
    };
    let percents: Option<Vec<i32>> = OVERHEADS.iter().map(percent).collect();
    let is_rising = percents?.windows(2).all(|pair| pair.first() < pair.last());
    (!is_rising).then(|| {
        let message =
            "of which each is to be more than the one before it; the defaults are 10, 25 and 50";
        (setting, format!("`{OVERHEAD}debug`, `info` and `warn`, {message}"))
    })
}

/// Each collector of garbage has its three times.
fn collectors<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    let problem = |setting: &'a Setting| {
        let rest = setting.key.strip_prefix(COLLECTORS)?;
        let Some((name, _)) = rest.split_once('.') else {
            return Some((setting, format!("`{}` is to be `{}.warn`", setting.key, setting.key)));
        };
        let of_level = |level: &str| format!("{COLLECTORS}{name}.{level}");
        let is_time = |level: &&str| {
            let text = subject.text_of(&of_level(level));
            text.and_then(|text| time::milliseconds(&text)).is_some_and(|time| time >= 0)
        };
        let wrong = LEVELS.iter().find(|level| !is_time(level))?;
        let own = setting.key == of_level(wrong);
        let message = if own { "is to be a time such as `10s`" } else { "needs a time in" };
        let other = if own { String::new() } else { format!(" `{}`", of_level(wrong)) };
        Some((setting, format!("`{}` {message}{other}", setting.key)))
    };
    subject.strangers().filter_map(problem).collect()
}

fn keep_alive<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let setting = KEEP_ALIVES.iter().find_map(|(name, _)| subject.file.get(name))?;
    let [default, most] = KEEP_ALIVES.map(|(name, default)| {
        time::milliseconds(&subject.text_of(name).unwrap_or_else(|| default.to_owned()))
    });
    let [(first, _), (last, longest)] = KEEP_ALIVES;
    (default? > most?)
        .then(|| (setting, format!("`{first}` is more than `{last}`, whose default is {longest}")))
}

/// How many entries a cache has that is switched on by its time.
fn caches<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    if subject.is(SECURITY, "false") {
        return Vec::new();
    }
    let problem = |setting: &'a Setting| {
        let (cache, name) = setting.key.rsplit_once('.')?;
        let is_of_realm = name == "max_users" && cache.starts_with("xpack.security.authc.realms.");
        let number: i64 = subject.text_of(&setting.key)?.parse().ok()?;
        let off = |time: String| time::milliseconds(&time).is_some_and(|time| time <= 0);
        let is_off = subject.text_of(&format!("{cache}.ttl")).is_some_and(off);
        let is_wrong =
            number < 0 && !is_off && (is_of_realm || CACHES.contains(&setting.key.as_str()));
        is_wrong.then(|| (setting, format!("`{}` is less than 0", setting.key)))
    };
    subject.strangers().filter_map(problem).collect()
}

const CACHES: [&str; 2] = [
    "xpack.security.authc.api_key.cache.max_keys",
    "xpack.security.authc.service_token.cache.max_tokens",
];

const OVERHEAD: &str = "monitor.jvm.gc.overhead.";

/// With their defaults.
const OVERHEADS: [(&str, i32); 3] = [("debug", 10), ("info", 25), ("warn", 50)];

const COLLECTORS: &str = "monitor.jvm.gc.collector.";

const LEVELS: [&str; 3] = ["warn", "info", "debug"];

/// With their defaults.
const KEEP_ALIVES: [(&str, &str); 2] =
    [("search.default_keep_alive", "5m"), ("search.max_keep_alive", "24h")];
