//! Tells a restrictions file by what it says.

use crosstrust_settings::Form;
use crosstrust_settings::Format;

use crate::loaded::Loaded;

/// Whether a file is one of trust restrictions, whatever its name: it has the key `trust.subject_name`,
/// or it cannot be read and speaks of it. A file of the usual name is one in any case.
pub fn is_restrictions_file(path: &str, bytes: &[u8]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.strip_prefix("trust_restrictions.").is_some_and(|end| !end.contains('.')) {
        return true;
    }
    if Format::of(name).is_err() {
        return false;
    }
    match Loaded::parse(name, bytes) {
        Ok(loaded) => loaded.form != Form::Absent,
        Err(_) => String::from_utf8_lossy(bytes).lines().any(speaks_of_names),
    }
}

/// A line that begins with the key, as far as that can be seen in a file that is not well-formed.
fn speaks_of_names(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '{', '"', '\'', '\u{feff}']);
    line.starts_with("trust.subject_name") || line.starts_with("subject_name")
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
        check("a/elasticsearch.yml", "cluster.name: subject_name\n", false);
        check("a/instances.yml", "instances:\n- name: a\n", false);
        check("a/broken.yml", "a: [\n", false);
        check("a/ca.pem", "trust.subject_name: a\n", false);
    }
}
