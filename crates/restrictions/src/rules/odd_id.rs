//! TR047: an id in a cloud pattern is not shaped like one.

use crosstrust_report::Rule;
use crosstrust_report::Severity;
use crosstrust_x509::ClusterName;
use crosstrust_x509::NodeName;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR047",
    severity: Severity::Note,
    summary: "an id in a cloud pattern is not shaped like one",
    explanation: "A cluster id has up to 32 lower-case letters and digits, and so has a scope id; \
        those of clusters in the cloud are 32 hexadecimal digits. Anything else is most likely a \
        typing error, or a name instead of the id.",
    help: "compare it with what the cloud console shows",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let Some(NodeName { cluster: ClusterName::Cloud { cluster, scope }, .. }) =
            NodeName::parse(&item.text)
        else {
            continue;
        };
        // The documentation has a pattern with `<namespace>.es.local` as the scope.
        if [cluster, scope].iter().any(|id| id.contains('.')) {
            continue;
        }
        for (what, id) in [("cluster id", cluster), ("scope id", scope)] {
            if !id.contains(['*', '?']) && !is_id(id) {
                let message =
                    format!("the {what} `{id}` is not of up to 32 lower-case letters and digits");
                remarks.push(Remark::new(&RULE, message).at(item.place));
            }
        }
        if is_id(cluster) && is_almost_of_cloud(cluster) {
            let message =
                format!("the cluster id `{cluster}` is almost, but not, 32 hexadecimal digits");
            remarks.push(Remark::new(&RULE, message).at(item.place));
        }
    }
}

/// Whether an id of letters and digits is like those of the cloud but for a digit too few, or some
/// that are none. Ids of one's own making are mostly shorter, and so are those in examples.
fn is_almost_of_cloud(id: &str) -> bool {
    let hexadecimal = id.chars().all(|character| character.is_ascii_hexdigit());
    let digits = id.chars().filter(char::is_ascii_digit).count();
    match id.len() {
        CLOUD_LENGTH => !hexadecimal && digits > 0,
        length => hexadecimal && (SHORTEST_CUT..CLOUD_LENGTH).contains(&length),
    }
}

fn is_id(text: &str) -> bool {
    let fits = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    (1..=32).contains(&text.len()) && text.chars().all(fits)
}

/// How many digits the ids of clusters in the cloud have.
const CLOUD_LENGTH: usize = 32;

/// From so many digits on an id is taken for one of the cloud that was cut.
const SHORTEST_CUT: usize = 24;
