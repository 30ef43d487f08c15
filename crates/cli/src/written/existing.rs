//! `--skip-existing` and `--renew-within`: certificates that are there already, and what becomes of them.

use crosstrust_issue::{Authority, ReissuePlan};
use crosstrust_keystore::{KeyType, PrivateKey, StoredKey, open};
use crosstrust_x509::{Certificate, Timestamp};

use super::listing::{Action, Fate};
use super::others;
use super::place::Place;
use super::wanted::{Fault, Found, Wanted};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::material::keys;
use crate::material::sources::{self, Opened, Presented};
use crate::output;
use crate::password::Source;

/// A certificate's file, and the file of its key where that is another one.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The certificate's file.
    pub(crate) certificate: String,
    key: Option<String>,
    has_key: bool,
}

/// What becomes of a target.
pub(crate) struct Decision {
    /// What is done, and why.
    pub(crate) fate: Fate,
    /// What is there.
    pub(crate) found: Option<Found>,
    /// Whether it would be renewed if its CA lasted longer.
    pub(crate) is_held: bool,
}

/// When a certificate that is right is renewed all the same.
#[derive(Clone, Copy)]
pub(crate) struct Renewal {
    /// Days before its end.
    pub(crate) within: u32,
    /// When a new certificate would end.
    pub(crate) end: Timestamp,
}

/// How what is there is looked at.
pub(crate) struct Look<'a> {
    /// Where it is.
    pub(crate) place: &'a Place,
    /// Its password.
    pub(crate) source: Source<'a>,
    /// Whether what is not right is replaced.
    pub(crate) force: bool,
    /// Whether what expires is renewed.
    pub(crate) renewal: Option<Renewal>,
    /// The time of the run.
    pub(crate) now: Timestamp,
}

impl Target {
    /// `STEM.p12`, or with `pem` `STEM.crt` and `STEM.key`.
    pub(crate) fn new(stem: &str, pem: bool) -> Self {
        let file = |extension: &str| format!("{stem}.{extension}");
        if pem {
            return Self { certificate: file("crt"), key: Some(file("key")), has_key: true };
        }
        Self { certificate: file("p12"), key: None, has_key: true }
    }

    /// A key store at a path.
    pub(crate) fn store(path: &str) -> Self {
        Self { certificate: path.to_owned(), key: None, has_key: true }
    }

    /// A certificate whose key is somewhere else.
    pub(crate) fn without_key(path: &str) -> Self {
        Self { certificate: path.to_owned(), key: None, has_key: false }
    }

    /// The file that holds its key; nothing where that is somewhere else.
    fn key_path(&self) -> Option<&String> {
        self.key.as_ref().or_else(|| self.has_key.then_some(&self.certificate))
    }

    /// Its files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.certificate).chain(&self.key)
    }
}

impl Decision {
    /// A certificate that is made, or not, without a look at what is there.
    pub(crate) fn unseen(fate: Fate) -> Self {
        Self { fate, found: None, is_held: false }
    }

    /// Whether a certificate is made.
    pub(crate) fn makes(&self) -> bool {
        self.fate.makes()
    }

    /// Whether one takes the place of another.
    pub(crate) fn replaces(&self) -> bool {
        self.found.is_some() && self.makes()
    }

    /// The certificate that stays.
    pub(crate) fn kept(&self) -> Option<&Certificate> {
        self.found.as_ref().filter(|_| !self.makes()).map(|found| &found.certificate)
    }

    /// The key that is there, where it belongs to the certificate and is of this kind, if that is asked for.
    pub(crate) fn own_key(&self, asked: Option<KeyType>) -> Option<&PrivateKey> {
        let found = self.found.as_ref()?;
        let key = found.key.as_ref().filter(|key| key.belongs_to(&found.certificate))?;
        asked.is_none_or(|asked| found.is_of_kind(asked)).then_some(key)
    }

    /// The kind of a new key: what is asked for, else the kind of the one that is there.
    pub(crate) fn key_type(&self, asked: Option<KeyType>) -> KeyType {
        let found = || self.found.as_ref().map(|found| ReissuePlan::key_type(&found.certificate));
        asked.or_else(found).unwrap_or_default()
    }

    /// The certificate that is made anew with the same names.
    pub(crate) fn renewed(&self) -> Option<&Certificate> {
        let found = self.found.as_ref().filter(|_| self.fate.action == Action::Renewed);
        found.map(|found| &found.certificate)
    }
}

impl Renewal {
    /// When certificates of an authority, or self-signed ones, are renewed; `days` is how long new ones
    /// last.
    pub(crate) fn new(
        within: Option<u32>,
        days: u32,
        authority: Option<&Authority>,
        now: Timestamp,
    ) -> Option<Self> {
        let end = crosstrust_issue::Validity::start(now).plus_days(i64::from(days));
        let last = authority.map_or(end, |authority| authority.certificate().not_after());
        within.map(|within| Self { within, end: end.min(last) })
    }
}

impl Look<'_> {
    /// What becomes of a target. What is there and not right is an error, unless it may be replaced;
    /// what does not open always is, since it may be the only copy of a key.
    pub(crate) fn decide(
        &self,
        target: &Target,
        wanted: &Wanted<'_>,
        context: &mut Context,
    ) -> Result<Decision, Failure> {
        if !target.paths().any(|path| self.place.has(path)) {
            return Ok(Decision::unseen(Fate::created()));
        }
        let found = self.read(target, wanted, context)?;
        let (fate, is_held) = match wanted.fault(&found, target.has_key) {
            None => self.lasting(target, &found.certificate)?,
            Some(fault) => {
                (self.faulty(target, &fault, self.left_key(target, &found, context))?, false)
            }
        };
        if fate.makes() {
            others::keep(&target.certificate, &found.others, self.force, context)?;
            self.warn_of_mode(target, context);
        }
        Ok(Decision { fate, found: Some(found), is_held })
    }

    /// Warns of a key that everybody may read, since its mode stays.
    fn warn_of_mode(&self, target: &Target, context: &mut Context) {
        let Some(path) = target.key_path().filter(|path| self.place.has_file(path)) else { return };
        let Some(mode) = input::permissions(path.as_ref()) else { return };
        if mode & 0o007 != 0 {
            let what = "is kept, and gives everybody access to the key: `chmod 640` takes it away";
            context.warn(&format!("{path}: its mode {mode:04o} {what}"));
        }
    }

    /// What is not right is replaced, or refused; then with what else can be done.
    fn faulty(
        &self,
        target: &Target,
        fault: &Fault,
        help: Option<String>,
    ) -> Result<Fate, Failure> {
        if self.force {
            return Ok(Fate::new(Action::Replaced, fault.0.as_str()));
        }
        let message = Message::new(format!("is there and not as it should be: {}", fault.0));
        let help = help.unwrap_or_else(|| "replace it with --force".to_owned());
        Err(message.at(&target.certificate).hint(help).into())
    }

    /// Where a run that was interrupted has left the key of a certificate that is not beside it, and what to do.
    fn left_key(&self, target: &Target, found: &Found, context: &mut Context) -> Option<String> {
        let path = target.key.as_ref().filter(|path| self.place.has_file(path))?;
        if found.key.as_ref()?.belongs_to(&found.certificate) {
            return None;
        }
        let mut fits = |path: &String| {
            let input = context.read(path).ok();
            let file = input.and_then(|input| keys::key_in(&input, &self.source, context).ok());
            file.is_some_and(|file| file.key.belongs_to(&found.certificate))
        };
        let left = output::left_behind(output::parent(path.as_ref()));
        let left = left.into_iter().find(|path| fits(path))?;
        let what = "a run was interrupted, and left the key of this certificate";
        Some(format!("{what}: `mv {left} {path}` puts it in its place"))
    }

    /// What becomes of a certificate that is right but for its validity, and whether its CA holds it back.
    fn lasting(&self, target: &Target, found: &Certificate) -> Result<(Fate, bool), Failure> {
        let (now, end) = (self.now, found.not_after());
        if found.not_before() > now {
            let fault = format!("it is not valid before {}", found.not_before());
            return Ok((self.faulty(target, &Fault(fault), None)?, false));
        }
        let (when, is_over) = (ending(end, now), end < now);
        let lasts = |days| end >= now.plus_days(i64::from(days));
        Ok(match self.renewal {
            None if is_over => (self.faulty(target, &Fault(format!("it {when}")), None)?, false),
            Some(Renewal { end: new_end, within }) if is_over || !lasts(within) => {
                if is_over || new_end > end {
                    (Fate::new(Action::Renewed, when), false)
                } else {
                    (Fate::new(Action::Unchanged, format!("{when}, {HELD}")), true)
                }
            }
            _ => (Fate::new(Action::Unchanged, format!("as asked for, {when}")), false),
        })
    }

    /// The certificate and the key of files that are there: of several in a key store the one that is wanted,
    /// else the first.
    fn read(
        &self,
        target: &Target,
        wanted: &Wanted<'_>,
        context: &mut Context,
    ) -> Result<Found, Failure> {
        if !self.place.has(&target.certificate) {
            let key = target.key.as_deref().unwrap_or_default();
            let what = format!("a key is there without its certificate {}", target.certificate);
            return Err(Message::new(what).at(key).hint(MOVE_AWAY).into());
        }
        let input = self.place.read(&target.certificate, context)?;
        let file = sources::open_input(input, &self.source, context)?;
        let key = match &target.key {
            Some(path) if self.place.has(path) => Some(self.read_key(path, context)?),
            Some(_) => Some((None, false)),
            None => None,
        };
        let nodes = file.nodes()?.into_iter();
        let mut found = nodes.map(|node| self.found(&file, node, key.as_ref(), wanted));
        let Some(first) = found.next() else {
            return Err(Message::new("holds no certificate").at(&target.certificate).into());
        };
        let is_wanted = |one: &Found| wanted.fault(one, target.has_key).is_none();
        if first.as_ref().is_ok_and(is_wanted) {
            return first;
        }
        found.filter_map(Result::ok).find(is_wanted).map_or(first, Ok)
    }

    /// A node of a file, with its key, which may be in another file.
    fn found(
        &self,
        file: &Opened,
        node: Presented<'_>,
        key: Option<&(Option<PrivateKey>, bool)>,
        wanted: &Wanted<'_>,
    ) -> Result<Found, Failure> {
        let (key, is_plain) = match key {
            Some(read) => read.clone(),
            None => (self.open(file, node.key)?, false),
        };
        let mut certificates = node.chain.into_iter();
        let Some(certificate) = certificates.next() else {
            return Err(Message::new("holds no certificate").at(&file.path).into());
        };
        let others = others::beside(&file.contents, &certificate, wanted.signer.path());
        Ok(Found { certificate, chain: certificates.collect(), key, is_plain, others })
    }

    /// The key of a file, and whether it lacks the encryption for which a password is given.
    fn read_key(
        &self,
        path: &str,
        context: &mut Context,
    ) -> Result<(Option<PrivateKey>, bool), Failure> {
        let file = keys::key_in(&self.place.read(path, context)?, &self.source, context)?;
        let is_asked = context.given(&self.source)?.is_some_and(|password| !password.is_empty());
        Ok((Some(file.key), is_asked && !file.is_encrypted))
    }

    /// The key of a key store, which may have a password of its own.
    fn open(
        &self,
        file: &Opened,
        stored: Option<&StoredKey>,
    ) -> Result<Option<PrivateKey>, Failure> {
        match stored {
            None => Ok(None),
            Some(StoredKey::Open(key)) => Ok(Some(key.as_ref().clone())),
            Some(StoredKey::Locked(error)) => {
                Err(keys::key_unreadable(&file.path, error, &self.source))
            }
        }
    }
}

/// Warns of certificates that expire and are not renewed, since new ones would end with their CA, too.
pub(crate) fn warn_of_held<'a>(
    decisions: impl IntoIterator<Item = (String, &'a Decision)>,
    context: &mut Context,
) {
    let mut held = decisions.into_iter().filter(|(_, decision)| decision.is_held);
    let Some((path, decision)) = held.next() else { return };
    let others = match held.count() {
        0 => String::new(),
        1 => " and 1 other".to_owned(),
        count => format!(" and {count} others"),
    };
    context.warn(&format!("{path}{others}: {}: not renewed", decision.fate.reason));
}

/// When a certificate ends, in words.
pub(crate) fn ending(end: Timestamp, now: Timestamp) -> String {
    match now.days_until(end) {
        _ if end < now => format!("expired at {end}"),
        1 => "expires in 1 day".to_owned(),
        days => format!("expires in {days} days"),
    }
}

/// Whether the `ca.crt` of a folder is there and has a certificate to trust, be it among others.
pub(crate) fn trusts(
    folder: &str,
    anchor: &Certificate,
    context: &mut Context,
) -> Result<bool, Failure> {
    let path = format!("{folder}/ca.crt");
    if !input::is_file(&path) {
        return Ok(false);
    }
    let contents = open::open(&context.read(&path)?.bytes, &[]);
    Ok(contents.is_ok_and(|contents| contents.certificates().contains(&anchor)))
}

const HELD: &str = "and its CA does not last longer";
const MOVE_AWAY: &str = "move it away, or overwrite it with --force and without --skip-existing";
