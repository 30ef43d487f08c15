//! Signatures that have been checked already.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crosstrust_x509::SignatureCheck;

use crate::chain::Link;

/// Remembers the outcome for each pair of certificate and issuer, so that the intermediates and the
/// leaf of a node are verified once, however many lists judge them. Can be shared between threads.
#[derive(Debug, Default)]
pub struct SignatureCache {
    outcomes: Mutex<BTreeMap<(String, String), SignatureCheck>>,
}

impl SignatureCache {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn check(&self, child: Link<'_>, issuer: Link<'_>) -> SignatureCheck {
        let pair = (child.identity.fingerprint.clone(), issuer.identity.fingerprint.clone());
        if let Some(outcome) =
            self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).get(&pair)
        {
            return *outcome;
        }
        // Not under the lock: two threads may do the same work, but none waits for another's.
        let outcome = child.certificate.check_signature(issuer.certificate);
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).insert(pair, outcome);
        outcome
    }
}
