//! Why a certutil mode ends without having done its work, and the exit status that says so.

use std::fmt;

use super::options::OptionError;
use crate::failure::Failure;

/// The end of a run that did not do its work.
#[derive(Debug)]
pub(super) struct Stop {
    /// The exit status.
    pub(super) status: Status,
    /// What is said on standard error.
    pub(super) message: String,
    /// Whether the parser of the command line says it, which it does without the exit status.
    pub(super) by_parser: bool,
}

/// The exit statuses of elasticsearch-certutil, which are those of sysexits.h.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    /// An instances file, a password or a pair of key and certificate that cannot be used.
    Config,
    /// The output cannot be created where it should be.
    CannotCreate,
    /// A file that does not hold what it should.
    Data,
    /// The output is there already.
    Io,
    /// Anything else.
    Other,
    /// The command line.
    Usage,
}

impl Status {
    /// The number that the shell gets.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 64,
            Self::Data => 65,
            Self::CannotCreate => 73,
            Self::Io => 74,
            Self::Config => 78,
        }
    }
}

impl Stop {
    /// An end with this status.
    pub(super) fn new(status: Status, message: impl fmt::Display) -> Self {
        Self { status, message: message.to_string(), by_parser: false }
    }

    /// An end for a reason without a status of its own.
    pub(super) fn other(message: impl fmt::Display) -> Self {
        Self::new(Status::Other, message)
    }

    /// A command line that is well formed and asks for nothing that can be done.
    pub(super) fn usage(message: impl fmt::Display) -> Self {
        Self::new(Status::Usage, message)
    }
}

/// A malformed command line.
impl From<OptionError> for Stop {
    fn from(error: OptionError) -> Self {
        Self { status: Status::Usage, message: error.to_string(), by_parser: true }
    }
}

/// A file or stream that cannot be read or written.
impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::other(failure.text())
    }
}

/// The last lines on standard error.
impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, message, by_parser } = self;
        if *by_parser {
            return writeln!(f, "ERROR: {message}");
        }
        writeln!(f, "\nERROR: {message}, with exit code {}", status.code())
    }
}
