//! Where issued files go: a folder, an archive or a single key store.

use std::path::Path;

use crosstrust_issue::{Bundle, BundleFile, Packaging};

use super::existing::Target;
use super::others;
use super::place::Place;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::output::{self, NewFile, Overwrite, refuse_standard_output};
use crate::password::{Source, refuse_non_ascii};

/// What `--out` names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Destination {
    /// A `.zip`.
    Archive,
    /// A folder.
    Folder,
    /// A PKCS#12 file.
    Store,
}

impl Destination {
    /// By the extension of a path; `otherwise` where it tells nothing. PEM files do not fit into a
    /// key store.
    pub(crate) fn of(out: &str, pem: bool, otherwise: Self) -> Result<Self, Failure> {
        refuse_standard_output(out, "key stores and folders")?;
        if has_extension(out, "zip") {
            return Ok(Self::Archive);
        }
        if !is_store(out) {
            return Ok(otherwise);
        }
        if pem {
            let message = Message::new("--pem writes a folder or a .zip, not a key store");
            return Err(message.at(out).into());
        }
        Ok(Self::Store)
    }

    /// The same for so many instances, which are to fit.
    pub(crate) fn for_instances(out: &str, pem: bool, count: usize) -> Result<Self, Failure> {
        let destination = Self::of(out, pem, Self::Folder)?;
        if destination == Self::Store && count > 1 {
            let message = format!("a single .p12 cannot hold {count} instances");
            let hint = "name a folder or a .zip with --out";
            return Err(Message::new(message).at(out).hint(hint).into());
        }
        Ok(destination)
    }

    /// The files of an instance.
    pub(crate) fn target(self, out: &str, filename: &str, pem: bool) -> Target {
        match self {
            Self::Archive | Self::Folder => {
                Target::new(&format!("{out}/{filename}/{filename}"), pem)
            }
            Self::Store => Target::store(out),
        }
    }

    /// What is there, for commands that leave what is right.
    pub(crate) fn look(self, out: &str, context: &mut Context) -> Result<Place, Failure> {
        if self == Self::Folder {
            others::warn_of_left_behind(out, context);
        }
        if self == Self::Archive { Place::in_archive(out, context) } else { Ok(Place::default()) }
    }

    /// Warns of what writing a bundle by force, if it is, takes away and no list of what is written tells: other files of an
    /// archive, and CAs of the list of CAs.
    fn warn_of_loss(self, out: &str, bundle: &Bundle, place: &Place, context: &mut Context) {
        match self {
            Self::Archive if !place.is_archive() => others::warn_of_files(out, bundle, context),
            Self::Folder => {
                let lists = bundle.files.iter().filter(|file| file.path == "ca.crt");
                for list in lists {
                    let path = self.path(out, &list.path);
                    others::warn_of_authorities(&path, list.contents.as_bytes(), context);
                }
            }
            Self::Archive | Self::Store => {}
        }
    }

    /// Where a file of a bundle ends up, for telling it.
    pub(crate) fn path(self, out: &str, file: &str) -> String {
        match self {
            Self::Archive | Self::Folder => format!("{out}/{file}"),
            Self::Store => out.to_owned(),
        }
    }

    /// Looks before any key is made whether these files are there; writing looks once more.
    pub(crate) fn refuse_existing(
        self,
        out: &str,
        files: impl IntoIterator<Item = String>,
        overwrite: Overwrite,
    ) -> Result<(), Failure> {
        if self != Self::Folder {
            return output::refuse_existing(out.as_ref(), overwrite);
        }
        let mut paths = files.into_iter().map(|file| format!("{out}/{file}"));
        paths.try_for_each(|path| output::refuse_existing(path.as_ref(), overwrite))
    }

    /// Writes a bundle beside what is there, or in the place of it, and tells what is lost by that.
    pub(crate) fn write(
        self,
        out: &str,
        bundle: &Bundle,
        (overwrite, place): (Overwrite, &Place),
        context: &mut Context,
    ) -> Result<(), Failure> {
        if overwrite.is_forced() {
            self.warn_of_loss(out, bundle, place, context);
        }
        let new = |file| {
            let file = new_file(file);
            let replaces = place.replaces(&self.path(out, &file.path));
            file.replacing(replaces)
        };
        let files: Vec<NewFile<'_>> = bundle.files.iter().map(new).collect();
        match self {
            Self::Folder => output::folder(out, &files, overwrite.or_same()).map(drop),
            Self::Archive => {
                let merged = place.merged(out, &files);
                let is_there = merged.is_some();
                let archive = output::archive(&merged.unwrap_or(files))?;
                let archive = NewFile::new(out.to_owned(), &archive, true).replacing(is_there);
                output::file(&archive, overwrite)
            }
            Self::Store => files.into_iter().try_for_each(|file| {
                output::file(&NewFile { path: out.to_owned(), ..file }, overwrite)
            }),
        }
    }
}

/// In what form keys are written: PEM, encrypted if a password is given, or key stores, which
/// have a password, be it the empty one. `what` names them where a person is asked.
pub(crate) fn packaging(
    pem: bool,
    what: &str,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Packaging, Failure> {
    if pem {
        return Ok(Packaging::Pem { password: context.given_for_output(source)? });
    }
    let password = context.new_password(what, source)?;
    refuse_non_ascii(&password)?;
    Ok(Packaging::Pkcs12 { password })
}

/// A file of a bundle, to be written.
pub(crate) fn new_file(file: &BundleFile) -> NewFile<'_> {
    NewFile::new(file.path.clone(), file.contents.as_bytes(), file.private)
}

/// Whether a path's extension is that of a PKCS#12 key store.
pub(crate) fn is_store(path: &str) -> bool {
    ["p12", "pfx"].iter().any(|extension| has_extension(path, extension))
}

/// Whether a path ends in an extension, in whatever case.
pub(crate) fn has_extension(path: &str, extension: &str) -> bool {
    let found = Path::new(path).extension();
    found.is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
