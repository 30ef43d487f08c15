//! The verdict on an endpoint: what our own side makes of it, and every finding.

use crosstrust_report::{Finding, Report};
use crosstrust_restrictions::CertificateName;

use super::checks;
use super::network::Network;
use super::observation::Observation;
use super::plan::EndpointPlan;
use super::sighting::Sighting;
use super::survey::observe;
use crate::checks as node_checks;
use crate::node::Node;
use crate::node_verdict::{NodeVerdict, check_node, check_presented, own_words};
use crate::obstacle;
use crate::settings::{Policy, SecurityModel, VerificationMode};
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

/// What becomes of an endpoint.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EndpointVerdict {
    /// `host:port`.
    pub target: String,
    /// What was seen.
    pub observation: Observation,
    /// What our own side makes of it as server; nothing where it showed no certificate.
    pub as_server: Option<Verdict>,
    /// The names that trust restrictions compare.
    pub names: Vec<CertificateName>,
    /// Whole days until its certificate expires; negative once it has.
    pub days_left: Option<i64>,
    /// The findings.
    pub report: Report,
}

impl EndpointVerdict {
    /// Whether it is accepted and nothing else about it is an error.
    pub fn ok(&self) -> bool {
        self.as_server.as_ref().is_some_and(Verdict::is_accepted) && !self.report.has_errors()
    }
}

/// Looks at an endpoint and judges it.
pub fn check_endpoint(plan: &EndpointPlan, network: &dyn Network) -> EndpointVerdict {
    judge(plan, observe(plan, network))
}

/// Checks our own side: the CA list and the mode that endpoints are judged by, and what we present.
pub fn check_own_settings(plan: &EndpointPlan) -> Report {
    let mut report = Report::default();
    node_checks::check_settings(&policy(plan), &mut report);
    report.append(own(plan).0);
    report
}

/// Whether our own node starts with what it presents, and a handshake can be signed with its key. True
/// where it presents nothing.
pub fn can_present(plan: &EndpointPlan) -> bool {
    let (report, starts) = own(plan);
    starts.is_accepted() && !report.has_errors()
}

/// What there is to say of our own node, and whether it starts.
fn own(plan: &EndpointPlan) -> (Report, Verdict) {
    let Some(node) = &plan.own else { return (Report::default(), Verdict::Accepted) };
    let (mut report, starts) = check_presented(node, plan.now);
    for (path, one) in node.obstacles() {
        let finding =
            Finding::new(node_checks::rule_of_obstacle(one), one.to_string()).in_file(path);
        report.push(finding.with_help(obstacle::remedy(one, path)));
    }
    (report, node.start().and(starts))
}

pub(super) fn judge(plan: &EndpointPlan, observation: Observation) -> EndpointVerdict {
    let target = plan.target();
    let node = observation.first.chain.as_ref().filter(|chain| !chain.is_empty()).map(|chain| {
        let node = Node::new(target.clone(), chain.clone()).with_host(&plan.host);
        check_node(&node, &policy(plan))
    });
    let sighting = Sighting {
        plan,
        seen: &observation,
        as_server: node.as_ref().map(|node| &node.as_server),
        target: target.clone(),
    };
    let mut report = Report::default();
    report.look_at_node(&target, own_words(observation.first.leaf()));
    checks::check(&sighting, &mut report);
    for finding in node.iter().flat_map(|node| node.report.findings()) {
        if let Some(finding) = of_endpoint(plan, finding) {
            report.push(finding);
        }
    }
    let (as_server, names, days_left) = match node {
        Some(NodeVerdict { as_server, names, days_left, .. }) => {
            // Our own node does not start without its file, and accepts nobody.
            let as_server = own(plan).1.and(as_server);
            let proven =
                if observation.first.is_proven { Verdict::Accepted } else { unproven().into() };
            (Some(as_server.and(proven)), names, days_left)
        }
        None => (None, Vec::new(), None),
    };
    EndpointVerdict { target, observation, as_server, names, days_left, report }
}

/// Whoever has a copy of a certificate could send it.
fn unproven() -> Unjudged {
    let what = "whether the server holds the key of its certificate was not verified: the handshake has no signature of \
        an algorithm that is known here";
    Unjudged::NotLookedAt { what: what.to_owned() }
}

/// Our own settings, as those of whoever judges a node.
fn policy(plan: &EndpointPlan) -> Policy {
    let mut policy = Policy::new(plan.settings.clone(), plan.now);
    policy.model = plan.model;
    policy.server_name.clone_from(&plan.server_name);
    policy.warn_days = plan.warn_days;
    policy
}

/// A finding about a file, as one about an endpoint that our own side judges. Nothing where it makes
/// no difference to the connection.
fn of_endpoint(plan: &EndpointPlan, finding: &Finding) -> Option<Finding> {
    let only_server = plan.model == SecurityModel::ApiKey;
    let restricted = plan.settings.restrictions.is_some();
    let again = |rule| {
        let path = finding.path().unwrap_or_default();
        Some(Finding::new(rule, finding.message()).in_file(path))
    };
    let rule = finding.rule();
    // It never acts as a client here, and nobody compares its names.
    if only_server && node_checks::OF_CLIENTS.contains(&rule) {
        return None;
    }
    if restricted && node_checks::OF_RESTRICTIONS.contains(&rule) {
        return again(&checks::names_refused::RULE);
    }
    if plan.settings.mode == VerificationMode::Full && rule == node_checks::HOST_NAME {
        let told = again(&checks::host_name::RULE);
        return match plan.own_help {
            Some(help) => told.map(|told| told.with_help(help.host_name)),
            None => told,
        };
    }
    if plan.only_looks && rule == node_checks::NOT_JUDGED {
        return Some(finding.clone().with_help(HELP_FOR_UNJUDGED));
    }
    if node_checks::OF_TRUST.contains(&rule) {
        // Of a list that nobody gave, nothing is missing.
        if plan.only_looks {
            return None;
        }
        if let Some(help) = plan.own_help {
            return Some(finding.clone().with_help(help.untrusted));
        }
    }
    if rule == node_checks::UNTRUSTED {
        return Some(finding.clone().with_help(HELP_FOR_UNTRUSTED));
    }
    Some(finding.clone())
}

const HELP_FOR_UNJUDGED: &str = "name the CA with `--trust` to have it judged; without it, compare the SHA-256 fingerprints \
    with those that the owner of the endpoint reads out";
const HELP_FOR_UNTRUSTED: &str = "if this is the endpoint that you mean, add its CA's certificate to \
    `certificate_authorities` on the side that connects; else look what answers at this address";
