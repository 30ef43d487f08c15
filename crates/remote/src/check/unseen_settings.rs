//! RC037: settings that nobody looked at.

use crosstrust_report::{Report, Rule, Severity};

use super::{Party, Subject};
use crate::connection::{Model, Platform, Side};

pub(super) const RULE: Rule = Rule {
    code: "RC037",
    severity: Severity::Note,
    summary: "nobody looked at what the nodes have already",
    explanation: "Nodes may have a CA list, a trust store, restrictions or other partners \
        already. `elasticsearch_yml` shows those of a self-managed cluster, and the kit adds to \
        them; without it, and for a resource on Kubernetes, the kit's steps say what to look for.",
    help: "name a node's own as `elasticsearch_yml`, with the files that it names beside it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    for party in subject.parties() {
        let word = party.word;
        let (message, help) = match party.side.platform {
            Platform::SelfManaged if party.side.elasticsearch_yml.is_none() => {
                let what = what(subject.connection.model);
                let message = format!(
                    "nobody looked at the settings of the {word} nodes, which may have {what} already"
                );
                (message, RULE.help.to_owned())
            }
            Platform::Eck
                if !subject.connection.same_operator && party.material.manifest.is_none() =>
            {
                resource(&party)
            }
            _ => continue,
        };
        report.push(subject.finding(&RULE, &party.path("platform"), message).with_help(help));
    }
}

fn what(model: Model) -> &'static str {
    match model {
        Model::ApiKey => "settings for other remote clusters",
        Model::Tls => "a trust store, a CA list or restrictions",
    }
}

/// What a resource on Kubernetes may have that a manifest of the kit must not take away.
fn resource(party: &Party<'_>) -> (String, String) {
    let Side { name, namespace, .. } = party.side;
    let message = format!(
        "nobody looked at the {} resource `{name}`, which may have `transport.tls.certificateAuthorities`, \
         `remoteClusters`, `secureSettings`, or TLS settings in its node sets already; a kit that is planned again \
         writes all of it again",
        party.word
    );
    let help = format!(
        "save what `kubectl get elasticsearch {name} -n {namespace} -o yaml` shows, and name it as `manifest`; or \
         merge the kit's manifest into it by hand"
    );
    (message, help)
}
