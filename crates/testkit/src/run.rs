//! Running a program: arguments and input in, status and both streams out.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

/// A run that is being prepared. Without [`Run::stdin`], standard input is empty.
#[derive(Debug)]
pub struct Run {
    command: Command,
    stdin: Vec<u8>,
}

/// A run that has ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ended {
    /// Exit status; nothing if a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// What was run, for messages.
    pub line: String,
}

/// The crosstrust command, from the path of its binary: `env!("CARGO_BIN_EXE_crosstrust")` in the
/// tests of the package that has it. Colours do not depend on the machine.
pub fn crosstrust(binary: impl AsRef<OsStr>) -> Run {
    Run::new(binary).without_env("NO_COLOR").env("COLUMNS", "100")
}

impl Run {
    /// A run of a program, in a plain locale.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let command = Command::new(program);
        Self { command, stdin: Vec::new() }.env("LC_ALL", "C.UTF-8")
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Gives standard input.
    #[must_use]
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes an environment variable away.
    #[must_use]
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Sets the working directory.
    #[must_use]
    pub fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs to the end.
    #[track_caller]
    pub fn run(self) -> Ended {
        let Self { mut command, stdin } = self;
        let line = line(&command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{line}: {error}"));
        let input = child.stdin.take();
        // In a thread of its own, or both sides could wait for each other with full pipes.
        let writer = thread::spawn(move || {
            if let Some(mut input) = input {
                // A program need not read what it is given.
                let _ = input.write_all(&stdin);
            }
        });
        let output = child.wait_with_output();
        let output = output.unwrap_or_else(|error| panic!("{line}: {error}"));
        let _ = writer.join();
        let status = ExitStatus::code(&output.status);
        Ended { status, stdout: output.stdout, stderr: output.stderr, line }
    }
}

impl Ended {
    /// Standard output as text.
    #[track_caller]
    pub fn text(&self) -> &str {
        match str::from_utf8(&self.stdout) {
            Ok(text) => text,
            Err(error) => panic!("standard output of {}: {error}", self.line),
        }
    }

    /// Standard error as text.
    pub fn messages(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// Panics with both streams unless the exit status is this one.
    #[allow(clippy::return_self_not_must_use, reason = "often the check is all that is wanted")]
    #[track_caller]
    pub fn exits_with(self, status: i32) -> Self {
        let ended = self.status.map_or("a signal".to_owned(), |status| format!("status {status}"));
        assert!(
            self.status == Some(status),
            "{} ended with {ended}, expected {status}\n--- standard output\n{}--- standard error\n{}",
            self.line,
            String::from_utf8_lossy(&self.stdout),
            self.messages(),
        );
        self
    }

    /// Panics with both streams unless the exit status is 0.
    #[allow(clippy::return_self_not_must_use, reason = "often the check is all that is wanted")]
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits_with(0)
    }
}

/// What is run, as one might type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<OsString> = words.map(OsStr::to_owned).collect();
    words.join(OsStr::new(" ")).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_goes_in_and_both_streams_come_out() {
        let script = "cat; echo $WORD >&2; exit 3";
        let run = Run::new("sh").args(["-c", script]).env("WORD", "warning").stdin("text");
        let ended = run.run().exits_with(3);
        assert_eq!((ended.text(), ended.messages().as_str()), ("text", "warning\n"));
    }

    #[test]
    fn much_input_that_nobody_reads_is_no_trouble() {
        let ended = Run::new("sh").args(["-c", "exit 0"]).stdin(vec![b'x'; 1 << 20]).run();
        assert_eq!(ended.succeeds().stdout, b"");
    }

    #[test]
    #[should_panic(expected = "sh -c echo why >&2; exit 1 ended with status 1, expected 0")]
    fn another_status_than_the_expected_one_is_told() {
        Run::new("sh").args(["-c", "echo why >&2; exit 1"]).run().succeeds();
    }
}
