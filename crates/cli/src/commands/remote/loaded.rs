//! The files that a node's settings name, to be compared with what the node has loaded.

use std::path::Path;

use crosstrust_keystore::Password;
use crosstrust_keystore::open::open;
use crosstrust_preflight::node_settings::{
    IdentityFiles, NamedFile, NodeSettings, StoreFile, TlsContext, TrustFiles,
};
use crosstrust_remote::{LoadedFile, RunningCertificates, UNANSWERED};
use crosstrust_report::Report;

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::material::config_root::ConfigRoots;
use crate::material::restrictions::refused_settings;
use crate::password::Source;

/// A node's settings, and how what they name is found and opened.
pub(super) struct NodeFiles<'a> {
    pub(super) settings: &'a str,
    pub(super) roots: &'a ConfigRoots,
    pub(super) source: &'a Source<'a>,
}

impl NodeFiles<'_> {
    /// Reads the files that the settings name and that the node has certificates of. What cannot be read is told in the
    /// report.
    pub(super) fn read(
        &self,
        running: &RunningCertificates,
        report: &mut Report,
        context: &mut Context,
    ) -> Result<Vec<LoadedFile>, Failure> {
        let Self { settings, roots, source } = *self;
        let bytes = context.read(settings)?.bytes;
        let parsed = NodeSettings::parse(settings, &bytes, &input::variable)
            .map_err(|error| refused_settings(settings, &error))?;
        let folder = Path::new(settings).parent().unwrap_or(Path::new(""));
        let mut passwords: Vec<Password> = context.given(source)?.into_iter().collect();
        passwords.extend(parsed.contexts.iter().flat_map(passwords_of));
        passwords.push(Password::empty());
        let named = parsed.contexts.iter().flat_map(TlsContext::files).chain(&parsed.realm_files);
        let mut files: Vec<LoadedFile> = Vec::new();
        for NamedFile { path: configured, .. } in named {
            if files.iter().any(|file| file.configured == *configured) || !running.names(configured)
            {
                continue;
            }
            let path = roots.here(folder, configured).to_string_lossy().into_owned();
            let opened = context.read(&path).and_then(|input| {
                let failed = |error| Message::new(chain(&error)).at(&path).hint(HELP).into();
                open(&input.bytes, &passwords).map_err(failed)
            });
            let certificates = match opened {
                Ok(contents) => Some(contents.certificates().into_iter().cloned().collect()),
                Err(failure) => {
                    let findings = failure.findings(&UNANSWERED, &path).into_iter();
                    findings.for_each(|finding| report.push(finding.with_help(HELP)));
                    None
                }
            };
            files.push(LoadedFile { configured: configured.clone(), path, certificates });
        }
        Ok(files)
    }
}

/// The passwords that stand in the settings.
fn passwords_of(tls: &TlsContext) -> Vec<Password> {
    let of_store = |store: &StoreFile| store.password.as_ref().map(|own| own.password.clone());
    let identity = match &tls.identity {
        Some(IdentityFiles::KeyStore(store)) => of_store(store),
        Some(IdentityFiles::Pem { .. }) | None => None,
    };
    let trust = match &tls.trust {
        TrustFiles::Store(store) => of_store(store),
        _ => None,
    };
    identity.into_iter().chain(trust).collect()
}

const HELP: &str = "run it where the node's files are, as a user who may read them; --pass gives the password of key \
    stores, and --config-root says where a container's files are";
