//! Other people's programs, where they are installed.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::run::Run;

/// A program of somebody else that is installed here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tool {
    path: PathBuf,
}

/// A program on `PATH`. If it is not there, says on standard error that its checks are passed
/// over, and gives nothing; with `CROSSTRUST_INTEROP=required` in the environment it panics.
#[track_caller]
pub fn tool(name: &str) -> Option<Tool> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = find(name, &path);
    if found.is_none() {
        missing(&format!("`{name}` is not on PATH"));
    }
    found.map(|path| Tool { path })
}

/// A program that no distribution packages: passed over where it is missing, with a word on standard
/// error, whatever the environment says.
pub fn unpackaged_tool(name: &str) -> Option<Tool> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = find(name, &path);
    if found.is_none() {
        pass_over(&format!("`{name}` is not on PATH"), false);
    }
    found.map(|path| Tool { path })
}

/// Python with a module of somebody else; else as [`tool()`] does without a program.
#[track_caller]
pub fn python_with(module: &str) -> Option<Tool> {
    let python = tool("python3")?;
    if python.with(["-c", &format!("import {module}")]).run().status == Some(0) {
        return Some(python);
    }
    missing(&format!("`python3 with {module}` is not on PATH"));
    None
}

/// Says that a judge is missing, `what` in words, and its checks are passed over; panics if the
/// environment says that it must be there.
#[track_caller]
pub fn missing(what: &str) {
    let policy = std::env::var_os("CROSSTRUST_INTEROP");
    pass_over(what, policy.is_some_and(|policy| policy == "required"));
}

impl Tool {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A run of it with these arguments.
    pub fn with(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        Run::new(&self.path).args(arguments)
    }
}

fn find(name: &str, path: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

#[track_caller]
fn pass_over(what: &str, required: bool) {
    assert!(!required, "{what}, and CROSSTRUST_INTEROP says that it must be there");
    // Not by the macro: what that prints is kept back when the test passes.
    let _ = writeln!(io::stderr(), "{what}: the checks that ask it are left out");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_found_on_the_path_or_not_at_all() {
        let path = OsStr::new("/nowhere:/bin");
        assert_eq!(find("sh", path), Some(PathBuf::from("/bin/sh")));
        assert_eq!(find("no-such-tool", path), None);
        assert_eq!(find("sh", OsStr::new("")), None);
    }

    #[test]
    fn a_tool_runs_with_its_arguments() {
        let shell = tool("sh").unwrap();
        assert_eq!(shell.with(["-c", "echo hello"]).run().succeeds().text(), "hello\n");
    }

    #[test]
    #[should_panic(expected = "no such judge, and CROSSTRUST_INTEROP says")]
    fn a_required_tool_that_is_missing_fails_the_test() {
        pass_over("no such judge", true);
    }

    #[test]
    fn other_missing_tools_are_passed_over() {
        pass_over("no such judge", false);
    }
}
