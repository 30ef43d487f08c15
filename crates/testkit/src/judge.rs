//! The small Java programs of `tests/judges`, which let the JDK decide.

use crate::fixture::root;
use crate::tool::tool;

/// Runs `tests/judges/NAME.java` once with these arguments, from the root of the repository, and
/// gives the lines that it prints, each split at its tabs. Nothing if Java is not installed.
///
/// Java starts slowly: give all questions of a test to one call. The arguments go in by standard
/// input, so there may be any number of them.
#[track_caller]
pub fn java_judge(
    name: &str,
    arguments: impl IntoIterator<Item = impl AsRef<str>>,
) -> Option<Vec<Vec<String>>> {
    let java = tool("java")?;
    let mut input = String::new();
    for argument in arguments {
        let argument = argument.as_ref();
        assert!(!argument.contains('\n'), "an argument of {name} has a line end: {argument:?}");
        input.push_str(argument);
        input.push('\n');
    }
    let source = format!("tests/judges/{name}.java");
    let ended = java.with([source.as_str(), "-"]).stdin(input).folder(root()).run().succeeds();
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect();
    Some(ended.text().lines().map(columns).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn java_reads_the_names_of_a_fixture() {
        let file = "fixtures/san/dns-only.crt";
        let Some(lines) = java_judge("San", [file]) else { return };
        assert!(lines.iter().all(|line| line[0] == file && line[1] == "2"), "{lines:?}");
        assert!(!lines.is_empty());
    }
}
