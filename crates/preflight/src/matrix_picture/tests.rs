//! Pictures of matrices made by hand.

use super::*;
use crate::cluster::NodePosition;
use crate::error::PathError;
use crate::matrix::{ClusterNames, MatrixVerdict};
use crate::refusal::Refusal;
use crate::unjudged::Unjudged;

fn matrix(refused: &str) -> Matrix {
    let cluster = |name: &str, nodes: &[&str]| ClusterNames {
        trust: crate::TrustList::default(),
        vouchers: Vec::new(),
        name: name.to_owned(),
        nodes: nodes.iter().map(|path| ((*path).to_owned(), Vec::new())).collect(),
        restrictions: None,
    };
    let refusal =
        Refusal::Path(PathError::UntrustedRoot { subject: refused.to_owned(), of_leaf: false });
    let refusal = Verdict::Refused(refusal);
    let mut verdicts = Vec::new();
    for (cluster, node) in [(0, 0), (0, 1), (1, 0)] {
        for to in 0..2 {
            let verdict = if cluster == 0 && to == 1 { refusal.clone() } else { Verdict::Accepted };
            let from = NodePosition { cluster, node };
            verdicts.push(MatrixVerdict {
                from,
                to,
                as_client: verdict,
                as_server: Verdict::Accepted,
            });
        }
    }
    let clusters = vec![cluster("east", &["e/a.p12", "e/b.p12"]), cluster("<west>", &["w/a.p12"])];
    Matrix { clusters, verdicts, ..Matrix::default() }
}

#[test]
fn refusals_of_one_kind_are_put_together() {
    let groups = matrix("CN=x").refusals();
    assert_eq!(groups.len(), 1);
    let group = &groups[0];
    assert_eq!((group.from, group.to, group.rule.code, group.nodes), (0, 1, "PF008", 2));
    assert_eq!(group.reason, "as client: `CN=x` is self-issued and not in the CA list");
    let report = matrix("CN=x").report();
    let paths = report.findings().iter().map(|finding| finding.path().unwrap_or_default());
    assert_eq!(paths.collect::<Vec<_>>(), ["e/a.p12", "e/b.p12"]);
}

#[test]
fn what_is_not_judged_has_its_own_mark_and_word() {
    let mut matrix = matrix("CN=x");
    let what = "nobody looked".to_owned();
    matrix.verdicts[4].as_server = Unjudged::NotLookedAt { what }.into();
    let words = matrix.refusals().iter().map(|group| group.word).collect::<Vec<_>>();
    assert_eq!(words, ["refused", "not judged"]);
    let report = matrix.report();
    let codes = report.findings().iter().map(|finding| finding.rule().code);
    assert_eq!(codes.collect::<Vec<_>>(), ["PF070", "PF070", "PF086"]);
    assert!(!matrix.is_accepted(1, 0));
    let text = html(&matrix);
    assert_eq!(text.matches("class=\"unknown\"").count(), 1, "{text}");
    assert_eq!(text.matches("class=\"yes\"").count(), 3, "{text}");
    assert!(text.contains("not judged") && text.contains("as server: nobody looked"), "{text}");
    assert!(text.contains("2 of 6 verdicts are refusals, and 1 are not judged"), "{text}");
}

#[test]
fn the_page_shows_every_verdict_and_each_reason_once() {
    let text = html(&matrix("CN=x"));
    assert_eq!(text.matches("class=\"yes\"").count(), 4, "{text}");
    assert_eq!(text.matches("class=\"no\"").count(), 2, "{text}");
    assert_eq!(text.matches("east → &lt;west&gt;: 2 nodes").count(), 1, "{text}");
    assert!(text.contains("2 of 6 verdicts are refusals"), "{text}");
}

#[test]
fn what_a_certificate_says_is_no_markup_and_no_control() {
    let hostile = "</style><script>alert(1)</script>\u{1b}]0;\u{7}&";
    let text = html(&matrix(hostile));
    assert!(!text.contains("<script") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn the_page_names_nothing_outside_of_itself() {
    let text = html(&matrix("CN=x"));
    for needle in ["http:", "https:", "src=", "url(", "@import", "<script"] {
        assert!(!text.contains(needle), "{needle}: {text}");
    }
}

#[test]
fn a_matrix_of_nothing_is_a_page_all_the_same() {
    assert!(html(&Matrix::default()).contains("Every node is accepted"));
}
