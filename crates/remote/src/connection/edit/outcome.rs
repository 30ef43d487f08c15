//! What a patch makes of a file, read again.

use std::collections::BTreeMap;

use crosstrust_settings::{Setting, SettingsFile};

use super::is_gone;

/// Whether a text has the settings that a file has, without those that go and with the new values of others.
pub(super) fn is_meant(
    before: &SettingsFile,
    after: &str,
    settings: &[(&str, Vec<String>)],
    gone: &[String],
) -> bool {
    let Ok(after) = SettingsFile::parse(after.as_bytes()) else { return false };
    let there = before.settings().iter().filter(|setting| !is_gone(&setting.key, gone));
    let mut meant: BTreeMap<&str, Meant<'_>> =
        there.map(|setting| (setting.key.as_str(), Meant::Kept(setting))).collect();
    meant.extend(settings.iter().map(|(name, values)| (*name, Meant::New(values))));
    let found = after.settings();
    found.len() == meant.len()
        && found.iter().all(|found| meant.get(found.key.as_str()).is_some_and(|it| it.is(found)))
}

/// What a setting is to be.
enum Meant<'a> {
    Kept(&'a Setting),
    New(&'a [String]),
}

impl Meant<'_> {
    fn is(&self, found: &Setting) -> bool {
        let items = || found.items.iter().map(|item| item.text.as_str());
        match self {
            Self::Kept(there) => {
                let same = there.items.iter().map(|item| item.text.as_str());
                there.value.text == found.value.text && same.eq(items())
            }
            Self::New(values) => values.iter().map(String::as_str).eq(items()),
        }
    }
}
