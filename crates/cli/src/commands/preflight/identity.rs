//! `crosstrust preflight identity`.

use clap::Args;
use crosstrust_preflight::Node;
use crosstrust_preflight::certificate_identity::{
    CertificateIdentity, IdentityVerdict, PatternError, SigningTrust,
};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Layout};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::node_keys::NodeKeys;
use crate::material::sources;
use crate::material::trust::trust_list;
use crate::options::AtOption;
use crate::options::report::ReportOptions;
use crate::outcome::Outcome;
use crate::password::{InputPassword, TrustPassword};
use crate::table::{Cell, Column, Table};

/// Say whether an API key's `certificate_identity` admits the certificates that sign requests
///
/// The pattern is a Java regular expression, and all of the certificate's distinguished name must
/// match it, as Java writes that name. Before that the remote cluster judges the certificate as a TLS
/// client's, by the CAs of --trust. Elasticsearch 9.3 and later, API key model.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Certificates or key stores of the nodes that sign: files, folders, quoted globs, ZIP archives, or -
    #[arg(required = true, value_name = "CERTS")]
    certificates: Vec<String>,
    /// Pattern of the API key, its `certificate_identity`
    #[arg(long, value_name = "REGEX")]
    pattern: String,
    /// CA certificates that the remote cluster trusts for signatures: files or quoted globs, up to the
    /// next option
    ///
    /// Its `cluster.remote.signing.certificate_authorities`. Without them only the name is judged.
    #[arg(long, value_name = "CA", num_args = 1..)]
    trust: Vec<String>,
    #[command(flatten)]
    trust_password: TrustPassword,
    #[command(flatten)]
    at: AtOption,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    output: ReportOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let identity = CertificateIdentity::parse(&arguments.pattern)
        .map_err(|error| refused(&arguments.pattern, &error))?;
    let opened = sources::open_all(&arguments.certificates, &arguments.password.source(), context)?;
    let signers = sources::nodes_of(&opened, &arguments.certificates, context)?;
    let keys = NodeKeys::of(&opened);
    let signers: Vec<Node> = signers.into_iter().map(|one| keys.with_key(one)).collect();
    let judge = judge(arguments, context)?;
    let (verdicts, report) = identity.check(&signers, judge.as_ref()).map_err(Message::new)?;
    let human = |layout| human(&verdicts, &report, layout);
    let document = || Document::new(&identity, &verdicts, &report);
    let text = arguments.output.render(&report, context, human, document);
    context.print(&text)?;
    let accepted = verdicts.iter().all(|signer| signer.verdict.is_accepted());
    Ok(arguments.output.outcome_of(&report, accepted))
}

/// What the remote cluster trusts, if that is given.
fn judge(arguments: &Arguments, context: &mut Context) -> Result<Option<SigningTrust>, Failure> {
    if arguments.trust.is_empty() {
        return Ok(None);
    }
    let source = arguments.trust_password.source().or(arguments.password.source());
    let trust = trust_list(&arguments.trust, &source, context)?;
    Ok(Some(SigningTrust { trust, now: arguments.at.now() }))
}

/// Why a pattern is not used, with a caret where that is known.
fn refused(pattern: &str, error: &PatternError) -> Failure {
    let message = Message::new(error).at("--pattern");
    let hint = match error {
        PatternError::Unsupported { .. } => {
            "write it without: with characters, classes, groups, alternatives and repetitions"
        }
        PatternError::TooLarge => "write a shorter one",
        _ => "Elasticsearch would refuse to make the API key",
    };
    let place = match error {
        PatternError::Invalid { at, .. } | PatternError::Unsupported { at, .. } => Some(*at),
        _ => None,
    };
    match place {
        Some(at) => message.excerpt(1, at.saturating_add(1), 1, pattern).hint(hint).into(),
        None => message.hint(hint).into(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    pattern: &'a str,
    certificates: Vec<Listed<'a>>,
    #[serde(flatten)]
    report: &'a Report,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    name: &'a str,
    name_matches: bool,
    admitted: bool,
    verdict: &'static str,
}

impl<'a> Document<'a> {
    fn new(
        identity: &'a CertificateIdentity,
        verdicts: &'a [IdentityVerdict],
        report: &'a Report,
    ) -> Self {
        let certificates = verdicts.iter().map(|signer| Listed {
            path: &signer.path,
            name: &signer.name,
            name_matches: signer.name_matches,
            admitted: signer.verdict.is_accepted(),
            verdict: signer.verdict.key(),
        });
        Self { pattern: identity.pattern(), certificates: certificates.collect(), report }
    }
}

/// A table of the certificates, then the findings.
fn human(verdicts: &[IdentityVerdict], report: &Report, layout: Layout) -> String {
    let columns =
        [("node", Column::Path), ("identity", Column::Word), ("distinguished name", Column::Text)];
    let mut table = Table::new(columns);
    for IdentityVerdict { path, name, verdict, .. } in verdicts {
        let accepted = verdict.is_accepted();
        let verdict = Cell::verdict(accepted, if accepted { "admitted" } else { verdict.word() });
        table.row([Cell::new(path), verdict, Cell::new(name)]);
    }
    let mut out = table.render(layout.style, layout.columns);
    let findings = print::human(report, layout);
    if !findings.is_empty() {
        out.push('\n');
        out.push_str(&findings);
    }
    out
}
