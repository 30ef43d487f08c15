//! RC063: settings of the remote cluster that stand in `elasticsearch.yml`, or in node sets.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::plan::{self, InFile};

pub(super) const RULE: Rule = Rule {
    code: "RC063",
    severity: Severity::Warning,
    summary: "the nodes' own settings say something else of the remote cluster than the kit",
    explanation: "What the kit registers by API takes the place of `cluster.remote.<alias>` settings in \
        `elasticsearch.yml`, or in the `config` of a node set, key by key: a key that only the file has stays in force, and all of the file's \
        come back when the kit's are removed. With `mode: proxy` in the file, seeds by API are \
        refused (`Setting \"….seeds\" cannot be used with the configured \"….mode\"`).",
    help: "a step of the kit takes the lines of this alias out of the file that was read, so that the API alone says \
        it; look for them in the other nodes' files too",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let [local, remote] = plan::parties(subject.connection, subject.material);
    for found in plan::in_file(&local, &remote).into_iter().filter(InFile::is_other) {
        let name = format!("cluster.remote.{}.{}", subject.connection.alias, found.key);
        let [values, wanted] =
            [found.values, found.wanted.unwrap_or_default()].map(|values| values.join(", "));
        let message = match wanted.as_str() {
            "" => format!("the local nodes have `{name}: {values}`, which the kit does not set"),
            wanted => {
                format!("the local nodes have `{name}: {values}`, and the kit sets `{wanted}`")
            }
        };
        let is_set = local.material.manifest.is_some();
        let key = if is_set { "local.manifest" } else { "local.elasticsearch_yml" };
        report.push(subject.finding(&RULE, key, message));
    }
}
