//! RC036: a cluster that is to be let in alone, and nothing that keeps others out.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Accepts, Model};
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC036",
    severity: Severity::Error,
    summary: "nobody is kept out",
    explanation: "With `cluster`, one cluster is let in and no other. Trust restrictions do that by the names \
        of the nodes; where these are not known on both sides, no restrictions can be written, and \
        every node is let in that the CA vouches for.",
    help: "give `nodes` (or `node_names`) of both sides; or let in whomever the CA vouches for, with \
        `scope` under `trust:`",
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
                "the {by} cluster is to let in one cluster alone, and nothing tells its nodes from others \
                 of the {of} cluster's CA"
            );
            let place = if connection.place(&path).is_some() { path } else { by.to_owned() };
            let help = format!(
                "give `nodes` (or `node_names`) of both sides; or let in whomever the CA vouches for: \
                 `trust: {{{key}: scope}}`"
            );
            report.push(subject.finding(&RULE, &place, message).with_help(help));
        }
    }
}
