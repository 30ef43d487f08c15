//! The overview as one JSON document, a matrix of classes. Other keys may be added; these stay:
//!
//! `{"at","warn_days","clusters":[{"name","judges_as","restrictions_file","nodes":[{"path","names":[],"class"}]}],
//! "judge_classes":[{"clusters":[],"trusts","restrictions","doubt"?}],"node_classes":[{"nodes","first":"cluster/node",
//! "verdicts":[{"verdict","code","reason","judge_classes":[]}],"otherwise":{"verdict","code","reason"}}],
//! "trust_lists":[{"fingerprints_sha256":[]}],"restrictions":[{"fields":[],"patterns":[]}],
//! "certificates":[{"subject","issuer","serial","not_before","not_after","days_left","state":"valid"|"soon"|
//! "expired"|"not_yet","is_ca","fingerprint_sha256","names":[],"uses":[{"cluster","kind":"node"|"presented"|
//! "trusted","path","count"}]}],"findings":[…],"summary":{…}}`
//!
//! Numbers such as `judges_as`, `class` and `trusts` are positions in the lists. The verdict of a cluster on a
//! node is that of `node_classes[class]` which has the cluster's class in its `judge_classes`, else `otherwise`.
//! See [`crate::pairs`] for the document that lists every pair.

use std::collections::BTreeMap;

use crosstrust_preflight::{NodePosition, Outcome};
use crosstrust_report::Report;
use crosstrust_x509::Certificate as X509;
use serde::{Serialize, Serializer};

use crate::certificate::ListedCertificate;
use crate::layout;
use crate::overview::Overview;
use crate::pairs::{Acceptance, Restrictions};

#[derive(Serialize)]
struct Document<'a> {
    at: String,
    warn_days: u32,
    clusters: Vec<Cluster<'a>>,
    judge_classes: Vec<JudgeClass<'a>>,
    node_classes: Vec<NodeClass>,
    trust_lists: Vec<TrustList>,
    restrictions: Vec<RestrictionsClass<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepts: Option<Vec<Acceptance<'a>>>,
    certificates: Vec<Certificate<'a>>,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Cluster<'a> {
    name: &'a str,
    judges_as: usize,
    restrictions_file: Option<&'a str>,
    nodes: Vec<Node<'a>>,
    #[serde(skip_serializing_if = "Admits::is_left_out")]
    restrictions: Admits<'a>,
}

/// Whom a cluster's restrictions let in, in the document that lists every pair.
#[derive(Serialize)]
#[serde(untagged)]
enum Admits<'a> {
    LeftOut,
    Unrestricted,
    Nodes(Restrictions<'a>),
}

impl Admits<'_> {
    fn is_left_out(&self) -> bool {
        matches!(self, Self::LeftOut)
    }
}

#[derive(Serialize)]
struct Node<'a> {
    path: &'a str,
    names: Vec<String>,
    class: usize,
}

#[derive(Serialize)]
struct JudgeClass<'a> {
    clusters: Vec<&'a str>,
    trusts: usize,
    restrictions: Option<usize>,
    /// Why nobody is judged by it, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
}

#[derive(Serialize)]
struct NodeClass {
    nodes: usize,
    first: String,
    verdicts: Vec<Verdict>,
    otherwise: Option<Verdict>,
}

#[derive(Serialize)]
struct Verdict {
    #[serde(rename = "verdict")]
    word: &'static str,
    code: Option<&'static str>,
    reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    judge_classes: Vec<usize>,
}

#[derive(Serialize)]
struct TrustList {
    fingerprints_sha256: Vec<String>,
}

#[derive(Serialize)]
struct RestrictionsClass<'a> {
    fields: Vec<String>,
    patterns: Vec<&'a str>,
}

#[derive(Serialize)]
struct Certificate<'a> {
    subject: &'a str,
    issuer: &'a str,
    serial: &'a str,
    not_before: String,
    not_after: String,
    days_left: i64,
    state: &'static str,
    is_ca: bool,
    fingerprint_sha256: &'a str,
    names: &'a [String],
    uses: Vec<Use<'a>>,
}

#[derive(Serialize)]
struct Use<'a> {
    cluster: &'a str,
    kind: &'static str,
    path: Option<&'a str>,
    count: usize,
}

impl Serialize for Overview<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document().serialize(serializer)
    }
}

impl Overview<'_> {
    /// The overview as JSON, with a line for each item of its lists.
    pub fn json(&self) -> String {
        layout::lines(self)
    }

    fn document(&self) -> Document<'_> {
        let fleet = &self.fleet;
        Document {
            at: self.now.to_string(),
            warn_days: self.warn_days,
            clusters: (0..self.count()).filter_map(|position| self.cluster(position)).collect(),
            judge_classes: fleet.judges().iter().map(|class| self.judge_class(class)).collect(),
            node_classes: (0..fleet.nodes().len())
                .filter_map(|position| self.node_class(position))
                .collect(),
            trust_lists: self.trust_lists(),
            restrictions: self.restrictions(),
            accepts: self.with_pairs.then(|| self.acceptances()),
            certificates: self.certificates.iter().map(|one| self.certificate(one)).collect(),
            report: &self.report,
        }
    }

    fn cluster(&self, position: usize) -> Option<Cluster<'_>> {
        let cluster = &self.members.get(position)?.cluster;
        let classes = self.fleet.nodes_of(position).iter();
        let nodes = cluster.nodes.iter().zip(classes).enumerate().map(|(node, (one, class))| {
            let names = self.names(NodePosition { cluster: position, node });
            Node {
                path: one.path(),
                names: names.into_iter().map(|name| name.value).collect(),
                class: *class,
            }
        });
        Some(Cluster {
            name: &cluster.name,
            judges_as: self.fleet.judge_of(position),
            restrictions_file: cluster
                .settings
                .restrictions
                .as_ref()
                .map(|file| file.path.as_str()),
            nodes: nodes.collect(),
            restrictions: self.admits_of(position),
        })
    }

    fn admits_of(&self, position: usize) -> Admits<'_> {
        if !self.with_pairs {
            return Admits::LeftOut;
        }
        match self.admission(position) {
            None => Admits::Unrestricted,
            Some(admission) => Admits::Nodes(self.admits(admission)),
        }
    }

    fn judge_class(&self, class: &crosstrust_preflight::JudgeClass) -> JudgeClass<'_> {
        let first = class.clusters.first().and_then(|first| self.members.get(*first));
        JudgeClass {
            clusters: class.clusters.iter().map(|one| self.cluster_name(*one)).collect(),
            trusts: class.trust,
            restrictions: class.restrictions,
            doubt: first.and_then(|member| member.cluster.settings.trust.reason_for_doubt()),
        }
    }

    /// The verdicts on a class of nodes; that of most judges is the one that is meant otherwise.
    fn node_class(&self, position: usize) -> Option<NodeClass> {
        let fleet = &self.fleet;
        let class = fleet.nodes().get(position)?;
        let first = *class.nodes.first()?;
        let mut by_outcome: BTreeMap<Outcome, Vec<usize>> = BTreeMap::new();
        for judges in 0..fleet.judges().len() {
            by_outcome.entry(fleet.outcome(position, judges)).or_default().push(judges);
        }
        let verdict = |(outcome, judge_classes): (Outcome, Vec<usize>)| {
            let members = judge_classes.first().and_then(|judges| fleet.judges().get(*judges));
            let judge = members.and_then(|members| members.clusters.first());
            let why = judge.and_then(|judge| fleet.explanation(first, *judge));
            let reason = why.map(|why| why.reason);
            Verdict { word: outcome.key(), code: outcome.code(), reason, judge_classes }
        };
        let mut verdicts = by_outcome.into_iter().map(verdict).collect::<Vec<_>>();
        let most = verdicts.iter().enumerate().max_by_key(|(_, one)| one.judge_classes.len());
        let most = most.map(|(index, _)| index);
        let otherwise = most.map(|index| verdicts.remove(index));
        let otherwise = otherwise.map(|one| Verdict { judge_classes: Vec::new(), ..one });
        let (nodes, first) = (class.nodes.len(), fleet.label(first));
        Some(NodeClass { nodes, first, verdicts, otherwise })
    }

    fn trust_lists(&self) -> Vec<TrustList> {
        let mut lists = BTreeMap::new();
        for class in self.fleet.judges() {
            let first = class.clusters.first().and_then(|first| self.members.get(*first));
            if let Some(member) = first {
                let trusted = || member.cluster.settings.trust.certificates();
                lists.entry(class.trust).or_insert_with(|| TrustList {
                    fingerprints_sha256: trusted().map(X509::fingerprint_sha256).collect(),
                });
            }
        }
        lists.into_values().collect()
    }

    fn restrictions(&self) -> Vec<RestrictionsClass<'_>> {
        let mut classes = BTreeMap::new();
        for class in self.fleet.judges() {
            let first = class.clusters.first().and_then(|first| self.members.get(*first));
            let settings = first.map(|member| &member.cluster.settings);
            let file = settings.and_then(|settings| settings.restrictions.as_ref());
            if let (Some(settings), Some(file), Some(position)) =
                (settings, file, class.restrictions)
            {
                classes.entry(position).or_insert_with(|| RestrictionsClass {
                    fields: settings.fields.iter().map(ToString::to_string).collect(),
                    patterns: file.restrictions.items().iter().map(|i| i.text.as_str()).collect(),
                });
            }
        }
        classes.into_values().collect()
    }

    fn certificate<'a>(&'a self, one: &'a ListedCertificate) -> Certificate<'a> {
        let uses = one.uses.iter().map(|used| Use {
            cluster: self.cluster_name(used.cluster),
            kind: used.kind.word(),
            path: used.path.as_deref(),
            count: used.count,
        });
        Certificate {
            subject: &one.subject,
            issuer: &one.issuer,
            serial: &one.serial,
            not_before: one.not_before.to_string(),
            not_after: one.not_after.to_string(),
            days_left: one.days_left,
            state: one.state.word(),
            is_ca: one.is_ca,
            fingerprint_sha256: &one.fingerprint_sha256,
            names: &one.names,
            uses: uses.collect(),
        }
    }
}
