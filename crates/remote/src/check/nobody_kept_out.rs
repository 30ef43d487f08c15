//! RC036: a cluster that is to be let in alone, and nothing that keeps others out.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Accepts, Model, Platform};
use crate::plan::{self, Party};

pub(super) const RULE: Rule = Rule {
    code: "RC036",
    severity: Severity::Error,
    summary: "nobody is kept out",
    explanation: "With `cluster`, one cluster is let in and no other. Trust restrictions do that by the names \
        of the nodes; where these are not known on both sides, no restrictions can be written, and \
        every node is let in that the CA vouches for.",
    help: "give `nodes` (or `node_names`) of each self-managed side; or let in whomever the CA vouches for, \
        with `scope` under `trust:`",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let connection = subject.connection;
    if connection.model != Model::Tls || connection.same_operator {
        return;
    }
    let [local, remote] = plan::parties(connection, subject.material);
    for (own, peer, key) in
        [(&local, &remote, "local_accepts"), (&remote, &local, "remote_accepts")]
    {
        let promised = own.accepts == Accepts::Cluster && !own.side.platform.is_cloud();
        if promised && !own.platform().restricts(own, peer) {
            let (path, by, of) = (format!("trust.{key}"), own.word(), peer.word());
            let message = format!(
                "the {by} cluster is to let in the {of} cluster alone, and nothing tells the {of} nodes from \
                 others with a certificate of the same CA"
            );
            let place = if connection.place(&path).is_some() { path } else { by.to_owned() };
            let help = help(&[&local, &remote], key);
            report.push(subject.finding(&RULE, &place, message).with_help(help));
        }
    }
}

/// What would tell the nodes: names of those sides that may have them in the file.
fn help(sides: &[&Party<'_>], key: &str) -> String {
    let own = sides.iter().filter(|party| party.side.platform == Platform::SelfManaged);
    let keys: Vec<String> = own.filter_map(|party| missing(party)).collect();
    let scope = format!("let in whomever the CA vouches for: `trust: {{{key}: scope}}`");
    if keys.is_empty() { scope } else { format!("give {}; or {scope}", keys.join(" and ")) }
}

/// What the file lacks of a side whose nodes nobody can tell.
fn missing(party: &Party<'_>) -> Option<String> {
    let word = party.word();
    match party.naming() {
        Ok(naming) if naming.is_unknown() => {
            Some(format!("`{word}.nodes` (or `{word}.node_names`)"))
        }
        Ok(_) => None,
        // Its certificates have no name that this version compares.
        Err(_) => {
            Some(format!("`{word}.cluster_id` and `{word}.scope_id`, to have its nodes re-issued"))
        }
    }
}
