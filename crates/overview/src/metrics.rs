//! The overview as metrics, for the textfile collector of Prometheus's node exporter.
//!
//! The form is Prometheus's text exposition format, version 0.0.4. Times are seconds since 1970, so that a
//! query finds what expires soon: `x509_cert_not_after - time() < 30 * 86400`.

use std::fmt::Write;

use crosstrust_preflight::Direction;
use crosstrust_report::Summary;

use crate::certificate::{ListedCertificate, Use};
use crate::overview::Overview;

/// A time of a certificate.
type Time = fn(&ListedCertificate) -> i64;

impl Overview<'_> {
    /// The overview in the text exposition format.
    pub fn metrics(&self) -> String {
        let mut out = String::new();
        let times: [(_, _, Time); 2] = [
            (
                "x509_cert_not_after",
                "The last second of a certificate's validity, in seconds since 1970.",
                |one| one.not_after.unix(),
            ),
            (
                "x509_cert_not_before",
                "The first second of a certificate's validity, in seconds since 1970.",
                |one| one.not_before.unix(),
            ),
        ];
        for (name, help, value) in times {
            head(&mut out, name, help);
            for certificate in &self.certificates {
                for used in &certificate.uses {
                    sample(&mut out, name, &self.labels_of(certificate, used), value(certificate));
                }
            }
        }
        self.clusters(&mut out);
        self.findings(&mut out);
        out
    }

    fn labels_of<'a>(
        &'a self,
        certificate: &'a ListedCertificate,
        used: &'a Use,
    ) -> [(&'static str, &'a str); 7] {
        [
            ("cluster", self.cluster_name(used.cluster)),
            ("kind", used.kind.word()),
            ("path", used.path.as_deref().unwrap_or_default()),
            ("subject", &certificate.subject),
            ("issuer", &certificate.issuer),
            ("serial_number", &certificate.serial),
            ("fingerprint_sha256", &certificate.fingerprint_sha256),
        ]
    }

    /// How many nodes there are, and how many of them each cluster accepts.
    fn clusters(&self, out: &mut String) {
        let name = "crosstrust_nodes";
        head(out, name, "How many nodes of a cluster were looked at.");
        for member in self.members {
            let cluster = &member.cluster;
            sample(out, name, &[("cluster", &cluster.name)], cluster.nodes.len());
        }
        let directions = self.told_directions();
        let name = "crosstrust_accepted_nodes";
        head(
            out,
            name,
            "How many nodes of one cluster another one accepts, as client and as server.",
        );
        for direction in &directions {
            sample(out, name, &self.labels_between(direction), direction.accepted);
        }
        let name = "crosstrust_not_judged_nodes";
        head(
            out,
            name,
            "How many nodes of one cluster are neither accepted nor refused by another one, since something \
             was not looked at.",
        );
        for direction in &directions {
            sample(out, name, &self.labels_between(direction), direction.not_judged);
        }
    }

    /// All directions; of many clusters those in which somebody is not refused.
    fn told_directions(&self) -> Vec<Direction> {
        let count = self.count();
        if count > MOST_WITH_ALL_DIRECTIONS {
            return self.directions().to_vec();
        }
        let pairs = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        pairs.map(|(from, to)| self.direction(from, to)).collect()
    }

    fn labels_between(&self, direction: &Direction) -> [(&'static str, &str); 2] {
        [("from", self.cluster_name(direction.from)), ("to", self.cluster_name(direction.to))]
    }

    fn findings(&self, out: &mut String) {
        let Summary { errors, warnings, notes } = self.report.summary();
        let name = "crosstrust_findings";
        head(out, name, "How many findings there are of a severity.");
        for (severity, count) in [("error", errors), ("warning", warnings), ("note", notes)] {
            sample(out, name, &[("severity", severity)], count);
        }
        let name = "crosstrust_judged_timestamp_seconds";
        head(out, name, "The time for which the verdicts hold, in seconds since 1970.");
        sample(out, name, &[], self.now.unix());
    }
}

/// So many clusters have a series for each direction, a refused one included.
const MOST_WITH_ALL_DIRECTIONS: usize = 50;

fn head(out: &mut String, name: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge");
}

fn sample(out: &mut String, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
    let labels = labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value)));
    let labels = labels.collect::<Vec<_>>().join(",");
    let labels = if labels.is_empty() { labels } else { format!("{{{labels}}}") };
    let _ = writeln!(out, "{name}{labels} {value}");
}

/// A label's value: backslash, quote and line feed are escaped.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
