//! The form of all messages: `crosstrust: error: <where>: <what is>`, then `crosstrust: hint: …`
//! where a person can act. Lower case, no full stop, on standard error.

use std::collections::BTreeSet;
use std::fmt;
use std::io;

use crosstrust_report::print::{fitted, printable, snippet};
use crosstrust_report::{Finding, Rule};
use crosstrust_settings::tree::{LineColumn, Problem};

/// Why a run could not do its work: one or more errors, each with its place and remedy.
#[derive(Debug)]
pub(crate) struct Failure {
    errors: Vec<Message>,
    broken_pipe: bool,
}

/// One error.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Message {
    place: Option<String>,
    what: String,
    excerpt: Option<String>,
    hints: Vec<String>,
}

impl Message {
    /// What is wrong.
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Self { what: what.to_string(), ..Self::default() }
    }

    /// Where: a file, or a file with line and column.
    pub(crate) fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(place.to_string());
        self
    }

    /// The line of source, with a caret under it.
    pub(crate) fn excerpt(mut self, line: usize, column: usize, width: usize, text: &str) -> Self {
        self.excerpt = Some(snippet(line, column, width, text));
        self
    }

    /// What to do. Each further hint stands on a line of its own.
    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hints.push(hint.to_string());
        self
    }

    /// What to do, where that is known.
    pub(crate) fn maybe_hint(self, hint: Option<impl fmt::Display>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }
}

impl Failure {
    /// A failure of several errors.
    pub(crate) fn several(errors: Vec<Message>) -> Self {
        Self { errors, broken_pipe: false }
    }

    /// All results, or all failures as one.
    pub(crate) fn collect<T>(
        results: impl IntoIterator<Item = Result<T, Self>>,
    ) -> Result<Vec<T>, Self> {
        let (mut values, mut failures) = (Vec::new(), Self::several(Vec::new()));
        for result in results {
            match result {
                Ok(value) => values.push(value),
                Err(failure) => {
                    failures.broken_pipe |= failure.broken_pipe;
                    for error in failure.errors {
                        // Several ask for the same file one after the other.
                        if failures.errors.last() != Some(&error) {
                            failures.errors.push(error);
                        }
                    }
                }
            }
        }
        if failures.errors.is_empty() && !failures.broken_pipe { Ok(values) } else { Err(failures) }
    }

    /// Problems in a text, each with what is said of it, its place, and the line with a caret below.
    pub(crate) fn in_text<'a>(
        path: &str,
        text: &str,
        problems: impl IntoIterator<Item = (&'a Problem, String)>,
    ) -> Self {
        let problems: Vec<_> = problems.into_iter().collect();
        let lines: Vec<&str> = text.lines().collect();
        let more = problems.len().saturating_sub(MOST_PROBLEMS);
        let secret: BTreeSet<usize> = problems
            .iter()
            .filter(|(problem, _)| problem.is_secret)
            .map(|(problem, _)| problem.place.line)
            .collect();
        let messages = problems.into_iter().take(MOST_PROBLEMS).map(|(problem, what)| {
            let LineColumn { line, column } = problem.place;
            let source = lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
            let message = Message::new(what).maybe_hint(problem.help.as_ref());
            let message = message.at(format!("{path}:{line}:{column}"));
            if secret.contains(&line) {
                return message;
            }
            message.excerpt(line, column, 1, source)
        });
        let mut messages = messages.collect::<Vec<_>>();
        if more > 0 {
            messages.push(Message::new(format!("and {more} more problems")).at(path));
        }
        Self::several(messages)
    }

    /// A failure of the operating system at a path.
    pub(crate) fn io(path: impl fmt::Display, error: &io::Error) -> Self {
        Message::new(describe(error)).at(path).into()
    }

    /// The errors at the place that made us look there, such as a line that names the file.
    pub(crate) fn named_at(self, place: &str) -> Vec<Message> {
        let moved = |message: Message| {
            let what = match &message.place {
                Some(own) => format!("{own}: {}", message.what),
                None => message.what.clone(),
            };
            Message { what, ..message }.at(place)
        };
        self.errors.into_iter().map(moved).collect()
    }

    /// All of it, for a terminal of so many columns, if it is for one.
    pub(crate) fn text_within(&self, columns: Option<usize>) -> String {
        let mut out = String::new();
        for (index, Message { place, what, excerpt, hints }) in self.errors.iter().enumerate() {
            let place = place.as_ref().map(|place| format!("{}: ", printable(place)));
            let place = place.unwrap_or_default();
            let what = format!("crosstrust: error: {place}{}\n", printable(what));
            out.push_str(&fitted(&what, columns));
            out.push_str(excerpt.as_deref().unwrap_or_default());
            // What several errors have as their hint is said once, after the last of them.
            let later = || self.errors.iter().skip(index.saturating_add(1));
            for hint in hints.iter().filter(|hint| !later().any(|one| one.hints.contains(hint))) {
                let hint = format!("crosstrust: hint: {}\n", printable(hint));
                out.push_str(&fitted(&hint, columns));
            }
        }
        out
    }

    /// The errors alone, for a reader that frames them itself: a line each, without hints.
    pub(crate) fn text(&self) -> String {
        let line = |Message { place, what, .. }: &Message| {
            let place = place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
            printable(&format!("{place}{what}"))
        };
        self.errors.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The errors as findings, where a run goes on without what could not be read. Takes the file that they are
    /// about where they do not say it.
    pub(crate) fn findings(self, rule: &'static Rule, file: &str) -> Vec<Finding> {
        let finding = |Message { place, what, hints, .. }: Message| {
            let place = place.as_deref().unwrap_or(file);
            let finding = Finding::new(rule, printable_line(&what));
            let finding = match line_and_column(place) {
                Some((path, line, column)) => finding.in_file(path).at(line, column),
                None => finding.in_file(place),
            };
            if hints.is_empty() {
                return finding;
            }
            finding.with_help(printable_line(&hints.join("; ")))
        };
        self.errors.into_iter().map(finding).collect()
    }

    /// The same, each of its texts as this tells it.
    pub(crate) fn told(self, tell: impl Fn(&str) -> String) -> Self {
        let told = |text: Option<String>| text.map(|text| tell(&text));
        let message = |Message { place, what, excerpt, hints }: Message| Message {
            place: told(place),
            what: tell(&what),
            excerpt: told(excerpt),
            hints: hints.iter().map(|hint| tell(hint)).collect(),
        };
        Self { errors: self.errors.into_iter().map(message).collect(), ..self }
    }

    /// Whether the reader of our output went away, which is no failure of ours.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self::several(vec![message])
    }
}

/// Why nothing is issued; what signs with a key elsewhere says what to do.
impl From<crosstrust_issue::Error> for Message {
    fn from(error: crosstrust_issue::Error) -> Self {
        let message = Self::new(chain(&error));
        match error {
            crosstrust_issue::Error::Signing { hint, .. } => message.maybe_hint(hint),
            _ => message,
        }
    }
}

impl From<crosstrust_issue::Error> for Failure {
    fn from(error: crosstrust_issue::Error) -> Self {
        Message::from(error).into()
    }
}

/// A failure to write to standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let message = Message::new(describe(&error)).at("standard output");
        Self { errors: vec![message], broken_pipe: error.kind() == io::ErrorKind::BrokenPipe }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_within(None))
    }
}

/// `FILE:LINE:COLUMN`, taken apart.
fn line_and_column(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    Some((path, line.parse().ok()?, column.parse().ok()?))
}

/// The error and its causes, joined by colons.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// So many problems of one text are told.
const MOST_PROBLEMS: usize = 100;

/// Text without control characters, on one line.
pub(crate) fn printable_line(text: &str) -> String {
    printable(text).replace('\n', "\u{fffd}")
}

/// The operating system's words in our form.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory, where a file is expected".to_owned(),
        io::ErrorKind::NotADirectory => "is not a directory".to_owned(),
        io::ErrorKind::StorageFull => "no space left on the device".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            let mut characters = text.chars();
            let first = characters.next().map(|c| c.to_lowercase().to_string());
            first.unwrap_or_default() + characters.as_str()
        }
    }
}
