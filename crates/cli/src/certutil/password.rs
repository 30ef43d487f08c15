//! The passwords of what is written: where they come from, and what they may be.

use crosstrust_keystore::Password;

use super::options::{OptionError, Options};
use super::stop::{Status, Stop};
use super::terminal::{Terminal, Typed};

/// What `--pass` or `--ca-pass` says.
#[derive(Clone)]
pub(super) enum PasswordOption {
    /// It is not there.
    Absent,
    /// It is there without a value, which asks to be asked.
    Bare,
    /// It has a value, which may be empty.
    Given(Typed),
}

impl PasswordOption {
    /// Reads the option.
    pub(super) fn read(options: &Options, name: &str) -> Result<Self, OptionError> {
        Ok(match options.one(name)? {
            Some(text) => Self::Given(Typed::new(text.to_owned())),
            None if options.has(name) => Self::Bare,
            None => Self::Absent,
        })
    }

    /// The password of a key store: the given one, else one that is asked for.
    pub(super) fn for_store(
        &self,
        what: &str,
        terminal: &mut Terminal<'_>,
    ) -> Result<Password, Stop> {
        let password = match self {
            Self::Given(typed) => typed.password.clone(),
            Self::Absent | Self::Bare => ask(what, terminal)?,
        };
        ascii(password)
    }

    /// The password of a PEM key: the given one, or one that is asked for if the option stands
    /// there bare; none, or the empty one, leaves the key as it is.
    pub(super) fn for_key(
        &self,
        what: &str,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<Password>, Stop> {
        match self {
            Self::Absent => Ok(None),
            Self::Given(typed) => Ok(Some(typed.password.clone())),
            Self::Bare => ask(what, terminal).map(Some),
        }
    }

    /// Warns once if the given password is long.
    pub(super) fn warn_if_long(&self, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        match self {
            Self::Given(typed) if typed.length > LONG => terminal.say_always(WARNING),
            _ => Ok(()),
        }
    }
}

/// Refuses a password that Java cannot use for PKCS#12.
pub(super) fn ascii(password: Password) -> Result<Password, Stop> {
    if password.is_ascii() {
        return Ok(password);
    }
    Err(Stop::new(Status::Config, "PKCS#12 passwords must be plain ASCII"))
}

/// Asks for a new password, again if it is long and is not to be kept.
fn ask(what: &str, terminal: &mut Terminal<'_>) -> Result<Password, Stop> {
    loop {
        let typed = terminal.ask_secret(&format!("Enter password for {what} : "))?;
        if keep(&typed, terminal)? {
            return Ok(typed.password);
        }
    }
}

/// Whether a typed password is to be kept; somebody is asked if it is long.
pub(super) fn keep(typed: &Typed, terminal: &mut Terminal<'_>) -> Result<bool, Stop> {
    if typed.length <= LONG {
        return Ok(true);
    }
    terminal.say_always(WARNING)?;
    terminal.ask_yes_no("Do you want to continue?", true)
}

/// UTF-16 units.
const LONG: usize = 50;
const WARNING: &str = "Warning: this password is longer than 50 characters. Versions of OpenSSL \
                       before 1.1.0 cannot use it, so programs that are built with one of them \
                       will not be able to open the file.";
