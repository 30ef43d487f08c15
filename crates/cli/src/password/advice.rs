//! What a person can do about a password that is wrong or missing.

use super::Source;
use crate::failure::{Failure, Message};

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
    let message = match tried {
        Tried::Empty => {
            let what = "wrong password: it is encrypted, and not with the empty one";
            Message::new(what).at(path).hint(source.missing())
        }
        Tried::Given(odd) => message.hint(source.advice(odd)),
        Tried::Typed => message.hint(TYPED),
    };
    source.kept().into_iter().fold(message, Message::hint).into()
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

/// What editors leave in a file beside a password, and what becomes of it.
pub(super) fn oddity(text: &str) -> Option<&'static str> {
    if text.starts_with('\u{feff}') {
        return Some("the file begins with a byte order mark, which is taken as a part of it");
    }
    let line = without_line_end(text);
    if line.contains('\n') {
        return Some("the file has more than one line, and all are taken as one password");
    }
    if line.starts_with(char::is_whitespace) {
        return Some("the file has a blank at its beginning, which is taken as a part of it");
    }
    if line.ends_with(char::is_whitespace) {
        return Some("the file has a blank at its end, which is taken as a part of it");
    }
    text.ends_with("\r\n").then_some("the file ends with CRLF, of which neither is taken")
}

/// Text without its last line end, of which editors add one.
pub(super) fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

const TYPED: &str = "what was typed does not open it";

#[cfg(test)]
mod tests {
    use crosstrust_keystore::Error;

    use super::super::InputPassword;
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
