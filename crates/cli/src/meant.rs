//! Which command is meant by a word that is none of them: a command of a group, or another word for one.

use clap::Command;

/// The commands that may be meant, each with what it does; none where nothing is known.
pub(crate) fn commands_for(word: &str, root: &Command) -> Vec<String> {
    let word = word.to_lowercase();
    let mut lines: Vec<String> = Vec::new();
    let others = OTHER_WORDS.iter().filter(|(words, _)| words.contains(&word.as_str()));
    let known = others.flat_map(|(_, lines)| *lines).map(|line| (*line).to_owned());
    for line in known.chain(in_groups(&word, root)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.iter().filter_map(|line| described(line, root)).collect()
}

/// Commands of this name in groups of commands.
fn in_groups(word: &str, root: &Command) -> Vec<String> {
    let groups = root.get_subcommands();
    let found = groups.flat_map(|group| {
        let inner = group.get_subcommands().filter(|inner| inner.get_name() == word);
        inner.map(|inner| format!("{} {}", group.get_name(), inner.get_name()))
    });
    found.collect()
}

/// A line of commands and options with what its command does.
fn described(line: &str, root: &Command) -> Option<String> {
    let mut command = root;
    for word in line.split(' ').take_while(|word| !word.starts_with('-')) {
        command = command.find_subcommand(word)?;
    }
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut letters = about.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    Some(format!("`crosstrust {line}`: {first}{}", letters.as_str()))
}

/// Words that others use, and our commands for them, the likeliest first.
const OTHER_WORDS: &[(&[&str], &[&str])] = &[
    (&["check", "verify", "validate", "test", "doctor", "diagnose"], &["preflight node"]),
    (&["verify", "status"], &["remote verify"]),
    (&["verify", "validate"], &["restrictions check"]),
    (&["connect", "setup", "set-up"], &["remote init"]),
    (
        &["info", "show", "view", "print", "list", "dump", "read", "fingerprint", "x509"],
        &["inspect"],
    ),
    (
        &["expiry", "expire", "expires", "expired", "expiration", "expiring", "dates"],
        &["inspect --expires-within 30"],
    ),
    (&["renew", "renewal", "rename", "re-issue"], &["reissue"]),
    (&["issue", "create", "new", "make", "gen", "generate", "certificate"], &["cert", "ca"]),
    (&["req", "request"], &["csr", "sign"]),
    (&["extract", "trust"], &["extract-ca"]),
    (&["export", "import", "p12", "pkcs12", "pem", "pkcs8", "keytool"], &["convert"]),
    (&["rotation", "rollover", "roll-over"], &["rotate plan"]),
    (&["s_client", "probe", "ping", "scan"], &["preflight endpoint"]),
    (&["page", "overview", "html", "metrics"], &["report"]),
    (&["elasticsearch-certutil", "instances"], &["certutil"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_command_and_no_word_is_one() {
        let root = crate::command();
        for (words, lines) in OTHER_WORDS {
            assert!(lines.iter().all(|line| described(line, &root).is_some()), "{lines:?}");
            assert!(words.iter().all(|word| root.find_subcommand(word).is_none()), "{words:?}");
        }
    }
}
