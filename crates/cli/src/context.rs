//! What a command may touch of the outside: the streams, the terminal, the clock.

#![allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]

use std::io::{self, BufRead, BufWriter, IsTerminal, Read, Stdout, Write};
use std::os::fd::AsFd;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use crosstrust_keystore::Password;
use crosstrust_report::print::{Layout, Style, fitted, printable};
use crosstrust_x509::Timestamp;

use crate::failure::{Failure, Message};

/// When results are coloured.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Color {
    /// Always
    Always,
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Never
    Never,
}

/// The outside of a run.
pub(crate) struct Context {
    out: BufWriter<Stdout>,
    color: Color,
    stdin_taken: bool,
    passwords: Passwords,
}

/// The passwords of a run that were typed or read.
#[derive(Default)]
pub(crate) struct Passwords {
    /// What a person typed, and for which option it stands.
    pub(crate) typed: Vec<(&'static str, Password)>,
    /// What files hold.
    pub(crate) files: Vec<PasswordFile>,
}

/// The password in a file.
#[derive(Clone)]
pub(crate) struct PasswordFile {
    /// The file's path.
    pub(crate) path: String,
    /// The password.
    pub(crate) password: Password,
    /// What is odd about it.
    pub(crate) oddity: Option<&'static str>,
}

impl Context {
    pub(crate) fn new(color: Color) -> Self {
        Self {
            out: BufWriter::new(io::stdout()),
            color,
            stdin_taken: false,
            passwords: Passwords::default(),
        }
    }

    /// The passwords that were typed or read.
    pub(crate) fn passwords(&mut self) -> &mut Passwords {
        &mut self.passwords
    }

    /// Writes a result to standard output.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.out.write_all(text.as_bytes())?)
    }

    /// Sees that all results are out.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    /// Tells something worth knowing on standard error.
    pub(crate) fn note(&mut self, text: &str) {
        self.tell("note", text);
    }

    /// Warns on standard error.
    pub(crate) fn warn(&mut self, text: &str) {
        self.tell("warning", text);
    }

    /// Prints why the run failed on standard error.
    pub(crate) fn complain(&mut self, failure: &Failure) {
        let _ = self.out.flush();
        // Nothing is left to tell a second failure to, so it is ignored.
        let _ = write!(io::stderr(), "{}", failure.text_within(message_columns()));
    }

    fn tell(&mut self, kind: &str, text: &str) {
        let _ = self.out.flush();
        let text = format!("crosstrust: {kind}: {}\n", printable(text));
        let _ = write!(io::stderr(), "{}", fitted(&text, message_columns()));
    }

    /// All of standard input, which can be taken once.
    pub(crate) fn stdin(&mut self) -> Result<Vec<u8>, Failure> {
        if std::mem::replace(&mut self.stdin_taken, true) {
            return Err(Message::new("standard input can be read only once").at("-").into());
        }
        let mut bytes = Vec::new();
        let most = LARGEST_FILE.saturating_add(1);
        let read = io::stdin().lock().take(most).read_to_end(&mut bytes);
        read.map_err(|error| Failure::io("-", &error))?;
        refuse_large("-", bytes.len())?;
        Ok(bytes)
    }

    /// Whether there is a person to ask: both standard input and standard error are a terminal.
    pub(crate) fn can_ask(&self) -> bool {
        !self.stdin_taken && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// What a person says to a question: yes, or anything else. Nothing where there is nobody to ask.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<Option<bool>, Failure> {
        if !self.can_ask() {
            return Ok(None);
        }
        self.out.flush()?;
        let failed = |error: io::Error| Failure::io("terminal", &error);
        write!(io::stderr(), "{} [y/N] ", printable(question)).map_err(failed)?;
        let mut line = String::new();
        io::stdin().lock().take(LONGEST_ANSWER).read_line(&mut line).map_err(failed)?;
        Ok(Some(["y", "yes"].contains(&line.trim().to_lowercase().as_str())))
    }

    /// How results for people are laid out; in full, with all nodes of a finding.
    pub(crate) fn layout(&self, verbose: bool) -> Layout {
        Layout { style: self.style(), columns: columns(), verbose }
    }

    /// Writes a result for people, whose lines fit the terminal.
    pub(crate) fn print_prose(&mut self, text: &str) -> Result<(), Failure> {
        self.print(&fitted(text, columns()))
    }

    /// Whether results go to a terminal and may be coloured.
    pub(crate) fn style(&self) -> Style {
        let coloured = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => io::stdout().is_terminal() && !no_color(),
        };
        if coloured { Style::Coloured } else { Style::Plain }
    }
}

/// The columns of the terminal that results go to, if they go to one.
pub(crate) fn columns() -> Option<usize> {
    columns_of(&io::stdout())
}

/// The columns of the terminal that messages go to, if they go to one.
pub(crate) fn message_columns() -> Option<usize> {
    columns_of(&io::stderr())
}

/// The columns of a terminal: what `COLUMNS` says, else what it says itself. What goes elsewhere is for programs,
/// and has lines of any length.
fn columns_of(stream: &(impl AsFd + IsTerminal)) -> Option<usize> {
    if !stream.is_terminal() {
        return None;
    }
    let said = std::env::var_os("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
    let measured = || Some(usize::from(rustix::termios::tcgetwinsize(stream).ok()?.ws_col));
    said.filter(|columns| *columns > 0).or_else(measured).filter(|columns| *columns > 0)
}

/// The time of day.
pub(crate) fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
}

/// The convention of no-color.org: set and not empty.
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Refuses what is larger than any input is; takes its bytes.
pub(crate) fn refuse_large(path: &str, bytes: usize) -> Result<(), Failure> {
    if u64::try_from(bytes).unwrap_or(u64::MAX) <= LARGEST_FILE {
        return Ok(());
    }
    Err(Message::new("larger than 64 MiB, which no input of this tool is").at(path).into())
}

/// Bytes of an answer to a question.
const LONGEST_ANSWER: u64 = 1 << 10;

/// Bytes of one input.
pub(crate) const LARGEST_FILE: u64 = 64 << 20;
