//! What a node's `elasticsearch.yml` names beside itself, as far as it is there and opens: the node's own
//! certificate, the one of its remote cluster server, and the store that it takes its trust from.

use std::path::Path;

use crosstrust_keystore::Password;
use crosstrust_keystore::java;
use crosstrust_keystore::open::{Contents, open};
use crosstrust_preflight::node_settings::{
    ContextKind, IdentityFiles, NodeSettings, StoreFile, TlsContext, TrustFiles,
};
use crosstrust_remote::{Model, NodeCertificate, ServerCertificate, StoreUse, TrustStore};
use crosstrust_x509::Certificate;

use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::password::Source;

/// What was read.
#[derive(Default)]
pub(super) struct Configured {
    pub(super) node: Option<NodeCertificate>,
    pub(super) trust_store: Option<TrustStore>,
    pub(super) server: Option<ServerCertificate>,
}

/// Reads all of it. What does not open is left out: the node has its passwords in a keystore that nobody else
/// reads, so that is no fault of the connection file.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    model: Model,
    password: &Source<'_>,
    context: &mut Context,
) -> Result<Configured, Failure> {
    let Ok(settings) = NodeSettings::parse(path, bytes, &input::variable) else {
        return Ok(Configured::default());
    };
    let kind = match model {
        Model::ApiKey => ContextKind::RemoteClusterClient,
        Model::Tls => ContextKind::Transport,
    };
    let find = |kind| settings.contexts.iter().find(|tls| tls.kind == kind);
    let server = find(ContextKind::RemoteClusterServer).filter(|_| model == Model::ApiKey);
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let mut passwords: Vec<Password> = context.given(password)?.into_iter().collect();
    passwords.push(Password::empty());
    let mut reader = Reader { folder, passwords, context };
    let tls = find(kind);
    Ok(Configured {
        node: tls.and_then(|tls| reader.node(tls)),
        trust_store: tls.and_then(|tls| reader.trust_store(tls)),
        server: server.and_then(|tls| reader.server(tls)),
    })
}

/// A store that the connection file names by its place on the operator's desk.
pub(super) fn named_store(
    folder: &Path,
    path: &str,
    password: &Source<'_>,
    context: &mut Context,
) -> Result<Option<TrustStore>, Failure> {
    if !input::is_file(folder.join(path)) {
        return Ok(None);
    }
    let mut passwords: Vec<Password> = context.given(password)?.into_iter().collect();
    passwords.push(Password::empty());
    let contents = Reader { folder, passwords, context }.open(path, &[]);
    Ok(Some(TrustStore {
        path: path.to_owned(),
        role: StoreUse::Trust,
        is_here: true,
        certificates: contents.map(|contents| trusted(&contents)),
    }))
}

struct Reader<'a> {
    folder: &'a Path,
    passwords: Vec<Password>,
    context: &'a mut Context,
}

impl Reader<'_> {
    fn node(&mut self, tls: &TlsContext) -> Option<NodeCertificate> {
        let (path, certificate) = match tls.identity.as_ref()? {
            IdentityFiles::KeyStore(store) => {
                let contents = self.store(store)?;
                let entry = *java::presented(&contents).first()?;
                (&store.file.path, entry.chain.first()?.clone())
            }
            IdentityFiles::Pem { certificate, .. } => {
                let bytes = self.bytes(&certificate.path)?;
                let read = java::certificate_file(&bytes).certificates;
                (&certificate.path, read.into_iter().next()?)
            }
        };
        let label = self.folder.join(path).to_string_lossy().into_owned();
        Some(NodeCertificate { label, certificate, obstacles: Vec::new() })
    }

    fn server(&mut self, tls: &TlsContext) -> Option<ServerCertificate> {
        let (path, chain) = match tls.identity.as_ref()? {
            IdentityFiles::KeyStore(store) => {
                let contents = self.store(store);
                let presented = contents.as_ref().map(java::presented).unwrap_or_default();
                let chain = presented.first().map(|entry| entry.chain.clone());
                (&store.file.path, chain)
            }
            IdentityFiles::Pem { certificate, .. } => {
                let bytes = self.bytes(&certificate.path);
                let read = bytes.map(|bytes| java::certificate_file(&bytes).certificates);
                (&certificate.path, read)
            }
        };
        Some(ServerCertificate { path: path.clone(), chain: chain.unwrap_or_default() })
    }

    fn trust_store(&mut self, tls: &TlsContext) -> Option<TrustStore> {
        let keys = match &tls.identity {
            Some(IdentityFiles::KeyStore(store)) => Some(store),
            _ => None,
        };
        let (store, role) = match &tls.trust {
            TrustFiles::Authorities(_) | TrustFiles::Everybody => return None,
            TrustFiles::Store(store) => {
                let is_both = keys.is_some_and(|keys| keys.file.path == store.file.path);
                (&**store, if is_both { StoreUse::Both } else { StoreUse::Trust })
            }
            TrustFiles::Unsaid if !tls.is_known => return None,
            TrustFiles::Unsaid => (keys?, StoreUse::Keys),
        };
        let certificates = self.store(store).map(|contents| trusted(&contents));
        let path = store.file.path.clone();
        Some(TrustStore { path, role, is_here: false, certificates })
    }

    fn store(&mut self, store: &StoreFile) -> Option<Contents> {
        let own = store.password.iter().map(|own| own.password.clone()).collect::<Vec<_>>();
        self.open(&store.file.path, &own)
    }

    fn open(&mut self, path: &str, own: &[Password]) -> Option<Contents> {
        let bytes = self.bytes(path)?;
        open(&bytes, &[own, &self.passwords].concat()).ok()
    }

    fn bytes(&mut self, path: &str) -> Option<zeroize::Zeroizing<Vec<u8>>> {
        let path = self.folder.join(path);
        if !input::is_file(&path) {
            return None;
        }
        self.context.read(&path.to_string_lossy()).ok().map(|input| input.bytes)
    }
}

/// What a store trusts besides the certificates of its own keys.
pub(super) fn trusted(contents: &Contents) -> Vec<Certificate> {
    let of_keys: Vec<_> = contents.keys().filter_map(|entry| entry.chain.first()).collect();
    let anchors = java::anchors(contents).into_iter();
    anchors.filter(|anchor| !of_keys.contains(anchor)).cloned().collect()
}
