//! Strong identity: whether the `certificate_identity` of a cross-cluster API key admits the
//! certificate that signs a request (Elasticsearch 9.3).
//!
//! The value is a Java regular expression, and all of the distinguished name must match it, in the
//! text of Java's `X500Principal.getName()`.

mod java_regex;
mod principal;
mod signer;

use crosstrust_report::{Finding, Report};
use crosstrust_x509::Certificate;

pub use java_regex::PatternError;
pub use signer::SigningTrust;

use crate::checks;
use crate::known::KnownAuthorities;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::verdict::Verdict;
use crate::voucher::{self, Voucher};
use java_regex::JavaRegex;

/// A pattern of `certificate_identity`.
#[derive(Clone, Debug)]
pub struct CertificateIdentity {
    pattern: String,
    regex: JavaRegex,
}

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

/// A distinguished name that is not compared here.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the distinguished name of the subject {problem}")]
pub struct UnjudgedName {
    problem: &'static str,
}

impl CertificateIdentity {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What Java refuses, and with it Elasticsearch; and what is not judged here: look-around,
    /// back-references, possessive quantifiers, and all that depends on tables of Unicode.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        Ok(Self { pattern: pattern.to_owned(), regex: JavaRegex::parse(pattern)? })
    }

    /// The pattern as written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether it admits a name, in Java's text.
    pub fn admits(&self, name: &str) -> bool {
        self.regex.matches(name)
    }

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
                Some(judge) => signer.start().and(judge.judge(signer.chain())),
                None => signer.start().and(signer::unjudged()),
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

    /// Where dots stand that match any one character, in characters from 0.
    pub(crate) fn lone_dots(&self) -> &[usize] {
        &self.regex.lone_dots
    }
}

/// What is wrong with a signer beside its name.
fn report_on(signer: &Node, judge: Option<&SigningTrust>, verdict: &Verdict, report: &mut Report) {
    let (Some(code), Some(reason)) = (verdict.code(), verdict.reason()) else { return };
    let refusal = verdict.refusal();
    let finding = match refusal {
        Some(_) => Finding::new(checks::SIGNER_REFUSED, format!("{reason} ({code})")),
        None => Finding::new(checks::NOT_JUDGED, reason).with_help(HELP_WITHOUT_LIST),
    };
    let help = match (judge, refusal) {
        (Some(judge), Some(Refusal::Path(error))) if error.lacks_authority() => {
            let voucher = Voucher::of(signer, None, &KnownAuthorities::default());
            let whose = "`cluster.remote.signing.certificate_authorities` of the remote cluster";
            Some(voucher::advice(error, voucher.as_ref(), &judge.trust, whose))
        }
        (_, Some(Refusal::SigningKey { .. }) | None) => None,
        (_, Some(_)) => checks::explain(code).map(|rule| rule.help.to_owned()),
    };
    let finding = match help {
        Some(help) => finding.with_help(help),
        None => finding,
    };
    report.push(finding.in_file(signer.path()));
}

const HELP_WITHOUT_LIST: &str = "name what the remote cluster trusts for signatures, its \
     `cluster.remote.signing.certificate_authorities`, with `--trust`";

/// The distinguished name of a certificate's subject, as Java's `X500Principal.getName()` writes it.
pub fn java_name(certificate: &Certificate) -> Result<String, UnjudgedName> {
    let name = principal::java_text(certificate.subject());
    let name = name.ok_or(UnjudgedName {
        problem: "is malformed, or of string types that Java releases write differently",
    })?;
    if name.contains(LINE_BREAKS) {
        return Err(UnjudgedName { problem: "has a line break" });
    }
    Ok(name)
}

/// What ends a line to Java's expressions.
const LINE_BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

#[cfg(test)]
mod tests;
