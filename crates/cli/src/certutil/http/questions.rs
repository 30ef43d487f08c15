//! The questions that the http dialogue asks of a CA and of a node alike.

use crosstrust_keystore::KeyType;
use crosstrust_x509::{KeyUsageBit, Name};

use crate::certutil::key::{rsa, warn_if_small};
use crate::certutil::stop::Stop;
use crate::certutil::terminal::Terminal;

/// Asks for a distinguished name until one is typed.
pub(super) fn ask_name(
    prompt: &str,
    current: &str,
    terminal: &mut Terminal<'_>,
) -> Result<Name, Stop> {
    loop {
        let answer = terminal.ask_or(&format!("{prompt} [{current}] "), current)?;
        match Name::parse(&answer) {
            Ok(name) => return Ok(name),
            Err(error) => {
                terminal.complain(&format!("Error: [{answer}] is not a valid DN: {error}"));
            }
        }
    }
}

/// Asks for the size of RSA keys until one is typed that can be made.
pub(super) fn ask_key_size(current: KeyType, terminal: &mut Terminal<'_>) -> Result<KeyType, Stop> {
    let shown = bits(current);
    loop {
        let answer = terminal.ask_or(&format!("Key Size [{shown}] "), &shown)?;
        match answer.trim().parse().map(rsa) {
            Ok(Ok(key_type)) => {
                warn_if_small(key_type, terminal);
                return Ok(key_type);
            }
            Ok(Err(stop)) => terminal.complain(&format!("Error: {}", stop.message)),
            Err(_) => terminal.complain(&format!("Error: [{answer}] is not a key size")),
        }
    }
}

/// Asks for key usages until only known ones are typed.
pub(super) fn ask_key_usage(
    current: &[KeyUsageBit],
    terminal: &mut Terminal<'_>,
) -> Result<Vec<KeyUsageBit>, Stop> {
    let shown = names(current);
    loop {
        let answer = terminal.ask_or(&format!("Key Usage [{shown}] "), &shown)?;
        match crate::certutil::ca::key_usage(&[&answer]) {
            Ok(bits) => return Ok(bits),
            Err(stop) => terminal.complain(&format!("Error: {}", stop.message)),
        }
    }
}

/// The size of RSA keys, as text.
pub(super) fn bits(key_type: KeyType) -> String {
    key_type.rsa_bits().map(|bits| bits.to_string()).unwrap_or_default()
}

/// Names of key usages, as the dialogue shows and takes them.
pub(super) fn names(usage: &[KeyUsageBit]) -> String {
    usage.iter().map(|bit| bit.name()).collect::<Vec<_>>().join(",")
}

/// The question after a summary.
pub(super) const CHANGE: &str = "Do you wish to change any of these options?";
