//! The one login of a run. Tokens count wrong PINs and lock themselves, so a PIN is tried once.

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::session::{Session, SessionState, UserType};
use cryptoki::slot::TokenInfo;
use cryptoki::types::AuthPin;

use super::slots::Token;
use super::words::Trouble;

/// What a token says of the tries that are left.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Tries {
    pub(super) low: bool,
    pub(super) last: bool,
    pub(super) locked: bool,
}

impl Tries {
    pub(super) fn of(info: &TokenInfo) -> Self {
        Self {
            low: info.user_pin_count_low(),
            last: info.user_pin_final_try(),
            locked: info.user_pin_locked(),
        }
    }

    /// Refuses a try that cannot succeed, or that locks the token if the PIN is wrong. Gives a warning
    /// where there is one.
    pub(super) fn before(self) -> Result<Option<&'static str>, Trouble> {
        match self {
            Self { locked: true, .. } => Err(Trouble::new(LOCKED).hint(UNLOCK)),
            Self { last: true, .. } => {
                let what = "one more wrong PIN locks the token, so none is tried";
                Err(Trouble::new(what).hint(LOG_IN))
            }
            Self { low: true, .. } => Ok(Some("a wrong PIN was given since the last login")),
            Self { .. } => Ok(None),
        }
    }

    /// What is said after a wrong PIN.
    fn after(self) -> &'static str {
        match self {
            Self { locked: true, .. } => LOCKED,
            Self { last: true, .. } => "the token allows one more try",
            Self { low: true, .. } => {
                "the token counts wrong PINs: it was tried once and not again"
            }
            Self { .. } => "it was tried once and not again",
        }
    }
}

/// Whether the token lets nobody sign before a login, and nobody has logged in.
pub(super) fn is_wanted(session: &Session, token: &Token) -> Result<bool, Trouble> {
    if !token.info.login_required() {
        return Ok(false);
    }
    let state = session.get_session_info()?.session_state();
    Ok(!matches!(state, SessionState::RoUser | SessionState::RwUser))
}

/// Logs in; without a PIN at the keys of the token itself.
pub(super) fn log_in(
    module: &Pkcs11,
    session: &Session,
    token: &Token,
    pin: Option<&AuthPin>,
) -> Result<(), Trouble> {
    let error = match session.login(UserType::User, pin) {
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => return Ok(()),
        Err(error) => error,
    };
    let now = module.get_token_info(token.slot);
    let tries = now.map_or_else(|_| Tries::default(), |info| Tries::of(&info));
    let Error::Pkcs11(value, _) = &error else { return Err(error.into()) };
    Err(match value {
        RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange => {
            let check = "check what gives the PIN before you run again";
            let hint = if tries.locked { UNLOCK } else { check };
            Trouble::new(format!("wrong PIN; {}", tries.after())).hint(hint)
        }
        RvError::PinLocked => Trouble::new(LOCKED).hint(UNLOCK),
        RvError::PinExpired => Trouble::new("the PIN of the token is expired")
            .hint("set a new one, for instance with pkcs11-tool --change-pin"),
        RvError::UserPinNotInitialized => Trouble::new("the token has no PIN yet")
            .hint("set one, for instance with pkcs11-tool --init-pin"),
        RvError::FunctionCanceled | RvError::Cancel => Trouble::new("the login was cancelled"),
        _ => error.into(),
    })
}

const LOCKED: &str = "the token is locked after too many wrong PINs";
const UNLOCK: &str = "its security officer unlocks it, for instance with pkcs11-tool --init-pin";
const LOG_IN: &str = "log in once with the right PIN, which starts the count anew, for instance with pkcs11-tool \
     --login --list-objects";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pin_is_tried_where_a_wrong_one_locks_the_token() {
        let of = |low, last, locked| Tries { low, last, locked };
        assert_eq!(of(false, false, false).before(), Ok(None));
        assert!(of(true, false, false).before().unwrap().is_some());
        for (tries, expected) in [
            (of(true, true, false), "locks the token"),
            (of(false, true, false), "locks the token"),
            (of(false, false, true), "is locked"),
            (of(true, true, true), "is locked"),
        ] {
            let refused = tries.before().unwrap_err();
            assert!(refused.what.contains(expected), "{tries:?}: {refused:?}");
            assert!(refused.hint.is_some(), "{tries:?}");
        }
    }
}
