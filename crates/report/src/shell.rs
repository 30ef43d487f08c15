//! Words of a shell, for the commands that remedies name.

/// A word of the shell that stands for exactly this text, in quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The same, in quotes only where it needs them.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+=-".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn quotes_are_written_where_a_shell_needs_them() {
        assert_eq!(word("../elastic-stack-ca.p12"), "../elastic-stack-ca.p12");
        assert_eq!(word("my ca.p12"), "'my ca.p12'");
        assert_eq!(word("it's"), r"'it'\''s'");
        assert_eq!(word("$(id)"), "'$(id)'");
        assert_eq!(word(""), "''");
    }
}
