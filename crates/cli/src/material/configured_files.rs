//! The files that a node's settings name, opened in the order and in the way in which Elasticsearch
//! opens them.

use std::mem::discriminant;
use std::path::Path;

use crosstrust_keystore::java::{self, Obstacle};
use crosstrust_keystore::open::{Contents, open_store};
use crosstrust_keystore::{Error, KeyEntry, Password};
use crosstrust_preflight::node_settings::{
    ClearPassword, ContextKind, FileFacts, IdentityFiles, NamedFile, NodeSettings, StoreFile,
    TlsContext, TrustFiles, refused_file,
};
use crosstrust_preflight::{
    KeyContainer, Node, RestrictionsFile, Settings, TrustFile, TrustList, Verdict,
};
use crosstrust_report::Report;
use crosstrust_restrictions::Restrictions;
use crosstrust_x509::Certificate;

use super::asked::Asked;
use super::file_kind::{FileKind, Wanted};
use super::misplaced;
use super::restrictions::{refused_settings, without_tls};
use crate::context::Context;
use crate::failure::{Failure, chain};
use crate::input::{self, permissions};
use crate::material::keys::locked;
use crate::material::trust::anchors;
use crate::password::{Source, asks_for_password};

/// Reads what a settings file names.
pub(crate) struct Reader<'a> {
    folder: &'a Path,
    pub(crate) settings: NodeSettings,
    asked: Asked<'a>,
    context: &'a mut Context,
    /// What was seen of the files.
    pub(crate) seen: Report,
}

/// A key store that was opened, with what keeps a JVM from it.
struct Store {
    path: String,
    contents: Contents,
}

impl<'a> Reader<'a> {
    /// Reads a settings file, or says why Elasticsearch does not load it.
    pub(crate) fn new(
        path: &'a str,
        asked: Asked<'a>,
        context: &'a mut Context,
    ) -> Result<Result<Self, Report>, Failure> {
        let input = context.read(path)?;
        let settings = match NodeSettings::parse(path, &input.bytes, &input::variable) {
            Ok(settings) => settings,
            Err(error) => {
                FileKind::refuse_others(path, &input.bytes, &Wanted::SETTINGS)?;
                let refused = || refused_settings(path, &error);
                return refused_file(path, &error).map(Err).ok_or_else(refused);
            }
        };
        let in_use = settings.contexts.iter().any(|context| context.is_in_use);
        if !in_use && !settings.report.has_errors() {
            return Err(without_tls(path, &input.bytes));
        }
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        Ok(Ok(Self { folder, settings, asked, context, seen: Report::default() }))
    }

    /// What the node presents in a context.
    pub(crate) fn node(&mut self, tls: &TlsContext) -> Result<Option<Node>, Failure> {
        let node = match &tls.identity {
            None => None,
            Some(IdentityFiles::KeyStore(store)) => Some(self.stored_node(tls.kind, store)?),
            Some(IdentityFiles::Pem { certificate, key, passphrase }) => {
                Some(self.pem_node(certificate, key, passphrase.as_ref())?)
            }
        };
        let hosts = self.asked.hosts.iter().chain(&self.settings.publish_host);
        let hosts: Vec<&String> = hosts.collect();
        Ok(node.map(|node| {
            let node = node.with_cipher_suites(tls.cipher_suites.clone());
            let node = node.with_protocols(tls.protocols.clone());
            hosts.iter().fold(node, |node, host| node.with_host(*host))
        }))
    }

    fn stored_node(&mut self, kind: ContextKind, store: &StoreFile) -> Result<Node, Failure> {
        let source = self.asked.password;
        let path = self.path(&store.file);
        let Some(Store { path, contents }) = self.store(store, &source)? else {
            return Ok(Node::new(path, Vec::new()));
        };
        let wrong_key_password = store.key_password.as_ref().filter(|_| has_locked_key(&contents));
        if let Some(password) = wrong_key_password {
            let late = store.opens_late;
            self.seen.append(self.settings.wrong_password(password, &store.file, late));
        }
        let obstacles = match wrong_key_password {
            Some(_) => Vec::new(),
            None => java::key_store_obstacles_as(&contents, store.store_type),
        };
        let holds_key = contents.keys().next().is_some();
        let opens_late = store.opens_late;
        let facts = FileFacts { obstacles, holds_key, opens_late, ..FileFacts::default() };
        self.look(&store.file, facts);
        let mut keys = java::presented(&contents);
        if kind == ContextKind::Http && keys.len() > 1 {
            // Elasticsearch leaves the key of a CA aside here.
            keys.retain(|entry| entry.chain.first().is_none_or(|leaf| !leaf.is_ca()));
        }
        let Some((first, others)) = keys.split_first() else {
            return Ok(Node::new(path, Vec::new()));
        };
        let kind = |entry: &KeyEntry| Some(discriminant(entry.chain.first()?.public_key().kind()));
        if store.opens_late && others.iter().any(|other| kind(other) == kind(first)) {
            self.seen.append(self.settings.undecided_key(&store.file));
        }
        let node = Node::new(path, first.chain.clone());
        let node = match first.key.open() {
            Some(key) => node.with_key(key, KeyContainer::Pkcs12),
            None => node,
        };
        if others.is_empty() {
            return Ok(node);
        }
        let alias = |entry: &&KeyEntry| entry.java_alias.clone().unwrap_or_default();
        Ok(node.with_other_keys(alias(first), others.iter().map(alias).collect()))
    }

    fn pem_node(
        &mut self,
        certificate: &NamedFile,
        key: &NamedFile,
        passphrase: Option<&ClearPassword>,
    ) -> Result<Node, Failure> {
        let chain = self.certificates(certificate).unwrap_or_default();
        let node = Node::new(self.path(certificate), chain);
        let Some(bytes) = self.bytes(key) else { return Ok(node) };
        let read = match passphrase {
            Some(own) => java::key_file(&bytes, &own.password),
            None => self.key_with_password(key, &bytes)?,
        };
        let (found, obstacles) = match read {
            Ok((found, obstacles)) => (Some(found), obstacles),
            Err(obstacles) => (None, obstacles),
        };
        let is_wrong = |one: &Obstacle| matches!(one.reason, java::Reason::KeyPassword { .. });
        match passphrase {
            Some(own) if obstacles.iter().any(is_wrong) => {
                self.seen.append(self.settings.wrong_password(own, key, false));
            }
            _ => {
                let key_blocks = java::key_blocks(&bytes);
                let facts =
                    FileFacts { obstacles, key_blocks, holds_key: true, ..FileFacts::default() };
                self.look(key, facts);
            }
        }
        Ok(match found {
            Some(found) => node.with_key(&found, KeyContainer::Pem),
            None => node,
        })
    }

    /// The key of a file whose password Elasticsearch's keystore would have: none, or that of an
    /// option.
    fn key_with_password(&mut self, key: &NamedFile, bytes: &[u8]) -> Result<KeyRead, Failure> {
        let read = java::key_file(bytes, &Password::empty());
        let is_locked = |one: &Obstacle| matches!(one.reason, java::Reason::KeyPassword { .. });
        if !matches!(&read, Err(obstacles) if obstacles.iter().any(is_locked)) {
            return Ok(read);
        }
        if !self.asks() {
            return Ok(Err(Vec::new()));
        }
        let path = self.path(key);
        let source = self.asked.password.of_file(bytes);
        self.context.with_password(&path, &source, |passwords| {
            let password = passwords.first().cloned().unwrap_or_else(Password::empty);
            match java::key_file(bytes, &password) {
                Err(obstacles) if obstacles.iter().any(is_locked) => Err(Error::WrongPassword),
                read => Ok(read),
            }
        })
    }

    /// Whom the context accepts; nothing where a file that says so does not load, or a variable
    /// is not set.
    pub(crate) fn own(&mut self, tls: &TlsContext) -> Result<Option<Settings>, Failure> {
        let trust = self.trust(tls)?;
        let restrictions = tls.restrictions.as_ref().map(|file| self.restrictions(file));
        let Some(trust) = trust.filter(|_| tls.is_known) else { return Ok(None) };
        let mut settings = Settings::new(trust);
        settings.mode = tls.mode;
        settings.fields.clone_from(&tls.fields);
        if let Some(read) = restrictions {
            let Some(read) = read else { return Ok(None) };
            settings.restrictions = Some(read);
        }
        Ok(Some(settings))
    }

    fn trust(&mut self, tls: &TlsContext) -> Result<Option<TrustList>, Failure> {
        let source = self.asked.trust_password;
        let files: Option<Vec<TrustFile>> = match (&tls.trust, &tls.identity) {
            (TrustFiles::Authorities(files), _) => {
                let lists = files.iter().map(|file| {
                    let certificates = self.certificates(file)?;
                    let path = self.path(file);
                    Some(TrustFile { path, certificates, ..TrustFile::default() })
                });
                // Each is looked at, whatever the others are.
                lists.collect::<Vec<_>>().into_iter().collect()
            }
            (TrustFiles::Store(store), _) => self.store(store, &source)?.map(|opened| {
                let obstacles = java::trust_store_obstacles_as(&opened.contents, store.store_type);
                let holds_key = opened.contents.keys().next().is_some();
                self.look(&store.file, FileFacts { obstacles, holds_key, ..FileFacts::default() });
                vec![anchors(opened.path, &opened.contents)]
            }),
            // A key store is its own trust store then; whatever is odd about it was told already.
            (TrustFiles::Unsaid, Some(IdentityFiles::KeyStore(store))) => {
                let source = self.asked.password;
                let told = self.seen.clone();
                let opened = self.store(store, &source)?;
                self.seen = told;
                opened.map(|opened| vec![anchors(opened.path, &opened.contents)])
            }
            // Elasticsearch trusts the JDK's own CAs then, and whatever is in `certificate`.
            (TrustFiles::Unsaid, Some(IdentityFiles::Pem { certificate, .. })) => {
                let told = self.seen.clone();
                let certificates = self.certificates(certificate);
                self.seen = told;
                let path = self.path(certificate);
                certificates.map(|key_entries| {
                    vec![TrustFile { path, key_entries, ..TrustFile::default() }]
                })
            }
            (TrustFiles::Unsaid, None) | (TrustFiles::Everybody, _) => Some(Vec::new()),
        };
        // Without any certificate that counts, the file says nothing of the list.
        let holding =
            |file: &TrustFile| !file.certificates.is_empty() || !file.key_entries.is_empty();
        let list = files.map(|files| TrustList::from_files(files.into_iter().filter(holding)));
        let of_java = matches!(tls.trust, TrustFiles::Unsaid);
        Ok(list.map(|list| list.with_those_of_java(of_java)))
    }

    /// The restrictions, or a finding that says why they do not load.
    fn restrictions(&mut self, file: &NamedFile) -> Option<RestrictionsFile> {
        let path = self.path(file);
        let bytes = self.bytes(file)?;
        let loaded = Restrictions::parse(&path, &bytes);
        let problem = loaded.as_ref().err().map(ToString::to_string);
        let help = problem.as_ref().map(|_| {
            format!("`crosstrust restrictions lint --fix {path}` mends what can be mended")
        });
        self.look(file, FileFacts { problem, help, ..FileFacts::default() });
        Some(RestrictionsFile { path, restrictions: loaded.ok()? })
    }

    /// The certificates of a file, as far as some Java reads them.
    fn certificates(&mut self, file: &NamedFile) -> Option<Vec<Certificate>> {
        let bytes = self.bytes(file)?;
        let java::CertificateFile { certificates, obstacles } = java::certificate_file(&bytes);
        self.look(file, FileFacts { obstacles, ..FileFacts::default() });
        Some(certificates).filter(|certificates| !certificates.is_empty())
    }

    /// Opens a key store with the password of the settings, and no other; where they have none, with
    /// what Elasticsearch's own keystore would have: none, or that of an option.
    fn store(&mut self, store: &StoreFile, source: &Source<'_>) -> Result<Option<Store>, Failure> {
        let path = self.path(&store.file);
        let Some(bytes) = self.bytes(&store.file) else { return Ok(None) };
        let opened = match &store.password {
            Some(own) => {
                match open_store(&bytes, &own.password, key_password(store, &own.password)) {
                    Err(error) if asks_for_password(&error) => {
                        self.seen.append(self.settings.wrong_password(own, &store.file, false));
                        return Ok(None);
                    }
                    Ok(contents) if has_locked_key(&contents) && store.key_password.is_none() => {
                        self.with_given_key_password(&bytes, &own.password, contents, source)
                    }
                    opened => opened,
                }
            }
            None => self.store_with_option(&path, &bytes, store, source)?,
        };
        match opened {
            Ok(contents) => Ok(Some(Store { path, contents })),
            Err(error) if asks_for_password(&error) && !self.asks() => Ok(None),
            Err(error) => {
                let help = "write the file anew with `crosstrust convert`, or correct the path";
                let (problem, help) = (Some(chain(&error)), Some(help.to_owned()));
                self.look(&store.file, FileFacts { problem, help, ..FileFacts::default() });
                Ok(None)
            }
        }
    }

    fn store_with_option(
        &mut self,
        path: &str,
        bytes: &[u8],
        store: &StoreFile,
        source: &Source<'_>,
    ) -> Result<Result<Contents, Error>, Failure> {
        let open = |password: &Password| open_store(bytes, password, key_password(store, password));
        let first = open(&Password::empty());
        if !matches!(&first, Err(error) if asks_for_password(error)) || !self.asks() {
            return Ok(first);
        }
        let tried =
            |passwords: &[Password]| match open(passwords.first().unwrap_or(&Password::empty())) {
                Err(error) if asks_for_password(&error) => Err(error),
                other => Ok(other),
            };
        self.context.with_password(path, &source.of_file(bytes), tried)
    }

    /// The keys of a store may have the password that `secure_key_password` has, which an option gives.
    fn with_given_key_password(
        &mut self,
        bytes: &[u8],
        password: &Password,
        contents: Contents,
        source: &Source<'_>,
    ) -> Result<Contents, Error> {
        match self.context.given(source) {
            Ok(Some(key)) => open_store(bytes, password, &key),
            _ => Ok(contents),
        }
    }

    /// The bytes of a file, or a finding that says why there are none.
    fn bytes(&mut self, file: &NamedFile) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        match self.context.read(&self.path(file)) {
            Ok(input) => Some(input.bytes),
            Err(failure) => {
                let problem = Some(failure.text());
                let help = misplaced::help(self.folder, &file.path);
                self.look(file, FileFacts { problem, help, ..FileFacts::default() });
                None
            }
        }
    }

    /// Whether somebody is asked for a password: not where the settings alone stop the node.
    fn asks(&self) -> bool {
        !self.settings.report.has_errors()
    }

    /// Looks at what realms name: a certificate file is opened as one, of others only that they are there.
    pub(crate) fn look_at_realms(&mut self) {
        for file in self.settings.realm_files.clone() {
            if file.setting.ends_with("certificate") || file.setting.ends_with("_authorities") {
                let _ = self.certificates(&file);
            } else if self.bytes(&file).is_some() {
                self.look(&file, FileFacts::default());
            }
        }
    }

    fn look(&mut self, file: &NamedFile, facts: FileFacts) {
        let own = self.path(file);
        let path = Path::new(&own);
        let outside = self.asked.roots.lies_outside(self.folder, &file.path);
        let facts =
            FileFacts { outside, permissions: permissions(path), path: own.clone(), ..facts };
        self.seen.append(self.settings.check_file(file, &facts));
    }

    /// Where the file is: relative paths start at the settings file's folder.
    fn path(&self, file: &NamedFile) -> String {
        self.asked.roots.here(self.folder, &file.path).to_string_lossy().into_owned()
    }

    /// Whether the node starts, after all its files were read: with any error it does not, and where
    /// releases of Java differ it is not known.
    pub(crate) fn start(&self) -> Verdict {
        crosstrust_preflight::start([&self.settings.report, &self.seen])
    }
}

/// A key that was read from a PEM file, with what keeps some JVM from it.
type KeyRead = Result<(crosstrust_keystore::PrivateKey, Vec<Obstacle>), Vec<Obstacle>>;

/// The password of the keys of a store: their own, else that of the store.
fn key_password<'a>(store: &'a StoreFile, password: &'a Password) -> &'a Password {
    store.key_password.as_ref().map_or(password, |own| &own.password)
}

fn has_locked_key(contents: &Contents) -> bool {
    locked(contents).is_some_and(|error| asks_for_password(&error))
}
