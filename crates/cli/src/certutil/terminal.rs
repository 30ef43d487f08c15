//! What a certutil mode says and asks.
//!
//! With a person at a terminal, questions stand there and passwords are not shown. Without one,
//! as in a pipe or a container, questions go to standard error and answers are the lines of
//! standard input. Questions, warnings and errors are never suppressed; everything else is, by
//! `--silent`.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use crosstrust_keystore::Password;

use super::stop::Stop;
use crate::context::Context;
use crate::progress::Progress;
use crate::secret;

/// The two sides of the dialogue.
pub(super) struct Terminal<'a> {
    /// Files, clock, standard output.
    pub(super) context: &'a mut Context,
    silent: bool,
    person: bool,
}

/// A password that came from the command line or a person, and its length in UTF-16 units, which
/// is how the original counts it.
#[derive(Clone)]
pub(super) struct Typed {
    /// The password.
    pub(super) password: Password,
    /// How long it is.
    pub(super) length: usize,
}

impl Typed {
    /// The password with this text.
    pub(super) fn new(text: String) -> Self {
        let length = text.encode_utf16().count();
        Self { password: Password::new(text), length }
    }
}

impl<'a> Terminal<'a> {
    pub(super) fn new(context: &'a mut Context, silent: bool) -> Self {
        let person = io::stdin().is_terminal() && io::stdout().is_terminal();
        Self { context, silent, person }
    }

    /// Says something, unless asked to be silent.
    pub(super) fn say(&mut self, line: &str) -> Result<(), Stop> {
        if self.silent { Ok(()) } else { self.say_always(line) }
    }

    /// Says something that must be seen.
    pub(super) fn say_always(&mut self, line: &str) -> Result<(), Stop> {
        Ok(self.context.print(&format!("{line}\n"))?)
    }

    /// A progress bar, unless asked to be silent.
    pub(super) fn progress(&self, what: &'static str, total: usize) -> Progress {
        Progress::new(what, total).shown(!self.silent)
    }

    /// Says what is wrong, on standard error.
    pub(super) fn complain(&mut self, line: &str) {
        // If results cannot be written, that is told when the next one is.
        let _ = self.context.flush();
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// Asks for a line of text.
    pub(super) fn ask(&mut self, prompt: &str) -> Result<String, Stop> {
        if self.person {
            self.context.print(prompt)?;
        }
        self.context.flush()?;
        if !self.person {
            let _ = write!(io::stderr(), "{prompt}");
        }
        read_line()
    }

    /// Asks for a line of text; an empty one means the default.
    pub(super) fn ask_or(&mut self, prompt: &str, default: &str) -> Result<String, Stop> {
        let answer = self.ask(prompt)?;
        Ok(if answer.is_empty() { default.to_owned() } else { answer })
    }

    /// Asks for a password.
    pub(super) fn ask_secret(&mut self, prompt: &str) -> Result<Typed, Stop> {
        if !self.person {
            return self.ask(prompt).map(Typed::new);
        }
        self.context.flush()?;
        let typed = secret::ask(prompt);
        typed.map(Typed::new).map_err(|_| no_more_input())
    }

    /// Asks a question that is answered by y or n, again until it is.
    pub(super) fn ask_yes_no(&mut self, question: &str, default: bool) -> Result<bool, Stop> {
        let choices = if default { " [Y/n]" } else { " [y/N]" };
        loop {
            let answer = self.ask(&format!("{question}{choices}"))?;
            match answer.trim() {
                "" => return Ok(default),
                "y" | "Y" => return Ok(true),
                "n" | "N" => return Ok(false),
                other => self.say_always(&format!("Did not understand answer '{other}'"))?,
            }
        }
    }
}

/// The next line of standard input, without its end.
fn read_line() -> Result<String, Stop> {
    let mut line = String::new();
    let read = io::stdin().lock().take(LONGEST_LINE).read_line(&mut line);
    match read {
        // Cut where it is: of a password there is to be no second copy.
        Ok(1..) => {
            let kept = line.strip_suffix('\n').unwrap_or(&line);
            let kept = kept.strip_suffix('\r').unwrap_or(kept).len();
            line.truncate(kept);
            Ok(line)
        }
        Ok(0) => Err(no_more_input()),
        Err(error) => Err(Stop::other(format!("unable to read from standard input: {error}"))),
    }
}

fn no_more_input() -> Stop {
    Stop::other("unable to read from standard input; is it open, and is somebody there?")
}

/// Bytes.
const LONGEST_LINE: u64 = 1 << 16;
