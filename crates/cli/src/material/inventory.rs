//! The inventory, found and read, and its clusters as the command line would give them.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

use crosstrust_inventory::{Cluster, FILE_NAME, Inventory, PasswordSource, Passwords, is_name};
use crosstrust_preflight::node_settings::{NodeSettings, TlsContext};

use super::restrictions;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::options::cluster::{ClusterArgument, ClusterOption};
use crate::options::inventory::InventoryOption;
use crate::password::Source;

/// An inventory, and where it is.
pub(crate) struct Found {
    /// The path of its file.
    pub(crate) path: String,
    /// What it holds.
    inventory: Inventory,
}

/// The names of an inventory, which is read when the first argument may be one.
pub(crate) struct Names<'a> {
    option: &'a InventoryOption,
    found: OnceCell<Option<Found>>,
}

impl<'a> Names<'a> {
    /// Takes which inventory is meant.
    pub(crate) fn of(option: &'a InventoryOption) -> Self {
        Self { option, found: OnceCell::new() }
    }

    /// The inventory that the option names, else the one in the working folder or above; nothing if there is
    /// none.
    fn find(&self, context: &mut Context) -> Result<Option<&Found>, Failure> {
        if let Some(found) = self.found.get() {
            return Ok(found.as_ref());
        }
        let path = self.option.file.clone().or_else(upwards);
        let found = path.map(|path| Found::read(path, context)).transpose()?;
        Ok(self.found.get_or_init(|| found).as_ref())
    }

    /// The inventory that a command cannot do without.
    pub(crate) fn required(&self, context: &mut Context) -> Result<&Found, Failure> {
        self.find(context)?.ok_or_else(|| {
            let message = format!("there is no {FILE_NAME} here or in a folder above");
            let hint = "name one with --inventory, or write one with `crosstrust inventory init`";
            Message::new(message).hint(hint).into()
        })
    }

    /// The cluster that an argument names; nothing if it names a file, a glob, or no cluster of an inventory. A
    /// name goes before a folder of the same name.
    pub(crate) fn cluster(
        &self,
        argument: &str,
        context: &mut Context,
    ) -> Result<Option<ClusterOption>, Failure> {
        if !is_name(argument) || input::is_file(argument) {
            return Ok(None);
        }
        let Some(found) = self.find(context)? else { return Ok(None) };
        let is_folder = input::is_folder(argument);
        match found.cluster(argument) {
            Some(cluster) => {
                if is_folder {
                    let path = &found.path;
                    let what = format!("is the cluster of {path}; the folder is ./{argument}");
                    context.note(&format!("{argument} {what}"));
                }
                Ok(Some(cluster))
            }
            None if is_folder => Ok(None),
            None => Err(found.unknown(argument)),
        }
    }

    /// What arguments name: files as they are, and of clusters the files of the nodes and of the CAs, and the
    /// certificates that their settings name.
    pub(crate) fn files(
        &self,
        arguments: &[String],
        context: &mut Context,
    ) -> Result<Vec<Group>, Failure> {
        self.groups(arguments, "add `nodes` or `ca`", context, |cluster, context| {
            let named = named_by_settings(&cluster.elasticsearch_yml, context)?;
            let ClusterOption { authorities, passwords, .. } = cluster;
            let authorities = Group { paths: authorities.clone(), password: passwords.ca.clone() };
            let named = Group { paths: named, password: passwords.nodes.clone() };
            Ok(vec![nodes_of(cluster), authorities, named])
        })
    }

    /// What arguments name: files as they are, and of clusters the files of the nodes.
    pub(crate) fn nodes(
        &self,
        arguments: &[String],
        context: &mut Context,
    ) -> Result<Vec<Group>, Failure> {
        self.groups(arguments, "add `nodes`", context, |cluster, _| Ok(vec![nodes_of(cluster)]))
    }

    /// What arguments name: files as they are, and of a cluster what `of` takes of it; `hint` is for one of which
    /// that is nothing.
    fn groups(
        &self,
        arguments: &[String],
        hint: &str,
        context: &mut Context,
        of: impl Fn(&ClusterOption, &mut Context) -> Result<Vec<Group>, Failure>,
    ) -> Result<Vec<Group>, Failure> {
        let mut groups = Vec::new();
        for argument in arguments {
            let Some(cluster) = self.cluster(argument, context)? else {
                groups.push(Group { paths: vec![argument.clone()], password: None });
                continue;
            };
            let before = groups.len();
            groups.extend(of(&cluster, context)?.into_iter().filter(|one| !one.paths.is_empty()));
            if groups.len() == before {
                let message = "the inventory names no file of certificates of this cluster";
                return Err(Message::new(message).at(argument).hint(hint).into());
            }
        }
        Ok(groups)
    }

    /// The clusters that arguments give or name.
    pub(crate) fn clusters(
        &self,
        arguments: &[ClusterArgument],
        context: &mut Context,
    ) -> Result<Vec<ClusterOption>, Failure> {
        let mut clusters = Vec::new();
        for argument in arguments {
            clusters.push(match argument {
                ClusterArgument::Given(cluster) => (**cluster).clone(),
                ClusterArgument::Named(name) => self.named(name, context)?,
            });
        }
        Ok(clusters)
    }

    /// The cluster of a name that is no file's.
    pub(crate) fn named(
        &self,
        name: &str,
        context: &mut Context,
    ) -> Result<ClusterOption, Failure> {
        let Some(found) = self.find(context)? else {
            let message = "it neither begins with NAME=, then the folder or glob of its nodes, nor is there an \
                inventory with its name";
            let hint = format!("{FILE_NAME} is looked for here and in the folders above");
            return Err(Message::new(message).at(name).hint(hint).into());
        };
        found.cluster(name).ok_or_else(|| found.unknown(name))
    }

    /// The files of the nodes that a cluster of the inventory is meant to accept.
    pub(crate) fn expected_at(
        &self,
        cluster: &ClusterOption,
        context: &mut Context,
    ) -> Result<Vec<Group>, Failure> {
        let accepts = cluster.expect.iter().flat_map(|expect| &expect.accepts);
        let found = self.find(context)?;
        let named = accepts.filter_map(|name| found?.cluster(name));
        Ok(named.map(|cluster| nodes_of(&cluster)).collect())
    }
}

/// The key stores and certificates that settings files name, each once.
fn named_by_settings(settings: &[String], context: &mut Context) -> Result<Vec<String>, Failure> {
    let mut named = BTreeSet::new();
    for path in input::expand_all(settings)? {
        let bytes = context.read(&path)?.bytes;
        let read = NodeSettings::parse(&path, &bytes, &input::variable)
            .map_err(|error| restrictions::refused_settings(&path, &error))?;
        let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
        let certificates = read.contexts.iter().flat_map(TlsContext::certificate_files);
        let paths = certificates.map(|file| folder.join(&file.path).to_string_lossy().into_owned());
        named.extend(paths);
    }
    Ok(named.into_iter().collect())
}

/// Files that have one password.
pub(crate) struct Group {
    /// Paths, globs, folders.
    pub(crate) paths: Vec<String>,
    /// Where their password is; nothing where options say it.
    password: Option<PasswordSource>,
}

impl Group {
    /// Where their password comes from.
    pub(crate) fn source<'a>(&'a self, given: Source<'a>) -> Source<'a> {
        given.or_inventory(self.password.as_ref())
    }
}

/// The files of a cluster's nodes.
pub(crate) fn nodes_of(cluster: &ClusterOption) -> Group {
    Group { paths: cluster.nodes.clone(), password: cluster.passwords.nodes.clone() }
}

impl Found {
    fn read(path: String, context: &mut Context) -> Result<Self, Failure> {
        let text = context.read_text(&path)?;
        match Inventory::parse(&text) {
            Ok(inventory) => Ok(Self { path, inventory }),
            Err(error) => {
                let problems = error.problems.iter().map(|problem| (problem, problem.to_string()));
                Err(Failure::in_text(&path, &text, problems))
            }
        }
    }

    /// All clusters, in the order of the file.
    pub(crate) fn clusters(&self) -> Vec<ClusterOption> {
        self.inventory.clusters().iter().map(|cluster| self.option(cluster)).collect()
    }

    /// The cluster of a name.
    pub(crate) fn cluster(&self, name: &str) -> Option<ClusterOption> {
        self.inventory.cluster(name).map(|cluster| self.option(cluster))
    }

    /// A name that no cluster has.
    fn unknown(&self, name: &str) -> Failure {
        let message = Message::new("no such file, and no cluster of this name").at(name);
        let hint = if let Some(word) = self.inventory.suggestion(name) {
            format!("did you mean `{word}` of {}?", self.path)
        } else {
            let clusters = self.inventory.clusters().iter();
            let names: Vec<&str> = clusters.map(|cluster| cluster.name.as_str()).collect();
            format!("clusters of {} are {}", self.path, names.join(", "))
        };
        message.hint(hint).into()
    }

    fn option(&self, cluster: &Cluster) -> ClusterOption {
        let paths = |paths: &[String]| paths.iter().map(|path| self.path(path)).collect();
        let path = |path: &Option<String>| path.as_ref().map(|path| self.path(path));
        ClusterOption {
            name: cluster.name.clone(),
            nodes: paths(&cluster.nodes),
            authorities: paths(&cluster.authorities),
            restrictions: path(&cluster.restrictions),
            elasticsearch_yml: paths(&cluster.elasticsearch_yml),
            key: path(&cluster.key),
            fields: cluster.x509_fields.clone(),
            mode: cluster.verification_mode,
            platform: cluster.platform,
            version: cluster.version,
            passwords: self.passwords(&cluster.passwords),
            expect: cluster.expect.clone(),
        }
    }

    fn passwords(&self, passwords: &Passwords) -> Passwords {
        let source = |source: &Option<PasswordSource>| match source {
            Some(PasswordSource::File(path)) => Some(PasswordSource::File(self.path(path))),
            other => other.clone(),
        };
        let mut found = Passwords::default();
        found.nodes = source(&passwords.nodes);
        found.ca = source(&passwords.ca);
        found
    }

    /// A path of the inventory, seen from here: it starts at the folder of the file.
    fn path(&self, written: &str) -> String {
        match Path::new(&self.path).parent() {
            Some(folder) if !folder.as_os_str().is_empty() => {
                folder.join(written).to_string_lossy().into_owned()
            }
            _ => written.to_owned(),
        }
    }
}

/// The nearest inventory in the working folder or above it.
fn upwards() -> Option<String> {
    let depth = Path::new(&input::real_path(".")?).components().count();
    let candidate = |up: usize| format!("{}{FILE_NAME}", "../".repeat(up));
    (0..depth).map(candidate).find(|path| input::is_file(path))
}
