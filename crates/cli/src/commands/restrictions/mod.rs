//! `crosstrust restrictions`: a file for each of its commands.

mod add;
mod check;
mod explain;
mod generate;
mod lint;
mod matching;
mod merge;
mod show;

use clap::{Args, Subcommand};
use crosstrust_restrictions::{EditError, Restrictions, X509Field};
use crosstrust_settings::Discreet;

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input::Input;
use crate::outcome::Outcome;

/// Judge, show and write trust restrictions files as Elasticsearch means them
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
    Generate(generate::Arguments),
    Lint(lint::Arguments),
    Match(matching::Arguments),
    Merge(merge::Arguments),
    Show(show::Arguments),
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Add(arguments) => add::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Explain(arguments) => explain::run(arguments, context),
        Command::Generate(arguments) => generate::run(arguments, context),
        Command::Lint(arguments) => lint::run(arguments, context),
        Command::Match(arguments) => matching::run(arguments, context),
        Command::Merge(arguments) => merge::run(arguments, context),
        Command::Show(arguments) => show::run(arguments, context),
    }
}

/// `--x509-fields`.
#[derive(Args, Clone, Debug)]
pub(crate) struct FieldsOption {
    /// Fields that are compared: subjectAltName.otherName.commonName, subjectAltName.dnsName
    #[arg(long = "x509-fields", value_name = "FIELD", value_delimiter = ',')]
    fields: Vec<String>,
}

impl FieldsOption {
    /// The fields as they are written, if the option is given.
    pub(crate) fn asked(&self) -> Option<&[String]> {
        (!self.fields.is_empty()).then_some(self.fields.as_slice())
    }

    /// The fields; Elasticsearch's default if none is named.
    pub(crate) fn fields(&self) -> Result<Vec<X509Field>, Failure> {
        if self.fields.is_empty() {
            return Ok(X509Field::DEFAULT.to_vec());
        }
        let parse = |text: &String| {
            let field = text.trim().parse::<X509Field>();
            field.map_err(|error| Message::new(error).at("--x509-fields").into())
        };
        self.fields.iter().map(parse).collect()
    }
}

/// Reads a restrictions file as Elasticsearch would, or says why it would refuse it.
pub(crate) fn read(path: &str, context: &mut Context) -> Result<Restrictions, Failure> {
    let Input { path, bytes } = context.read(path)?;
    Restrictions::parse(&path, &bytes).map_err(|error| refused(&path, &error))
}

/// Why a file is not edited.
fn not_edited(path: &str, other: &str, error: &EditError) -> Failure {
    match error {
        EditError::File(error) => refused(path, error),
        EditError::Other(error) => refused(other, error),
        _ => Message::new(chain(error)).at(path).into(),
    }
}

/// Why a settings file is not read. Its line is not shown, since that may hold a password.
pub(crate) fn refused_settings(path: &str, error: &crosstrust_settings::Error) -> Failure {
    let place = error
        .place()
        .map_or_else(|| path.to_owned(), |place| format!("{path}:{}:{}", place.line, place.column));
    let Discreet { message, help } = error.discreet();
    Message::new(message).at(place).maybe_hint(help).into()
}

fn refused(path: &str, error: &crosstrust_restrictions::Error) -> Failure {
    let Some(place) = error.place() else {
        return Message::new(error.message()).at(path).maybe_hint(error.help()).into();
    };
    let (line, column) = (place.line, place.column);
    let mut message = Message::new(error.message()).at(format!("{path}:{line}:{column}"));
    if let Some(excerpt) = error.excerpt() {
        let column = excerpt.caret.saturating_add(1);
        message = message.excerpt(line, column, excerpt.width, &excerpt.text);
    }
    message.maybe_hint(error.help()).into()
}
