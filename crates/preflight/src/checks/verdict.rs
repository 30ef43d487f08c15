//! The verdict on a node, and which rule explains it.

use crosstrust_report::{Report, Rule, Severity};

use super::{
    anchor_key_usage, anchor_not_ca, broken_chain, chain_too_long, critical_extension,
    disabled_signature, foreign_setting, host_name, identity_refused, intermediate_not_ca,
    key_identifier, key_mismatch, key_type, leaf_not_first, missing_issuer, name_constraints,
    no_certificate, no_client_auth, no_digital_signature, no_name, no_server_auth, not_admitted,
    not_admitted_by_own_cluster, not_asked_for, not_judged, path_length, policies, releases_differ,
    signature, signer_refused, switched_off, unfit_suites, unjudged_setting, unopened, unreadable,
    unset_variable, untrusted, untrusted_by_own_cluster, unusable_key, unverifiable_signature,
    unverified_signature, validity,
};
use crate::error::PathError;
use crate::examination::Examination;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

/// The remote cluster's verdict in a role, at the first stage that refuses the node: its own start,
/// path, host name, restrictions.
pub(crate) fn verdict(node: &Examination<'_>, role: Role) -> Verdict {
    before_restrictions(node, role).and(node.admitted())
}

/// The same without the last stage.
pub(crate) fn before_restrictions(node: &Examination<'_>, role: Role) -> Verdict {
    let path = node.remote.as_ref().map_or(Verdict::Accepted, |judged| judged.verdict(role));
    let start = node.node.start().and(presents(node));
    let asked = match role {
        Role::Client => not_asked_for::verdict(node),
        Role::Server => Verdict::Accepted,
    };
    start.and(path).and(asked).and(node.named(role))
}

/// Whether the node's own cluster lets it in, where its settings are known beside those of another one.
pub(crate) fn by_own_cluster(node: &Examination<'_>, role: Role) -> Verdict {
    let path = node.own.as_ref().map_or(Verdict::Accepted, |judged| judged.verdict(role));
    let path = match path {
        Verdict::Refused(Refusal::Path(error)) => {
            let message = untrusted_by_own_cluster::message(&error);
            Refusal::OwnCluster { rule: &untrusted_by_own_cluster::RULE, message }.into()
        }
        other => other,
    };
    path.and(not_admitted_by_own_cluster::verdict(node))
}

/// Whether the node can present its certificate: Java takes its file for a chain, and the key is that
/// of the first certificate and of a kind with which handshakes are signed.
pub(crate) fn presents(node: &Examination<'_>) -> Verdict {
    let stops = [
        (&key_type::RULE, key_type::problem(node)),
        (&broken_chain::RULE, broken_chain::problem(node.node)),
    ];
    let first = stops.into_iter().find_map(|(rule, message)| Some((rule, message?)));
    if let Some((rule, message)) = first {
        return Refusal::DoesNotStart { rule, message, help: None }.into();
    }
    let fails = [
        (&key_mismatch::RULE, key_mismatch::mismatch(node)),
        (&leaf_not_first::RULE, leaf_not_first::misplaced(node)),
        (&unusable_key::RULE, unusable_key::problem(node)),
        (&unfit_suites::RULE, unfit_suites::problem(node)),
    ];
    let found = fails.into_iter().find_map(|(rule, message)| Some((rule, message?)));
    found.map_or_else(
        || {
            let doubt = unusable_key::doubt(node).or_else(|| key_mismatch::doubt(node));
            doubt.map_or(Verdict::Accepted, Verdict::NotJudged)
        },
        |(rule, message)| Refusal::FailsHandshakes { rule, message }.into(),
    )
}

/// What becomes of a node whose settings and files were looked at: with an error among the findings it
/// does not start, and where releases of Java differ it is not known whether it does.
pub fn start<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Verdict {
    let findings = reports.into_iter().flat_map(Report::findings);
    let each = findings.filter_map(|finding| {
        let (rule, message) = (finding.rule(), finding.message().to_owned());
        let help = finding.help().to_owned();
        if rule == &switched_off::RULE {
            return Some(Refusal::SwitchedOff { message }.into());
        }
        if rule.severity == Severity::Error {
            return Some(Refusal::DoesNotStart { rule, message, help: Some(help) }.into());
        }
        let is_unjudged = UNJUDGED.contains(&rule);
        is_unjudged.then(|| Unjudged::ReleasesDiffer { what: message, help }.into())
    });
    each.reduce(Verdict::and).unwrap_or(Verdict::Accepted)
}

/// The rules of warnings with which it is not known whether a node starts.
const UNJUDGED: [&Rule; 4] = [
    &releases_differ::RULE,
    &unjudged_setting::RULE,
    &foreign_setting::RULE,
    &unset_variable::RULE,
];

impl Verdict {
    /// The rule that explains why it is not accepted.
    #[must_use]
    pub fn rule(&self) -> Option<&'static Rule> {
        match self {
            Self::Accepted => None,
            Self::NotJudged(reason) => Some(reason.rule()),
            Self::Refused(refusal) => Some(refusal.rule()),
        }
    }
}

impl Unjudged {
    /// The rule that explains it.
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::UnverifiedSignature { .. } => &unverified_signature::RULE,
            Self::NobodyKnown
            | Self::NotLookedAt { .. }
            | Self::ReleasesDiffer { .. }
            | Self::Restrictions { .. }
            | Self::SearchLimit { .. } => &not_judged::RULE,
        }
    }
}

impl Refusal {
    /// The rule that explains it.
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::DoesNotStart { rule, .. }
            | Self::FailsHandshakes { rule, .. }
            | Self::OwnCluster { rule, .. } => rule,
            Self::HostName(_) => &host_name::RULE,
            Self::Identity { .. } => &identity_refused::RULE,
            Self::NoName { .. } => &no_name::RULE,
            Self::NotAdmitted { .. } => &not_admitted::RULE,
            Self::NotPresented { .. } => &not_asked_for::RULE,
            Self::Path(error) => error.rule(),
            Self::SigningKey { .. } => &signer_refused::RULE,
            Self::SwitchedOff { .. } => &switched_off::RULE,
            Self::Unopened { obstacle, .. } => unopened::rule(obstacle),
        }
    }
}

impl PathError {
    /// The rule that explains it.
    pub fn rule(&self) -> &'static Rule {
        match self {
            Self::Empty => &no_certificate::RULE,
            Self::InvalidSignature { .. } => &signature::RULE,
            Self::UntrustedRoot { .. } => &untrusted::RULE,
            Self::UnknownIssuer { .. } => &missing_issuer::RULE,
            Self::Expired { .. } | Self::NotYetValid { .. } => &validity::RULE,
            Self::ExtendedKeyUsage { role, .. } | Self::NetscapeType { role, .. } => match role {
                Role::Client => &no_client_auth::RULE,
                Role::Server => &no_server_auth::RULE,
            },
            Self::KeyUsage { .. } => &no_digital_signature::RULE,
            Self::AnchorNotCa { .. } => &anchor_not_ca::RULE,
            Self::AnchorWithoutKeyCertSign { .. } => &anchor_key_usage::RULE,
            Self::IntermediateNotCa { .. } | Self::IntermediateWithoutKeyCertSign { .. } => {
                &intermediate_not_ca::RULE
            }
            Self::PathLength { .. } => &path_length::RULE,
            Self::NameConstraints { .. } => &name_constraints::RULE,
            Self::UnknownCriticalExtension { .. } => &critical_extension::RULE,
            Self::AuthorityKeyMismatch { .. } | Self::AuthoritySerialMismatch { .. } => {
                &key_identifier::RULE
            }
            Self::DisabledSignature { .. } => &disabled_signature::RULE,
            Self::DisabledKey { .. } | Self::UnsupportedIssuerKey { .. } => &unusable_key::RULE,
            Self::ChainTooLong { .. } => &chain_too_long::RULE,
            Self::Unreadable { .. } => &unreadable::RULE,
            Self::SearchLimit { .. } => &not_judged::RULE,
            Self::UnverifiableSignature { .. } => &unverifiable_signature::RULE,
            Self::Policies { .. } => &policies::RULE,
            Self::UnopenedList { obstacle, .. } => unopened::rule_of_list(obstacle),
        }
    }
}
