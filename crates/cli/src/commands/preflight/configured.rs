//! `crosstrust preflight node --config`: nodes as their settings files have them.

use std::collections::BTreeSet;
use std::path::Path;

use crosstrust_keystore::open::{Contents, Format};
use crosstrust_keystore::{Entry, Password};
use crosstrust_preflight::endpoint::SecurityModel;
use crosstrust_preflight::node_settings::{
    ContextKind, FileFacts, IdentityFiles, NamedFile, NodeSettings, StoreFile, TlsContext,
    TrustFiles,
};
use crosstrust_preflight::{
    KeyContainer, Node, Policy, RestrictionsFile, Role, Settings, TrustFile, TrustList, Verdicts,
    VerificationMode, check_nodes, check_together,
};
use crosstrust_report::Report;
use crosstrust_restrictions::Restrictions;
use crosstrust_x509::Certificate;

use super::node::{Arguments, with_own_key};
use crate::commands::restrictions;
use crate::commands::sources::{Opened, open_unlocked};
use crate::context::{Context, now};
use crate::failure::{Failure, Message, chain};
use crate::input::{lies_outside, permissions};
use crate::password::{Options, Source, asks_for_password};

/// Checks the nodes of the settings files: the settings, the files that they name, and whether the
/// own cluster, or the one of `--trust`, accepts what they present.
pub(super) fn check(arguments: &Arguments, context: &mut Context) -> Result<Verdicts, Failure> {
    let remote = match arguments.trust.as_slice() {
        [] => None,
        _ => Some(arguments.policy(context)?),
    };
    let mut all = Verdicts::default();
    let mut firsts = Vec::new();
    for path in &arguments.config {
        let mut reader = Reader::new(path, arguments, context)?;
        all.report.append(reader.settings.report.clone());
        let contexts = reader.settings.contexts.clone();
        let mut judged = Vec::new();
        for tls in &contexts {
            judged.push((tls.kind, reader.nodes(tls)?, reader.own(tls)?));
        }
        all.report.append(reader.seen);
        for (kind, nodes, own) in judged {
            // Without the files that say whom the node trusts there is nothing to judge by.
            let Some(own) = own else { continue };
            let nodes: Vec<Node> =
                nodes.into_iter().map(|node| node.with_roles(roles(kind, arguments))).collect();
            let policy = policy(kind, own, remote.as_ref(), arguments);
            let verdicts = check_nodes(&nodes, &policy);
            all.nodes.extend(verdicts.nodes);
            all.report.append(verdicts.report);
            if kind == ContextKind::Transport {
                firsts.extend(nodes.into_iter().next());
            }
        }
    }
    all.report.append(check_together(&firsts));
    all.report = without_repetition(&all.report);
    Ok(all)
}

/// As what the certificate of a context is judged.
fn roles(kind: ContextKind, arguments: &Arguments) -> &'static [Role] {
    match kind {
        ContextKind::Transport => &Role::ALL,
        _ if kind == faced(arguments) && !arguments.trust.is_empty() => &[Role::Server],
        _ => &[],
    }
}

/// The context to which the other side connects.
fn faced(arguments: &Arguments) -> ContextKind {
    match arguments.model {
        SecurityModel::ApiKey => ContextKind::RemoteClusterServer,
        _ => ContextKind::Transport,
    }
}

/// Who judges what a context presents: the other side, where it connects there, else the own
/// cluster's nodes, which are set up alike.
fn policy(
    kind: ContextKind,
    own: Settings,
    remote: Option<&Policy>,
    arguments: &Arguments,
) -> Policy {
    match remote.filter(|_| kind == faced(arguments)) {
        Some(remote) if kind == ContextKind::Transport => {
            Policy { own: Some(own), ..remote.clone() }
        }
        Some(remote) => remote.clone(),
        None => {
            let own = if kind == ContextKind::Transport { own } else { unasked(own) };
            let mut policy = Policy::new(own, arguments.common.at.at.unwrap_or_else(now));
            policy.warn_days = arguments.judge.warn_days;
            policy.at_home = true;
            policy
        }
    }
}

/// Settings whose CA list is looked at, and by which nothing is judged: clusters that connect by API
/// key have lists of their own.
fn unasked(own: Settings) -> Settings {
    Settings { mode: VerificationMode::None, restrictions: None, ..own }
}

/// A CA list may be that of several contexts and nodes: what is said of it is said once.
fn without_repetition(report: &Report) -> Report {
    let mut told = BTreeSet::new();
    let mut once = Report::default();
    for finding in report.findings() {
        let key = (finding.rule().code, finding.path(), finding.place(), finding.message());
        if told.insert(key) {
            once.push(finding.clone());
        }
    }
    once
}

/// Reads what a settings file names.
struct Reader<'a> {
    folder: &'a Path,
    settings: NodeSettings,
    arguments: &'a Arguments,
    context: &'a mut Context,
    /// What was seen of the files.
    seen: Report,
}

impl<'a> Reader<'a> {
    fn new(
        path: &'a str,
        arguments: &'a Arguments,
        context: &'a mut Context,
    ) -> Result<Self, Failure> {
        let input = context.read(path)?;
        let environment = |name: &str| std::env::var_os(name)?.into_string().ok();
        let settings = NodeSettings::parse(path, &input.bytes, &environment)
            .map_err(|error| restrictions::refused_settings(path, &error))?;
        if settings.contexts.is_empty() && !settings.report.has_errors() {
            let message = Message::new("no TLS of nodes or remote clusters is set up there");
            let hint = "the settings begin with `xpack.security.transport.ssl.`";
            return Err(message.at(path).hint(hint).into());
        }
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        Ok(Self { folder, settings, arguments, context, seen: Report::default() })
    }

    /// What the node presents in a context: one node for each key of a key store.
    fn nodes(&mut self, tls: &TlsContext) -> Result<Vec<Node>, Failure> {
        let nodes = match &tls.identity {
            None => Vec::new(),
            Some(IdentityFiles::KeyStore(store)) => self.stored_nodes(store)?,
            Some(IdentityFiles::Pem { certificate, key, passphrase }) => {
                self.pem_node(certificate, key, passphrase.as_ref())?.into_iter().collect()
            }
        };
        let hosts = self.arguments.hostname.iter().chain(&self.settings.publish_host);
        let hosts: Vec<&String> = hosts.collect();
        let dress = |node: Node| {
            let node = node.with_cipher_suites(tls.cipher_suites.clone());
            hosts.iter().fold(node, |node, host| node.with_host(*host))
        };
        Ok(nodes.into_iter().map(dress).collect())
    }

    fn stored_nodes(&mut self, store: &StoreFile) -> Result<Vec<Node>, Failure> {
        let source = self.arguments.common.password.source();
        let opened = self.open(&store.file, store.password.as_ref(), &source, |contents| {
            let with_chain = contents.keys().any(|entry| !entry.chain.is_empty());
            (!with_chain).then(|| "it holds no private key with its certificate".to_owned())
        })?;
        let Some(opened) = opened else { return Ok(Vec::new()) };
        Ok(opened.nodes()?.into_iter().map(with_own_key).collect())
    }

    fn pem_node(
        &mut self,
        certificate: &NamedFile,
        key: &NamedFile,
        passphrase: Option<&Password>,
    ) -> Result<Option<Node>, Failure> {
        let source = self.arguments.common.password.source();
        let presented = self.open(certificate, None, &source, no_certificate)?;
        let key = self.open(key, passphrase, &source, |contents| {
            contents.keys().next().is_none().then(|| "it holds no private key".to_owned())
        })?;
        let Some(presented) = presented else { return Ok(None) };
        let chain = presented.contents.certificates().into_iter().cloned().collect();
        let node = Node::new(presented.path, chain);
        let key = key.as_ref().and_then(|key| key.contents.keys().next()?.key.open());
        Ok(Some(match key {
            Some(key) => node.with_key(key, KeyContainer::Pem),
            None => node,
        }))
    }

    /// Whom the context accepts; nothing where a file that says so is not there.
    fn own(&mut self, tls: &TlsContext) -> Result<Option<Settings>, Failure> {
        let Some(trust) = self.trust(tls)? else { return Ok(None) };
        let mut settings = Settings::new(trust);
        settings.mode = tls.mode;
        settings.fields.clone_from(&tls.fields);
        if let Some(file) = &tls.restrictions {
            settings.restrictions = self.restrictions(file);
            if settings.restrictions.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(settings))
    }

    fn trust(&mut self, tls: &TlsContext) -> Result<Option<TrustList>, Failure> {
        let source = self.arguments.judge.trust_source(&self.arguments.common);
        let opened = match (&tls.trust, &tls.identity) {
            (TrustFiles::Authorities(files), _) => {
                let files = files.iter();
                files.map(|file| self.open(file, None, &source, no_certificate)).collect()
            }
            (TrustFiles::Store(store), _) => self
                .open(&store.file, store.password.as_ref(), &source, untrusting)
                .map(|o| vec![o]),
            (TrustFiles::Unsaid, Some(IdentityFiles::KeyStore(store))) => {
                let source = self.arguments.common.password.source();
                self.open(&store.file, store.password.as_ref(), &source, |_| None).map(|o| vec![o])
            }
            (TrustFiles::Unsaid, _) => Ok(Vec::new()),
        };
        let opened: Option<Vec<Opened>> = opened?.into_iter().collect();
        Ok(opened.map(|files| TrustList::from_files(files.into_iter().map(trusted))))
    }

    /// The restrictions, or a finding that says why they do not load.
    fn restrictions(&mut self, file: &NamedFile) -> Option<RestrictionsFile> {
        let path = self.path(file);
        let loaded = self.context.read(&path).map_err(|failure| failure.text()).and_then(|input| {
            Restrictions::parse(&path, &input.bytes).map_err(|error| error.to_string())
        });
        let (restrictions, problem) = match loaded {
            Ok(restrictions) => (Some(restrictions), None),
            Err(problem) => (None, Some(problem)),
        };
        self.look(file, problem, false);
        restrictions.map(|restrictions| RestrictionsFile { path, restrictions })
    }

    /// Opens a file that a setting names. What keeps Elasticsearch from loading it is a finding; a
    /// password that is missing here is a failure.
    fn open(
        &mut self,
        file: &NamedFile,
        password: Option<&Password>,
        source: &Source<'_>,
        unfit: impl Fn(&Contents) -> Option<String>,
    ) -> Result<Option<Opened>, Failure> {
        let path = self.path(file);
        let bytes = match self.context.read(&path) {
            Ok(input) => input.bytes,
            Err(failure) => {
                self.look(file, Some(failure.text()), false);
                return Ok(None);
            }
        };
        let first = password.cloned().unwrap_or_else(Password::empty);
        let contents = match open_unlocked(&bytes, &[first]) {
            Err(error) if asks_for_password(&error) => {
                let open = |passwords: &[Password]| open_unlocked(&bytes, passwords);
                self.context.with_password(&path, source, open)?
            }
            Err(error) => {
                self.look(file, Some(chain(&error)), false);
                return Ok(None);
            }
            Ok(contents) => contents,
        };
        let problem = unfit(&contents);
        let fit = problem.is_none();
        self.look(file, problem, contents.keys().next().is_some());
        Ok(fit.then_some(Opened { path, contents }))
    }

    fn look(&mut self, file: &NamedFile, problem: Option<String>, holds_key: bool) {
        let path = self.path(file);
        let path = Path::new(&path);
        let outside = lies_outside(path, self.folder);
        let facts = FileFacts { problem, outside, holds_key, permissions: permissions(path) };
        self.seen.append(self.settings.check_file(file, &facts));
    }

    /// Where the file is: relative paths start at the settings file's folder.
    fn path(&self, file: &NamedFile) -> String {
        self.folder.join(&file.path).to_string_lossy().into_owned()
    }
}

fn no_certificate(contents: &Contents) -> Option<String> {
    contents.certificates().is_empty().then(|| "it holds no certificate".to_owned())
}

/// Elasticsearch refuses a trust store without an entry that Java trusts.
fn untrusting(contents: &Contents) -> Option<String> {
    let none = !contents.entries.iter().any(is_trusted);
    none.then(|| "it holds no certificate that Java trusts".to_owned())
}

/// What Java makes anchors of: each certificate of a PEM file; of a key store those marked as
/// trusted. A node's own certificate beside its key is one too, yet for that node alone: the others,
/// who judge it, have their own in that place.
fn trusted(opened: Opened) -> TrustFile {
    let Opened { path, contents } = opened;
    let is_pem = matches!(contents.format, Format::Pem | Format::Certificate);
    let all = contents.certificates().into_iter().cloned();
    let certificates: Vec<Certificate> = if is_pem {
        all.collect()
    } else {
        let marked = contents.entries.iter().filter(|entry| is_trusted(entry));
        marked.flat_map(Entry::certificates).cloned().collect()
    };
    let private_keys = if is_pem { contents.keys().count() } else { 0 };
    TrustFile { path, certificates, private_keys }
}

/// Whether Java lists an entry as a trusted certificate.
fn is_trusted(entry: &Entry) -> bool {
    matches!(entry, Entry::TrustedCertificate(_))
}
