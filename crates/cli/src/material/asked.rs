//! What is known of a node besides its settings files.

use super::config_root::ConfigRoots;
use crate::password::Source;

/// What is known of a node besides its settings.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Host names and addresses under which others connect to it.
    pub(crate) hosts: &'a [String],
    /// The password of its files, where its settings have none.
    pub(crate) password: Source<'a>,
    /// The password of the stores that it trusts.
    pub(crate) trust_password: Source<'a>,
    /// Where its files are on this machine, if it runs in a container.
    pub(crate) roots: &'a ConfigRoots,
}
