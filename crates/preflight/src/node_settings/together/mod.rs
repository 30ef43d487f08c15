//! Settings that a node looks at together before it starts: what one takes hangs on another.

mod discovery;
mod levels;
mod modules;
mod pools;
mod realm;
mod realm_needs;
mod realms;
mod remote;
mod watermarks;

use crosstrust_settings::Setting;

use super::realm_files;
use super::subject::{SECURITY, Subject};
use super::value::{Answer, Release, bytes_of, time};

/// What is wrong with a setting beside another, in order.
pub(crate) fn problems<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    let mut problems = remote::problems(subject);
    problems.extend(watermarks::problems(subject));
    problems.extend(roles(subject));
    problems.extend(server(subject));
    problems.extend(recovery(subject));
    problems.extend(retention(subject));
    problems.extend(merging(subject));
    problems.extend(subject.strangers().filter_map(|setting| {
        let problem = of_realm(subject, setting).or_else(|| forced(&setting.key))?;
        Some((setting, problem))
    }));
    problems.extend(levels::problems(subject));
    problems.extend(modules::problems(subject));
    problems.extend(realms::problems(subject));
    problems.extend(fips(subject));
    problems.extend(others(subject).filter_map(|(setting, answer)| match answer {
        Answer::Refused(problem) => Some((setting, problem)),
        _ => None,
    }));
    problems
}

/// The settings of which it is not known here whether they go with the others, or with the machine.
pub(crate) fn doubts<'a>(subject: &Subject<'a>) -> Vec<&'a Setting> {
    let unknown = others(subject).filter(|(_, answer)| *answer == Answer::Unknown);
    unknown.map(|(setting, _)| setting).collect()
}

fn others<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Setting, Answer)> {
    let answers = [discovery::answers, modules::answers, pools::answers];
    answers.into_iter().flat_map(|answers| answers(subject))
}

/// With FIPS 140, passwords are hashed by PBKDF2, and no key store is of type JKS.
fn fips<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    if !subject.is(FIPS, "true") || subject.is(SECURITY, "false") {
        return Vec::new();
    }
    let problem = |setting: &'a Setting| {
        let text = subject.filled_in(&setting.value.text).ok()?.to_lowercase();
        let kind = || setting.key.strip_suffix("path").map(|stem| format!("{stem}type"));
        let is_wrong = match setting.key.as_str() {
            HASHING => !text.starts_with("pbkdf2"),
            key if key.ends_with("keystore.type") => text == "jks",
            key if key.ends_with("keystore.path") => {
                !P12.iter().any(|end| text.ends_with(end)) && !subject.is_set(&kind()?)
            }
            _ => false,
        };
        is_wrong.then(|| (setting, format!("`{}: {text}` is nothing with `{FIPS}`", setting.key)))
    };
    subject.file.settings().iter().filter_map(problem).collect()
}

/// A node that only votes must be one that could be elected.
fn roles<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let setting = subject.file.get("node.roles")?;
    let roles = subject.items_of("node.roles")?;
    let has = |role: &str| roles.iter().any(|one| one == role);
    (has("voting_only") && !has("master"))
        .then(|| (setting, "the role `voting_only` is nothing without `master`".to_owned()))
}

fn server<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let setting = subject.file.get(SECURITY)?;
    let is_apart = subject.is(SECURITY, "false") && subject.is(SERVER, "true");
    is_apart.then(|| (setting, format!("`{SERVER}` needs `{SECURITY}: true`")))
}

fn recovery<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let setting = subject.file.get(PER_NODE)?;
    let number = |key| subject.text_of(key)?.parse::<i32>().ok();
    let at_once = if subject.is_set(AT_ONCE) { number(AT_ONCE)? } else { 5 };
    (number(PER_NODE)? < at_once)
        .then(|| (setting, format!("`{PER_NODE}` is less than `{AT_ONCE}`, which is {at_once}")))
}

fn retention<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let set = |key| {
        let time = time::milliseconds(&subject.text_of(key)?)?;
        Some(time).filter(|time| *time >= 0)
    };
    (set(RETAINED)? > set(LONGEST_RETAINED)?).then_some(())?;
    let setting = subject.file.get(RETAINED)?;
    Some((setting, format!("`{RETAINED}` is more than `{LONGEST_RETAINED}`")))
}

fn merging<'a>(subject: &Subject<'a>) -> Option<(&'a Setting, String)> {
    let set = |key: &str| subject.file.get(key).filter(|_| subject.text_of(key).is_some());
    let setting = set(MERGING).or_else(|| set(MERGING_HEADROOM))?;
    if subject.is(MERGING_POOL, "false") {
        return Some((setting, format!("`{}` needs `{MERGING_POOL}: true`", setting.key)));
    }
    let headroom = set(MERGING_HEADROOM)?;
    let is_in_bytes =
        subject.text_of(MERGING).is_some_and(|text| bytes_of(&text, Release::Before).is_some());
    is_in_bytes.then(|| {
        (headroom, format!("`{MERGING_HEADROOM}` is nothing beside a `{MERGING}` in bytes"))
    })
}

/// Whose values are forced stands in the name.
fn forced(key: &str) -> Option<String> {
    let attribute = key.strip_prefix(FORCED)?;
    (!attribute.contains('.')).then(|| format!("`{key}` is to be `{FORCED}{attribute}.values`"))
}

/// Settings of realms that need another of the same realm, or exclude it.
fn of_realm(subject: &Subject<'_>, setting: &Setting) -> Option<String> {
    let (realm, name) = realm_files::realm_of(&setting.key)?;
    let other = |name: &str| format!("{}{realm}.{name}", realm_files::REALMS);
    match name {
        "http.proxy.port" if !subject.is_set(&other("http.proxy.host")) => {
            Some(format!("`{}` is nothing without `{}`", setting.key, other("http.proxy.host")))
        }
        "op.jwkset_path" | "pkc_jwkset_path" => {
            let is_off = subject.is(&other("enabled"), "false") || subject.is(SECURITY, "false");
            let is_read = !is_off && realm_files::reads_keys(subject, realm);
            let is_plain = is_read && subject.text_of(&setting.key)?.starts_with("http://");
            is_plain
                .then(|| format!("`{}`: keys are read by `https://` or from a file", setting.key))
        }
        "fallback_claims.sub" | "fallback_claims.aud" => {
            let kind = other("token_type");
            let is_access = subject
                .text_of(&kind)
                .is_some_and(|kind| kind.eq_ignore_ascii_case("access_token"));
            (!is_access && !subject.is_open(&kind))
                .then(|| format!("`{}` needs `{kind}: access_token`", setting.key))
        }
        _ => None,
    }
}

const FIPS: &str = "xpack.security.fips_mode.enabled";

const HASHING: &str = "xpack.security.authc.password_hashing.algorithm";

/// How the names of key stores end that are of type PKCS#12, unless it is said otherwise.
const P12: [&str; 3] = [".p12", ".pfx", ".pkcs12"];

const FORCED: &str = "cluster.routing.allocation.awareness.force.";

const SERVER: &str = "remote_cluster_server.enabled";

const PER_NODE: &str = "indices.recovery.max_concurrent_snapshot_file_downloads_per_node";

const AT_ONCE: &str = "indices.recovery.max_concurrent_snapshot_file_downloads";

const RETAINED: &str = "data_streams.lifecycle.retention.default";

const LONGEST_RETAINED: &str = "data_streams.lifecycle.retention.max";

const MERGING: &str = "indices.merge.disk.watermark.high";

const MERGING_HEADROOM: &str = "indices.merge.disk.watermark.high.max_headroom";

const MERGING_POOL: &str = "indices.merge.scheduler.use_thread_pool";

#[cfg(test)]
mod tests;
