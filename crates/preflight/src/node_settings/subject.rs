//! A settings file under examination.

use crosstrust_report::{Finding, Rule};
use crosstrust_settings::{
    Hidden, Item, Place, PlaceholderError, Placeholders, Setting, SettingsFile, without_passwords,
};

use super::context_name::{ContextKind, ContextName};
use super::key::{self, ValueKind};
use super::registered;
use super::value::{Answer, Kind, Release};

/// A settings file, what it is called, and what fills in its placeholders.
pub(crate) struct Subject<'a> {
    pub(crate) path: &'a str,
    pub(crate) file: &'a SettingsFile,
    placeholders: Placeholders<'a>,
    /// The TLS contexts that the file may have settings of.
    pub(crate) contexts: Vec<ContextName>,
    /// What is not shown.
    hidden: Hidden,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(
        path: &'a str,
        file: &'a SettingsFile,
        environment: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let placeholders = Placeholders::new(file, environment);
        let hidden = Hidden::of(file);
        Self { path, file, placeholders, contexts: ContextName::all(file), hidden }
    }

    /// The settings of a TLS context, with what follows its prefix. Elasticsearch drops a setting whose text
    /// is empty before anybody sees it.
    pub(crate) fn settings_of<'b>(
        &'b self,
        context: &'b ContextName,
    ) -> impl Iterator<Item = (&'a str, &'a Setting)> + use<'a, 'b> {
        let settings = self.file.settings().iter();
        let named = settings
            .filter_map(|setting| Some((setting.key.strip_prefix(&context.prefix)?, setting)));
        named.filter(move |(_, setting)| self.filled_in(&setting.value.text) != Ok(String::new()))
    }

    /// The settings that belong to no TLS context.
    pub(crate) fn strangers(&self) -> impl Iterator<Item = &'a Setting> {
        let is_of = |key: &str, context: &ContextName| key.starts_with(&context.prefix);
        let settings = self.file.settings().iter().filter(|one| !one.key.starts_with(OLD));
        let others = settings.filter(move |one| !self.contexts.iter().any(|c| is_of(&one.key, c)));
        others.filter(|one| self.filled_in(&one.value.text) != Ok(String::new()))
    }

    /// A setting of a TLS context; Elasticsearch takes an empty list as not set.
    pub(crate) fn setting(&self, context: &ContextName, name: &str) -> Option<&'a Setting> {
        let (_, setting) = self.settings_of(context).find(|(own, _)| *own == name)?;
        (!setting.list().is_some_and(<[_]>::is_empty)).then_some(setting)
    }

    /// Whether a switch of the file is set to this.
    pub(crate) fn is(&self, key: &str, value: &str) -> bool {
        let text = self.file.get(key).and_then(|setting| self.filled_in(&setting.value.text).ok());
        text.is_some_and(|text| text == value)
    }

    /// The text of a setting that belongs to no TLS context; nothing where it is not set or not filled in.
    pub(crate) fn text_of(&self, key: &str) -> Option<String> {
        let text = self.filled_in(&self.file.get(key)?.value.text).ok();
        text.filter(|text| !text.is_empty())
    }

    /// A setting that is there, with a text that is not empty or that is not filled in here.
    pub(crate) fn set(&self, key: &str) -> Option<&'a Setting> {
        self.file.get(key).filter(|one| self.filled_in(&one.value.text) != Ok(String::new()))
    }

    /// Whether a setting is there whose text is not known here, since a variable of it is not set.
    pub(crate) fn is_open(&self, key: &str) -> bool {
        self.is_set(key) && self.text_of(key).is_none()
    }

    /// Whether a setting is there.
    pub(crate) fn is_set(&self, key: &str) -> bool {
        self.set(key).is_some()
    }

    /// The items of a setting; nothing where it is not set, or one is not filled in.
    pub(crate) fn items_of(&self, key: &str) -> Option<Vec<String>> {
        self.set(key)?.items.iter().map(|item| self.filled_in(&item.text).ok()).collect()
    }

    /// What a node says to each value of a setting that belongs to no TLS context, as far as the setting is
    /// known and its placeholders are filled in.
    pub(crate) fn answers(&self) -> impl Iterator<Item = Answered<'a>> {
        let others = self.strangers().filter(|one| one.key != SECURITY && one.key != SERVER);
        others.flat_map(move |setting| {
            let value = registered::value_of(&setting.key).filter(|value| value.kind != Kind::Any);
            let is_list = value.is_some_and(|value| value.is_list);
            let single = std::slice::from_ref(&setting.value);
            let items = if is_list { setting.items.as_slice() } else { single };
            items.iter().filter_map(move |item| {
                let text = self.filled_in(&item.text).ok()?;
                let registered::Value { kind, before, .. } = value?;
                let now = kind.answer(&text, Release::Now);
                let before = before.unwrap_or(kind).answer(&text, Release::Before);
                Some(Answered { setting, item, now, before })
            })
        })
    }

    /// The values of which it is not known here what one of the releases says.
    pub(crate) fn unknown_values(&self) -> impl Iterator<Item = Answered<'a>> {
        self.answers().filter(Answered::is_unknown)
    }

    /// Whether the node reads the files of a context when it starts: it does so of each that has
    /// settings, switched on or not, but for the server of remote clusters.
    pub(crate) fn is_loaded(&self, context: &ContextName) -> bool {
        self.settings_of(context).next().is_some()
            && (context.kind != ContextKind::RemoteClusterServer
                || self.is("remote_cluster_server.enabled", "true"))
    }

    /// Whether connections by a context are made with TLS.
    pub(crate) fn is_in_use(&self, context: &ContextName) -> bool {
        let enabled = self.text(context, "enabled");
        self.is_loaded(context)
            && !self.is(SECURITY, "false")
            && match context.kind {
                ContextKind::Http => enabled.is_some_and(|enabled| enabled == "true"),
                _ => enabled.is_none_or(|enabled| enabled != "false"),
            }
    }

    /// Whether a context verifies whoever it talks to; where it does not, nothing is read that says
    /// whom it trusts.
    pub(crate) fn verifies(&self, context: &ContextName) -> bool {
        let mode = self.text(context, "verification_mode");
        mode.is_none_or(|mode| !mode.eq_ignore_ascii_case("none"))
    }

    /// The TLS settings of version 6, which were those of all contexts, with what follows their prefix.
    pub(crate) fn old_settings(&self) -> impl Iterator<Item = (&'a str, &'a Setting)> {
        let settings = self.file.settings().iter();
        settings.filter_map(|setting| Some((setting.key.strip_prefix(OLD)?, setting)))
    }

    /// The settings of all contexts that take such a value.
    pub(crate) fn settings_with(&self, value: ValueKind) -> impl Iterator<Item = &'a Setting> {
        let takes = move |kind, name: &str| key::find(kind, name).is_some_and(|k| k.value == value);
        self.contexts.iter().flat_map(move |context| {
            let settings = self.settings_of(context);
            settings.filter(move |(name, _)| takes(context.kind, name)).map(|(_, setting)| setting)
        })
    }

    /// The text of a setting, placeholders filled in; nothing where one cannot be.
    pub(crate) fn text(&self, context: &ContextName, name: &str) -> Option<String> {
        self.filled_in(&self.setting(context, name)?.value.text).ok()
    }

    /// The texts of a setting that is a list.
    pub(crate) fn list(&self, context: &ContextName, name: &str) -> Vec<String> {
        let items = self.setting(context, name).into_iter().flat_map(|setting| &setting.items);
        items.filter_map(|item| self.filled_in(&item.text).ok()).collect()
    }

    /// A finding about a place in the file, with its line unless that may hold a secret.
    pub(crate) fn finding(
        &self,
        rule: &'static Rule,
        message: impl Into<String>,
        place: Place,
    ) -> Finding {
        let message = without_passwords(&message.into());
        let finding = Finding::new(rule, message).in_file(self.path).at(place.line, place.column);
        let excerpt = self.file.excerpt(place);
        // Of a long line only a part can be shown, and then the caret would stand elsewhere.
        let cut = excerpt.caret.saturating_add(1) != place.column;
        if cut || self.hidden.is_beside(place, self.file.text()) {
            return finding;
        }
        finding.with_source(excerpt.text, excerpt.width)
    }

    /// The variable of the environment that a text needs and that is not set here, if its name is one of a
    /// variable: letters, digits, underscores and hyphens.
    pub(crate) fn unset_variable(&self, text: &str) -> Option<String> {
        match self.filled_in(text) {
            Err(PlaceholderError::Missing { name })
                if registered::is_namespace(&name) || name == HOME =>
            {
                Some(name)
            }
            _ => None,
        }
    }

    /// Whether a setting needs a variable that is not set here.
    pub(crate) fn needs_variable(&self, setting: &Setting) -> bool {
        let mut items = std::iter::once(&setting.value).chain(&setting.items);
        items.any(|item| self.unset_variable(&item.text).is_some())
    }

    /// A text with its placeholders filled in.
    pub(crate) fn filled_in(&self, text: &str) -> Result<String, PlaceholderError> {
        self.placeholders.fill(text)
    }
}

/// A value, and what a node says to it.
pub(crate) struct Answered<'a> {
    pub(crate) setting: &'a Setting,
    pub(crate) item: &'a Item,
    /// What one of Elasticsearch 9.5 says.
    pub(crate) now: Answer,
    /// What one of 8.19 says.
    pub(crate) before: Answer,
}

impl Answered<'_> {
    /// Whether it is not known here what a release says.
    fn is_unknown(&self) -> bool {
        [&self.now, &self.before].contains(&&Answer::Unknown)
    }
}

/// A text with names for what each node has: the variable that Elasticsearch's own scripts set, and its home, which
/// they give it.
pub(crate) fn with_node(text: &str) -> String {
    text.replace("${HOSTNAME}", "host").replace("${path.home}", "/home")
}

/// The setting that Elasticsearch's own scripts give each node, with the folder that it lies in.
pub(crate) const HOME: &str = "path.home";

/// The switch of the server of remote clusters; of its value and that of [`SECURITY`] `PF079` tells.
const SERVER: &str = "remote_cluster_server.enabled";

/// What the settings of TLS began with in version 6.
const OLD: &str = "xpack.ssl.";

/// The switch of all security.
pub(crate) const SECURITY: &str = "xpack.security.enabled";
