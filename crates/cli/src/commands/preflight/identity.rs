//! `crosstrust preflight identity`.

use clap::Args;
use crosstrust_preflight::certificate_identity::{
    CertificateIdentity, IdentityVerdict, PatternError,
};
use crosstrust_report::Report;
use crosstrust_report::print::{self, Style};
use serde::Serialize;

use crate::commands::report_format::ReportOptions;
use crate::context::{Context, columns};
use crate::failure::{Failure, Message};
use crate::outcome::Outcome;
use crate::password::{InputPassword, Options};
use crate::table::{Cell, Column, Table};

/// Say whether an API key's `certificate_identity` admits the certificates that sign requests
///
/// The pattern is a Java regular expression, and all of the certificate's distinguished name must
/// match it, as Java writes that name. Elasticsearch 9.3 and later, API key model.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Certificates or key stores of the nodes that sign: files, quoted globs, or -
    #[arg(required = true, value_name = "CERTS")]
    certificates: Vec<String>,
    /// Pattern of the API key, its `certificate_identity`
    #[arg(long, value_name = "REGEX")]
    pattern: String,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    output: ReportOptions,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let identity = CertificateIdentity::parse(&arguments.pattern)
        .map_err(|error| refused(&arguments.pattern, &error))?;
    let mut leaves = Vec::new();
    for file in context.open_all(&arguments.certificates, &arguments.password.source())? {
        for node in file.nodes()? {
            leaves.extend(node.chain.into_iter().next().map(|leaf| (node.label, leaf)));
        }
    }
    let (verdicts, report) = identity.check(&leaves).map_err(Message::new)?;
    let room = columns();
    let human = |style| human(&verdicts, &report, style, room);
    let document = || Document::new(&identity, &verdicts, &report);
    let text = arguments.output.render(&report, context.style(), human, document);
    context.print(&text)?;
    Ok(arguments.output.outcome(&report))
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
    admitted: bool,
}

impl<'a> Document<'a> {
    fn new(
        identity: &'a CertificateIdentity,
        verdicts: &'a [IdentityVerdict],
        report: &'a Report,
    ) -> Self {
        let certificates = verdicts.iter().map(|IdentityVerdict { path, name, admitted }| Listed {
            path,
            name,
            admitted: *admitted,
        });
        Self { pattern: identity.pattern(), certificates: certificates.collect(), report }
    }
}

/// A table of the certificates, then the findings.
fn human(
    verdicts: &[IdentityVerdict],
    report: &Report,
    style: Style,
    room: Option<usize>,
) -> String {
    let columns =
        [("node", Column::Path), ("identity", Column::Word), ("distinguished name", Column::Text)];
    let mut table = Table::new(columns);
    for IdentityVerdict { path, name, admitted } in verdicts {
        let verdict = Cell::verdict(*admitted, if *admitted { "admitted" } else { "refused" });
        table.row([Cell::new(path), verdict, Cell::new(name)]);
    }
    let mut out = table.render(style, room);
    let findings = print::human(report, style);
    if !findings.is_empty() {
        out.push('\n');
        out.push_str(&findings);
    }
    out
}
