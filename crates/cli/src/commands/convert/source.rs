//! What a conversion comes from: files, with the passwords of stores and of keys.

use crosstrust_keystore::open::{Contents, open as open_bytes, open_store};
use crosstrust_keystore::{Error, Password};

use super::options::Arguments;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input::Input;
use crate::material::keys::{locked, open_unlocked};
use crate::material::sources::{self, Opened};
use crate::password::{Source, asks_for_password};

/// Opens the sources with `--in-pass`, and keys that have a password of their own with `--in-key-pass`.
/// `--pass` is that of what is written, and opens nothing.
pub(super) fn open(arguments: &Arguments, context: &mut Context) -> Result<Vec<Opened>, Failure> {
    let output = arguments.password.source();
    let passwords = Passwords {
        source: arguments.source_password.source().beside(&output),
        keys: arguments.source_key_password.source().beside(&output),
        output,
    };
    let inputs = sources::read_all(&arguments.sources, context)?;
    inputs.into_iter().map(|input| passwords.open(input, context)).collect()
}

struct Passwords<'a> {
    source: Source<'a>,
    keys: Source<'a>,
    output: Source<'a>,
}

impl Passwords<'_> {
    fn open(&self, input: Input, context: &mut Context) -> Result<Opened, Failure> {
        let contents = self.contents(&input, context)?;
        Ok(sources::opened(input, contents, context))
    }

    fn contents(&self, input: &Input, context: &mut Context) -> Result<Contents, Failure> {
        let Input { path, bytes } = input;
        self.refuse_that_of_the_output(input, context)?;
        let source = self.source.of_file(bytes);
        let read = context.with_password(path, &source, |passwords| {
            let contents = open_bytes(bytes, passwords)?;
            // Outside of a key store there is no password but that of the key.
            match locked(&contents).filter(|_| !contents.format.is_key_store()) {
                Some(error) => Err(error),
                None => Ok((contents, passwords.first().cloned())),
            }
        });
        let (contents, password) = read?;
        if !locked(&contents).is_some_and(|error| asks_for_password(&error)) {
            return Ok(contents);
        }
        let store = password.unwrap_or_else(Password::empty);
        let label = format!("{path}: its key");
        context.with_password(&label, &self.keys.of_file(bytes), |keys| {
            let contents = open_store(bytes, &store, keys.first().unwrap_or(&store))?;
            locked(&contents).map_or(Ok(contents), Err)
        })
    }

    /// A source that opens with what `--pass` gives, and with nothing else, is told so.
    fn refuse_that_of_the_output(
        &self,
        input: &Input,
        context: &mut Context,
    ) -> Result<(), Failure> {
        let Input { path, bytes } = input;
        if self.source.is_given() {
            return Ok(());
        }
        let Some(output) = context.given(&self.output)? else { return Ok(()) };
        let opens = |password: Password| open_unlocked(bytes, &[password]);
        let asks = |error: &Error| asks_for_password(error);
        if opens(Password::empty()).is_err_and(|error| asks(&error)) && opens(output).is_ok() {
            let what = "it opens with what --pass gives, which is the password of what is written";
            return Err(Message::new(what).at(path).hint("give it with --in-pass, too").into());
        }
        Ok(())
    }
}
