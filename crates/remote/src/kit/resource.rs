//! A resource on Kubernetes, as the steps of a kit and of those before it leave it.

use crate::document::Document;
use crate::kit::ClusterRole;

/// A resource as the steps so far leave it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Applied {
    document: Option<Document>,
    /// The aliases of the kits that change it before this one.
    earlier: Vec<String>,
    /// Whether a step of this kit changes it.
    is_changed: bool,
}

impl Applied {
    /// The resource, given what it is at the start.
    pub(crate) fn document(&self, start: &Document) -> Document {
        self.document.as_ref().unwrap_or(start).clone()
    }

    /// Takes what a step makes of it.
    pub(crate) fn change(&mut self, document: Document) {
        self.document = Some(document);
        self.is_changed = true;
    }

    /// What must be done before the next step that changes it.
    pub(crate) fn order(&self) -> String {
        let kits: Vec<String> = self.earlier.iter().map(|alias| format!("`{alias}`")).collect();
        match (self.is_changed, kits.as_slice()) {
            (true, _) => "The resource must be as the steps before left it.".to_owned(),
            (false, []) => "The resource must be as it was read.".to_owned(),
            (false, kits) => format!(
                "Apply what was planned with this kit for the same resource first, in this order: {}. This file has \
                 their changes too, and names their secrets and config maps.",
                kits.join(", ")
            ),
        }
    }

    /// The same for the kit after this one.
    pub(crate) fn after(mut self, alias: &str) -> Self {
        if self.is_changed {
            self.earlier.push(alias.to_owned());
        }
        Self { is_changed: false, ..self }
    }
}

/// What a step would overwrite of a resource.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Clash {
    /// Whose resource it is.
    pub(crate) side: ClusterRole,
    /// What it is.
    pub(crate) what: Overwritten,
    /// What is there, and what the kit has in its place.
    pub(crate) message: String,
}

/// What a step may overwrite.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Overwritten {
    /// The number of nodes of a node set.
    Count,
    /// A volume, or a mount.
    Volume,
}
