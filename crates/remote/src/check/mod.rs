//! What would go wrong if a connection were made: a file for each rule.

mod acceptance;
mod alias_as_name;
mod beta_api_keys;
mod collision;
mod deployment_id;
mod deprecated_model;
mod distrusted_public;
mod dropped_names;
mod expired_authority;
mod expiring_authority;
mod handed_on_authorities;
mod key_beside_authority;
mod keyless_authority;
mod list_elsewhere;
mod locked_out;
mod loopback_server;
mod nobody_kept_out;
mod node_roles;
mod odd_cluster_id;
mod odd_scope_id;
mod operator_authority;
mod other_model_role;
mod ping_schedule;
mod refused_name;
mod refused_node;
mod renamed_nodes;
mod replaced_roots;
mod replication_versions;
mod restricted_replication;
mod restrictions_in_use;
mod search_versions;
mod secret_in_settings;
mod security_off;
mod server_name;
mod server_off;
mod set_twice;
mod shut_out_partner;
mod shut_out_resource;
mod signing_list;
mod stale_kit;
mod stale_version;
mod static_settings;
mod superuser;
mod taken_volume;
mod tls_off;
mod tls_unsaid;
mod two_descriptions;
mod two_trusts;
mod unadmitted_remote;
mod unallowed_use;
mod unasked_clients;
mod uncounted_nodes;
mod uncovered_alias;
mod unheard_port;
mod unnamed_pods;
mod unreadable_settings;
mod unseen_settings;
mod unseen_trust;
mod unstarted;
mod unused_authority;
mod unverified;
mod whole_scope;
mod wrong_port;

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Report, Rule};
use crosstrust_x509::Timestamp;

use crate::connection::{Connection, Side};
use crate::kit::{Clash, ClusterRole, Kind, Kit};
use crate::plan::{self, Material, Planned, SideMaterial};
use crate::verify;

/// A connection under examination.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The connection file as the user named it.
    pub path: &'a str,
    /// Its text, for the lines that findings show.
    pub text: &'a str,
    /// What it says.
    pub connection: &'a Connection,
    /// What was read of the files that it names.
    pub material: &'a Material,
    /// The time at which validity is judged.
    pub now: Timestamp,
}

/// Says what would go wrong if the connection were made.
pub fn check(subject: &Subject<'_>) -> Report {
    let mut report = Report::default();
    for (_, check) in CHECKS {
        check(subject, &mut report);
    }
    report
}

/// Says what several connections do to each other where they have a cluster in common, and whom their
/// restrictions shut out who is in none of them.
pub fn check_together(subjects: &[Subject<'_>]) -> Report {
    let mut report = Report::default();
    for (earlier, subject) in pairs(subjects) {
        collision::check(earlier, subject, &mut report);
    }
    shut_out_partner::check(subjects, &mut report);
    for (earlier, subject) in pairs(subjects) {
        two_descriptions::check(earlier, subject, &mut report);
        replaced_roots::check_together([earlier, subject], &mut report);
    }
    taken_volume::check(subjects, &mut report);
    unadmitted_remote::check(subjects, &mut report);
    report
}

/// What kits that are planned together would overwrite of resources that were read.
fn clashes<'a, 'b>(subjects: &'a [Subject<'b>]) -> Vec<(&'a Subject<'b>, Clash)> {
    let is_read =
        |one: &Subject<'_>| one.parties().iter().any(|side| side.material.manifest.is_some());
    if !subjects.iter().any(is_read) {
        return Vec::new();
    }
    let planned: Vec<Planned<'_>> = subjects
        .iter()
        .map(|one| Planned { connection: one.connection, material: one.material })
        .collect();
    // Why nothing can be planned is told where it is planned.
    let kits = plan::plan_together(&planned).unwrap_or_default();
    let each = subjects.iter().zip(kits);
    each.flat_map(|(subject, kit)| kit.clashes.into_iter().map(move |clash| (subject, clash)))
        .collect()
}

/// Each two of several connections, the earlier one first.
fn pairs<'a, 'b>(
    subjects: &'a [Subject<'b>],
) -> impl Iterator<Item = (&'a Subject<'b>, &'a Subject<'b>)> {
    let all = subjects.iter().enumerate();
    all.flat_map(move |(index, one)| subjects.iter().take(index).map(move |earlier| (earlier, one)))
}

/// Says where a kit that is there differs from the one that would be made. `there` has the text of
/// each file in its folder, by its path in the kit; `folder` names the kit in findings.
///
/// Trust restrictions that were changed are judged as they are.
pub fn check_kit(
    subject: &Subject<'_>,
    kit: &Kit,
    folder: &str,
    there: &BTreeMap<String, String>,
) -> Report {
    let mut report = Report::default();
    stale_kit::check(kit, folder, there, &mut report);
    let [local, remote] = plan::parties(subject.connection, subject.material);
    for step in kit.steps.iter().filter(|step| step.kind == Kind::TrustRestrictions) {
        let changed = step.file.as_ref().and_then(|file| Some((file, there.get(file)?)));
        let Some((file, text)) = changed else { continue };
        let file = format!("{folder}/{file}");
        let (own, peer) = match step.side {
            ClusterRole::Local => (&local, &remote),
            ClusterRole::Remote => (&remote, &local),
        };
        locked_out::judge(own, &file, text.as_bytes(), &mut report);
        refused_name::judge(peer, &file, text.as_bytes(), &mut report);
    }
    report
}

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = CHECKS.iter().map(|(rule, _)| *rule).collect();
    rules.extend(OTHERS.iter().chain(verify::RULES));
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// One side under examination.
#[derive(Clone, Copy, Debug)]
struct Party<'a> {
    word: &'static str,
    side: &'a Side,
    material: &'a SideMaterial,
}

impl<'a> Party<'a> {
    /// The path of a key of this side.
    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.word)
    }

    /// The settings of its `elasticsearch.yml`; none where that is not named or cannot be read.
    fn settings(&self) -> BTreeMap<String, Vec<String>> {
        self.material.settings()
    }

    /// Whether it has CAs, and the last of them has expired.
    fn has_expired(&self, now: Timestamp) -> bool {
        let mut authorities = self.material.authorities.iter().peekable();
        authorities.peek().is_some() && authorities.all(|one| now > one.not_after())
    }

    /// The value of one of them; none where the node's environment fills it in.
    fn said(&self, name: &str) -> Option<&'a str> {
        let setting = self.material.setting(name).filter(|setting| !setting.has_placeholder())?;
        Some(setting.value.text.as_str())
    }
}

impl<'a> Subject<'a> {
    fn parties(&self) -> [Party<'a>; 2] {
        let Self { connection, material, .. } = self;
        [
            Party { word: "local", side: &connection.local, material: &material.local },
            Party { word: "remote", side: &connection.remote, material: &material.remote },
        ]
    }

    /// A finding at the value of a key, where the file has it.
    fn finding(&self, rule: &'static Rule, key: &str, message: String) -> Finding {
        let finding = Finding::new(rule, message).in_file(self.path);
        let Some(place) = self.connection.place(key) else { return finding };
        let line = self.text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default();
        finding.at(place.line, place.column).with_source(line, 1)
    }
}

/// The setting that switches security on.
const SECURITY: &str = "xpack.security.enabled";
/// The setting that switches the TLS of the transport layer on.
const TRANSPORT_TLS: &str = "xpack.security.transport.ssl.enabled";

/// Looks for breaches of a rule.
type Check = fn(&Subject<'_>, &mut Report);

/// Each check with its rule, in the order of their findings.
const CHECKS: &[(&Rule, Check)] = &[
    (&search_versions::RULE, search_versions::check),
    (&replication_versions::RULE, replication_versions::check),
    (&beta_api_keys::RULE, beta_api_keys::check),
    (&deprecated_model::RULE, deprecated_model::check),
    (&wrong_port::RULE, wrong_port::check),
    (&deployment_id::RULE, deployment_id::check),
    (&odd_cluster_id::RULE, odd_cluster_id::check),
    (&odd_scope_id::RULE, odd_scope_id::check),
    (&key_beside_authority::RULE, key_beside_authority::check),
    (&handed_on_authorities::RULE, handed_on_authorities::check),
    (&expiring_authority::RULE, expiring_authority::check),
    (&server_name::RULE, server_name::check),
    (&refused_node::RULE, refused_node::check),
    (&whole_scope::RULE, whole_scope::check),
    (&two_trusts::RULE, two_trusts::check),
    (&node_roles::RULE, node_roles::check),
    (&secret_in_settings::RULE, secret_in_settings::check),
    (&restrictions_in_use::RULE, restrictions_in_use::check),
    (&unreadable_settings::RULE, unreadable_settings::check),
    (&refused_name::RULE, refused_name::check),
    (&locked_out::RULE, locked_out::check),
    (&other_model_role::RULE, other_model_role::check),
    (&uncovered_alias::RULE, uncovered_alias::check),
    (&restricted_replication::RULE, restricted_replication::check),
    (&unallowed_use::RULE, unallowed_use::check),
    (&unused_authority::RULE, unused_authority::check),
    (&nobody_kept_out::RULE, nobody_kept_out::check),
    (&unseen_settings::RULE, unseen_settings::check),
    (&dropped_names::RULE, dropped_names::check),
    (&keyless_authority::RULE, keyless_authority::check),
    (&operator_authority::RULE, operator_authority::check),
    (&ping_schedule::RULE, ping_schedule::check),
    (&loopback_server::RULE, loopback_server::check),
    (&superuser::RULE, superuser::check),
    (&distrusted_public::RULE, distrusted_public::check),
    (&security_off::RULE, security_off::check),
    (&tls_off::RULE, tls_off::check),
    (&tls_unsaid::RULE, tls_unsaid::check),
    (&unverified::RULE, unverified::check),
    (&unasked_clients::RULE, unasked_clients::check),
    (&unheard_port::RULE, unheard_port::check),
    (&server_off::RULE, server_off::check),
    (&static_settings::RULE, static_settings::check),
    (&expired_authority::RULE, expired_authority::check),
    (&replaced_roots::RULE, replaced_roots::check),
    (&unseen_trust::RULE, unseen_trust::check),
    (&signing_list::RULE, signing_list::check),
    (&unstarted::RULE, unstarted::check),
    (&unnamed_pods::RULE, unnamed_pods::check),
    (&renamed_nodes::RULE, renamed_nodes::check),
    (&set_twice::RULE, set_twice::check),
    (&alias_as_name::RULE, alias_as_name::check),
    (&stale_version::RULE, stale_version::check),
    (&list_elsewhere::RULE, list_elsewhere::check),
];

/// Rules about several connections, and about a kit that is there.
const OTHERS: &[&Rule] = &[
    &stale_kit::RULE,
    &collision::RULE,
    &shut_out_partner::RULE,
    &two_descriptions::RULE,
    &taken_volume::RULE,
    &uncounted_nodes::RULE,
    &unadmitted_remote::RULE,
];

#[cfg(test)]
mod tests;
