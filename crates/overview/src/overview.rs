//! What is known of the clusters, computed once for everything that is written of them.

use crosstrust_preflight::{Cluster, Matrix, Policy, check_nodes, matrix};
use crosstrust_report::Report;
use crosstrust_restrictions::Linter;
use crosstrust_x509::Timestamp;

use crate::admission::{self, Admission};
use crate::certificate::{self, ListedCertificate};

/// Clusters, judged at a time.
#[derive(Clone, Debug)]
pub struct Overview {
    pub(crate) now: Timestamp,
    pub(crate) warn_days: u32,
    pub(crate) matrix: Matrix,
    /// Whom each cluster's restrictions let in; nothing where it has none.
    pub(crate) admissions: Vec<Option<Admission>>,
    pub(crate) certificates: Vec<ListedCertificate>,
    pub(crate) report: Report,
}

impl Overview {
    /// Judges clusters by each other and looks for everything that is wrong. Certificates that expire
    /// within `warn_days` days of `now` expire soon.
    pub fn new(clusters: &[Cluster], now: Timestamp, warn_days: u32) -> Self {
        let mut report = Report::default();
        for cluster in clusters {
            report.append(look_at(cluster, now, warn_days));
        }
        let matrix = matrix(clusters, now);
        let mut all = matrix.report();
        all.append(report);
        // Two clusters may trust the same file, which needs no second telling.
        all.dedup();
        Self {
            now,
            warn_days,
            admissions: clusters.iter().map(|judge| admission::of(judge, clusters)).collect(),
            certificates: certificate::list(clusters, now, warn_days),
            matrix,
            report: all,
        }
    }

    /// Every finding, each once: refusals, then cluster by cluster what its own nodes, its list of
    /// trusted certificates and its restrictions file give cause for.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Every certificate that a node presents or a cluster trusts, each once, the first to expire first.
    pub fn certificates(&self) -> &[ListedCertificate] {
        &self.certificates
    }

    /// Who accepts whom.
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    pub(crate) fn cluster_name(&self, index: usize) -> &str {
        self.matrix.clusters.get(index).map_or("", |cluster| cluster.name.as_str())
    }
}

/// The findings about a cluster on its own: its nodes before each other, and its restrictions.
fn look_at(cluster: &Cluster, now: Timestamp, warn_days: u32) -> Report {
    let mut policy = Policy::new(cluster.settings.clone(), now);
    policy.warn_days = warn_days;
    let mut report = check_nodes(&cluster.nodes, &policy).report;
    if let Some(file) = &cluster.settings.restrictions {
        let fields = cluster.settings.fields.iter().map(ToString::to_string);
        let linter = Linter::new().with_fields(&fields.collect::<Vec<_>>());
        let linter = cluster.nodes.iter().fold(linter, |linter, node| match node.leaf() {
            Some(leaf) => linter.with_own(node.path(), leaf),
            None => linter,
        });
        report.look_at(&file.path);
        report.append(linter.lint(&file.path, file.restrictions.text().as_bytes()));
    }
    report
}
