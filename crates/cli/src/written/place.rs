//! What is at a destination before anything is written there.

use std::collections::BTreeSet;

use crate::archive::{self, Member};
use crate::context::Context;
use crate::failure::Failure;
use crate::input::{self, Input};
use crate::output::NewFile;

/// What is at a destination, and which of its files make room for new ones. By default nothing was
/// looked at.
#[derive(Default)]
pub(crate) struct Place {
    archive: Option<Vec<Member>>,
    replaced: BTreeSet<String>,
}

impl Place {
    /// The files of an archive that is there.
    pub(crate) fn in_archive(out: &str, context: &mut Context) -> Result<Self, Failure> {
        if !input::is_taken(out) {
            return Ok(Self::default());
        }
        let members = archive::members(&context.read(out)?, |_, _| true)?;
        Ok(Self { archive: Some(members), ..Self::default() })
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        match &self.archive {
            Some(members) => members.iter().any(|member| member.path == path),
            None => input::is_taken(path),
        }
    }

    /// Whether it is an archive that was looked into.
    pub(crate) fn is_archive(&self) -> bool {
        self.archive.is_some()
    }

    /// Whether a file is there that is no part of an archive.
    pub(crate) fn has_file(&self, path: &str) -> bool {
        self.archive.is_none() && self.has(path)
    }

    /// Reads a file that is there.
    pub(crate) fn read(&self, path: &str, context: &mut Context) -> Result<Input, Failure> {
        let mut members = self.archive.iter().flatten();
        match members.find(|member| member.path == path) {
            Some(member) => Ok(Input { path: path.to_owned(), bytes: member.bytes.clone() }),
            None => context.read(path),
        }
    }

    /// Lets new files take the place of these.
    pub(crate) fn make_room<'a>(&mut self, paths: impl IntoIterator<Item = &'a String>) {
        self.replaced.extend(paths.into_iter().cloned());
    }

    /// Whether a new file takes the place of one that was looked at.
    pub(crate) fn replaces(&self, path: &str) -> bool {
        self.replaced.contains(path)
    }

    /// The files of an archive that is there, and of new ones: each takes the place of its namesake.
    /// Nothing where no archive is there.
    pub(crate) fn merged<'a>(&'a self, out: &str, new: &[NewFile<'a>]) -> Option<Vec<NewFile<'a>>> {
        let members = self.archive.as_ref()?;
        let kept = members.iter().filter_map(|member| {
            let path = member.path.strip_prefix(out)?.strip_prefix('/')?;
            let is_kept = !new.iter().any(|new| new.path == path);
            is_kept.then(|| NewFile::new(path.to_owned(), &member.bytes, member.is_private))
        });
        let new = new.iter().map(|new| NewFile::new(new.path.clone(), new.contents, new.private));
        Some(kept.chain(new).collect())
    }
}
