//! Verdicts on observations that are made by hand.

use std::time::Duration;

use crosstrust_keystore::open::open;
use crosstrust_x509::{Certificate, Timestamp};

use super::observation::{Attempt, CertificateRequest, Demand, End, Observation, Protocol, Reply};
use super::plan::EndpointPlan;
use super::survey::observe;
use super::verdict::{check_own_settings, judge};
use super::{Network, Stream, Unreachable};
use crate::settings::SecurityModel;
use crate::settings::{Settings, VerificationMode};
use crate::trust_list::TrustList;

const CHAIN: &[u8] =
    include_bytes!("../../../../fixtures/cluster/scenarios/eku-server-auth.chain.pem");
const TRUST: &[u8] =
    include_bytes!("../../../../fixtures/cluster/scenarios/eku-server-auth.trust.pem");
const PUBLIC: &[u8] = include_bytes!("../../../../fixtures/ca/public-root.crt");

fn certificates(bytes: &[u8]) -> Vec<Certificate> {
    let contents = open(bytes, &[]).unwrap_or_else(|error| panic!("{error}"));
    contents.certificates().into_iter().cloned().collect()
}

fn plan() -> EndpointPlan {
    let mut settings = Settings::new(TrustList::new(certificates(TRUST)));
    settings.mode = VerificationMode::Certificate;
    let now = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
    EndpointPlan::new("node1.example.com", 9300, settings, now)
}

/// A complete handshake in which a certificate was asked for.
fn attempt() -> Attempt {
    Attempt {
        server_name: None,
        protocol: Some(Protocol::Tls13),
        suite: None,
        chain: Some(certificates(CHAIN)),
        unreadable: None,
        is_proven: true,
        request: Some(CertificateRequest { authorities: Vec::new(), reply: Reply::Certificate }),
        took: Duration::from_millis(20),
        end: End::Established { confirmed: true },
    }
}

fn codes(plan: &EndpointPlan, observation: Observation) -> Vec<&'static str> {
    let verdict = judge(plan, observation);
    verdict.report.findings().iter().map(|finding| finding.rule().code).collect()
}

/// Has no connection to give.
struct Nowhere(Unreachable);

impl Network for Nowhere {
    fn connect(&self) -> Result<Box<dyn Stream>, Unreachable> {
        Err(self.0.clone())
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

#[test]
fn a_server_for_api_keys_need_not_be_a_client() {
    let mut plan = plan();
    let seen = codes(&plan, Observation::new(attempt()));
    assert!(seen.contains(&"PF016"), "{seen:?}");
    plan.model = SecurityModel::ApiKey;
    let mut quiet = attempt();
    quiet.request = None;
    let seen = codes(&plan, Observation::new(quiet));
    assert!(!seen.contains(&"PF016"), "{seen:?}");
}

/// A server of remote clusters may have a certificate that everybody trusts.
#[test]
fn a_public_ca_is_told_of_unless_the_model_is_that_of_api_keys() {
    let mut plan = plan();
    plan.settings.trust = TrustList::new(certificates(PUBLIC));
    let told = |plan: &EndpointPlan| {
        let report = check_own_settings(plan);
        report.findings().iter().any(|finding| finding.rule().code == "PF103")
    };
    assert!(told(&plan));
    plan.model = SecurityModel::ApiKey;
    assert!(!told(&plan));
}

#[test]
fn what_is_slow_or_damaged_is_told() {
    let mut slow = attempt();
    slow.took = Duration::from_secs(3);
    assert!(codes(&plan(), Observation::new(slow)).contains(&"PF069"));
    let mut damaged = attempt();
    damaged.unreadable = Some("certificate 2 of 2: damaged".to_owned());
    assert!(codes(&plan(), Observation::new(damaged)).contains(&"PF057"));
}

#[test]
fn a_repeated_connection_that_fails_is_told() {
    let mut observation = Observation::new(attempt());
    let mut failed = Attempt::unreachable(Unreachable::Refused);
    failed.took = Duration::from_millis(1);
    observation.repeats = vec![attempt(), failed];
    assert!(codes(&plan(), observation).contains(&"PF062"));
}

#[test]
fn the_demand_is_what_happens_without_a_certificate() {
    #[track_caller]
    fn check(first: Reply, end: End, without: Option<End>, expected: Demand) {
        let mut attempted = attempt();
        attempted.end = end;
        attempted.request = Some(CertificateRequest { authorities: Vec::new(), reply: first });
        let mut observation = Observation::new(attempted);
        observation.anonymous = without.map(|end| {
            let mut anonymous = attempt();
            anonymous.end = end;
            anonymous
        });
        assert_eq!(observation.demand(), Some(expected));
    }

    let complete = || End::Established { confirmed: false };
    let alert = || End::Alert(super::Alert::CERTIFICATE_REQUIRED);
    check(Reply::Certificate, complete(), Some(alert()), Demand::Required);
    check(Reply::Certificate, complete(), Some(End::Closed), Demand::Required);
    check(Reply::Certificate, complete(), Some(complete()), Demand::Optional);
    check(Reply::Certificate, complete(), None, Demand::Unknown);
    check(Reply::NothingToSend, alert(), None, Demand::Required);
    check(Reply::Withheld, complete(), None, Demand::Optional);
    let mut quiet = attempt();
    quiet.request = None;
    assert_eq!(Observation::new(quiet).demand(), Some(Demand::None));
    let nothing = Attempt::unreachable(Unreachable::Refused);
    assert_eq!(Observation::new(nothing).demand(), None);
}

#[test]
fn a_certificate_that_java_keeps_back_is_a_note_where_none_is_required() {
    let mut plan = plan();
    let mut withheld = attempt();
    withheld.request = Some(CertificateRequest { authorities: Vec::new(), reply: Reply::Withheld });
    plan.settings.mode = VerificationMode::None;
    let seen = codes(&plan, Observation::new(withheld));
    assert!(seen.contains(&"PF060") && !seen.contains(&"PF061"), "{seen:?}");
}

#[test]
fn what_is_not_reached_is_an_error_and_nothing_else() {
    for reason in [Unreachable::Refused, Unreachable::OutOfTime] {
        let mut plan = plan();
        plan.transport_probe = true;
        plan.connections = 5;
        let seen = observe(&plan, &Nowhere(reason));
        let verdict = judge(&plan, seen);
        assert!(!verdict.ok() && verdict.as_server.is_none());
        let codes = verdict.report.findings().iter().map(|finding| finding.rule().code);
        assert_eq!(codes.collect::<Vec<_>>(), ["PF053"]);
    }
}
