//! Sessions with a token, as many as threads sign at a time, and no more than it has room for.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::session::Session;
use cryptoki::slot::{Limit, Slot, TokenInfo};

use super::words::Trouble;

/// The sessions. The one that logged in stays open, since the login ends with the last of them.
pub(super) struct Pool {
    module: Pkcs11,
    slot: Slot,
    state: Mutex<State>,
    is_back: Condvar,
    _logged_in: Mutex<Session>,
}

struct State {
    idle: Vec<Session>,
    open: usize,
    most: usize,
}

impl Pool {
    /// A pool beside a session that logged in.
    pub(super) fn new(module: Pkcs11, slot: Slot, info: &TokenInfo, logged_in: Session) -> Self {
        let room = match info.max_session_count() {
            Limit::Max(sessions) => usize::try_from(sessions).unwrap_or(usize::MAX),
            Limit::Unavailable | Limit::Infinite => usize::MAX,
        };
        // One of them has logged in.
        let most = MOST.min(rayon::current_num_threads()).min(room.saturating_sub(1)).max(1);
        let state = Mutex::new(State { idle: Vec::new(), open: 0, most });
        Self { module, slot, state, is_back: Condvar::new(), _logged_in: Mutex::new(logged_in) }
    }

    /// Does something in a session of its own. One that fails is closed: what it was about may go on in it.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Session) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let session = self.take()?;
        let done = work(&session);
        let mut state = self.state();
        if done.is_ok() {
            state.idle.push(session);
        } else {
            state.open = state.open.saturating_sub(1);
        }
        drop(state);
        self.is_back.notify_one();
        done
    }

    /// A session that nobody else uses; waits for one where there may be no more.
    fn take(&self) -> Result<Session, Trouble> {
        let mut state = self.state();
        loop {
            if let Some(session) = state.idle.pop() {
                return Ok(session);
            }
            if state.open < state.most {
                match self.module.open_ro_session(self.slot) {
                    Ok(session) => {
                        state.open = state.open.saturating_add(1);
                        return Ok(session);
                    }
                    Err(Error::Pkcs11(RvError::SessionCount, _)) if state.open > 0 => {
                        state.most = state.open;
                    }
                    Err(error) => return Err(error.into()),
                }
            } else {
                state = self.is_back.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// More than this many at a time make no token faster.
const MOST: usize = 16;
