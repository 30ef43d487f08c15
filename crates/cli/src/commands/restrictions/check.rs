//! `crosstrust restrictions check`.

use clap::Args;
use crosstrust_preflight::{RestrictionsFile, Verdict, admission};
use crosstrust_restrictions::{CertificateName, Restrictions, X509Field, certificate_names};
use crosstrust_x509::Certificate;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, printable_line};
use crate::json::json;
use crate::material::inventory::Names;
use crate::material::node_keys::NodeKeys;
use crate::material::restrictions;
use crate::material::sources;
use crate::options::FieldsOption;
use crate::options::inventory::InventoryOption;
use crate::options::{Format, FormatOption};
use crate::outcome::Outcome;
use crate::password::InputPassword;

/// Say for each certificate whether a restrictions file trusts it, by which name and pattern
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The restrictions file
    #[arg(value_name = "FILE")]
    restrictions: String,
    /// Certificates or key stores of nodes: files, folders, quoted globs, ZIP archives, -, or names of the
    /// inventory
    #[arg(required = true, value_name = "CERT")]
    certificates: Vec<String>,
    #[command(flatten)]
    inventory: InventoryOption,
    #[command(flatten)]
    fields: FieldsOption,
    #[command(flatten)]
    password: InputPassword,
    #[command(flatten)]
    format: FormatOption,
}

#[derive(Serialize)]
struct Document<'a> {
    restrictions: &'a str,
    certificates: Vec<Judged>,
}

#[derive(Serialize)]
struct Judged {
    path: String,
    names: Vec<Name>,
    trusted: bool,
    /// In the words of all commands that judge.
    verdict: &'static str,
    matched: Option<Matched>,
    #[serde(skip)]
    reason: String,
}

#[derive(Serialize)]
struct Name {
    field: String,
    value: String,
}

#[derive(Serialize)]
struct Matched {
    name: String,
    pattern: String,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    let file = restrictions::restrictions_file(&arguments.restrictions, context)?;
    let fields = arguments.fields.fields()?;
    let mut opened = Vec::new();
    for group in Names::of(&arguments.inventory).nodes(&arguments.certificates, context)? {
        let source = group.source(arguments.password.source());
        opened.extend(sources::open_of_transport(&group.paths, &source, context)?);
    }
    let (mut judged, keys) = (Vec::new(), NodeKeys::of(&opened));
    for node in sources::nodes_of(&opened, &arguments.certificates, context)? {
        if let Some(leaf) = node.chain.first() {
            let (path, leaf) = (node.label.clone(), leaf.clone());
            let start = keys.with_key(node).start();
            judged.push(Judged::new(path, &leaf, start, &file, &fields));
        }
    }
    let all_trusted = judged.iter().all(|certificate| certificate.trusted);
    match arguments.format.format {
        Format::Json => {
            let document = Document { restrictions: &arguments.restrictions, certificates: judged };
            context.print(&json(&document))?;
        }
        Format::Human => {
            let style = context.style();
            for Judged { path, trusted, verdict, reason, .. } in &judged {
                let bad = if *verdict == "not_judged" { "not judged" } else { "rejected" };
                let verdict = style.verdict(*trusted, "trusted", bad);
                context.print_prose(&format!("{path}: {verdict}: {}\n", printable_line(reason)))?;
            }
        }
    }
    // Taking the tables of a large file apart takes long, and the program ends here.
    std::mem::forget(file);
    Ok(Outcome::clean_if(all_trusted))
}

impl Judged {
    fn new(
        path: String,
        leaf: &Certificate,
        start: Verdict,
        file: &RestrictionsFile,
        fields: &[X509Field],
    ) -> Self {
        let names = certificate_names(leaf, fields);
        let stops = !start.is_accepted();
        let verdict = start.and(admission(leaf, &names, fields, file));
        let trusted = verdict.is_accepted();
        let found = file.restrictions.judge(&names).filter(|_| trusted);
        let matched = found.map(|found| Matched {
            name: found.name.to_owned(),
            pattern: text_of(&file.restrictions, found.pattern).to_owned(),
        });
        let reason = match (&matched, &verdict) {
            (Some(Matched { name, pattern }), _) => format!("`{name}` matches `{pattern}`"),
            (None, Verdict::Refused(_)) if !stops => {
                why_rejected(leaf, &names, &file.restrictions, fields)
            }
            _ => verdict.reason().unwrap_or_default(),
        };
        let names = names
            .iter()
            .map(|name| Name { field: name.field.to_string(), value: name.value.clone() })
            .collect();
        Self { path, names, trusted, verdict: verdict.key(), matched, reason }
    }
}

/// The pattern at a position of the file's list.
fn text_of(restrictions: &Restrictions, position: usize) -> &str {
    restrictions.items().get(position).map_or("", |item| item.text.as_str())
}

fn why_rejected(
    leaf: &Certificate,
    names: &[CertificateName],
    restrictions: &Restrictions,
    fields: &[X509Field],
) -> String {
    if let Some(why) = leaf.unreadable_names() {
        return format!("Java cannot read its alternative names: {why}");
    }
    if names.is_empty() {
        let fields = fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return format!("it has no name in {fields}");
    }
    let Some(nearest) = restrictions.nearest(names) else {
        return "the file has no pattern".to_owned();
    };
    let pattern = text_of(restrictions, nearest.pattern);
    let name = &nearest.name;
    if nearest.only_case_differs {
        return format!("`{name}` fits `{pattern}` except for letter case, which counts");
    }
    let fragment = &nearest.fragment;
    if fragment.is_empty() {
        return format!("`{name}` ends before `{pattern}`, the nearest pattern, is satisfied");
    }
    format!("`{name}` differs from `{pattern}`, the nearest pattern, at `{fragment}`")
}
