//! The time by which both sides judge: Java's trust managers take that of the machine.

use std::time::{SystemTime, UNIX_EPOCH};

use crosstrust_x509::Timestamp;

pub(crate) fn now() -> Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    Timestamp::from_unix(seconds.try_into().unwrap())
}
