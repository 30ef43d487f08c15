//! The files that a connection file names.

use std::path::Path;

use crosstrust_keystore::authorities;
use crosstrust_keystore::open::Contents;
use crosstrust_remote::{
    Connection, Material, Model, NodeCertificate, Resource, RestrictionsInUse, Side, SideMaterial,
    StoreUse, TrustedFile, authority_paths,
};
use crosstrust_restrictions::restrictions_path;
use crosstrust_settings::SettingsFile;
use crosstrust_x509::Certificate;

use super::configured;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::material::sources;
use crate::password::Source;

/// Reads the CAs and the nodes' certificates of both sides. Paths are relative to the connection
/// file; whatever cannot be read is told at the key that names it, all of it at once.
pub(super) fn read(
    path: &str,
    connection: &Connection,
    password: &Source<'_>,
    context: &mut Context,
) -> Result<Material, Failure> {
    let mut files = Files { path, connection, password, context, errors: Vec::new() };
    let material = Material {
        local: files.side("local", &connection.local),
        remote: files.side("remote", &connection.remote),
        ..Material::default()
    };
    if files.errors.is_empty() { Ok(material) } else { Err(Failure::several(files.errors)) }
}

/// The files of a connection, and what was wrong with them so far.
struct Files<'a, 'b> {
    path: &'a str,
    connection: &'a Connection,
    password: &'a Source<'b>,
    context: &'a mut Context,
    errors: Vec<Message>,
}

impl Files<'_, '_> {
    fn side(&mut self, word: &str, side: &Side) -> SideMaterial {
        let mut material = SideMaterial::default();
        let read = self.authorities(side, &mut material);
        self.keep(&format!("{word}.ca"), read);
        let read = self.settings(side, &mut material);
        self.keep(&format!("{word}.elasticsearch_yml"), read);
        let read = self.manifest(side, &mut material);
        self.keep(&format!("{word}.manifest"), read);
        let read = self.nodes(side, &mut material);
        self.keep(&format!("{word}.nodes"), read);
        material
    }

    /// Keeps what went wrong, at the key that names the file.
    fn keep(&mut self, key: &str, read: Result<(), Failure>) {
        let Err(failure) = read else { return };
        let place = match self.connection.place(key) {
            Some(place) => format!("{}:{}:{}", self.path, place.line, place.column),
            None => self.path.to_owned(),
        };
        self.errors.extend(failure.named_at(&place));
    }

    fn below(&self, path: &str) -> String {
        let folder = Path::new(self.path).parent().unwrap_or(Path::new(""));
        folder.join(path).to_string_lossy().into_owned()
    }

    fn authorities(&mut self, side: &Side, material: &mut SideMaterial) -> Result<(), Failure> {
        let files: Vec<String> = side.ca.iter().map(|path| self.below(path)).collect();
        if files.is_empty() {
            return Ok(());
        }
        let opened = sources::open_files(&files, self.password, self.context)?;
        let contents: Vec<&Contents> = opened.iter().map(|source| &source.contents).collect();
        material.authorities = authorities::extract(&contents)
            .map_err(|error| Message::new(chain(&error)).at(files.join(", ")))?;
        for (path, source) in side.ca.iter().zip(&opened) {
            let mut keys = source.contents.keys().peekable();
            let has_key = keys.peek().is_some();
            // A key without a certificate beside it is that of a CA in another file.
            if keys.any(|key| key.chain.first().is_none_or(Certificate::is_ca)) {
                material.files_with_key.push(path.clone());
            } else if has_key {
                material.node_stores.push(path.clone());
            }
        }
        Ok(())
    }

    fn settings(&mut self, side: &Side, material: &mut SideMaterial) -> Result<(), Failure> {
        let Some(settings) = &side.elasticsearch_yml else {
            return self.named_store(side, material);
        };
        let settings = self.below(settings);
        let bytes = self.context.read(&settings)?.bytes;
        let file = SettingsFile::parse(&bytes);
        if let Ok(file) = &file {
            let model = self.connection.model;
            let read = configured::read(&settings, &bytes, model, self.password, self.context)?;
            (material.configured_node, material.trust_store) = (read.node, read.trust_store);
            material.server_certificate = read.server;
            material.restrictions = self.restrictions(&settings, file)?;
            material.trusted_files = self.trusted(&settings, file)?;
        }
        material.elasticsearch_yml = Some(file);
        material.settings_path = input::real_path(&settings);
        Ok(())
    }

    /// The resource on Kubernetes, which must be the one of the connection file.
    fn manifest(&mut self, side: &Side, material: &mut SideMaterial) -> Result<(), Failure> {
        let Some(path) = &side.manifest else { return Ok(()) };
        let path = self.below(path);
        let text = self.context.read_text(&path)?;
        let read = Resource::parse(&text).map_err(|problem| Message::new(problem).at(&path))?;
        let Some(read) = read.named(&side.name, &side.namespace) else {
            let message = format!("is not `{}` in the namespace `{}`", side.name, side.namespace);
            return Err(Message::new(message).at(&path).into());
        };
        material.restrictions = read
            .restrictions()
            .map(|text| RestrictionsInUse { path: path.clone(), bytes: text.as_bytes().to_vec() });
        material.manifest = Some(read);
        Ok(())
    }

    /// The trust store that the connection file names, if that is its place here.
    fn named_store(&mut self, side: &Side, material: &mut SideMaterial) -> Result<(), Failure> {
        // The key names the store of the transport layer.
        let named = side.truststore.as_ref().filter(|_| self.connection.model == Model::Tls);
        let Some(store) = named else { return Ok(()) };
        let folder = Path::new(self.path).parent().unwrap_or(Path::new(""));
        let read = configured::named_store(folder, store, self.password, self.context)?;
        material.trust_store = read.map(|mut read| {
            if side.nodes.contains(store) {
                read.role = StoreUse::Both;
            }
            read
        });
        Ok(())
    }

    /// The restrictions that an `elasticsearch.yml` names, if they are beside it as on a node.
    fn restrictions(
        &mut self,
        settings: &str,
        file: &SettingsFile,
    ) -> Result<Option<RestrictionsInUse>, Failure> {
        let Some(path) = restrictions_path(file) else { return Ok(None) };
        let path = Path::new(settings).parent().unwrap_or(Path::new("")).join(path);
        if !input::is_file(&path) {
            return Ok(None);
        }
        let path = path.to_string_lossy().into_owned();
        let bytes = self.context.read(&path)?.bytes;
        Ok(Some(RestrictionsInUse { path, bytes: bytes.to_vec() }))
    }

    /// The CA files that an `elasticsearch.yml` names, as far as they are beside it as on a node.
    fn trusted(
        &mut self,
        settings: &str,
        file: &SettingsFile,
    ) -> Result<Vec<TrustedFile>, Failure> {
        let folder = Path::new(settings).parent().unwrap_or(Path::new(""));
        let mut files = Vec::new();
        for path in authority_paths(file, self.connection.model) {
            let file = folder.join(&path);
            if input::is_file(&file) {
                let file = [file.to_string_lossy().into_owned()];
                let opened = sources::open_files(&file, self.password, self.context)?;
                let contents = opened.iter().flat_map(|source| source.contents.certificates());
                files.push(TrustedFile { path, certificates: contents.cloned().collect() });
            }
        }
        Ok(files)
    }

    fn nodes(&mut self, side: &Side, material: &mut SideMaterial) -> Result<(), Failure> {
        let files: Vec<String> = side.nodes.iter().map(|path| self.below(path)).collect();
        if files.is_empty() {
            return Ok(());
        }
        let opened = sources::open_nodes(&files, self.password, self.context)?;
        let entries = opened.iter().flat_map(|file| configured::trusted(&file.contents));
        for entry in entries {
            if !material.store_entries.contains(&entry) {
                material.store_entries.push(entry);
            }
        }
        for node in sources::nodes_of(&opened, &[], self.context)? {
            let label = node.label;
            let leaf = node.chain.into_iter().next();
            let obstacles = node.obstacles;
            let node = leaf.map(|certificate| NodeCertificate { label, certificate, obstacles });
            material.nodes.extend(node);
        }
        Ok(())
    }
}
