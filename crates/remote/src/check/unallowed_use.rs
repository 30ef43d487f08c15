//! RC026: no role allows what the connection is for.

use crosstrust_pattern::{Overlap, Pattern};
use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Connection, Model};
use crate::role::{SecurityRole, words};

pub(super) const RULE: Rule = Rule {
    code: "RC026",
    severity: Severity::Warning,
    summary: "no role allows what the connection is for",
    explanation: "`access` of the connection file says which indices are searched and replicated. With API \
        keys a user needs a role on the local cluster with an entry of `remote_indices` whose \
        `clusters` cover the alias, whose `names` have such indices and whose `privileges` have `read` \
        to search or `cross_cluster_replication` to replicate; who starts replication also needs the \
        cluster privilege `manage_ccr`, with certificates too. What certificates let a user search is \
        said by roles on the remote cluster alone. Elasticsearch's own roles, such as `superuser`, do \
        not count.",
    help: "give the users the roles that the kit has",
};

/// What a connection is for, and the privileges of `remote_indices` that each suffice for it.
struct Use<'a> {
    kind: &'static str,
    names: Vec<&'a str>,
    privileges: [&'static str; 2],
}

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { access, model, .. } = subject.connection;
    let given = &subject.material.roles;
    if given.is_empty() {
        return;
    }
    let roles: Vec<&SecurityRole> = given.iter().filter(|role| !role.is_reserved()).collect();
    let replication = access.replication_names();
    let may_follow = may_follow(&roles) || replication.is_empty();
    let (search, follow) = (["read", "all"], ["cross_cluster_replication", "all"]);
    let uses = [
        Use { kind: "search", names: access.search_names(), privileges: search },
        Use { kind: "replication", names: replication, privileges: follow },
    ];
    for wanted in uses.into_iter().filter(|_| *model == Model::ApiKey) {
        judge(subject, &roles, &wanted, report);
    }
    if !may_follow {
        let message = "no role has the cluster privilege `manage_ccr`".to_owned();
        report.push(subject.finding(&RULE, "access.replication", message));
    }
}

fn judge(subject: &Subject<'_>, roles: &[&SecurityRole], wanted: &Use<'_>, report: &mut Report) {
    let Use { kind, privileges: [privilege, _], .. } = wanted;
    let names = unreached(subject, roles, wanted);
    if names.is_empty() {
        return;
    }
    let (alias, names) = (&subject.connection.alias, names.join("`, `"));
    let message = format!("no role allows the {kind} of `{names}` on `{alias}`");
    let help = format!(
        "a role needs an entry of `remote_indices` with `{alias}` in `clusters`, these indices in \
         `names` and `{privilege}` in `privileges`"
    );
    report.push(subject.finding(&RULE, &format!("access.{kind}"), message).with_help(help));
}

/// Whether some role lets its users start replication.
fn may_follow(roles: &[&SecurityRole]) -> bool {
    roles.iter().any(|role| role.words("cluster").iter().any(|word| FOLLOW.contains(word)))
}

/// The names of indices that no role reaches, not even a part of them.
fn unreached<'a>(subject: &Subject<'_>, roles: &[&SecurityRole], wanted: &Use<'a>) -> Vec<&'a str> {
    let alias = &subject.connection.alias;
    let covers = |text: &&str| Pattern::parse(text).is_ok_and(|pattern| pattern.matches(alias));
    let entries = roles.iter().flat_map(|role| role.entries("remote_indices"));
    let allowing = entries.filter(|entry| {
        words(entry, "clusters").iter().any(covers)
            && words(entry, "privileges").iter().any(|word| wanted.privileges.contains(word))
    });
    let allowed: Vec<&str> = allowing.flat_map(|entry| words(entry, "names")).collect();
    let reached = |name: &str| allowed.iter().any(|allowed| meet(allowed, name));
    wanted.names.iter().copied().filter(|name| !reached(name)).collect()
}

/// Whether two patterns may have an index in common: what cannot be told is taken to be allowed.
fn meet(one: &str, other: &str) -> bool {
    match (Pattern::parse(one), Pattern::parse(other)) {
        (Ok(one), Ok(other)) => one.overlaps(&other) != Overlap::No,
        _ => true,
    }
}

/// Cluster privileges with which one can follow indices.
const FOLLOW: [&str; 3] = ["manage_ccr", "manage", "all"];
