//! Other people's programs that say what a patch makes of a text: `patch`, which finds each hunk where it says and
//! as it says, `git apply`, and `PyYAML`.

use std::sync::LazyLock;

use crosstrust_testkit::{Folder, Tool, python_with, tool};

/// The text after the patch of a file `f`, to `patch`, which `git apply` takes too; nothing where one of the two is
/// not installed.
#[track_caller]
pub(crate) fn applied(before: &str, diff: &str) -> Option<String> {
    let (patch, git) = (tool("patch")?, tool("git")?);
    let folder = Folder::new();
    folder.write("f", before);
    folder.write("diff", diff);
    let run = git.with(["apply", "--check", "-p0", "diff"]).folder(folder.path()).run();
    assert_eq!(run.status, Some(0), "{diff}: {}", run.messages());
    let run = patch.with(["-p0", "--fuzz=0", "--force", "-i", "diff"]).folder(folder.path()).run();
    assert_eq!((run.status, run.text()), (Some(0), "patching file f\n"), "{diff}");
    let mut left = folder.entries();
    left.retain(|name| name != "diff");
    assert!(left.len() <= 1, "{left:?}");
    // An empty file is taken away.
    Some(if left.is_empty() { String::new() } else { folder.read_text("f") })
}

/// The settings of texts with their names in full, as JSON; nothing where `PyYAML` is not installed.
#[track_caller]
pub(crate) fn settings<const N: usize>(texts: [&str; N]) -> Option<[serde_json::Value; N]> {
    let python = python_with_yaml()?;
    let script = "import json, sys, yaml\n\
        def walk(name, value):\n\
        \x20   if isinstance(value, dict):\n\
        \x20       for key in value: yield from walk(name + [str(key)], value[key])\n\
        \x20   else: yield '.'.join(name), value\n\
        for text in json.load(sys.stdin): print(json.dumps(dict(walk([], yaml.safe_load(text) or {}))))\n";
    let run = python.with(["-c", script]).stdin(serde_json::to_vec(&texts[..]).unwrap()).run();
    assert_eq!(run.status, Some(0), "{texts:?}: {}", run.messages());
    let mut lines = run.text().lines();
    Some(texts.map(|_| serde_json::from_str(lines.next().unwrap()).unwrap()))
}

/// Asked for once.
fn python_with_yaml() -> Option<Tool> {
    static PYTHON: LazyLock<Option<Tool>> = LazyLock::new(|| python_with("yaml"));
    PYTHON.clone()
}
