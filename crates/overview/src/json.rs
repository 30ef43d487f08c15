//! The overview as one JSON document. Other keys may be added; these stay:
//!
//! `{"at","warn_days","clusters":[{"name","nodes":[{"path","names":[]}],"restrictions":{"path","patterns":
//! [{"pattern","admits":["cluster/node"]}],"outside":["cluster/node"]}|null}],"accepts":[{"from":"cluster/node",
//! "to":"cluster","accepted":true,"verdict":"accepted"|"refused"|"not_judged","code","reason"}],"certificates":[{"subject","issuer","serial","not_before",
//! "not_after","days_left","state":"valid"|"soon"|"expired"|"not_yet","is_ca","fingerprint_sha256","names":[],
//! "uses":[{"cluster","kind":"node"|"presented"|"trusted","path","count"}]}],"findings":[…],"summary":{…}}`
//!
//! Findings and summary are those of every command; `from` presents its certificate, and all nodes of `to`
//! have the same verdict.

use crosstrust_preflight::{ClusterNames, MatrixVerdict, NodePosition};
use crosstrust_report::Report;
use serde::{Serialize, Serializer};

use crate::admission::Admission;
use crate::certificate::ListedCertificate;
use crate::overview::Overview;

#[derive(Serialize)]
struct Document<'a> {
    at: String,
    warn_days: u32,
    clusters: Vec<Cluster<'a>>,
    accepts: Vec<Acceptance<'a>>,
    certificates: Vec<Certificate<'a>>,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Cluster<'a> {
    name: &'a str,
    nodes: Vec<Node<'a>>,
    restrictions: Option<Restrictions<'a>>,
}

#[derive(Serialize)]
struct Node<'a> {
    path: &'a str,
    names: Vec<&'a str>,
}

#[derive(Serialize)]
struct Restrictions<'a> {
    path: &'a str,
    patterns: Vec<Pattern<'a>>,
    outside: Vec<String>,
}

#[derive(Serialize)]
struct Pattern<'a> {
    pattern: &'a str,
    admits: Vec<String>,
}

#[derive(Serialize)]
struct Acceptance<'a> {
    from: String,
    to: &'a str,
    accepted: bool,
    verdict: &'static str,
    code: Option<&'static str>,
    reason: Option<String>,
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

impl Serialize for Overview {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document().serialize(serializer)
    }
}

impl Overview {
    /// The overview as JSON, indented, with a line end.
    pub fn json(&self) -> String {
        // Strings, numbers and null cannot fail to serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    fn document(&self) -> Document<'_> {
        let clusters = self.matrix.clusters.iter().zip(&self.admissions);
        Document {
            at: self.now.to_string(),
            warn_days: self.warn_days,
            clusters: clusters
                .map(|(cluster, admission)| self.cluster(cluster, admission.as_ref()))
                .collect(),
            accepts: self.matrix.verdicts.iter().map(|verdict| self.acceptance(verdict)).collect(),
            certificates: self.certificates.iter().map(|one| self.certificate(one)).collect(),
            report: &self.report,
        }
    }

    fn cluster<'a>(
        &self,
        cluster: &'a ClusterNames,
        admission: Option<&'a Admission>,
    ) -> Cluster<'a> {
        let nodes = cluster.nodes.iter().map(|(path, names)| Node {
            path,
            names: names.iter().map(|name| name.value.as_str()).collect(),
        });
        let restrictions = admission.map(|admission| Restrictions {
            path: &admission.path,
            patterns: admission
                .patterns
                .iter()
                .map(|pattern| Pattern {
                    pattern: &pattern.text,
                    admits: self.labels(&pattern.nodes),
                })
                .collect(),
            outside: self.labels(&admission.outside),
        });
        Cluster { name: &cluster.name, nodes: nodes.collect(), restrictions }
    }

    fn labels(&self, places: &[NodePosition]) -> Vec<String> {
        places.iter().map(|place| self.matrix.label(*place)).collect()
    }

    fn acceptance<'a>(&'a self, verdict: &MatrixVerdict) -> Acceptance<'a> {
        Acceptance {
            from: self.matrix.label(verdict.from),
            to: self.cluster_name(verdict.to),
            accepted: verdict.is_accepted(),
            verdict: verdict.verdict().key(),
            code: verdict.verdict().rule().map(|rule| rule.code),
            reason: verdict.reason(),
        }
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
