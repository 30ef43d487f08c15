//! What PKCS#11 modules say, in words for people.

use cryptoki::error::{Error, RvError};

/// Why a token does not do what it is asked, and what to do about it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Trouble {
    pub(super) what: String,
    pub(super) hint: Option<String>,
}

impl Trouble {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match &error {
            Error::Pkcs11(value, function) => {
                let (words, hint) = words(value);
                let name = name(value);
                let what = match words {
                    Some(words) => format!("{words} (C_{function:?}: {name})"),
                    None => format!("the module fails (C_{function:?}: {name})"),
                };
                Self { what, hint: hint.map(str::to_owned) }
            }
            Error::NullFunctionPointer => Self::new("the module lacks a function of PKCS#11"),
            other => Self::new(format!("the module gives what PKCS#11 does not have: {other}")),
        }
    }
}

/// The value's name in the standard, such as `CKR_PIN_INCORRECT`.
fn name(value: &RvError) -> String {
    let mut name = "CKR".to_owned();
    for character in format!("{value:?}").chars() {
        if character.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_uppercase());
    }
    name
}

fn words(value: &RvError) -> (Option<&'static str>, Option<&'static str>) {
    let (words, hint) = match value {
        RvError::DeviceRemoved
        | RvError::TokenNotPresent
        | RvError::SessionHandleInvalid
        | RvError::SessionClosed => ("the token is gone", Some(GONE)),
        RvError::ObjectHandleInvalid | RvError::KeyHandleInvalid => {
            ("the key is no longer in the token", Some(GONE))
        }
        RvError::DeviceError => ("the token fails", None),
        RvError::GeneralError | RvError::FunctionFailed => {
            ("the module fails without a reason", Some(GONE))
        }
        RvError::TokenWriteProtected => ("the token is write-protected", None),
        RvError::DeviceMemory => ("the token is full", None),
        RvError::UserNotLoggedIn => ("the token wants a login for this", None),
        RvError::KeyFunctionNotPermitted => {
            ("the key may not sign", Some("its attribute CKA_SIGN is false"))
        }
        RvError::MechanismInvalid => ("the token does not have this algorithm", None),
        RvError::KeySizeRange => ("the token does not have keys of this size", None),
        RvError::PinIncorrect => ("wrong PIN", None),
        RvError::SessionCount => ("the token has no room for a further session", None),
        _ => return (None, None),
    };
    (Some(words), hint)
}

const GONE: &str = "nothing was written; see that the token is there, and run again";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_names_of_the_standard() {
        assert_eq!(name(&RvError::PinIncorrect), "CKR_PIN_INCORRECT");
        assert_eq!(name(&RvError::DeviceRemoved), "CKR_DEVICE_REMOVED");
    }
}
