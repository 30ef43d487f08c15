//! `plan.json`: `{"at","old":[{"subject","fingerprint_sha256","not_after"}],"new":[…],"kept":[…],
//! "steps":[{"order","title","files":[],"check"}],"states":[{"step":1|null,"presents":"old"|"new",
//! "trusts":"old"|"both"|"new","accepted":true,"refused":0}],"stand_ins":true,"findings":[…],"summary":{…}}`
//!
//! A state without a step is one that no step leads to: what would be if a step were left out.

use crosstrust_report::Report;
use crosstrust_x509::Certificate;
use serde::Serialize;

use super::{PlanStep, Subject};
use crate::simulation::State;

#[derive(Serialize)]
struct Document<'a> {
    at: String,
    old: Vec<Authority>,
    new: Vec<Authority>,
    kept: Vec<Authority>,
    steps: &'a [PlanStep],
    states: Vec<ListedState>,
    stand_ins: bool,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Authority {
    subject: String,
    fingerprint_sha256: String,
    not_after: String,
}

#[derive(Serialize)]
struct ListedState {
    step: Option<usize>,
    presents: &'static str,
    trusts: &'static str,
    accepted: bool,
    verdict: &'static str,
    refused: usize,
}

/// The document, indented, with a line end.
pub(super) fn write(subject: &Subject<'_>) -> String {
    let roll_over = subject.roll_over;
    let document = Document {
        at: roll_over.now.to_string(),
        old: roll_over.old.iter().map(authority).collect(),
        new: roll_over.new.iter().map(authority).collect(),
        kept: roll_over.kept.iter().map(authority).collect(),
        steps: &subject.steps,
        states: subject.simulation.states.iter().map(state).collect(),
        stand_ins: subject.simulation.with_stand_ins,
        report: subject.report,
    };
    // Strings, numbers and null cannot fail to serialise.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn authority(certificate: &Certificate) -> Authority {
    Authority {
        subject: certificate.subject().to_string(),
        fingerprint_sha256: certificate.fingerprint_sha256(),
        not_after: certificate.not_after().to_string(),
    }
}

fn state(state: &State) -> ListedState {
    let State { step, presents, trusts, refused, verdict } = *state;
    ListedState {
        step,
        presents: presents.word(),
        trusts: trusts.word(),
        accepted: refused == 0,
        verdict,
        refused,
    }
}
