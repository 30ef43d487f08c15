//! Which files of a folder are material of the transport layer, and which of HTTPS and other contexts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crosstrust_preflight::node_settings::{ContextKind, NodeSettings};

use super::restrictions::{is_of_a_node, settings_files};
use crate::context::Context;
use crate::failure::Failure;
use crate::input::{self, Input, place};

/// The files that the transport layer may present or trust. What the settings files in the folder name for
/// other contexts alone is passed over with one note, and so is what Elasticsearch's own set-up makes for HTTPS.
pub(crate) fn of_transport(
    files: Vec<Input>,
    folder: &str,
    context: &mut Context,
) -> Result<Vec<Input>, Failure> {
    let named = Named::in_collection(folder, context)?;
    let paths: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let is_other = |file: &Input| {
        let real = place(&file.path);
        !named.transport.contains(&real)
            && (named.others.contains(&real) || is_automatic(&file.path, &paths))
    };
    let (others, kept): (Vec<_>, Vec<_>) = files.into_iter().partition(is_other);
    if !others.is_empty() {
        let paths = others.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join(", ");
        context.note(&format!("{paths}: not of the transport layer: passed over"));
    }
    Ok(kept)
}

/// The files that settings files name, by where they are.
#[derive(Default)]
struct Named {
    transport: BTreeSet<PathBuf>,
    others: BTreeSet<PathBuf>,
}

impl Named {
    /// Takes a folder or a ZIP archive.
    fn in_collection(source: &str, context: &mut Context) -> Result<Self, Failure> {
        let mut named = Self::default();
        for Input { path, bytes } in settings_files(source, is_of_a_node, context)? {
            named.add(Path::new(&path), &bytes);
        }
        Ok(named)
    }

    /// A file that does not load names nothing.
    fn add(&mut self, path: &Path, bytes: &[u8]) {
        let Ok(settings) = NodeSettings::parse(&path.to_string_lossy(), bytes, &input::variable)
        else {
            return;
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        for tls in &settings.contexts {
            let is_transport = matches!(tls.kind, ContextKind::Transport | ContextKind::Profile);
            let set = if is_transport { &mut self.transport } else { &mut self.others };
            let paths = tls.files().into_iter().map(|file| folder.join(&file.path));
            set.extend(paths.map(|path| place(&path.to_string_lossy())));
        }
    }
}

/// Whether a file has a name that Elasticsearch's own set-up gives to material of HTTPS, beside that of the
/// transport layer.
fn is_automatic(path: &str, all: &BTreeSet<String>) -> bool {
    let path = Path::new(path);
    let is_of_http = HTTP.iter().any(|name| path.file_name().is_some_and(|file| file == *name));
    is_of_http && all.contains(&*path.with_file_name("transport.p12").to_string_lossy())
}

const HTTP: [&str; 2] = ["http.p12", "http_ca.crt"];
