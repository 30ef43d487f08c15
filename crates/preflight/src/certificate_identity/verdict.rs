//! The verdict on certificates that sign requests: whether the pattern admits them, and whether they
//! are trusted.

use crosstrust_report::{Finding, Report};

use super::CertificateIdentity;
use super::principal::{UnjudgedName, java_name};
use super::signer::{self, SigningTrust};
use crate::checks;
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::verdict::Verdict;
use crate::voucher::{self, Voucher};

/// What becomes of a certificate that signs requests.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IdentityVerdict {
    /// What the certificate is called.
    pub path: String,
    /// Its distinguished name as Java writes it, which is what the pattern is compared with.
    pub name: String,
    /// Whether the pattern matches the name.
    pub name_matches: bool,
    /// Whether requests that it signs are accepted.
    pub verdict: Verdict,
}

impl CertificateIdentity {
    /// Judges what signers present, each with what it is called, and the pattern itself. Without a
    /// list of trusted certificates only names can be judged.
    pub fn check(
        &self,
        signers: &[Node],
        judge: Option<&SigningTrust>,
    ) -> Result<(Vec<IdentityVerdict>, Report), UnjudgedName> {
        let mut report = Report::default();
        checks::check_identity_pattern(self, &mut report);
        let mut verdicts = Vec::new();
        for signer in signers {
            let Some(certificate) = signer.leaf() else { continue };
            let (path, name) = (signer.path().to_owned(), java_name(certificate)?);
            let name_matches = self.admits(&name);
            if !name_matches {
                report.push(self.refusal(&name).in_file(&path));
            }
            let trusted = match judge {
                Some(judge) => signer::loads(signer).and(judge.judge(signer.chain())),
                None => signer::loads(signer).and(signer::unjudged()),
            };
            report_on(signer, judge, &trusted, &mut report);
            let verdict = trusted.and(self.named(&name));
            verdicts.push(IdentityVerdict { path, name, name_matches, verdict });
        }
        Ok((verdicts, report))
    }

    fn named(&self, name: &str) -> Verdict {
        if self.admits(name) {
            return Verdict::Accepted;
        }
        Refusal::Identity { pattern: self.pattern.clone(), name: name.to_owned() }.into()
    }

    /// Why a name is not admitted, as far as that can be seen.
    fn refusal(&self, name: &str) -> Finding {
        let finding = Finding::new(
            checks::IDENTITY_REFUSED,
            format!("`{}` does not match `{name}`", self.pattern),
        );
        match self.remedy(name) {
            Some(help) => finding.with_help(help),
            None => finding,
        }
    }

    fn remedy(&self, name: &str) -> Option<String> {
        let with =
            |text: String| CertificateIdentity::parse(&text).is_ok_and(|other| other.admits(name));
        let pattern = &self.pattern;
        if with(format!("{pattern}\\.account")) {
            return Some(format!("the name ends in `.account`: `{pattern}\\.account` matches it"));
        }
        if with(format!("(?i){pattern}")) {
            return Some("they differ in upper and lower case, which counts".to_owned());
        }
        let reversed = name.split(',').rev().collect::<Vec<_>>().join(",");
        if self.admits(&reversed) || self.admits(&name.replace(',', ", ")) {
            let help =
                "write the name as it is here: the last attribute first, no blanks after commas";
            return Some(help.to_owned());
        }
        let part = self.regex.finds(name);
        part.then(|| {
            "it matches a part of the name, and all of it must match: write `.*` for the rest"
                .to_owned()
        })
    }
}

/// What is wrong with a signer beside its name.
fn report_on(signer: &Node, judge: Option<&SigningTrust>, verdict: &Verdict, report: &mut Report) {
    let (Some(rule), Some(reason)) = (verdict.rule(), verdict.reason()) else { return };
    let refusal = verdict.refusal();
    let finding = match refusal {
        Some(_) => Finding::new(checks::SIGNER_REFUSED, format!("{reason} ({})", rule.code)),
        None => Finding::new(checks::NOT_JUDGED, reason).with_help(HELP_WITHOUT_LIST),
    };
    let help = match (judge, refusal) {
        (Some(judge), Some(Refusal::Path(error))) if error.lacks_authority() => {
            let voucher = Voucher::of(signer, None, &KnownAuthorities::default());
            let whose = "`cluster.remote.signing.certificate_authorities` of the remote cluster";
            Some(voucher::advice(error, voucher.as_ref(), &judge.trust, whose))
        }
        (_, Some(Refusal::SigningKey { .. }) | None) => None,
        (_, Some(_)) => Some(rule.help.to_owned()),
    };
    let finding = match help {
        Some(help) => finding.with_help(help),
        None => finding,
    };
    report.push(finding.in_file(signer.path()));
}

const HELP_WITHOUT_LIST: &str = "name what the remote cluster trusts for signatures, its \
     `cluster.remote.signing.certificate_authorities`, with `--trust`";
