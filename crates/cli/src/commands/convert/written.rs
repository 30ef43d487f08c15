//! What a conversion writes.

use std::borrow::Cow;
use std::path::Path;

use crosstrust_keystore::identity::{Identities, Identity};
use crosstrust_keystore::pkcs12::{self, Writer};
use crosstrust_keystore::{Password, PrivateKey, Secret, pem};
use crosstrust_x509::Certificate;

use super::options::{Arguments, KeyFormat, StoreProfile};
use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::material::sources::Opened;
use crate::output::{self, NewFile, Overwrite};
use crate::password::refuse_non_ascii;
use crate::written::destination::has_extension;
use crate::written::holding::Compare;
use crate::written::listing::{Action, Fate, Listed};
use crate::written::place::Place;

/// Where a conversion goes, and what it comes from.
pub(super) struct Target<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) opened: &'a [Opened],
}

/// A file to be written: its path, its contents and whether these are secret.
type New = (String, Secret, bool);

impl Target<'_> {
    /// Writes a key store.
    pub(super) fn write_store(
        &self,
        identities: &Identities,
        context: &mut Context,
    ) -> Result<Vec<Listed>, Failure> {
        let Arguments { out, password, skip, .. } = self.arguments;
        let overwrite = self.overwrite();
        if !skip.skip_existing {
            output::refuse_existing(out.as_ref(), overwrite)?;
        }
        let password = context.new_password(out, &password.source())?;
        refuse_non_ascii(&password)?;
        let keys = context.given_for_output(&self.arguments.key_password.source())?;
        let keys = keys.unwrap_or_else(|| password.clone());
        refuse_non_ascii(&keys)?;
        let (writer, first) = self.store(identities);
        let store = writer.write_with(&password, &keys, now());
        let store = store.map_err(|error| Message::new(chain(&error)).at(out))?;
        let new = NewFile::new(out.clone(), &store, true);
        let place = Place::default();
        let fate = self.fate(out, &new, &self.compare(&password, &keys, &place), context)?;
        if fate.makes() {
            output::file(&new.replacing(self.replaces(&fate)), overwrite)?;
        }
        Ok(first.into_iter().map(|one| Listed::new(out.clone(), one, fate.clone())).collect())
    }

    /// A key store, and the certificates that are told of it.
    fn store<'b>(&self, identities: &'b Identities) -> (Writer, Vec<&'b Certificate>) {
        let mut writer = Writer::new(match self.arguments.p12_profile {
            StoreProfile::LegacyDes => pkcs12::StoreProfile::LegacyDes,
            StoreProfile::Modern => pkcs12::StoreProfile::Modern,
        });
        let mut told = Vec::new();
        for identity in &identities.keys {
            writer = writer.key(&self.name(identity), &identity.key, &identity.chain);
            told.extend(identity.chain.first());
        }
        let is_ca = |one| self.name(one).eq_ignore_ascii_case("ca");
        for (number, authority) in (1..).zip(&identities.trusted) {
            let alias = match number {
                1 if !identities.keys.iter().any(is_ca) => "ca".to_owned(),
                _ => format!("ca-{number}"),
            };
            writer = writer.trusted(&alias, authority);
        }
        if told.is_empty() {
            told.extend(identities.trusted.first());
        }
        (writer, told)
    }

    /// Writes PEM files.
    pub(super) fn write_pem(
        &self,
        identities: &Identities,
        context: &mut Context,
    ) -> Result<Vec<Listed>, Failure> {
        let Arguments { out, password, key_format, skip, .. } = self.arguments;
        let password = context.given_for_output(&password.source())?.filter(|p| !p.is_empty());
        if password.is_some() && *key_format != KeyFormat::Pkcs8 {
            let message = Message::new("only PKCS#8 keys are encrypted, and --pass asks for that");
            let hint =
                "drop --key-format, or --pass; the source's password is given with --in-pass";
            return Err(message.hint(hint).into());
        }
        let (files, told) = self.pem_files(identities, password.as_ref())?;
        let is_archive = has_extension(out, "zip");
        let place = if is_archive && skip.skip_existing {
            Place::in_archive(out, context)?
        } else {
            Place::default()
        };
        let password = password.unwrap_or_else(Password::empty);
        let compare = self.compare(&password, &password, &place);
        let (mut new, mut fates) = (Vec::new(), Vec::new());
        for (name, contents, private) in &files {
            let (path, file) = (
                format!("{out}/{name}"),
                NewFile::new(name.clone(), contents.as_bytes(), *private),
            );
            let seen = if is_archive && !skip.skip_existing { out } else { &path };
            let fate = self.fate(seen, &file, &compare, context)?;
            if fate.makes() {
                new.push(file.replacing(self.replaces(&fate)));
            }
            fates.push((path, fate));
        }
        let written = self.put(&new, &place)?;
        Ok(told.into_iter().map(|(names, one)| listed(out, &names, one, &fates, written)).collect())
    }

    /// Writes files that are new; whether any was.
    fn put(&self, new: &[NewFile<'_>], place: &Place) -> Result<bool, Failure> {
        let Arguments { out, .. } = self.arguments;
        if new.is_empty() {
            return Ok(false);
        }
        if !has_extension(out, "zip") {
            return output::folder(out, new, self.overwrite().or_same());
        }
        let merged = place.merged(out, new);
        let is_there = merged.is_some();
        let archive = match &merged {
            Some(merged) => output::archive(merged)?,
            None => output::archive(new)?,
        };
        let archive = NewFile::new(out.clone(), &archive, true).replacing(is_there);
        output::file(&archive, self.overwrite()).map(|()| true)
    }

    /// The PEM files, and what is told: each certificate with the names of its files.
    #[allow(clippy::type_complexity, reason = "a pair of lists")]
    fn pem_files<'b>(
        &self,
        identities: &'b Identities,
        password: Option<&Password>,
    ) -> Result<(Vec<New>, Vec<(Vec<String>, &'b Certificate)>), Failure> {
        let Arguments { out, key_format, .. } = self.arguments;
        let (mut files, mut told) = (Vec::new(), Vec::new());
        for identity in &identities.keys {
            let name = file_name(&self.name(identity));
            let key = key_pem(&identity.key, *key_format, password)
                .map_err(|error| error_at(out, &error))?;
            let certificate =
                add(&mut files, format!("{name}.crt"), pem_of(&identity.chain), false);
            let key = add(&mut files, format!("{name}.key"), key, true);
            told.extend(identity.chain.first().map(|leaf| (vec![certificate, key], leaf)));
        }
        if !identities.trusted.is_empty() {
            let path = add(&mut files, "ca.crt".to_owned(), pem_of(&identities.trusted), false);
            if told.is_empty() {
                told.extend(identities.trusted.first().map(|one| (vec![path], one)));
            }
        }
        Ok((files, told))
    }

    /// What becomes of a file; what is there is looked at with `--skip-existing`.
    fn fate(
        &self,
        path: &str,
        new: &NewFile<'_>,
        compare: &Compare<'_>,
        context: &mut Context,
    ) -> Result<Fate, Failure> {
        if self.arguments.skip.skip_existing {
            compare.decide(path, new, context)
        } else {
            Ok(Fate::unseen(path))
        }
    }

    /// Whether a file takes the place of one that was looked at.
    fn replaces(&self, fate: &Fate) -> bool {
        self.arguments.skip.skip_existing && fate.action == Action::Replaced
    }

    fn compare<'b>(
        &'b self,
        password: &'b Password,
        keys: &'b Password,
        place: &'b Place,
    ) -> Compare<'b> {
        let Arguments { overwrite, password: source, .. } = self.arguments;
        Compare { place, source: source.source(), password, keys, force: overwrite.force }
    }

    fn overwrite(&self) -> Overwrite {
        let Arguments { overwrite, skip, .. } = self.arguments;
        Overwrite::or_skip(overwrite.force, skip.skip_existing)
    }

    /// The name of an identity: its alias, else the name of the first file.
    fn name(&self, identity: &Identity) -> String {
        let stem = || {
            let path = self.opened.first().map(|source| Path::new(&source.path));
            let stem = path.and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy());
            stem.map_or_else(|| "node".to_owned(), Cow::into_owned)
        };
        identity.alias.clone().filter(|alias| !alias.trim().is_empty()).unwrap_or_else(stem)
    }
}

/// What is told of a certificate: what became of its files, that which was changed first.
fn listed(
    out: &str,
    names: &[String],
    certificate: &Certificate,
    fates: &[(String, Fate)],
    written: bool,
) -> Listed {
    let paths = names.iter().map(|name| format!("{out}/{name}")).collect::<Vec<_>>();
    let own = || fates.iter().filter(|(path, _)| paths.contains(path)).map(|(_, fate)| fate);
    let fate = own().find(|fate| fate.makes()).or_else(|| own().next());
    let fate = fate.filter(|_| written).cloned().unwrap_or_else(Fate::kept);
    Listed::new(paths.into_iter().next().unwrap_or_default(), certificate, fate)
}

/// Adds a file, and gives its name; one of the same name that holds something else gets a number.
fn add(files: &mut Vec<New>, path: String, contents: Secret, private: bool) -> String {
    let same = |known: &str| files.iter().find(|(path, ..)| path.eq_ignore_ascii_case(known));
    if same(&path).is_some_and(|(_, other, _)| other.as_bytes() == contents.as_bytes()) {
        return path;
    }
    let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, ""));
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}.{extension}"));
    let free = std::iter::once(path.clone()).chain(numbered).find(|name| same(name).is_none());
    let name = free.unwrap_or(path);
    files.push((name.clone(), contents, private));
    name
}

fn pem_of(certificates: &[Certificate]) -> Secret {
    pem::write_certificates(certificates).into_bytes().into()
}

fn key_pem(
    key: &PrivateKey,
    format: KeyFormat,
    password: Option<&Password>,
) -> Result<Secret, crosstrust_keystore::Error> {
    match (format, password) {
        (KeyFormat::Pkcs8, Some(password)) => key.to_encrypted_pkcs8_pem(password),
        (KeyFormat::Pkcs8, None) => Ok(key.to_pkcs8_pem()),
        (KeyFormat::Pkcs1, _) => key.to_pkcs1_pem(),
        (KeyFormat::Sec1, _) => key.to_sec1_pem(),
    }
}

fn error_at(path: &str, error: &crosstrust_keystore::Error) -> Failure {
    Message::new(chain(error)).at(path).into()
}

/// An alias as the base of a file name.
fn file_name(alias: &str) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || "-_.=@+".contains(c);
    let name: String = alias.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    match name.trim_start_matches('.') {
        "" => "node".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}
