//! RC065: a list of CAs in the place of the public ones.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::is_public_file;
use crate::connection::{CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE, Model, Platform, Resource};
use crate::kit::ClusterRole;
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC065",
    severity: Severity::Warning,
    summary: "a list of CAs takes the place of the public ones",
    explanation: "`xpack.security.remote_cluster_client.ssl` has one list of CAs, or one trust store, for \
        all remote clusters that are connected by API key. Once it is set, the JDK's public CAs are no longer \
        trusted, and a remote cluster with a certificate of theirs is not reached.",
    help: "follow the kit's step that has the nodes keep the public CAs, or add the root of this one",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, remote] = plan::parties(subject.connection, subject.material);
    if subject.connection.model != Model::ApiKey || plan::is_private(&remote) {
        return;
    }
    let settings = local.settings();
    for name in [CLIENT_AUTHORITIES, CLIENT_TRUSTSTORE] {
        let Some(values) = settings.get(name) else { continue };
        // A list to which the kit has added them.
        if values.iter().any(|value| is_public_file(value)) {
            continue;
        }
        let message = format!(
            "the remote cluster has a public CA, and the local nodes trust `{}` alone (`{name}`)",
            values.join(", ")
        );
        report.push(subject.finding(&RULE, "local.elasticsearch_yml", message));
    }
    let there = subject.material.local.manifest.as_ref();
    if let Some(what) = there.and_then(Resource::replaced_roots) {
        let message = format!(
            "the remote cluster has a public CA, and the local nodes trust the CAs {what} alone"
        );
        report.push(subject.finding(&RULE, "local.manifest", message));
    }
}

/// Looks at two connections of one cluster on Kubernetes: the list that the kit of one makes holds for the other.
pub(super) fn check_together(two: [&Subject<'_>; 2], report: &mut Report) {
    let [one, other] = two;
    for (public, private) in [(one, other), (other, one)] {
        let sides = plan::parties(public.connection, public.material);
        let theirs = plan::parties(private.connection, private.material);
        let [local, remote] = &sides;
        let there = local.material.manifest.as_ref();
        let is_keyed = [one, other].iter().all(|it| it.connection.model == Model::ApiKey);
        let is_reached =
            is_keyed && local.side.platform == Platform::Eck && !plan::is_private(remote);
        if !is_reached
            || public.connection.same_operator
            || there.and_then(Resource::replaced_roots).is_some()
        {
            continue;
        }
        let mut shared = plan::shared(&sides, &theirs).into_iter();
        let is_listed = shared.any(|((own, _), (same, peer))| {
            let is_local = own.role == ClusterRole::Local && same.role == ClusterRole::Local;
            is_local && plan::is_private(&peer)
        });
        if is_listed {
            let message = format!(
                "the remote cluster has a public CA, and with `{}` the local nodes trust the CA of that remote cluster alone",
                private.connection.alias
            );
            report.push(public.finding(&RULE, "local", message).with_help(HELP));
        }
    }
}

const HELP: &str = "name the resource as `manifest`, and follow the kit's step that has the nodes keep the public CAs; or add \
                    the root of this one to the list of every node set";
