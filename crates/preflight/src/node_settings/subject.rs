//! A settings file under examination.

use crosstrust_report::{Finding, Rule};
use crosstrust_settings::{Place, Setting, SettingsFile};

use super::ContextKind;
use super::key::{self, ValueKind};

/// A settings file, what it is called, and what fills in its placeholders.
pub(crate) struct Subject<'a> {
    pub(crate) path: &'a str,
    pub(crate) file: &'a SettingsFile,
    pub(crate) environment: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Subject<'a> {
    /// The settings of a TLS context, with what follows its prefix.
    pub(crate) fn settings_of(
        &self,
        kind: ContextKind,
    ) -> impl Iterator<Item = (&'a str, &'a Setting)> {
        let settings = self.file.settings().iter();
        settings
            .filter_map(move |setting| Some((setting.key.strip_prefix(kind.prefix())?, setting)))
    }

    /// A setting of a TLS context.
    pub(crate) fn setting(&self, kind: ContextKind, name: &str) -> Option<&'a Setting> {
        self.settings_of(kind).find(|(own, _)| *own == name).map(|(_, setting)| setting)
    }

    /// The TLS settings of version 6, which were those of all contexts, with what follows their prefix.
    pub(crate) fn old_settings(&self) -> impl Iterator<Item = (&'a str, &'a Setting)> {
        let settings = self.file.settings().iter();
        settings.filter_map(|setting| Some((setting.key.strip_prefix("xpack.ssl.")?, setting)))
    }

    /// The settings of all contexts that take such a value.
    pub(crate) fn settings_with(&self, value: ValueKind) -> impl Iterator<Item = &'a Setting> {
        let takes = move |kind, name: &str| key::find(kind, name).is_some_and(|k| k.value == value);
        ContextKind::ALL.into_iter().flat_map(move |kind| {
            let settings = self.settings_of(kind);
            settings.filter(move |(name, _)| takes(kind, name)).map(|(_, setting)| setting)
        })
    }

    /// The text of a setting, placeholders filled in; nothing where one cannot be.
    pub(crate) fn text(&self, kind: ContextKind, name: &str) -> Option<String> {
        self.filled_in(&self.setting(kind, name)?.value.text).ok()
    }

    /// The texts of a setting that is a list.
    pub(crate) fn list(&self, kind: ContextKind, name: &str) -> Vec<String> {
        let items = self.setting(kind, name).into_iter().flat_map(|setting| &setting.items);
        items.filter_map(|item| self.filled_in(&item.text).ok()).collect()
    }

    /// A finding about a place in the file, with its line unless that may hold a password.
    pub(crate) fn finding(
        &self,
        rule: &'static Rule,
        message: impl Into<String>,
        place: Place,
    ) -> Finding {
        let finding = Finding::new(rule, message).in_file(self.path).at(place.line, place.column);
        let excerpt = self.file.excerpt(place);
        // Of a long line only a part can be shown, and then the caret would stand elsewhere.
        let cut = excerpt.caret.saturating_add(1) != place.column;
        if cut || self.is_secret(place.line) {
            return finding;
        }
        finding.with_source(excerpt.text, excerpt.width)
    }

    /// Whether a line may hold a password, by what the settings on it are called.
    fn is_secret(&self, line: usize) -> bool {
        let named = |setting: &&Setting| setting.key.contains("pass");
        let mut settings = self.file.settings().iter().filter(named);
        settings.any(|setting| [setting.place.line, setting.value.place.line].contains(&line))
    }

    /// A text with `${NAME}` and `${NAME:default}` filled in, or the name that is not known.
    pub(crate) fn filled_in(&self, text: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inside, behind)) = after.split_once('}') else { break };
            let (name, default) = match inside.split_once(':') {
                Some((name, default)) => (name, Some(default.to_owned())),
                None => (inside, None),
            };
            out.push_str(before);
            let value = (self.environment)(name).or(default);
            out.push_str(&value.ok_or_else(|| name.to_owned())?);
            rest = behind;
        }
        Ok(out + rest)
    }
}
