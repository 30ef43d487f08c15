//! The kit: steps in their order, and the files that they speak of.

pub(crate) mod curl;
mod json;
mod migration;
mod preflight;
mod readme;
mod resource;
mod step;

pub use curl::{Base, ClusterRole, Request};
pub use step::{Kind, Step};

pub(crate) use crosstrust_report::shell::word;
pub(crate) use preflight::Probe;
pub(crate) use resource::{Applied, Clash, Overwritten};
pub(crate) use step::Draft;

use std::collections::BTreeMap;

use crate::connection::Connection;

/// Everything that both sides need, in order.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Kit {
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// What takes the connection away again, in order.
    pub removal: Vec<Step>,
    /// What is done besides where the alias is connected by certificates already, in order.
    pub migration: Vec<String>,
    /// The files of the kit, `README.md`, `kit.json` and `preflight.sh` first.
    pub files: Vec<KitFile>,
    /// What it would overwrite of the resources that were read.
    pub(crate) clashes: Vec<Clash>,
}

impl Kit {
    /// The files of the steps that the text of a `kit.json` lists, as far as a kit can have them:
    /// `local/01-NAME` or `remote/01-NAME`. None where the text is something else.
    pub fn step_files(json: &str) -> Vec<String> {
        json::step_files(json)
    }
}

/// A file of a kit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KitFile {
    /// Its path in the kit, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// A kit in the making.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    steps: Vec<Step>,
    removal: Vec<Step>,
    files: Vec<KitFile>,
    probes: Vec<Probe>,
    resources: BTreeMap<&'static str, Applied>,
    clashes: Vec<Clash>,
}

impl Builder {
    /// Goes on where the kits before this one leave the resource of a side.
    pub(crate) fn go_on(&mut self, side: ClusterRole, applied: Applied) {
        self.resources.insert(side.word(), applied);
    }

    /// The resource of a side on Kubernetes after the steps so far.
    pub(crate) fn resource(&mut self, side: ClusterRole) -> &mut Applied {
        self.resources.entry(side.word()).or_default()
    }

    /// Adds what a step would overwrite of a resource.
    pub(crate) fn clash(&mut self, side: ClusterRole, what: Overwritten, messages: Vec<String>) {
        let clashes = messages.into_iter().map(|message| Clash { side, what, message });
        for clash in clashes {
            if !self.clashes.contains(&clash) {
                self.clashes.push(clash);
            }
        }
    }

    /// Adds a step, and its file under its number. Gives the path of the file.
    pub(crate) fn add(&mut self, draft: Draft) -> String {
        let order = self.steps.len().saturating_add(1);
        let (step, files) = draft.numbered(order);
        let path = step.file.clone().unwrap_or_default();
        self.steps.push(step);
        self.files.extend(files);
        path
    }

    /// Adds a step that takes something away again.
    pub(crate) fn add_removal(&mut self, draft: Draft) {
        let order = self.steps.len().saturating_add(self.removal.len()).saturating_add(1);
        let (step, files) = draft.numbered(order);
        self.removal.push(step);
        self.files.extend(files);
    }

    /// Adds a question that `preflight.sh` asks.
    pub(crate) fn probe(&mut self, probe: Probe) {
        self.probes.push(probe);
    }

    /// The whole kit.
    pub(crate) fn finish(self, connection: &Connection, errors: &[String]) -> Kit {
        let Self { steps, removal, files, probes, resources: _, clashes } = self;
        let mut kit = Kit { steps, removal, migration: Vec::new(), files: Vec::new(), clashes };
        kit.migration = migration::instructions(&kit, connection);
        let file = |path: &str, text| KitFile { path: path.to_owned(), text };
        kit.files.push(file("README.md", readme::write(&kit, connection, errors)));
        kit.files.push(file("kit.json", json::write(&kit, connection)));
        kit.files.push(file("preflight.sh", preflight::write(&probes)));
        kit.files.extend(files);
        kit
    }
}

/// The variable that a secret is put in from when a file is applied.
pub(crate) const KEY_VARIABLE: &str = "CROSS_CLUSTER_API_KEY";
/// Stands in a file for the secret in that variable.
pub(crate) const ENCODED: &str = "REPLACE_WITH_THE_ENCODED_API_KEY";
