//! A node under examination: everything the checks ask about it, computed once.

use crosstrust_report::{Finding, Rule};
use crosstrust_restrictions::{CertificateName, certificate_names};
use crosstrust_x509::{Certificate, Timestamp};

use crate::admission::admission;
use crate::error::PathError;
use crate::host_name::{self, HostNameError};
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::path::{Judgement, Path};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::settings::{Policy, Settings, VerificationMode};
use crate::signature_cache::SignatureCache;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;
use crate::voucher::{self, Voucher};
use crate::wording;

/// A node, the policy, and what both sides' trust lists make of its certificates.
pub(crate) struct Examination<'a> {
    pub(crate) node: &'a Node,
    pub(crate) policy: &'a Policy,
    /// The node's own certificate.
    pub(crate) leaf: &'a Certificate,
    /// Nothing where the remote cluster's mode is `none`.
    pub(crate) remote: Option<Judgement<'a>>,
    /// Nothing where the own cluster's settings are not given, or its mode is `none`.
    pub(crate) own: Option<Judgement<'a>>,
    /// What else is known, for advice.
    pub(crate) known: &'a KnownAuthorities<'a>,
    /// The names that the remote cluster's restrictions compare.
    pub(crate) names: Vec<CertificateName>,
}

impl<'a> Examination<'a> {
    /// Nothing if the node presents no certificate.
    pub(crate) fn new(
        node: &'a Node,
        policy: &'a Policy,
        known: &'a KnownAuthorities<'a>,
        signatures: &SignatureCache,
    ) -> Option<Self> {
        let judge = |settings: &'a Settings| {
            let judged = settings.mode != VerificationMode::None;
            judged.then(|| settings.trust.judge(node.chain(), policy.now, signatures))
        };
        let leaf = node.leaf()?;
        Some(Self {
            node,
            policy,
            leaf,
            remote: judge(&policy.remote),
            own: policy.own.as_ref().and_then(judge),
            known,
            names: certificate_names(leaf, &policy.remote.fields),
        })
    }

    /// Whether the node has the names under which others connect to it.
    pub(crate) fn named(&self, role: Role) -> Verdict {
        if role != Role::Server || self.policy.remote.mode != VerificationMode::Full {
            return Verdict::Accepted;
        }
        let server_name = self.policy.server_name.as_deref();
        let targets = self.targets();
        let errors =
            targets.filter_map(|host| host_name::check(self.leaf, host, server_name).err());
        // One that every release refuses counts before one that only some do.
        let refused = errors.min_by_key(HostNameError::depends_on_release);
        match refused {
            None => Verdict::Accepted,
            Some(error @ HostNameError::Unreadable { java_17_accepts: true, .. }) => {
                let help = wording::WITHOUT_THE_NAME.to_owned();
                Unjudged::ReleasesDiffer { what: error.to_string(), help }.into()
            }
            Some(error) if error.depends_on_release() => {
                Unjudged::NotLookedAt { what: error.to_string() }.into()
            }
            Some(error) => Refusal::HostName(error).into(),
        }
    }

    /// What a connection to the node asks its certificate for: its addresses, else the server name
    /// alone.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &str> {
        let hosts = self.node.hosts();
        let alone = self.policy.server_name.as_deref().filter(|_| hosts.is_empty());
        hosts.iter().map(String::as_str).chain(alone)
    }

    /// Whether the remote cluster's restrictions admit the node.
    pub(crate) fn admitted(&self) -> Verdict {
        let Some(file) = &self.policy.remote.restrictions else { return Verdict::Accepted };
        admission(self.leaf, &self.names, &self.policy.remote.fields, file)
    }

    /// Whether somebody looks at dates and usages of the node's certificate: not where it is pinned,
    /// and not in mode `none`.
    pub(crate) fn is_leaf_judged(&self) -> bool {
        let pinned = |judgement: &Judgement<'_>| judgement.path().is_ok_and(Path::is_pinned);
        self.judgements().any(|judgement| !pinned(judgement))
    }

    /// The remote's judgement, then the own one.
    pub(crate) fn judgements(&self) -> impl Iterator<Item = &Judgement<'a>> {
        self.remote.iter().chain(&self.own)
    }

    /// Why the remote's list refuses the node in either role, each reason once. What may be missing in a list that is
    /// not known is none.
    pub(crate) fn path_errors(&self) -> Vec<&PathError> {
        let mut errors =
            self.remote.as_ref().map(|judgement| self.errors(judgement)).unwrap_or_default();
        if self.policy.remote.trust.reason_for_doubt().is_some() {
            let is_of_list = |error: &PathError| {
                matches!(error, PathError::UnknownIssuer { .. } | PathError::UntrustedRoot { .. })
            };
            errors.retain(|error| !is_of_list(error));
        }
        errors
    }

    /// The same of the own cluster's list, less what the remote's says as well.
    pub(crate) fn errors_of_own_cluster(&self) -> Vec<&PathError> {
        let elsewhere = self.path_errors();
        let own = self.own.as_ref().map(|judgement| self.errors(judgement)).unwrap_or_default();
        own.into_iter().filter(|error| !elsewhere.contains(error)).collect()
    }

    /// The certificates of the accepted paths, node's first, each once; those that are presented
    /// where no path is accepted.
    pub(crate) fn path_certificates(&self) -> Vec<&'a Certificate> {
        let mut certificates: Vec<&Certificate> = Vec::new();
        for path in self.judgements().filter_map(|judgement| judgement.path().ok()) {
            for certificate in path.certificates() {
                if !certificates.contains(&certificate) {
                    certificates.push(certificate);
                }
            }
        }
        if certificates.is_empty() {
            certificates.extend(self.node.chain().certificates());
        }
        certificates
    }

    /// The trusted certificates at the ends of the accepted paths, each once.
    pub(crate) fn anchors(&self) -> Vec<&'a Certificate> {
        let mut anchors: Vec<&Certificate> = Vec::new();
        let paths = self.judgements().filter_map(|judgement| judgement.path().ok());
        for anchor in paths.filter(|path| !path.is_pinned()).filter_map(Path::anchor) {
            if !anchors.contains(&anchor) {
                anchors.push(anchor);
            }
        }
        anchors
    }

    fn errors<'b>(&self, judgement: &'b Judgement<'_>) -> Vec<&'b PathError> {
        let roles = self.node.roles().iter();
        let mut errors: Vec<_> = roles.filter_map(|role| judgement.role(*role).err()).collect();
        errors.dedup();
        errors
    }

    /// What to do where the remote's list lacks the node's authority.
    pub(crate) fn authority_advice(&self, error: &PathError) -> String {
        let home = self.policy.own.as_ref().map(|own| &own.trust);
        let voucher = Voucher::of(self.node, home, self.known);
        let whose = "`certificate_authorities` on the other side";
        voucher::advice(error, voucher.as_ref(), &self.policy.remote.trust, whose)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.policy.now
    }

    /// A finding about this node.
    pub(crate) fn finding(&self, rule: &'static Rule, message: impl Into<String>) -> Finding {
        Finding::new(rule, message).in_file(self.node.path())
    }
}
