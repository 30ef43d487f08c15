//! Asks a person at a terminal for what a connection file needs.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::str::FromStr;

use crosstrust_remote::{Model, Platform, Question, Template};
use crosstrust_settings::tree::Problem;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::output;

/// What is known before anything is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) local: Option<Platform>,
    pub(super) remote: Option<Platform>,
    pub(super) model: Option<Model>,
}

/// Asks until the file is as whole as its author can make it. Without a terminal nobody is asked.
pub(super) fn fill(known: Known, context: &mut Context) -> Result<Template, Failure> {
    if !context.can_ask() {
        return Err(Message::new("there is no terminal to ask at")
            .hint(
                "give --local, --remote and --model instead of --interactive, and fill in the file",
            )
            .into());
    }
    context.flush()?;
    say("An empty answer takes what stands in brackets, or leaves the value for later.\n")?;
    let platforms = "self-managed, ech (Elastic Cloud Hosted), ece (Elastic Cloud Enterprise) or eck (Kubernetes)";
    let local =
        choice(known.local, &format!("Where does the cluster run that connects? {platforms}"))?;
    let remote = choice(
        known.remote,
        "And the cluster that is connected to? self-managed, ech, ece or eck",
    )?;
    let model = choice(
        known.model,
        "How do they know each other? api-key (recommended), or tls for their transport certificates",
    )?;
    let mut template = Template::new(local, remote, model);
    let (mut next, mut section) = (0, String::new());
    while let Some((index, question)) = template.question(next) {
        if question.section != section {
            question.section.clone_into(&mut section);
            say(title(&section))?;
        }
        let prompt = prompt(&question);
        while let Err(problem) = template.answer(index, &ask(&prompt)?) {
            say(&refusal(&problem))?;
        }
        next = index.saturating_add(1);
    }
    Ok(template)
}

/// Asks where the file is to be, until it is a place where nothing stands.
pub(super) fn place(force: bool) -> Result<String, Failure> {
    loop {
        let answer = ask(&format!("\nWhere is the file to be written? [{USUAL_PLACE}]: "))?;
        let path = if answer.is_empty() { USUAL_PLACE.to_owned() } else { answer };
        match output::refuse_existing(Path::new(&path), force) {
            Ok(()) => return Ok(path),
            Err(_) => say(&format!("{path} is there already: name another file\n"))?,
        }
    }
}

/// A choice that is made already, or is asked for until it is one.
fn choice<T: FromStr>(known: Option<T>, question: &str) -> Result<T, Failure>
where
    T::Err: std::fmt::Display,
{
    if let Some(known) = known {
        return Ok(known);
    }
    loop {
        match ask(&format!("{question}: "))?.parse() {
            Ok(choice) => return Ok(choice),
            Err(error) => say(&format!("{error}\n"))?,
        }
    }
}

fn title(section: &str) -> &'static str {
    match section {
        "local" => "\nThe cluster that connects\n",
        "remote" => "\nThe cluster that is connected to\n",
        "trust" => {
            "\nWhat each side lets in of the other: cluster, or scope for all of its organization, environment or namespace\n"
        }
        "access" => "\nWhat the local cluster may read of the remote one; none leaves a kind out\n",
        _ => "\nBoth\n",
    }
}

fn prompt(question: &Question<'_>) -> String {
    let Question { key, about, usual, optional, many, .. } = question;
    let about = if about.is_empty() { String::new() } else { format!(" ({about})") };
    let several = if *many { ", several with commas" } else { "" };
    let end = match usual {
        Some(usual) => format!(" [{usual}]"),
        None if *optional => " [none]".to_owned(),
        None => String::new(),
    };
    format!("{key}{about}{several}{end}: ")
}

fn refusal(problem: &Problem) -> String {
    match &problem.help {
        Some(help) => format!("{problem}; {help}\n"),
        None => format!("{problem}\n"),
    }
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stderr();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn ask(prompt: &str) -> Result<String, Failure> {
    say(prompt)?;
    let mut line = String::new();
    let read = io::stdin().lock().take(LONGEST).read_line(&mut line);
    match read.map_err(|error| Failure::io("-", &error))? {
        0 => {
            Err(Message::new("the input ended before the last question, and nothing is written")
                .into())
        }
        _ => Ok(line.trim().to_owned()),
    }
}

const USUAL_PLACE: &str = "connection.yml";
/// Longer answers than this are nobody's.
const LONGEST: u64 = 1 << 16;
