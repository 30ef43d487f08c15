//! Which settings a node knows by their names: those that Elasticsearch's server and security register, and
//! what the names of other modules begin with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::value::Kind;

/// What is known of a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Registration {
    /// The releases asked all have it.
    Registered,
    /// It belongs into Elasticsearch's own keystore.
    Secure,
    /// Of the releases asked only this one of 8 and 9 has it.
    Only(&'static str),
    /// Version 7.17 has it, and none of the later releases asked.
    Old,
    /// Another module of Elasticsearch registers it.
    Module,
    /// Another module of Elasticsearch registers names that begin so, and not this one as far as is known.
    UnknownOfModule,
    /// None has it; nothing but a plugin can register it.
    Foreign,
    /// None has it, and all that register such names were asked.
    Unknown,
}

impl Registration {
    /// Whether some release asked has it, 7.17 aside.
    pub(crate) fn is_registered(self) -> bool {
        matches!(self, Self::Registered | Self::Secure | Self::Only(_))
    }
}

/// What is known of the name of a setting, numbers of a list's items aside.
pub(crate) fn find(key: &str) -> Registration {
    if let Some(found) = row(key).or_else(|| row(list_of(key)?).filter(|row| row.is_list)) {
        return found.registration;
    }
    let of_profile = || {
        let rest = key.strip_prefix("transport.profiles.")?;
        rest.strip_suffix(".xpack.security.type").filter(|profile| !profile.contains('.'))
    };
    if OLD_NAMES.contains(&key) || of_profile().is_some_and(|profile| !profile.is_empty()) {
        return Registration::Old;
    }
    let begins = |known: &[&str]| known.iter().any(|known| key.starts_with(known));
    if let Some(found) = module_row(key).or_else(|| module_row(list_of(key)?)) {
        let is_secure = found.registration == Registration::Secure;
        if is_secure { Registration::Secure } else { Registration::Module }
    } else if begins(&MODULES) {
        Registration::UnknownOfModule
    } else if begins(&CLOSED) {
        Registration::Unknown
    } else {
        Registration::Foreign
    }
}

/// The registered name that is most like one that is not, if any is much like it.
pub(crate) fn nearest(key: &str) -> Option<&'static str> {
    let is_near = |name: &str| name.len().abs_diff(key.len()) <= MOST_EDITS;
    let current =
        NAMES.iter().filter(|(name, row)| row.registration != Registration::Old && is_near(name));
    let near = current.map(|(name, _)| (strsim::osa_distance(name, key), *name));
    near.filter(|(edits, _)| *edits <= MOST_EDITS).min().map(|(_, name)| name)
}

/// The name of the list whose item has a numbered key.
pub(crate) fn list_of(key: &str) -> Option<&str> {
    let (list, number) = key.rsplit_once('.')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(list)
}

/// What a setting takes.
#[derive(Clone, Copy)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    /// What Elasticsearch 8.19 takes, where that differs from 9.5.
    pub(crate) before: Option<Kind>,
    pub(crate) is_list: bool,
}

/// What a setting takes that some release asked has, or a module; of a list, each item.
pub(crate) fn value_of(key: &str) -> Option<Value> {
    let row =
        row(key).filter(|row| row.registration.is_registered()).or_else(|| module_row(key))?;
    Some(Value { kind: row.kind, before: row.before, is_list: row.is_list })
}

#[derive(Clone, Copy)]
struct Row {
    registration: Registration,
    kind: Kind,
    before: Option<Kind>,
    is_list: bool,
    /// What follows the dot at its end are names, between dots.
    takes_names: bool,
}

/// The row of a name: as it is, with one part of it free, or by what it begins with.
fn row(key: &str) -> Option<Row> {
    row_in(&NAMES, key)
}

/// The same, of the names of modules.
fn module_row(key: &str) -> Option<Row> {
    row_in(&MODULE_NAMES, key)
}

fn row_in(names: &BTreeMap<&'static str, Row>, key: &str) -> Option<Row> {
    let exact = |name: &str| names.get(name).copied();
    let is_whole = !key.ends_with('.') && !key.contains('*');
    if let Some(row) = exact(key).filter(|_| is_whole) {
        return Some(row);
    }
    let dots = key.match_indices('.').map(|(position, _)| position).take(MOST_PARTS);
    let dots: Vec<usize> = dots.collect();
    let starts = dots.iter().map(|dot| dot.saturating_add(1));
    let parts = starts.zip(dots.iter().skip(1).copied());
    let free = parts.filter(|(start, end)| key.get(*start..*end).is_some_and(is_namespace));
    let mut starred =
        free.filter_map(|(start, end)| Some(format!("{}*{}", key.get(..start)?, key.get(end..)?)));
    let starts = || dots.iter().filter_map(|dot| key.get(..=*dot));
    let begun = |start: &str| {
        let rest = key.get(start.len()..)?;
        exact(start).filter(|row| !row.takes_names || rest.split('.').all(is_namespace))
    };
    let group = |name: &str| {
        let starts = name.match_indices('.').filter_map(|(dot, _)| name.get(..=dot));
        starts.filter(|start| start.contains('*')).find_map(exact)
    };
    let found = starred.find_map(|name| exact(&name).or_else(|| group(&name)));
    found.or_else(|| starts().find_map(begun))
}

/// Whether a text may stand where a setting takes a name: that of a profile, a realm, a cluster.
pub(crate) fn is_namespace(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    !text.is_empty() && text.chars().all(is_letter)
}

/// The names by a row each, with the kind of the value behind each: `*` stands for one part, a dot at the end for whatever follows, or for names. What
/// Elasticsearch 7.17, 8.19 and 9.5 register, less the settings of TLS contexts; the tests ask the judges of
/// `tests/elasticsearch` for each.
static NAMES: LazyLock<BTreeMap<&'static str, Row>> =
    LazyLock::new(|| include_str!("registered.txt").lines().map(read).collect());

/// The names that modules register, from the sources of releases 8 and 9, with the kind of the value as these have
/// it: nobody asks the judges for them, since not all modules are published. Where the sources were not read, the
/// kind is `unknown`.
static MODULE_NAMES: LazyLock<BTreeMap<&'static str, Row>> =
    LazyLock::new(|| include_str!("module_names.txt").lines().map(read).collect());

fn read(line: &'static str) -> (&'static str, Row) {
    let mut words = line.split(' ');
    let name = words.next().unwrap_or_default();
    let kind = words.next().and_then(Kind::read).unwrap_or(Kind::Any);
    let registration = Registration::Registered;
    let mut row = Row { registration, kind, before: None, is_list: false, takes_names: false };
    for word in words {
        match word {
            "list" => row.is_list = true,
            "names" => row.takes_names = true,
            "secure" => row.registration = Registration::Secure,
            "7.17" => row.registration = Registration::Old,
            other => match other.split_once('=') {
                Some((_, kind)) => row.before = Kind::read(kind),
                None => row.registration = Registration::Only(other),
            },
        }
    }
    (name, row)
}

/// What the names of modules begin with that are part of Elasticsearch.
const MODULES: [&str; 54] = [
    "async_search.",
    "azure.client.",
    "ccr.",
    "cluster.deprecation_indexing.",
    "cluster.lifecycle.",
    "cluster.logsdb.",
    "data_streams.",
    "discovery.azure.",
    "discovery.ec2.",
    "discovery.gce.",
    "enrich.",
    "esql.",
    "gcs.client.",
    "index_lifecycle.",
    "indices.lifecycle.",
    "ingest.",
    "reindex.",
    "repositories.",
    "repository.",
    "repository_azure.",
    "repository_s3.",
    "s3.client.",
    "script.",
    "search.",
    "searchable.snapshot.",
    "searchable_snapshots.",
    "slm.",
    "stack.",
    "stateless.",
    "telemetry.",
    "thread_pool.",
    "tracing.",
    "xpack.apm_data.",
    "xpack.applications.",
    "xpack.async_search.",
    "xpack.autoscaling.",
    "xpack.ccr.",
    "xpack.eql.",
    "xpack.flattened.",
    "xpack.frozen.",
    "xpack.graph.",
    "xpack.http.",
    "xpack.idp.",
    "xpack.ilm.",
    "xpack.inference.",
    "xpack.ml.",
    "xpack.monitoring.",
    "xpack.notification.",
    "xpack.otel_data.",
    "xpack.profiling.",
    "xpack.rollup.",
    "xpack.sql.",
    "xpack.transform.",
    "xpack.watcher.",
];

/// What the names begin with that server and security alone register.
const CLOSED: [&str; 17] = [
    "archived.",
    "bootstrap.",
    "cluster.metadata.",
    "cluster.remote.",
    "cluster.routing.",
    "gateway.",
    "http.",
    "index.",
    "logger.",
    "network.",
    "node.",
    "path.",
    "remote_cluster.",
    "remote_cluster_server.",
    "transport.",
    "xpack.security.",
    "xpack.transport.",
];

/// Roles of nodes before `node.roles`, and the kind of profile, which modules of version 7 registered.
const OLD_NAMES: [&str; 8] = [
    "node.data",
    "node.ingest",
    "node.master",
    "node.ml",
    "node.remote_cluster_client",
    "node.transform",
    "node.voting_only",
    "xpack.security.type",
];

/// Characters inserted, dropped, changed or swapped with the next.
pub(crate) const MOST_EDITS: usize = 3;

/// Of so many settings of a file a rule tells: each is compared with all names that are registered.
pub(crate) const MOST_TOLD: usize = 1000;

/// Names with more parts than this are compared by their first ones.
const MOST_PARTS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    /// As the judges of `tests/elasticsearch` answer.
    #[test]
    fn names_are_known_as_elasticsearch_registers_them() {
        for (key, expected) in [
            ("node.name", Registration::Registered),
            ("node.attr.rack.row", Registration::Registered),
            ("node.attr.a b", Registration::Unknown),
            ("node.attr.", Registration::Unknown),
            ("breaker.*.limit", Registration::Foreign),
            ("node.attr.a.<<", Registration::Unknown),
            ("logger.org.x", Registration::Registered),
            ("logger.a/b", Registration::Unknown),
            ("license.a b", Registration::Registered),
            ("node.roles.7", Registration::Registered),
            ("node.name.7", Registration::Unknown),
            ("transport.profiles.client.port", Registration::Registered),
            ("transport.profiles.client.xpack.security.type", Registration::Old),
            ("transport.profiles..xpack.security.type", Registration::Unknown),
            ("transport.profiles.a.b.port", Registration::Unknown),
            ("transport.profiles.c.ssl.key", Registration::Unknown),
            ("xpack.security.authc.realms.pki.p1.truststore.path", Registration::Registered),
            ("xpack.security.authc.realms.ldap.l.secure_bind_password", Registration::Secure),
            ("xpack.security.enable", Registration::Unknown),
            ("index.number_of_shards", Registration::Unknown),
            ("discovery.zen.minimum_master_nodes", Registration::Old),
            ("node.master", Registration::Old),
            ("node.maximum_shutdown_grace_period", Registration::Only("9.5")),
            ("s3.client.default.endpoint", Registration::Module),
            ("thread_pool.write.queue_size", Registration::Module),
            ("s3.client.default.secret_key", Registration::Secure),
            ("thread_pool.foo", Registration::UnknownOfModule),
            ("xpack.ml.max_open_jobs", Registration::Module),
            ("xpack.ml.foo", Registration::UnknownOfModule),
            ("xpack.notification.slack.account.a.message_defaults.from", Registration::Module),
            ("xpack.notification.slack.account.a.url", Registration::UnknownOfModule),
            ("searchguard.ssl.transport.enabled", Registration::Foreign),
            ("cluster.nmae", Registration::Foreign),
        ] {
            assert_eq!(find(key), expected, "{key}");
        }
        assert_eq!(nearest("xpack.security.enable"), Some("xpack.security.enabled"));
        assert_eq!(nearest("cluster.nmae"), Some("cluster.name"));
    }

    #[test]
    fn every_kind_of_the_table_is_one() {
        let tables = [include_str!("registered.txt"), include_str!("module_names.txt")];
        for line in tables.iter().flat_map(|table| table.lines()) {
            let mut words = line.split(' ').skip(1);
            assert!(words.next().and_then(Kind::read).is_some(), "{line}");
            for kind in words.filter_map(|word| word.split_once('=')) {
                assert!(kind.0 == "8.19" && Kind::read(kind.1).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn the_table_is_sorted_and_says_each_name_once() {
        for table in [include_str!("registered.txt"), include_str!("module_names.txt")] {
            let names = table.lines().map(|line| read(line).0);
            let names: Vec<&str> = names.collect();
            assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
