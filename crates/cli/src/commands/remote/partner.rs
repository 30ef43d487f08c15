//! A side of a connection file that is to be written: a platform, or a cluster of the inventory.

use std::convert::Infallible;
use std::path::Path;
use std::str::FromStr;

use crosstrust_remote::{Platform, Template};

use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input;
use crate::material::inventory::Names;
use crate::options::cluster::ClusterOption;

/// A side, as an option gives it.
#[derive(Clone, Debug)]
pub(super) enum SideOption {
    Platform(Platform),
    /// A name of the inventory, or a platform that is misspelt.
    Named(String),
}

/// What is known of a side.
#[derive(Default)]
pub(super) struct Partner {
    pub(super) platform: Option<Platform>,
    cluster: Option<ClusterOption>,
}

impl FromStr for SideOption {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.parse().map_or_else(|_| Self::Named(text.to_owned()), Self::Platform))
    }
}

impl Partner {
    /// Looks up a side.
    pub(super) fn of(
        option: Option<&SideOption>,
        names: &Names<'_>,
        context: &mut Context,
    ) -> Result<Self, Failure> {
        match option {
            None => Ok(Self::default()),
            Some(SideOption::Platform(platform)) => {
                Ok(Self { platform: Some(*platform), cluster: None })
            }
            Some(SideOption::Named(name)) => {
                let Some(cluster) = names.cluster(name, context)? else {
                    let why = name.parse::<Platform>().err().map(|error| chain(&error));
                    return Err(Message::new(why.unwrap_or_default()).at(name).into());
                };
                let Some(platform) = cluster.platform else {
                    let message = "the inventory does not say what runs it";
                    let hint = "add `platform`: self-managed, ech, ece or eck";
                    return Err(Message::new(message).at(name).hint(hint).into());
                };
                Ok(Self { platform: Some(platform), cluster: Some(cluster) })
            }
        }
    }

    /// Fills in what the inventory knows; paths are seen from the folder of the file.
    pub(super) fn fill(&self, template: &mut Template, section: &str, folder: &Path) {
        let Some(cluster) = &self.cluster else { return };
        if let Some(version) = cluster.version {
            template.fill(section, "version", &version.to_string());
        }
        let seen = |path: &String| {
            let seen = input::seen_from(folder, Path::new(path));
            seen.map_or_else(|| path.clone(), |seen| seen.to_string_lossy().into_owned())
        };
        let lists = [("nodes", &cluster.nodes), ("ca", &cluster.authorities)];
        for (key, paths) in lists {
            let paths: Vec<String> = paths.iter().map(seen).collect();
            if !paths.iter().any(|path| path.contains(',')) {
                template.fill(section, key, &paths.join(", "));
            }
        }
        if let Some(path) = cluster.elasticsearch_yml.first() {
            template.fill(section, "elasticsearch_yml", &seen(path));
        }
    }

    /// What the local cluster may call it.
    pub(super) fn alias(&self) -> Option<&str> {
        self.cluster.as_ref().map(|cluster| cluster.name.as_str())
    }
}
