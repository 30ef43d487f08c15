//! Tells a restrictions file by what it says.

use crosstrust_settings::Form;
use crosstrust_settings::Format;

use crate::loaded::Loaded;

/// Whether a file is one of trust restrictions, whatever its name: it has the key `trust.subject_name`,
/// or it cannot be read and speaks of it, be it in UTF-16. A file of the usual name is one in any case. In
/// the extension of the name, capital letters make no difference, though Elasticsearch then refuses it.
pub fn is_restrictions_file(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = &match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{}", extension.to_ascii_lowercase()),
        None => name.to_owned(),
    };
    if name.strip_prefix("trust_restrictions.").is_some_and(|end| !end.contains('.')) {
        return true;
    }
    if Format::of(name).is_err() {
        return false;
    }
    match Loaded::parse(name, bytes) {
        Ok(loaded) => loaded.form != Form::Absent,
        Err(_) => speaks_of_names(bytes),
    }
}

/// Whether a file that is not well-formed has the key somewhere, comments aside.
fn speaks_of_names(bytes: &[u8]) -> bool {
    // Of UTF-16, every other byte of such words is zero.
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.any(|line| line.contains("subject_name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_key() {
        #[track_caller]
        fn check(path: &str, text: &str, expected: bool) {
            assert_eq!(is_restrictions_file(path, text.as_bytes()), expected, "{path}: {text}");
        }

        check("a/trust.yml", "trust.subject_name: ['*.x']\n", true);
        check("a/trust.yml", "trust:\n  subject_name: '*.x'\n", true);
        check("a/t.json", r#"{"trust": {"subject_name": ["a"]}}"#, true);
        check("a/trust.yml", "trust.subject_name.0: a\n", true);
        check("a/trust.yml", "trust.subject_name: *.x\n", true);
        check("a/trust.yml", "trust:\n  subject_name:\n  - *.x\n", true);
        check("a/trust_restrictions.yml", "trust: {}\n", true);
        check("a/trust.yml", "trust: {subject_name: [x}\n", true);
        check("a/trust.yml", "trust: { 'subject_name': ['nobody*' }\n", true);
        check("a/trust.yml", "- trust.subject_name: x\n", true);
        check("a/trust.yml", "%YAML 1.3\n---\n- subject_name: x\n", true);
        check("a/t.json", r#"{"trust": {"subject_name": ["x"]}} trailing"#, true);
        check("a/t.json", r#"{"trust": {"subject_name": ["x"],}}"#, true);
        check("a/t.yml", "t\0r\0u\0s\0t\0.\0s\0u\0b\0j\0e\0c\0t\0_\0n\0a\0m\0e\0:\0 \0x\0", true);
        check("a/trust.YML", "trust.subject_name: ['*.x']\n", true);
        check("a/b.yml", "a: [\n# subject_name\n", false);
        check("a/elasticsearch.yml", "cluster.name: subject_name\n", false);
        check("a/instances.yml", "instances:\n- name: a\n", false);
        check("a/broken.yml", "a: [\n", false);
        check("a/ca.pem", "trust.subject_name: a\n", false);
    }
}
