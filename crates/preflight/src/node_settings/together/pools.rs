//! Sizes of thread pools, which hang on each other and on how many processors the node has.

use crosstrust_settings::Setting;

use crate::node_settings::Subject;
use crate::node_settings::value::{Answer, processors_of};

/// What a node says to the sizes, where a bound is not that of the setting alone.
pub(super) fn answers<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, Answer)> {
    let answer = |setting: &'a Setting| {
        let number = || subject.text_of(&setting.key)?.parse::<i32>().ok();
        let (pool, name) = setting.key.rsplit_once('.')?;
        match name {
            "size" if BOUNDED.contains(&pool) => Some((setting, size(subject, pool, number()?))),
            "core" if pool.contains("thread_pool.") || pool.ends_with("_pool") => {
                Some((setting, core(subject, pool, number()?)))
            }
            "max" if pool.contains("thread_pool.") || pool.ends_with("_pool") => {
                Some((setting, most(subject, pool, number()?)))
            }
            _ => None,
        }
    };
    subject.strangers().filter_map(answer).collect()
}

/// Pools of writers have one thread more than there are processors at most.
fn size(subject: &Subject<'_>, pool: &str, size: i32) -> Answer {
    match subject.text_of(PROCESSORS).and_then(|text| processors_of(&text)) {
        Some(processors) if i64::from(size) > processors.saturating_add(1) => {
            Answer::Refused(format!(
                "`{pool}.size` is more than 1 and the processors, of which `{PROCESSORS}` has {processors}"
            ))
        }
        None if size > 2 => Answer::Unknown,
        _ => Answer::Taken,
    }
}

/// The threads that stay. Without a `max` that of the pool counts, which hangs on the processors.
fn core(subject: &Subject<'_>, pool: &str, core: i32) -> Answer {
    let max = format!("{pool}.max");
    match subject.text_of(&max).and_then(|text| text.parse::<i32>().ok()) {
        Some(most) if core > most => {
            Answer::Refused(format!("`{pool}.core` is more than `{max}`, which is {most}"))
        }
        None if core > if pool == GENERIC { LEAST_GENERIC } else { 1 } => Answer::Unknown,
        _ => Answer::Taken,
    }
}

fn most(subject: &Subject<'_>, pool: &str, most: i32) -> Answer {
    if subject.text_of(&format!("{pool}.core")).is_some() {
        return Answer::Taken; // of which that of `core` tells
    }
    let is_of_one = pool.strip_prefix("thread_pool.").is_some_and(|name| OF_ONE.contains(&name));
    if pool == GENERIC && most < GENERIC_CORE {
        let message = format!("`{pool}.max` is less than `{pool}.core`, which is {GENERIC_CORE}");
        return Answer::Refused(message);
    }
    if is_of_one || most >= LARGEST_CORE { Answer::Taken } else { Answer::Unknown }
}

const PROCESSORS: &str = "node.processors";

const BOUNDED: [&str; 5] = [
    "thread_pool.system_critical_write",
    "thread_pool.system_write",
    "thread_pool.system_write_coordination",
    "thread_pool.write",
    "thread_pool.write_coordination",
];

const GENERIC: &str = "thread_pool.generic";

/// How many threads of that pool stay, unless it is set.
const GENERIC_CORE: i32 = 4;

/// As many as it may have on any machine, unless it is set.
const LEAST_GENERIC: i32 = 128;

/// Pools of which one thread stays, unless it is set.
const OF_ONE: [&str; 9] = [
    "fetch_shard_started",
    "fetch_shard_store",
    "flush",
    "management",
    "merge",
    "refresh",
    "snapshot",
    "snapshot_meta",
    "warmer",
];

/// No pool of a module has more threads that stay.
const LARGEST_CORE: i32 = 8;
