//! RC066: settings of the transport layer's TLS in a file that does not switch it on.

use crosstrust_report::{Report, Rule, Severity};

use super::{Subject, TRANSPORT_TLS};
use crate::connection::Model;
use crate::plan::{self, Party};
use crate::version::Version;

pub(super) const RULE: Rule = Rule {
    code: "RC066",
    severity: Severity::Error,
    summary: "nodes do not start with TLS settings of a transport layer whose TLS is not switched on",
    explanation: "From Elasticsearch 8 on a node does not start where `elasticsearch.yml` has settings below \
        `xpack.security.transport.ssl` and none of them is `enabled`. The kit adds such settings.",
    help: "add `xpack.security.transport.ssl.enabled: true`; where a node's environment sets it, write it into \
        the copy that the connection file names",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    let [local, remote] = plan::parties(subject.connection, subject.material);
    for (own, peer) in [(&local, &remote), (&remote, &local)] {
        let Some(reason) = reason(own, peer) else { continue };
        let message =
            format!("the {} nodes' file does not set `{TRANSPORT_TLS}`, and {reason}", own.word());
        let key = format!("{}.elasticsearch_yml", own.word());
        report.push(subject.finding(&RULE, &key, message));
    }
}

/// Why the nodes of a side do not start after the kit, where they do not.
pub(super) fn reason(own: &Party<'_>, peer: &Party<'_>) -> Option<String> {
    let file = own.material.settings_file()?;
    if own.side.version < Version::new(8, 0, 0) || file.get(TRANSPORT_TLS).is_some() {
        return None;
    }
    let is_below = |key: &str| key.starts_with("xpack.security.transport.ssl.");
    if let Some(there) = file.settings().iter().find(|setting| is_below(&setting.key)) {
        return Some(format!("it sets `{}`", there.key));
    }
    let lists = own.side.truststore.is_none() && !own.trusts(peer);
    let adds = lists || own.platform().restricts(own, peer);
    adds.then(|| "the kit adds other settings of that TLS to it".to_owned())
}
