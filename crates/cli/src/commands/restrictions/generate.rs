//! `crosstrust restrictions generate`.

use clap::Args;
use crosstrust_restrictions::{
    Admission, GenerateError, Generated, Generator, Grant, X509Field, certificate_names,
};

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::material::sources;
use crate::options::OverwriteOption;
use crate::outcome::Outcome;
use crate::output::{self, NewFile};
use crate::password::InputPassword;

/// Write a restrictions file: the own cluster first, then whom else to let in
///
/// Refuses to write a file that would lock the own cluster out. Prints to standard error who is
/// let in.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Certificates of the own nodes: files, folders, quoted globs or ZIP archives; their names are let in
    #[arg(long, value_name = "CERTS")]
    own: Vec<String>,
    /// Pattern of the own nodes' names
    #[arg(long, value_name = "PATTERN")]
    own_pattern: Vec<String>,
    /// Let in a cloud cluster
    #[arg(long, value_name = "CLUSTER_ID@SCOPE_ID")]
    trust_cluster: Vec<String>,
    /// Let in every cluster of a cloud organization or environment
    #[arg(long, value_name = "SCOPE_ID")]
    trust_scope: Vec<String>,
    /// Let in a cluster of the Kubernetes operator
    #[arg(long, value_name = "NAME@NAMESPACE")]
    eck: Vec<String>,
    /// Let in exactly this name
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// Let in the names of a pattern
    #[arg(long, value_name = "PATTERN")]
    pattern: Vec<String>,
    /// File to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<String>,
    #[command(flatten)]
    overwrite: OverwriteOption,
    #[command(flatten)]
    password: InputPassword,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let refused = |error: &GenerateError| {
        let hint = match error {
            GenerateError::NoOwnCluster => Some("give --own CERTS or --own-pattern PATTERN"),
            GenerateError::Nameless { .. } => {
                Some("`crosstrust reissue` gives it the name that restrictions compare")
            }
            _ => None,
        };
        Failure::from(Message::new(chain(error)).maybe_hint(hint))
    };
    let mut generator = Generator::new();
    for (label, names) in own_names(arguments, context)? {
        generator = generator.own_certificate(&label, names);
    }
    for pattern in &arguments.own_pattern {
        generator = generator.own_pattern(pattern);
    }
    for grant in grants(arguments)? {
        generator = generator.trust(grant);
    }
    let generated = generator.write().map_err(|error| refused(&error))?;
    match output::named(arguments.out.as_ref()) {
        Some(out) => {
            let new = NewFile::new(out.clone(), generated.text.as_bytes(), false);
            output::file(&new, arguments.overwrite.force)?;
        }
        None => context.print(&generated.text)?,
    }
    tell(&generated, arguments.out.as_deref().unwrap_or("the file"), context);
    Ok(Outcome::Clean)
}

/// Says who is let in.
fn tell(generated: &Generated, file: &str, context: &mut Context) {
    for item in generated.restrictions.items() {
        context.note(&format!("{file} lets in `{}`", item.text));
    }
    for Admission { certificate, matched } in &generated.admissions {
        if let Some((name, pattern)) = matched {
            context.note(&format!("{certificate}: `{name}` is let in by `{pattern}`"));
        }
    }
}

fn grants(arguments: &Arguments) -> Result<Vec<Grant>, Failure> {
    let mut grants = Vec::new();
    let families: [(&str, &[String], GrantParser); 5] = [
        ("--trust-cluster", &arguments.trust_cluster, Grant::cluster),
        ("--trust-scope", &arguments.trust_scope, Grant::scope),
        ("--eck", &arguments.eck, Grant::eck),
        ("--name", &arguments.name, Grant::typed_name),
        ("--pattern", &arguments.pattern, Grant::pattern),
    ];
    for (option, values, parse) in families {
        for value in values {
            let refused = |error| Message::new(chain(&error)).at(format!("{option} {value}"));
            grants.push(parse(value).map_err(refused)?);
        }
    }
    Ok(grants)
}

/// The names of the own nodes, by certificate.
fn own_names(
    arguments: &Arguments,
    context: &mut Context,
) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let mut own = Vec::new();
    if arguments.own.is_empty() {
        return Ok(own);
    }
    let opened = sources::open_nodes(&arguments.own, &arguments.password.source(), context)?;
    for node in sources::nodes_of(&opened, &[], context)? {
        let Some(leaf) = node.chain.first() else { continue };
        if let Some(why) = leaf.unreadable_names() {
            let message = format!("Java cannot read its alternative names: {why}");
            let hint =
                "re-issue the certificate with `crosstrust reissue`, which leaves such a name out";
            return Err(Message::new(message).at(node.label).hint(hint).into());
        }
        let names = certificate_names(leaf, X509Field::DEFAULT);
        own.push((node.label, names.into_iter().map(|name| name.value).collect()));
    }
    Ok(own)
}

type GrantParser = fn(&str) -> Result<Grant, GenerateError>;
