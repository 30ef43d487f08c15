//! `--skip-existing`: files that are there already, and whether they are still right.

use crosstrust_issue::{Instance, instance};
use crosstrust_keystore::PrivateKey;
use crosstrust_x509::{Certificate, Name, Timestamp};

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::material::sources;
use crate::password::Source;

/// What a certificate is to be.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Its subject.
    pub(crate) subject: &'a Name,
    /// The node that it is for; nothing for a CA.
    pub(crate) instance: Option<&'a Instance>,
    /// Who signs it; nothing for its own key.
    pub(crate) signer: Option<&'a Certificate>,
    /// When it is to be valid.
    pub(crate) now: Timestamp,
}

/// A certificate's file, and the file of its key where that is another one.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The certificate's file.
    pub(crate) certificate: String,
    /// The key's file; nothing for a key store.
    pub(crate) key: Option<String>,
}

impl Target {
    /// `STEM.p12`, or with `pem` `STEM.crt` and `STEM.key`.
    pub(crate) fn new(stem: &str, pem: bool) -> Self {
        let file = |extension: &str| format!("{stem}.{extension}");
        if pem {
            return Self { certificate: file("crt"), key: Some(file("key")) };
        }
        Self { certificate: file("p12"), key: None }
    }

    /// A key store at a path.
    pub(crate) fn store(path: &str) -> Self {
        Self { certificate: path.to_owned(), key: None }
    }

    fn exists(&self) -> bool {
        let paths = std::iter::once(&self.certificate).chain(&self.key);
        paths.into_iter().any(input::is_taken)
    }
}

/// The certificate that is there and as it should be; nothing if it is to be made. What is there and
/// not right is an error, unless it may be replaced.
pub(crate) fn existing(
    target: &Target,
    wanted: Wanted<'_>,
    source: &Source<'_>,
    force: bool,
    context: &mut Context,
) -> Result<Option<Certificate>, Failure> {
    if !target.exists() {
        return Ok(None);
    }
    let found = found(target, source, context).and_then(|(certificate, key)| {
        match wanted.fault(&certificate, &key) {
            None => Ok(certificate),
            Some(fault) => {
                let message = Message::new(format!("is there and not as it should be: {fault}"));
                Err(message.at(&target.certificate).hint("replace it with --force").into())
            }
        }
    });
    match found {
        Ok(certificate) => Ok(Some(certificate)),
        Err(_) if force => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The certificate and the key of files that are there.
fn found(
    target: &Target,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<(Certificate, PrivateKey), Failure> {
    let mut opened = sources::open_all(std::slice::from_ref(&target.certificate), source, context)?;
    let Some(file) = opened.pop() else {
        return Err(Message::new("holds nothing").at(&target.certificate).into());
    };
    let node = file.nodes()?.into_iter().next();
    let Some((leaf, stored)) =
        node.and_then(|node| Some((node.chain.into_iter().next()?, node.key)))
    else {
        return Err(Message::new("holds no certificate").at(&target.certificate).into());
    };
    let key = match (&target.key, stored) {
        (Some(path), _) => sources::read_key(path, source, context)?,
        (None, stored) => sources::key_of(&target.certificate, stored, &leaf, source, context)?,
    };
    Ok((leaf, key))
}

impl Wanted<'_> {
    /// What is not as it should be, if something is.
    fn fault(&self, found: &Certificate, key: &PrivateKey) -> Option<String> {
        let Self { subject, instance: wanted, signer, now } = self;
        if found.subject().der() != subject.der() {
            return Some(format!("its subject is `{}`, not `{subject}`", found.subject()));
        }
        if found.is_ca() != wanted.is_none() {
            let what = if found.is_ca() { "a CA" } else { "no CA" };
            return Some(format!("it is {what}"));
        }
        if wanted.is_some_and(|wanted| names(wanted) != names(&instance(found, ""))) {
            return Some("its names are others".to_owned());
        }
        match signer {
            Some(signer) if !found.is_signed_by(signer) => {
                return Some(format!("it is not signed by `{}`", signer.subject()));
            }
            None if !found.is_self_signed() => return Some("it is signed by a CA".to_owned()),
            _ => {}
        }
        if !found.is_valid_at(*now) {
            return Some(format!(
                "it is valid from {} to {}",
                found.not_before(),
                found.not_after()
            ));
        }
        (!key.belongs_to(found)).then(|| "the key beside it is another one".to_owned())
    }
}

/// The names of a node in an order of their own.
fn names(instance: &Instance) -> [Vec<String>; 3] {
    let addresses = instance.ip.iter().map(ToString::to_string).collect();
    let mut names = [addresses, instance.dns.clone(), instance.common_names.clone()];
    for list in &mut names {
        list.sort_unstable();
    }
    names
}
