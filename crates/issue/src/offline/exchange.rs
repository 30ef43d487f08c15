//! The files that go to the machine with the CA's key: `ca.crt`, a `NAME.tbs` for each certificate, and
//! `manifest.json`, which people can read. The manifest is written from the other files alone, so that one
//! that says anything else is noticed by a comparison.

use std::collections::BTreeSet;

use crosstrust_keystore::{open, pem};
use crosstrust_x509::{Certificate, SubjectAltNames, fingerprint_sha256};
use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, BundleFile};
use crate::error::Error;
use crate::instance::{self, Filenames, Instance};
use crate::offline::Draft;

/// Certificates that wait for the signatures of one authority.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The authority's certificate and those above it.
    pub authority: Vec<Certificate>,
    /// The certificates, in order.
    pub members: Vec<Member>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name of the instance, and so the alias in its key store.
    pub name: String,
    /// The base of its file names.
    pub filename: String,
    /// What is to be signed.
    pub draft: Draft,
}

/// `manifest.json`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    version: u32,
    ca: Authority,
    certificates: Vec<Row>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Authority {
    file: String,
    sha256: String,
    subject: String,
    fingerprint_sha256: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    file: String,
    sha256: String,
    subject: String,
    subject_alt_names: Vec<String>,
    serial: String,
    not_before: String,
    not_after: String,
    key: String,
}

impl Exchange {
    /// The name of the manifest.
    pub const MANIFEST: &str = "manifest.json";
    /// The name of the file of the authority's certificates.
    pub const AUTHORITY: &str = "ca.crt";

    /// Whether a file of this name is one of its.
    pub fn counts(name: &str) -> bool {
        [Self::MANIFEST, Self::AUTHORITY].contains(&name) || name.ends_with(DRAFT)
    }

    /// Its files.
    pub fn files(&self) -> Bundle {
        let manifest = Self::MANIFEST.to_owned();
        let mut files = vec![
            file(manifest, self.manifest().into_bytes()),
            file(Self::AUTHORITY.to_owned(), self.authority_file().into_bytes()),
        ];
        let drafts = self.members.iter();
        files.extend(drafts.map(|one| file(one.draft_file(), one.draft.der().to_vec())));
        Bundle { files }
    }

    /// Reads it from the files of a folder, by their names.
    pub fn read(files: &[(String, Vec<u8>)]) -> Result<Self, Error> {
        let text = str::from_utf8(contents(files, Self::MANIFEST)?)
            .map_err(|_| wrong(Self::MANIFEST, "it is not UTF-8 text"))?;
        let manifest: Manifest = serde_json::from_str(text)
            .map_err(|error| wrong(Self::MANIFEST, &format!("it is not a manifest: {error}")))?;
        if manifest.version != VERSION {
            let what = format!("its version is {}, and {VERSION} is known", manifest.version);
            return Err(wrong(Self::MANIFEST, &what));
        }
        let authority = authority(contents(files, Self::AUTHORITY)?)?;
        let members = manifest.certificates.into_iter().map(|row| member(row, files));
        let read = Self { authority, members: members.collect::<Result<_, _>>()? };
        read.check_members(files)?;
        let manifest = read.manifest();
        let line = text.lines().zip(manifest.lines()).position(|(is, said)| is != said);
        match line {
            Some(line) => Err(wrong(
                Self::MANIFEST,
                &format!("line {} does not say what the files hold", line.saturating_add(1)),
            )),
            None if text != manifest => {
                Err(wrong(Self::MANIFEST, "it does not say what the files hold"))
            }
            None => Ok(read),
        }
    }

    /// Each has a name and a serial number of its own, and there is none beside them.
    fn check_members(&self, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
        if self.members.is_empty() {
            return Err(wrong(Self::MANIFEST, "it lists no certificate"));
        }
        let (mut names, mut serials) = (Filenames::default(), BTreeSet::new());
        for member in &self.members {
            let file = member.draft_file();
            if names.take(&member.filename, ()).is_some() {
                return Err(wrong(&file, "the manifest lists it twice"));
            }
            if !serials.insert(member.draft.certificate().serial()) {
                return Err(wrong(&file, "its serial number is that of another one"));
            }
        }
        let listed: BTreeSet<_> = self.members.iter().map(Member::draft_file).collect();
        let is_beside = |name: &&String| name.ends_with(DRAFT) && !listed.contains(*name);
        match files.iter().map(|(name, _)| name).find(is_beside) {
            Some(name) => Err(wrong(name, "the manifest does not list it")),
            None => Ok(()),
        }
    }

    fn authority_file(&self) -> String {
        pem::write_certificates(&self.authority)
    }

    fn manifest(&self) -> String {
        let certificate = self.authority.first();
        let ca = Authority {
            file: Self::AUTHORITY.to_owned(),
            sha256: fingerprint_sha256(self.authority_file().as_bytes()),
            subject: certificate.map_or_else(String::new, |one| one.subject().to_string()),
            fingerprint_sha256: certificate
                .map_or_else(String::new, Certificate::fingerprint_sha256),
        };
        let certificates = self.members.iter().map(Member::row).collect();
        let manifest = Manifest { version: VERSION, ca, certificates };
        serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
    }
}

impl Member {
    /// The name of the file of what is to be signed.
    pub fn draft_file(&self) -> String {
        format!("{}{DRAFT}", self.filename)
    }

    /// The name of the file of the certificate that comes of it.
    pub fn certificate_file(&self) -> String {
        format!("{}.crt", self.filename)
    }

    fn row(&self) -> Row {
        let certificate = self.draft.certificate();
        let names = certificate.subject_alt_names().map_or(&[][..], SubjectAltNames::names);
        Row {
            name: self.name.clone(),
            file: self.draft_file(),
            sha256: self.draft.fingerprint_sha256(),
            subject: certificate.subject().to_string(),
            subject_alt_names: names.iter().map(ToString::to_string).collect(),
            serial: certificate.serial_hex(),
            not_before: certificate.not_before().to_string(),
            not_after: certificate.not_after().to_string(),
            key: certificate.public_key().to_string(),
        }
    }
}

/// What a row of the manifest stands for.
fn member(row: Row, files: &[(String, Vec<u8>)]) -> Result<Member, Error> {
    let named = row.file.strip_suffix(DRAFT).filter(|name| Instance::is_filename(name));
    let Some(filename) = named.filter(|name| !name.eq_ignore_ascii_case("ca")) else {
        let what = format!("`{}` is not the name of a file of this folder", row.file);
        return Err(wrong(Exchange::MANIFEST, &what));
    };
    let draft = Draft::from_der(contents(files, &row.file)?)
        .ok_or_else(|| wrong(&row.file, "it is not what a certificate is made of"))?;
    let stands_for = instance::subject(&row.name).ok();
    if stands_for.is_none_or(|subject| subject.der() != draft.certificate().subject().der()) {
        let what = format!("`{}` is not the name of `{}`", row.name, draft.certificate().subject());
        return Err(wrong(Exchange::MANIFEST, &what));
    }
    Ok(Member { name: row.name, filename: filename.to_owned(), draft })
}

fn authority(bytes: &[u8]) -> Result<Vec<Certificate>, Error> {
    let opened =
        open::open(bytes, &[]).map_err(|error| wrong(Exchange::AUTHORITY, &error.to_string()))?;
    let certificates: Vec<_> = opened.certificates().into_iter().cloned().collect();
    if certificates.is_empty() {
        return Err(wrong(Exchange::AUTHORITY, "it holds no certificate"));
    }
    if pem::write_certificates(&certificates).as_bytes() != bytes {
        return Err(wrong(Exchange::AUTHORITY, "it holds something beside the certificates"));
    }
    Ok(certificates)
}

fn contents<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> Result<&'a [u8], Error> {
    let found = files.iter().find(|(found, _)| found == name);
    found.map(|(_, bytes)| bytes.as_slice()).ok_or_else(|| wrong(name, "it is missing"))
}

fn file(path: String, contents: Vec<u8>) -> BundleFile {
    BundleFile { path, contents: contents.into(), private: false }
}

fn wrong(file: &str, detail: &str) -> Error {
    Error::Exchange { file: file.to_owned(), detail: detail.to_owned() }
}

const DRAFT: &str = ".tbs";
const VERSION: u32 = 1;
