//! Passwords: given as value, file or environment variable, asked for, or empty.

use std::fmt;

use clap::Args;
use crosstrust_inventory::PasswordSource;
use crosstrust_keystore::Password;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::{self, Input};
use crate::secret;

/// Where a password comes from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    option: &'static str,
    /// The option that is meant for it, where that of something else was taken.
    own: &'static str,
    value: Option<&'a str>,
    file: Option<&'a str>,
    environment: Option<&'a str>,
}

/// Declares `--X VALUE`, `--X-file FILE` and `--X-env VAR`.
macro_rules! password_options {
    ($name:ident, $option:literal, $what:literal, $alias:literal) => {
        #[doc = concat!("The options of the password of ", $what, ".")]
        #[derive(Args, Clone, Default)]
        pub(crate) struct $name {
            #[arg(help = concat!("Password of ", $what))]
            #[arg(id = $option, long = $option, value_name = "PASSWORD", help_heading = "Passwords")]
            #[arg(alias = $alias)]
            value: Option<String>,
            #[arg(help = concat!("File that holds the password of ", $what))]
            #[arg(id = concat!($option, "-file"), long = concat!($option, "-file"))]
            #[arg(value_name = "FILE", help_heading = "Passwords", conflicts_with = $option)]
            #[arg(alias = concat!($alias, "-file"))]
            file: Option<String>,
            #[arg(help = concat!("Environment variable that holds the password of ", $what))]
            #[arg(id = concat!($option, "-env"), long = concat!($option, "-env"))]
            #[arg(value_name = "VAR", help_heading = "Passwords", alias = concat!($alias, "-env"))]
            #[arg(conflicts_with_all = [$option, concat!($option, "-file")])]
            environment: Option<String>,
        }

        /// Only which option it is.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!("--", $option))
            }
        }

        impl $name {
            /// Where the password comes from.
            pub(crate) fn source(&self) -> Source<'_> {
                Source {
                    option: concat!("--", $option),
                    own: concat!("--", $option),
                    value: self.value.as_deref(),
                    file: self.file.as_deref(),
                    environment: self.environment.as_deref(),
                }
            }
        }
    };
}

password_options!(InputPassword, "pass", "the input", "in-pass");
password_options!(OutputPassword, "pass", "the output", "out-pass");
password_options!(SourcePassword, "in-pass", "the source", "source-pass");
password_options!(TrustPassword, "trust-pass", "key stores of CAs", "truststore-pass");
password_options!(AuthorityPassword, "ca-pass", "the CA's key", "ca-password");

impl<'a> Source<'a> {
    /// A password of which the inventory says where it is.
    pub(crate) fn of_inventory(source: &'a PasswordSource) -> Self {
        let (file, environment) = match source {
            PasswordSource::File(path) => (Some(path.as_str()), None),
            PasswordSource::Environment(variable) => (None, Some(variable.as_str())),
        };
        Self { option: INVENTORY, own: INVENTORY, value: None, file, environment }
    }

    /// This one if it is given, else another.
    pub(crate) fn or(self, other: Source<'a>) -> Source<'a> {
        if self.is_given() || !other.is_given() { self } else { Source { own: self.own, ..other } }
    }

    /// This one if it is given, else the one that the inventory names, if it names one.
    pub(crate) fn or_inventory(self, named: Option<&'a PasswordSource>) -> Self {
        named.map_or(self, |named| self.or(Self::of_inventory(named)))
    }

    /// Whether one of the three options is given.
    pub(crate) fn is_given(&self) -> bool {
        self.value.is_some() || self.file.is_some() || self.environment.is_some()
    }

    /// The option that gave it, as it was written.
    fn used(&self) -> String {
        let Self { option, file, environment, .. } = self;
        match (file, environment) {
            (Some(file), _) if *option == INVENTORY => (*file).to_owned(),
            (None, Some(variable)) if *option == INVENTORY => (*variable).to_owned(),
            (Some(file), _) => format!("{option}-file {file}"),
            (None, Some(variable)) => format!("{option}-env {variable}"),
            (None, None) => (*option).to_owned(),
        }
    }

    /// What to do about a password that was given and is wrong.
    fn advice(&self, odd: Option<&str>) -> String {
        let odd = odd.map(|odd| format!(": {odd}")).unwrap_or_default();
        let own = if self.own == self.option {
            String::new()
        } else {
            format!(", or give another with {}", self.own)
        };
        format!("check what {} gives{odd}{own}", self.used())
    }

    /// The names of the three options.
    fn names(&self) -> String {
        let option = self.own;
        format!("{option}, {option}-file or {option}-env")
    }
}

impl Context {
    /// The password that an option gives; nothing if none does.
    pub(crate) fn given(&mut self, source: &Source<'_>) -> Result<Option<Password>, Failure> {
        if let Some(value) = source.value {
            return Ok(Some(Password::new(value)));
        }
        if let Some(path) = source.file {
            return Ok(Some(self.password_of_file(path)?.0));
        }
        source.environment.map(from_environment).transpose()
    }

    /// The password in a file, and what is odd about it.
    fn password_of_file(
        &mut self,
        path: &str,
    ) -> Result<(Password, Option<&'static str>), Failure> {
        let Input { bytes, .. } = self.read(path)?;
        let text = str::from_utf8(&bytes)
            .map_err(|_| Message::new("a password is UTF-8 text").at(path))?;
        let text = without_line_end(text);
        Ok((Password::new(text), oddity(text)))
    }

    /// Opens something with the password that is given; else with the empty one, and if that is
    /// wrong, with one that a person types.
    pub(crate) fn with_password<T>(
        &mut self,
        path: &str,
        source: &Source<'_>,
        open: impl Fn(&[Password]) -> Result<T, crosstrust_keystore::Error>,
    ) -> Result<T, Failure> {
        let failed = |error, tried| unreadable(path, &error, source, tried);
        if let (None, Some(file)) = (source.value, source.file) {
            let (password, odd) = self.password_of_file(file)?;
            return open(&[password]).map_err(|error| failed(error, Tried::Given(odd)));
        }
        if let Some(password) = self.given(source)? {
            return open(&[password]).map_err(|error| failed(error, Tried::Given(None)));
        }
        match open(&[Password::empty()]) {
            Err(error) if asks_for_password(&error) && self.can_ask() => {
                let password = ask(&format!("Password of {path}: "))?;
                open(&[password]).map_err(|error| failed(error, Tried::Typed))
            }
            other => other.map_err(|error| failed(error, Tried::Empty)),
        }
    }

    /// The password for something that is written: given, or typed twice, or the empty one.
    pub(crate) fn new_password(
        &mut self,
        what: &str,
        source: &Source<'_>,
    ) -> Result<Password, Failure> {
        if let Some(password) = self.given(source)? {
            return Ok(password);
        }
        if !self.can_ask() {
            let option = source.option;
            self.note(&format!("{what} gets the empty password; {option} sets one"));
            return Ok(Password::empty());
        }
        let first = ask(&format!("Password for {what} (empty for none): "))?;
        if first.is_empty() {
            return Ok(first);
        }
        let second = ask("Repeat it to confirm: ")?;
        if !first.is_same_as(&second) {
            return Err(Message::new("the two passwords differ").into());
        }
        Ok(first)
    }
}

/// Asks a person for a password, without showing what is typed.
fn ask(prompt: &str) -> Result<Password, Failure> {
    let typed = secret::ask(prompt);
    typed.map(Password::new).map_err(|error| Failure::io("terminal", &error))
}

/// The password that was tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Tried {
    /// The empty one, because there was no other.
    Empty,
    /// That of an option, and what is odd about it.
    Given(Option<&'static str>),
    /// One that a person typed.
    Typed,
}

/// What a person can do about a file that does not open.
pub(crate) fn unreadable(
    path: &str,
    error: &crosstrust_keystore::Error,
    source: &Source<'_>,
    tried: Tried,
) -> Failure {
    let message = Message::new(crate::failure::chain(error)).at(path);
    if !asks_for_password(error) {
        return message.into();
    }
    match tried {
        Tried::Empty => {
            let what = "wrong password: it is encrypted, and not with the empty one";
            let message = Message::new(what).at(path);
            message.hint(format!("give the password with {}", source.names())).into()
        }
        Tried::Given(odd) => message.hint(source.advice(odd)).into(),
        Tried::Typed => message.hint(TYPED).into(),
    }
}

/// Whether another password might open it.
pub(crate) fn asks_for_password(error: &crosstrust_keystore::Error) -> bool {
    use crosstrust_keystore::Error;
    match error {
        Error::WrongPassword | Error::PasswordRequired { .. } => true,
        Error::Block { source, .. } => asks_for_password(source),
        _ => false,
    }
}

/// Java 17 reads no key store whose password has other characters.
pub(crate) fn refuse_non_ascii(password: &Password) -> Result<(), Failure> {
    if password.is_ascii() {
        return Ok(());
    }
    let message = Message::new("PKCS#12 passwords must be plain ASCII: Java 17 reads no others");
    Err(message.hint("choose another password, or write PEM files with --pem").into())
}

fn from_environment(variable: &str) -> Result<Password, Failure> {
    match input::environment(variable).map(std::ffi::OsString::into_string) {
        Some(Ok(value)) => Ok(Password::new(value)),
        Some(Err(_)) => Err(Message::new("a password is UTF-8 text").at(variable).into()),
        None => Err(Message::new("no such environment variable").at(variable).into()),
    }
}

/// What editors leave in a file beside a password, which is part of it all the same.
fn oddity(text: &str) -> Option<&'static str> {
    if text.starts_with('\u{feff}') {
        return Some("the file begins with a byte order mark");
    }
    if text.contains('\n') {
        return Some("the file has more than one line");
    }
    text.ends_with(char::is_whitespace).then_some("the file has a blank at its end")
}

/// Text without its last line end, of which editors add one.
fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// Where a password is said to be, other than by an option.
const INVENTORY: &str = "`passwords` of the inventory";

const TYPED: &str = "what was typed does not open it; try again";

#[cfg(test)]
mod tests {
    use crosstrust_keystore::Error;

    use super::*;

    #[test]
    fn what_is_told_of_a_wrong_password_depends_on_where_it_came_from() {
        let told = |tried| {
            let source = InputPassword::default();
            unreadable("a.p12", &Error::WrongPassword, &source.source(), tried).to_string()
        };
        assert!(told(Tried::Empty).contains("not with the empty one"), "{}", told(Tried::Empty));
        assert!(told(Tried::Empty).contains("--pass-file"), "{}", told(Tried::Empty));
        let given = told(Tried::Given(None));
        assert!(given.contains("check what --pass gives"), "{given}");
        let typed = told(Tried::Typed);
        assert!(typed.starts_with("crosstrust: error: a.p12: wrong password\n"), "{typed}");
        assert!(typed.contains("typed") && !typed.contains("--pass"), "{typed}");
    }
}
