//! `crosstrust restrictions check`.

use clap::Args;
use crosstrust_restrictions::{Restrictions, X509Field, certificate_names};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, printable_line};
use crate::json::json;
use crate::material::restrictions;
use crate::material::sources;
use crate::options::fields::FieldsOption;
use crate::options::{Format, FormatOption};
use crate::outcome::Outcome;
use crate::password::InputPassword;

/// Say for each certificate whether a restrictions file trusts it, by which name and pattern
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The restrictions file
    file: String,
    /// Certificates or key stores of nodes: files or quoted globs
    #[arg(required = true, value_name = "CERT")]
    certificates: Vec<String>,
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
    let restrictions = restrictions::read(&arguments.file, context)?;
    let fields = arguments.fields.fields()?;
    let opened =
        sources::open_unpacked(&arguments.certificates, &arguments.password.source(), context)?;
    let mut judged = Vec::new();
    for node in sources::nodes_of(&opened, &arguments.certificates, context)? {
        if let Some(leaf) = node.chain.first() {
            judged.push(Judged::new(node.label, leaf, &restrictions, &fields));
        }
    }
    let all_trusted = judged.iter().all(|certificate| certificate.trusted);
    match arguments.format.format {
        Format::Json => {
            let document = Document { restrictions: &arguments.file, certificates: judged };
            context.print(&json(&document))?;
        }
        Format::Human => {
            let style = context.style();
            for Judged { path, trusted, reason, .. } in &judged {
                let verdict = style.verdict(*trusted, "trusted", "rejected");
                context.print(&format!("{path}: {verdict}: {}\n", printable_line(reason)))?;
            }
        }
    }
    // Taking the tables of a large file apart takes long, and the program ends here.
    std::mem::forget(restrictions);
    Ok(Outcome::clean_if(all_trusted))
}

impl Judged {
    fn new(
        path: String,
        leaf: &crosstrust_x509::Certificate,
        restrictions: &Restrictions,
        fields: &[X509Field],
    ) -> Self {
        let names = certificate_names(leaf, fields);
        let values: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
        let matched = restrictions.judge(&values).map(|found| Matched {
            name: found.name.to_owned(),
            pattern: text_of(restrictions, found.pattern).to_owned(),
        });
        let reason = match &matched {
            Some(Matched { name, pattern }) => format!("`{name}` matches `{pattern}`"),
            None => match leaf.unreadable_names() {
                Some(why) => format!("Java cannot read its alternative names: {why}"),
                None => why_rejected(restrictions, &values, fields),
            },
        };
        let trusted = matched.is_some();
        let verdict = if trusted { "accepted" } else { "refused" };
        let names = names
            .iter()
            .map(|name| Name { field: name.field.to_string(), value: name.value.clone() })
            .collect();
        Self { path, names, trusted, verdict, matched, reason }
    }
}

/// The pattern at a position of the file's list.
fn text_of(restrictions: &Restrictions, position: usize) -> &str {
    restrictions.items().get(position).map_or("", |item| item.text.as_str())
}

fn why_rejected(restrictions: &Restrictions, values: &[&str], fields: &[X509Field]) -> String {
    if values.is_empty() {
        let fields = fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return format!("it has no name in {fields}");
    }
    let Some(nearest) = restrictions.nearest(values) else {
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
