//! A scratch folder that goes away with its test.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A new, empty folder; it is removed with all that is in it when this value is dropped.
#[derive(Debug)]
pub struct Folder {
    directory: tempfile::TempDir,
}

impl Folder {
    /// Makes a folder in the system's temporary folder.
    #[track_caller]
    #[allow(clippy::new_without_default, reason = "it makes something on the disk")]
    pub fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("crosstrust-test-").tempdir();
        Self { directory: directory.unwrap_or_else(|error| panic!("no scratch folder: {error}")) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The path of something in it.
    pub fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file, and the folders above it.
    #[track_caller]
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(name);
        let parent = path.parent().unwrap_or(self.path());
        fs::create_dir_all(parent).unwrap_or_else(|error| panic!("{name}: {error}"));
        fs::write(&path, contents).unwrap_or_else(|error| panic!("{name}: {error}"));
        path
    }

    /// Reads a file.
    #[track_caller]
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Reads a file of text.
    #[track_caller]
    pub fn read_text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The permissions of a file, such as 0o600.
    #[track_caller]
    pub fn mode(&self, name: &str) -> u32 {
        let metadata = fs::symlink_metadata(self.join(name));
        metadata.unwrap_or_else(|error| panic!("{name}: {error}")).permissions().mode() & 0o777
    }

    /// All files and folders in it, sorted: paths from here, folders with a `/` at their end.
    #[track_caller]
    pub fn entries(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect(self.path(), "", &mut found);
        found.sort();
        found
    }
}

#[track_caller]
fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{prefix}: {error}"));
    for entry in entries {
        let path = entry.unwrap_or_else(|error| panic!("{prefix}: {error}")).path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() && !path.is_symlink() {
            found.push(format!("{name}/"));
            collect(&path, &format!("{name}/"), found);
        } else {
            found.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_listed_and_gone_in_the_end() {
        let folder = Folder::new();
        folder.write("b/c.txt", "text");
        folder.write("a", [0xff]);
        assert_eq!(folder.entries(), ["a", "b/", "b/c.txt"]);
        assert_eq!(folder.read_text("b/c.txt"), "text");
        assert_eq!(folder.read("a"), [0xff]);
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!path.exists());
    }
}
