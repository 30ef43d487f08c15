//! RC049: a list of signing CAs that the kit replaces.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::Platform;

pub(super) const RULE: Rule = Rule {
    code: "RC049",
    severity: Severity::Note,
    summary: "other clusters may sign their requests, too",
    explanation: "`cluster.remote.signing.certificate_authorities` is one list for all clusters that sign, and no API \
        shows it. The request of the kit sets the list as a whole: with the CAs of the connection files that are \
        planned together, and those that `elasticsearch_yml` has. Others would be refused after it.",
    help: "plan the connection files of all clusters that sign together; or add their files to the list of \
        `signing-authority.json` by hand",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let connection = subject.connection;
    // On Kubernetes it is in the manifest, where it can be seen.
    if !connection.strong_identity || connection.remote.platform == Platform::Eck {
        return;
    }
    let message =
        "the request for the remote cluster sets the whole list of signing CAs".to_owned();
    report.push(subject.finding(&RULE, "strong_identity", message));
}
