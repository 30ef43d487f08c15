//! Why a cluster does not accept a node, and what to do about it.

use crosstrust_report::Rule;

use crate::error::PathError;
use crate::refusal::Refusal;
use crate::settings::RestrictionsFile;
use crate::trust_list::TrustList;
use crate::verdict::Verdict;
use crate::voucher::{self, Voucher};

/// Why a node is not accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    /// The rule that explains it.
    pub rule: &'static Rule,
    /// Why, with the role where the other's verdict is another one.
    pub reason: String,
    /// What to do.
    pub help: String,
}

/// Who judges, as far as it matters to an explanation.
pub(crate) struct Judge<'a> {
    pub(crate) name: &'a str,
    pub(crate) trust: &'a TrustList,
    pub(crate) restrictions: Option<&'a RestrictionsFile>,
}

impl Judge<'_> {
    /// Explains the verdict on a node as client and as server, unless both accept it. Takes the authority
    /// that vouches for the node, where that is known.
    pub(crate) fn explain(
        &self,
        [client, server]: [&Verdict; 2],
        voucher: Option<&Voucher>,
    ) -> Option<Explanation> {
        let worse = client.worse(server);
        let (rule, reason) = (worse.rule()?, reason(client, server)?);
        let reason = reason + &self.nearest(worse);
        Some(Explanation { rule, reason, help: self.help(worse, rule, voucher) })
    }

    /// Which pattern comes nearest, where the restrictions refuse a node; what the list has, where it
    /// lacks the authority.
    fn nearest(&self, verdict: &Verdict) -> String {
        match (self.restrictions, verdict.refusal()) {
            (Some(file), Some(Refusal::NotAdmitted { names, .. })) => file.nearest(names),
            (_, Some(Refusal::Path(error))) => voucher::instead(error, self.trust),
            _ => String::new(),
        }
    }

    /// What to do: where the list lacks an authority, which one to add.
    fn help(&self, verdict: &Verdict, rule: &Rule, voucher: Option<&Voucher>) -> String {
        match verdict.refusal() {
            Some(Refusal::Path(PathError::UnopenedList { .. })) => {
                self.trust.remedy().unwrap_or_default()
            }
            Some(Refusal::Path(error)) if error.lacks_authority() => {
                let whose = format!("`certificate_authorities` of `{}`", self.name);
                voucher::advice(error, voucher, self.trust, &whose)
            }
            _ => verdict.help().unwrap_or(rule.help).to_owned(),
        }
    }
}

/// Why a node is not accepted, with the role where the other's verdict is another one.
pub fn reason(client: &Verdict, server: &Verdict) -> Option<String> {
    match (client.reason(), server.reason()) {
        (None, None) => None,
        (Some(client), Some(server)) if client == server => Some(client),
        (Some(client), Some(server)) => Some(format!("as client: {client}; as server: {server}")),
        (Some(client), None) => Some(format!("as client: {client}")),
        (None, Some(server)) => Some(format!("as server: {server}")),
    }
}
