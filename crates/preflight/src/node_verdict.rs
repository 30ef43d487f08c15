//! The verdict on nodes: what becomes of each in both roles, and every finding.

use crosstrust_report::{Finding, Report};
use crosstrust_restrictions::{CertificateName, X509Field, certificate_names};
use crosstrust_x509::{Certificate, SubjectAltNames, Timestamp};
use rayon::prelude::*;

use crate::certificate_identity::signer;
use crate::checks;
use crate::error::PathError;
use crate::examination::Examination;
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::settings::{Policy, Settings, VerificationMode};
use crate::signature_cache::SignatureCache;
use crate::trust_list::TrustList;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

/// What becomes of a node.
#[derive(Clone, Debug)]
pub struct NodeVerdict {
    /// What the node is called.
    pub path: String,
    /// The roles in which it presents its certificate: both, for most nodes.
    pub roles: &'static [Role],
    /// What becomes of it where it opens a connection.
    pub as_client: Verdict,
    /// What becomes of it where it is connected to.
    pub as_server: Verdict,
    /// What its own cluster makes of it, where that is asked beside another one.
    pub by_own_cluster: Verdict,
    /// The names that trust restrictions compare.
    pub names: Vec<CertificateName>,
    /// The last second of its certificate.
    pub expires: Option<Timestamp>,
    /// Whole days until then; negative once it has expired.
    pub days_left: Option<i64>,
    /// The findings about this node alone.
    pub report: Report,
}

/// What becomes of a set of nodes.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// Node by node, in the order given.
    pub nodes: Vec<NodeVerdict>,
    /// All findings: those about the lists of trusted certificates, those about each node, those
    /// about the nodes together.
    pub report: Report,
}

impl Verdicts {
    /// Adds those of further nodes.
    pub fn append(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.report.append(other.report);
    }
}

impl NodeVerdict {
    /// What becomes of the node in all of its roles: a node that its own cluster refuses is not there for another
    /// one. Where nobody is known who judges it, it is not judged, unless it presents nothing to anybody.
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.roles.iter().map(|role| self.in_all(*role).clone());
        verdicts.reduce(Verdict::and).unwrap_or_else(|| match &self.as_server {
            Verdict::Refused(refusal) => Verdict::Refused(refusal.clone()),
            _ => Verdict::NotJudged(Unjudged::NobodyKnown),
        })
    }

    /// Whether the node is accepted in each of its roles.
    pub fn is_accepted(&self) -> bool {
        self.verdict().is_accepted()
    }

    /// What the side that judges makes of it in a role.
    pub fn role(&self, role: Role) -> &Verdict {
        match role {
            Role::Client => &self.as_client,
            Role::Server => &self.as_server,
        }
    }

    /// What becomes of it in a role, if its own cluster lets it in.
    pub fn in_all(&self, role: Role) -> &Verdict {
        self.role(role).worse(&self.by_own_cluster)
    }

    /// Whether it is accepted and nothing else about it is an error.
    pub fn ok(&self) -> bool {
        self.is_accepted() && !self.report.has_errors()
    }
}

/// Judges one node on its own.
pub fn check_node(node: &Node, policy: &Policy) -> NodeVerdict {
    let known = KnownAuthorities::new(&[], policy);
    judge(node, policy, &known, &SignatureCache::new())
}

/// Judges nodes, the lists that they are judged by, and the nodes beside each other, on all cores.
pub fn check_nodes(nodes: &[Node], policy: &Policy) -> Verdicts {
    check_nodes_with(nodes, policy, &SignatureCache::new())
}

/// The same with signatures that are known.
pub(crate) fn check_nodes_with(
    nodes: &[Node],
    policy: &Policy,
    signatures: &SignatureCache,
) -> Verdicts {
    let known = KnownAuthorities::new(nodes, policy);
    let verdicts = nodes.par_iter().map(|node| judge(node, policy, &known, signatures));
    let nodes_judged = verdicts.collect::<Vec<_>>();
    let mut report = Report::default();
    checks::check_settings(policy, &mut report);
    for (node, verdict) in nodes.iter().zip(&nodes_judged) {
        report.look_at_node(&verdict.path, own_words(node.leaf()));
        report.append(verdict.report.clone());
    }
    checks::check_set(nodes, &mut report);
    Verdicts { nodes: nodes_judged, report }
}

/// What is said of one node alone and of no other: names, dates and numbers of its certificate.
pub(crate) fn own_words(leaf: Option<&Certificate>) -> Vec<String> {
    let Some(leaf) = leaf else { return Vec::new() };
    let names = leaf.subject_alt_names().map_or(&[][..], SubjectAltNames::names).iter();
    let mut words: Vec<String> = names
        .flat_map(|name| {
            let text = name.to_string();
            // Messages have names with their kind before them, and without.
            let bare = text.split_once(':').map(|(_, bare)| bare.to_owned());
            [Some(text), bare]
        })
        .flatten()
        .collect();
    words.extend(certificate_names(leaf, X509Field::ALL).into_iter().map(|name| name.value));
    words.extend([leaf.subject().to_string(), leaf.serial_hex()]);
    words.extend([leaf.not_before(), leaf.not_after()].map(|time| time.to_string()));
    words
}

/// Checks nodes beside each other, such as those of one cluster: names, serial numbers and keys that
/// two of them share.
pub fn check_together(nodes: &[Node]) -> Report {
    let mut report = Report::default();
    checks::check_set(nodes, &mut report);
    report
}

/// Checks what a node presents where nobody is known who judges it, and says whether the node starts with
/// it.
pub fn check_presented(node: &Node, now: Timestamp) -> (Report, Verdict) {
    let nobody = Settings { mode: VerificationMode::None, ..Settings::new(TrustList::default()) };
    let policy = Policy::new(nobody, now);
    let known = KnownAuthorities::new(&[], &policy);
    let mut report = Report::default();
    let Some(examination) = Examination::new(node, &policy, &known, &SignatureCache::new()) else {
        return (report, Verdict::Accepted);
    };
    checks::check_presented(&examination, &mut report);
    match checks::presents(&examination) {
        stopped @ Verdict::Refused(Refusal::DoesNotStart { .. }) => (report, stopped),
        _ => (report, Verdict::Accepted),
    }
}

/// The same of what signs a node's requests: Elasticsearch signs with keys of RSA and EC alone, and does not
/// start with others.
pub fn check_signer(node: &Node, now: Timestamp) -> (Report, Verdict) {
    let Some(message) = signer::unusable(node) else { return check_presented(node, now) };
    let rule = checks::SIGNER_REFUSED;
    let mut report = Report::default();
    report.push(Finding::new(rule, message.clone()).in_file(node.path()));
    (report, Refusal::DoesNotStart { rule, message, help: None }.into())
}

fn judge<'a>(
    node: &'a Node,
    policy: &'a Policy,
    known: &'a KnownAuthorities<'a>,
    signatures: &SignatureCache,
) -> NodeVerdict {
    match Examination::new(node, policy, known, signatures) {
        Some(examination) => verdict(&examination),
        None => empty(node),
    }
}

fn verdict(examination: &Examination<'_>) -> NodeVerdict {
    let mut report = Report::default();
    checks::check_node(examination, &mut report);
    let expires = examination.leaf.not_after();
    let roles = examination.node.roles();
    let by_own_cluster = roles.iter().map(|role| checks::by_own_cluster(examination, *role));
    NodeVerdict {
        path: examination.node.path().to_owned(),
        roles: examination.node.roles(),
        as_client: checks::verdict(examination, Role::Client),
        as_server: checks::verdict(examination, Role::Server),
        by_own_cluster: by_own_cluster.reduce(Verdict::and).unwrap_or(Verdict::Accepted),
        names: examination.names.clone(),
        expires: Some(expires),
        days_left: Some(examination.now().days_until(expires)),
        report,
    }
}

fn empty(node: &Node) -> NodeVerdict {
    let mut report = Report::default();
    let verdict = without_certificate(node);
    if verdict.rule() == Some(checks::NO_CERTIFICATE) {
        let finding = Finding::new(checks::NO_CERTIFICATE, "it holds no certificate");
        report.push(finding.in_file(node.path()));
    }
    NodeVerdict {
        path: node.path().to_owned(),
        roles: node.roles(),
        as_client: verdict.clone(),
        as_server: verdict,
        by_own_cluster: Verdict::Accepted,
        names: Vec::new(),
        expires: None,
        days_left: None,
        report,
    }
}

/// What becomes of a node that presents nothing: most often it does not start.
pub(crate) fn without_certificate(node: &Node) -> Verdict {
    match node.start() {
        Verdict::Accepted => Refusal::Path(PathError::Empty).into(),
        start => start,
    }
}
