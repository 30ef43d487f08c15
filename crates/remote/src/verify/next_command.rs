//! The command that tells more about a remote cluster that is not connected.

use super::Remote;
use crate::connection::Model;

/// `crosstrust preflight endpoint …` for its first address. Nothing where the cluster names none that a shell would
/// take for one word: what is printed may be typed.
pub(super) fn next_command(remote: &Remote<'_>, authorities: &[String]) -> Option<String> {
    let address = remote.addresses().into_iter().find(|address| is_plain(address))?;
    let mut command = format!("crosstrust preflight endpoint {address}");
    if remote.model() == Model::ApiKey {
        command.push_str(" --model api-key");
    }
    if let Some(name) = remote.text("server_name").filter(|name| is_plain(name)) {
        command.push_str(&format!(" --server-name {name}"));
    }
    if !authorities.is_empty() && authorities.iter().all(|path| is_plain(path)) {
        command.push_str(&format!(" --trust {}", authorities.join(" ")));
    }
    Some(command)
}

fn is_plain(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-:[]/".contains(c);
    !word.is_empty() && !word.starts_with('-') && word.chars().all(plain)
}
