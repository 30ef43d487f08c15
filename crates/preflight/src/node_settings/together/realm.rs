//! A realm that a settings file has.

use crosstrust_settings::Setting;

use crate::node_settings::realm_files::REALMS;

/// A realm with settings in the file.
pub(super) struct Realm<'a> {
    /// Its first setting.
    pub(super) setting: &'a Setting,
    pub(super) kind: &'a str,
    pub(super) name: &'a str,
    pub(super) is_on: bool,
}

impl<'a> Realm<'a> {
    /// The key of one of its settings.
    pub(super) fn key(&self, name: &str) -> String {
        format!("{REALMS}{}.{}.{name}", self.kind, self.name)
    }

    pub(super) fn problem(&self, message: String) -> (&'a Setting, String) {
        (self.setting, message)
    }
}
