//! Files in their places, and what was there before: put back where a later step fails.

#![allow(clippy::disallowed_methods, reason = "the one place that writes files")]

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use super::{PRIVATE, parent, put, take_over};
use crate::failure::Failure;
use crate::input::STAGED;

/// Folders made for a file; taken away again unless the file is written.
pub(super) struct Parents {
    made: Vec<PathBuf>,
}

impl Parents {
    /// Makes a folder and those above it that are missing.
    pub(super) fn create(folder: &Path) -> Result<Self, Failure> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
        let mut parents = Self { made: Vec::new() };
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| Failure::io(folder.display(), &error))?;
            parents.made.push(folder.to_owned());
        }
        Ok(parents)
    }

    pub(super) fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.made.iter().rev() {
            // It may hold somebody else's file by now, and then it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Files that were put in place. Unless they are kept, new ones are taken away again, and replaced ones put back.
#[derive(Default)]
pub(super) struct Placed {
    new: Vec<PathBuf>,
    replaced: Vec<(TempPath, PathBuf)>,
}

impl Placed {
    /// Puts a staged file in its place. Without `force`, a file that has appeared there meanwhile stays.
    pub(super) fn put(
        &mut self,
        staged: TempPath,
        path: &Path,
        force: bool,
    ) -> Result<(), Failure> {
        let was_there = force && path.symlink_metadata().is_ok();
        // What cannot be set aside, such as a file that we may not read, may be replaced all the same.
        let aside = if was_there { aside(path).ok() } else { None };
        put(staged, path, force)?;
        match aside {
            Some(aside) => self.replaced.push((aside, path.to_owned())),
            None if was_there => {}
            None => self.new.push(path.to_owned()),
        }
        Ok(())
    }

    /// Leaves all of them where they are.
    pub(super) fn keep(mut self) {
        self.new.clear();
        self.replaced.clear();
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        for path in &self.new {
            let _ = fs::remove_file(path);
        }
        for (aside, path) in self.replaced.drain(..).rev() {
            if let Err(error) = aside.persist(&path) {
                // It is the only copy by now.
                let _ = error.path.keep();
            }
        }
    }
}

/// A second name for a file that is about to be replaced; a copy where the file system has no such names.
fn aside(path: &Path) -> io::Result<TempPath> {
    let mut builder = Builder::new();
    let builder = builder.prefix(STAGED);
    let linked = builder.make_in(parent(path), |aside| fs::hard_link(path, aside));
    if let Ok(linked) = linked {
        return Ok(linked.into_temp_path());
    }
    let permissions = Permissions::from_mode(PRIVATE);
    let mut copy = builder.permissions(permissions).tempfile_in(parent(path))?;
    io::copy(&mut fs::File::open(path)?, &mut copy)?;
    take_over(&copy, path)?;
    Ok(copy.into_temp_path())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// What cannot be put is stood for by a folder that is in the way.
    #[test]
    fn what_was_replaced_is_put_back_where_a_later_file_cannot_be_put() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("node.crt"), "old").unwrap();
        fs::set_permissions(path("node.crt"), Permissions::from_mode(0o640)).unwrap();
        fs::create_dir_all(path("node.key/in-the-way")).unwrap();
        let staged = |text: &str| {
            let mut staged = Builder::new().prefix(STAGED).tempfile_in(folder.path()).unwrap();
            staged.write_all(text.as_bytes()).unwrap();
            staged.into_temp_path()
        };
        let mut placed = Placed::default();
        placed.put(staged("new"), &path("node.crt"), true).unwrap();
        placed.put(staged("new"), &path("ca.crt"), false).unwrap();
        assert_eq!(fs::read(path("node.crt")).unwrap(), b"new");
        assert!(placed.put(staged("new"), &path("node.key"), true).is_err());
        drop(placed);
        assert_eq!(fs::read(path("node.crt")).unwrap(), b"old");
        assert_eq!(fs::metadata(path("node.crt")).unwrap().permissions().mode() & 0o777, 0o640);
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["node.crt", "node.key"]);
    }
}
