//! Config maps as folders of the nodes.

use crate::connection::CONFIGURATION;

/// A config map as a folder below `config/`.
#[derive(Clone, Debug)]
pub(super) struct Mount {
    /// The volume and the folder.
    pub(super) folder: String,
    pub(super) config_map: String,
}

/// A folder below the configuration of a node.
pub(super) fn in_config(folder: &str) -> String {
    format!("{CONFIGURATION}/{folder}")
}
