//! Realms: each has an order of its own and what its type needs, and a few types there may be once.

use std::collections::{BTreeMap, BTreeSet};

use crosstrust_settings::Setting;

use crate::node_settings::Subject;
use crate::node_settings::realm_files::{REALMS, realm_of};
use crate::node_settings::subject::SECURITY;

use super::realm::Realm;
use super::realm_needs;

pub(super) fn problems<'a>(subject: &Subject<'a>) -> Vec<(&'a Setting, String)> {
    if subject.is(SECURITY, "false") {
        return Vec::new();
    }
    let realms = all(subject);
    let mut problems = alike(&realms);
    for realm in realms.iter().filter(|realm| realm.is_on) {
        problems.extend(order(subject, realm));
        problems.extend(realm_needs::problem(subject, realm).map(|message| realm.problem(message)));
    }
    problems.extend(orders(subject, &realms));
    problems.extend(names(&realms));
    problems.extend(delegated(subject, &realms));
    problems.extend(domains(subject, &realms));
    problems
}

/// The realms of types that are known, each once. Settings of TLS make one, too.
fn all<'a>(subject: &Subject<'a>) -> Vec<Realm<'a>> {
    let mut seen = BTreeSet::new();
    let settings = subject.file.settings().iter();
    let set = settings.filter(|one| subject.filled_in(&one.value.text) != Ok(String::new()));
    let realm = |setting: &'a Setting| {
        let (kind, name) = realm_of(&setting.key)?.0.split_once('.')?;
        let is_new = KINDS.contains(&kind) && seen.insert((kind, name));
        let enabled = format!("{REALMS}{kind}.{name}.enabled");
        is_new.then(|| Realm { setting, kind, name, is_on: !subject.is(&enabled, "false") })
    };
    set.filter_map(realm).collect()
}

/// Of these types there may be one, switched on or not.
fn alike<'a>(realms: &[Realm<'a>]) -> Vec<(&'a Setting, String)> {
    let second = |kind: &&str| realms.iter().filter(|realm| realm.kind == *kind).nth(1);
    let seconds = ONCE.iter().filter_map(second);
    seconds
        .map(|realm| realm.problem(format!("there is a realm of type `{}` already", realm.kind)))
        .collect()
}

fn order<'a>(subject: &Subject<'a>, realm: &Realm<'a>) -> Option<(&'a Setting, String)> {
    let key = realm.key("order");
    (!subject.is_set(&key))
        .then(|| realm.problem(format!("a realm needs an order, and `{key}` is not set")))
}

/// Two that are switched on have the same order.
fn orders<'a>(subject: &Subject<'a>, realms: &[Realm<'a>]) -> Option<(&'a Setting, String)> {
    let mut seen: BTreeMap<i32, String> = BTreeMap::new();
    realms.iter().filter(|realm| realm.is_on).find_map(|realm| {
        let key = realm.key("order");
        let order = subject.text_of(&key)?.parse().ok()?;
        let setting = subject.file.get(&key)?;
        let other = seen.insert(order, key)?;
        Some((setting, format!("`{}` is {order}, as `{other}` is", setting.key)))
    })
}

fn names<'a>(realms: &[Realm<'a>]) -> Option<(&'a Setting, String)> {
    let mut seen = BTreeSet::new();
    let mut on = realms.iter().filter(|realm| realm.is_on);
    let second = on.find(|realm| !seen.insert(realm.name))?;
    Some(second.problem(format!("two realms have the name `{}`", second.name)))
}

/// A realm that leaves authorization to others names those that there are, and that do it themselves.
fn delegated<'a>(subject: &Subject<'a>, realms: &[Realm<'a>]) -> Vec<(&'a Setting, String)> {
    let authorizes = |name: &str| {
        let mut on = realms.iter().filter(|realm| realm.is_on);
        match on.find(|realm| realm.name == name) {
            Some(other) => subject.items_of(&other.key(DELEGATES)).is_none_or(|all| all.is_empty()),
            None => BUILT_IN.contains(&name),
        }
    };
    let problem = |realm: &Realm<'a>| {
        let key = realm.key(DELEGATES);
        let named = subject.items_of(&key)?;
        let wrong = named.iter().find(|name| !authorizes(name))?;
        let message = "is no realm that is there and authorizes by itself";
        Some((subject.file.get(&key)?, format!("`{key}`: `{wrong}` {message}")))
    };
    realms.iter().filter(|realm| realm.is_on).filter_map(problem).collect()
}

/// A domain has realms, and each realm is in one.
fn domains<'a>(subject: &Subject<'a>, realms: &[Realm<'a>]) -> Option<(&'a Setting, String)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut done = BTreeSet::new();
    for setting in subject.strangers() {
        let domain = setting.key.strip_prefix(DOMAINS).and_then(|rest| rest.split('.').next());
        let Some(domain) = domain.filter(|domain| done.insert(*domain)) else { continue };
        let key = format!("{DOMAINS}{domain}.realms");
        let Some(named) = subject.items_of(&key) else {
            if subject.is_set(&key) {
                continue;
            }
            return Some((setting, format!("`{}` is nothing without `{key}`", setting.key)));
        };
        if domain.starts_with('_') {
            return Some((setting, format!("`{domain}` is no name of a domain")));
        }
        for name in BTreeSet::from_iter(named) {
            let is_there = realms.iter().any(|realm| realm.name == name);
            if !is_there && !BUILT_IN.contains(&name.as_str()) {
                return Some((setting, format!("`{key}`: there is no realm `{name}`")));
            }
            if let Some(other) = seen.insert(name.clone(), domain) {
                let message = format!("`{key}`: the realm `{name}` is in `{other}` already");
                return Some((setting, message));
            }
        }
    }
    None
}

const DOMAINS: &str = "xpack.security.authc.domains.";

const DELEGATES: &str = "authorization_realms";

/// Those that are there without settings.
const BUILT_IN: [&str; 3] = ["default_file", "default_native", "reserved"];

/// Types of which there may be one realm.
const ONCE: [&str; 3] = ["file", "kerberos", "native"];

const KINDS: [&str; 9] =
    ["active_directory", "file", "jwt", "kerberos", "ldap", "native", "oidc", "pki", "saml"];
