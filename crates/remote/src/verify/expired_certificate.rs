//! RC079: the running node has a certificate of its own that has expired.

use crosstrust_report::{Finding, Rule, Severity};
use crosstrust_x509::Timestamp;

use super::certificates::RunningCertificates;

pub(super) const RULE: Rule = Rule {
    code: "RC079",
    severity: Severity::Error,
    summary: "the running node has a certificate of its own that has expired",
    explanation: "`GET /_ssl/certificates` tells what the node that answered has loaded. A certificate with its key \
        is one that the node presents: new connections to it, and with certificates on both sides from it, are \
        refused since it has expired. Connections that are open stay open until they break.",
    help: "issue the node's certificate again, and put it in the place of that file",
};

pub(super) fn check(
    running: &RunningCertificates,
    now: Timestamp,
) -> impl Iterator<Item = Finding> {
    let own = running.entries().iter().filter(|entry| entry.has_private_key);
    own.filter_map(move |entry| {
        let expiry = entry.expiry.filter(|expiry| *expiry < now)?;
        let (subject, path) = (&entry.subject, &entry.path);
        Some(Finding::new(&RULE, format!("`{subject}` of `{path}` expired at {expiry}")))
    })
}
