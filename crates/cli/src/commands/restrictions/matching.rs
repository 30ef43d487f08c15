//! `crosstrust restrictions match`.

use clap::Args;
use crosstrust_pattern::{Pattern, tsv};

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::material::restrictions;
use crate::outcome::Outcome;

/// Say for each name whether a pattern, or a file's patterns, match it
///
/// Prints a line for each name: the name, a tab, true or false. With --tsv each line of the input
/// has a pattern, a tab and a name, and one of true, false and error is printed for it.
#[derive(Args, Debug)]
#[command(
    override_usage = "crosstrust restrictions match PATTERN NAME...\n       crosstrust restrictions match --file FILE NAME...\n       crosstrust restrictions match --tsv < LINES"
)]
pub(crate) struct Arguments {
    /// The pattern, then names; - reads names from standard input, one a line
    #[arg(
        value_name = "PATTERN_OR_NAME",
        allow_hyphen_values = true,
        required_unless_present = "tsv"
    )]
    words: Vec<String>,
    /// Take the patterns of this restrictions file instead
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
    /// Read lines of a pattern, a tab and a name from standard input
    #[arg(long, conflicts_with_all = ["words", "file"])]
    tsv: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &mut Context) -> Result<Outcome, Failure> {
    if arguments.tsv {
        return match_table(context);
    }
    if let Some(file) = &arguments.file {
        let restrictions = restrictions::read(file, context)?;
        let fits = |name: &String| restrictions.judge(std::slice::from_ref(name)).is_some();
        let outcome = judge(&arguments.words, fits, context);
        // Taking the tables of a large file apart takes long, and the program ends here.
        std::mem::forget(restrictions);
        return outcome;
    }
    let Some((pattern, words)) = arguments.words.split_first() else {
        return Err(Message::new("no pattern is given").into());
    };
    if input::is_file(pattern) {
        context
            .note(&format!("`{pattern}` is taken as a pattern; --file {pattern} reads the file"));
    }
    let pattern = parse(pattern)?;
    judge(words, |name| pattern.matches(name), context)
}

/// Prints for each name whether it fits.
fn judge(
    words: &[String],
    fits: impl Fn(&String) -> bool,
    context: &mut Context,
) -> Result<Outcome, Failure> {
    let mut all = true;
    for name in &names(words, context)? {
        let fits = fits(name);
        all &= fits;
        context.print(&format!("{name}\t{fits}\n"))?;
    }
    Ok(Outcome::clean_if(all))
}

fn match_table(context: &mut Context) -> Result<Outcome, Failure> {
    let text = context.read_text("-")?;
    let mut all = true;
    for (number, line) in (1..).zip(text.split_terminator('\n')) {
        let wrong = |what: String| Message::new(what).at(format!("-:{number}"));
        let (pattern, name) = line.split_once('\t').ok_or_else(|| {
            wrong("the line has no tab".to_owned()).hint("write PATTERN<TAB>NAME")
        })?;
        // A third column, such as an expected verdict, is not looked at.
        let name = name.split('\t').next().unwrap_or_default();
        let decoded = |text| tsv::unescape(text).map_err(|error| wrong(error.to_string()));
        let (pattern, name) = (decoded(pattern)?, decoded(name)?);
        let verdict = match Pattern::parse(&pattern) {
            Ok(pattern) if pattern.matches(&name) => "true",
            Ok(_) => "false",
            Err(_) => "error",
        };
        all &= verdict == "true";
        context.print(&format!("{verdict}\n"))?;
    }
    Ok(Outcome::clean_if(all))
}

fn names(words: &[String], context: &mut Context) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for word in words {
        match word.as_str() {
            "-" => names.extend(context.read_text("-")?.lines().map(str::to_owned)),
            _ => names.push(word.clone()),
        }
    }
    if names.is_empty() {
        let message = Message::new("no name is given");
        return Err(message.hint("write names after the pattern, or - to read them").into());
    }
    Ok(names)
}

/// Parses a pattern; what is wrong is shown at its place in it.
pub(super) fn parse(text: &str) -> Result<Pattern, Failure> {
    Pattern::parse(text).map_err(|error| {
        let message = Message::new(&error.kind).at(format!("pattern `{text}`"));
        message.excerpt(1, error.offset.saturating_add(1), 1, text).into()
    })
}
