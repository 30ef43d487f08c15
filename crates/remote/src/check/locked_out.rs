//! RC022: restrictions that keep the own nodes out.

use crosstrust_report::{Finding, Report, Rule, Severity};
use crosstrust_restrictions::Restrictions;

use super::{Subject, acceptance};
use crate::connection::Model;
use crate::plan::{self, Party};

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
            let mut names = own.names_now();
            if let Some(node) = own.material.unlisted_node() {
                names.extend(plan::other_names(&node.certificate));
            }
            judge_names(&names, &file.path, &file.bytes, report);
        }
    }
}

/// Says which of the own nodes a file does not let in.
pub(super) fn judge(own: &Party<'_>, path: &str, bytes: &[u8], report: &mut Report) {
    judge_names(&own.present_names(), path, bytes, report);
}

fn judge_names(names: &[String], path: &str, bytes: &[u8], report: &mut Report) {
    let mut push = |message| report.push(Finding::new(&RULE, message).in_file(path));
    match Restrictions::parse(path, bytes) {
        Ok(restrictions) => {
            for name in names.iter().filter(|name| restrictions.judge(&[name]).is_none()) {
                push(format!("the own node `{name}` is not let in"));
            }
        }
        Err(error) => push(format!("no node starts with this file: {error}")),
    }
}
