//! Opens what is locked, with passwords that are given or typed.

use crosstrust_keystore::Password;

use super::Source;
use super::advice::{Tried, asks_for_password, oddity, unreadable, without_line_end};
use crate::context::{Context, PasswordFile};
use crate::failure::{Failure, Message};
use crate::input::{self, Input};
use crate::secret;

impl Context {
    /// The password that an option gives; nothing if none does.
    pub(crate) fn given(&mut self, source: &Source<'_>) -> Result<Option<Password>, Failure> {
        if let Some(value) = source.value {
            return Ok(Some(Password::new(value)));
        }
        if let Some(path) = source.file {
            return Ok(Some(self.password_of_file(path)?.password));
        }
        source.environment.map(from_environment).transpose()
    }

    /// The same for what is written: what is odd about it is told, since it will be a part of the password.
    pub(crate) fn given_for_output(
        &mut self,
        source: &Source<'_>,
    ) -> Result<Option<Password>, Failure> {
        if let (None, Some(path)) = (source.value, source.file)
            && let Some(odd) = self.password_of_file(path)?.oddity
        {
            self.warn(&format!("{path}: {odd}"));
        }
        self.given(source)
    }

    /// The password in a file, which is read once: it may be standard input.
    fn password_of_file(&mut self, path: &str) -> Result<PasswordFile, Failure> {
        if let Some(known) = self.passwords().files.iter().find(|known| known.path == path) {
            return Ok(known.clone());
        }
        let Input { bytes, .. } = self.read(path)?;
        let text = str::from_utf8(&bytes)
            .map_err(|_| Message::new("a password is UTF-8 text").at(path))?;
        let password = Password::new(without_line_end(text));
        let read = PasswordFile { path: path.to_owned(), password, oddity: oddity(text) };
        self.passwords().files.push(read.clone());
        Ok(read)
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
            let PasswordFile { password, oddity, .. } = self.password_of_file(file)?;
            return open(&[password]).map_err(|error| failed(error, Tried::Given(oddity)));
        }
        if let Some(password) = self.given(source)? {
            return open(&[password]).map_err(|error| failed(error, Tried::Given(None)));
        }
        match open(&[Password::empty()]) {
            Err(error) if asks_for_password(&error) && self.can_ask() => {
                let opened = self.with_typed(path, source.own, open)?;
                opened.map_err(|error| failed(error, Tried::Typed))
            }
            other => other.map_err(|error| failed(error, Tried::Empty)),
        }
    }

    /// Opens something with what was typed for the same option before, else with what is typed now: a
    /// person may mistype twice.
    fn with_typed<T>(
        &mut self,
        path: &str,
        option: &'static str,
        open: impl Fn(&[Password]) -> Result<T, crosstrust_keystore::Error>,
    ) -> Result<Result<T, crosstrust_keystore::Error>, Failure> {
        for (_, known) in self.passwords().typed.iter().filter(|(one, _)| *one == option) {
            if let Ok(opened) = open(std::slice::from_ref(known)) {
                return Ok(Ok(opened));
            }
        }
        for attempt in 1.. {
            let password = ask(&format!("Password of {path}: "))?;
            match open(std::slice::from_ref(&password)) {
                Err(error) if asks_for_password(&error) && attempt < ATTEMPTS => {
                    self.note(&format!("{path}: wrong password, try again"));
                }
                Err(error) => return Ok(Err(error)),
                Ok(opened) => {
                    self.passwords().typed.push((option, password));
                    return Ok(Ok(opened));
                }
            }
        }
        Ok(Err(crosstrust_keystore::Error::WrongPassword))
    }

    /// The PIN of a token, for which a person is asked once, if there is one: tokens count wrong ones.
    #[cfg(feature = "pkcs11")]
    pub(crate) fn ask_pin(&self, token: &str) -> Result<Option<Password>, Failure> {
        let ask = || ask(&format!("PIN of the token `{token}` (tried once): "));
        self.can_ask().then(ask).transpose()
    }

    /// The password for something that is written: given, or typed twice, or the empty one.
    pub(crate) fn new_password(
        &mut self,
        what: &str,
        source: &Source<'_>,
    ) -> Result<Password, Failure> {
        if let Some(password) = self.given_for_output(source)? {
            return Ok(password);
        }
        let option = source.option;
        if let Some((_, typed)) = self.passwords().typed.iter().find(|(one, _)| *one == option) {
            return Ok(typed.clone());
        }
        if !self.can_ask() {
            self.note(&format!("{what} gets the empty password; {option} sets one"));
            return Ok(Password::empty());
        }
        for attempt in 1.. {
            let first = ask(&format!("Password for {what} (empty for none): "))?;
            if first.is_empty() || first.is_same_as(&ask("Repeat it to confirm: ")?) {
                return Ok(first);
            }
            if attempt == ATTEMPTS {
                break;
            }
            self.note("the two passwords differ, try again");
        }
        Err(Message::new("the two passwords differ").into())
    }
}

/// Asks a person for a password, without showing what is typed.
fn ask(prompt: &str) -> Result<Password, Failure> {
    let typed = secret::ask(prompt);
    typed.map(Password::new).map_err(|error| Failure::io("terminal", &error))
}

fn from_environment(variable: &str) -> Result<Password, Failure> {
    match input::environment(variable).map(std::ffi::OsString::into_string) {
        Some(Ok(value)) => Ok(Password::new(value)),
        Some(Err(_)) => Err(Message::new("a password is UTF-8 text").at(variable).into()),
        None => Err(Message::new("no such environment variable").at(variable).into()),
    }
}

/// How often a person is asked for one password.
const ATTEMPTS: u32 = 3;
