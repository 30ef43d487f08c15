//! RC022: restrictions that keep the own nodes out.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_restrictions::{Restrictions, X509Field, certificate_names};

use super::{Subject, acceptance};
use crate::connection::{Model, X509_FIELDS};
use crate::plan::{self, NodeCertificate, Party};

pub(super) const RULE: Rule = Rule {
    code: "RC022",
    severity: Severity::Error,
    summary: "a cluster locks its own nodes out",
    explanation: "Trust restrictions hold for every connection of the transport layer, those among the \
        cluster's own nodes too. Nodes that they do not let in no longer join after a restart.",
    help: "add the names of the own nodes to the restrictions, before anything else",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let parties = subject.parties();
    for refused in acceptance::refused(subject) {
        if refused.side != refused.judge {
            continue;
        }
        let Some(party) = parties.get(refused.side) else { continue };
        let unlisted = party.material.unlisted_node();
        let is_unlisted = unlisted.is_some_and(|node| node.label == refused.node);
        let message = format!("{}: {}", refused.node, refused.reason);
        let finding = if is_unlisted {
            let what = "the node of `elasticsearch.yml` is not among the nodes that are named";
            let key = party.path("elasticsearch_yml");
            subject.finding(&RULE, &key, format!("{what}: {message}")).with_help(UNLISTED)
        } else {
            subject.finding(&RULE, &party.path("nodes"), message)
        };
        report.push(finding);
    }
    in_use(subject, report);
}

const UNLISTED: &str = "name it in `nodes` (or `node_names`), and every other node of the cluster";

/// The restrictions that the nodes have now.
fn in_use(subject: &Subject<'_>, report: &mut Report) {
    if subject.connection.model != Model::Tls {
        return;
    }
    for own in plan::parties(subject.connection, subject.material) {
        if let Some(file) = &own.material.restrictions {
            // Those that get new certificates are let in by the names that they have now.
            let mut nodes = own.material.all_nodes().map(|node| names(&own, node)).collect();
            if own.nodes().is_empty() {
                listed(&own.names_now(), &mut nodes);
            }
            judge_nodes(&nodes, &file.path, &file.bytes, report);
        }
    }
}

/// Says which of the own nodes a changed file of a kit does not let in.
pub(super) fn judge(own: &Party<'_>, path: &str, bytes: &[u8], report: &mut Report) {
    let mut nodes = Vec::new();
    if plan::is_reissued(own) || own.nodes().is_empty() {
        listed(&own.present_names(), &mut nodes);
    } else {
        nodes.extend(own.nodes().iter().map(|node| names_to_be(own, node)));
    }
    let unlisted = own.material.unlisted_node().filter(|_| !plan::is_renamed(own));
    nodes.extend(unlisted.map(|node| names_to_be(own, node)));
    judge_nodes(&nodes, path, bytes, report);
}

/// A node: what it is called, and its names that are compared, of which one is enough.
type Named = (String, Vec<String>);

fn names(own: &Party<'_>, node: &NodeCertificate) -> Named {
    let set = own.settings().remove(X509_FIELDS).unwrap_or_default();
    let fields: Vec<X509Field> = set.iter().filter_map(|field| field.parse().ok()).collect();
    let fields = if fields.is_empty() { X509Field::DEFAULT } else { &fields };
    let found = certificate_names(&node.certificate, fields);
    let names: Vec<String> = found.into_iter().map(|name| name.value).collect();
    (names.first().unwrap_or(&node.label).clone(), names)
}

/// The same once a kit is applied, which has DNS names compared where nodes have no other.
fn names_to_be(own: &Party<'_>, node: &NodeCertificate) -> Named {
    let (label, mut names) = names(own, node);
    if names.is_empty() {
        let hosts = certificate_names(&node.certificate, &[X509Field::DnsName]);
        names.extend(hosts.into_iter().map(|name| name.value));
    }
    (label, names)
}

/// Names of nodes that nobody showed, each of one node.
fn listed(names: &[String], nodes: &mut Vec<Named>) {
    nodes.extend(names.iter().map(|name| (name.clone(), vec![name.clone()])));
}

fn judge_nodes(nodes: &[Named], path: &str, bytes: &[u8], report: &mut Report) {
    let mut push = |message| report.push(Finding::new(&RULE, message).in_file(path));
    match Restrictions::parse(path, bytes) {
        Ok(restrictions) => {
            let judged = nodes.iter().filter(|(_, names)| restrictions.judge(names).is_none());
            for (node, names) in judged {
                let why = if names.is_empty() { ": it has no name that is compared" } else { "" };
                push(format!("the own node `{node}` is not let in{why}"));
            }
        }
        Err(error) => push(format!("no node starts with this file: {error}")),
    }
}
