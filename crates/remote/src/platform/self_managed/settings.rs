//! Settings that a step gives a node: merged with what its `elasticsearch.yml` has.

use crate::connection;
use crate::kit::{Draft, Kind};
use crate::plan::Party;

/// Settings that a node is to have.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    settings: Vec<(&'static str, Vec<String>)>,
    notes: Vec<&'static str>,
}

impl Wanted {
    /// A setting that is to have these values.
    pub(super) fn set(&mut self, name: &'static str, values: Vec<String>) {
        self.settings.push((name, values));
    }

    /// Lines of comment below the settings.
    pub(super) fn note(&mut self, note: &'static str) {
        self.notes.push(note);
    }

    /// Whether a setting of this name is to change.
    pub(super) fn has(&self, name: &str) -> bool {
        self.settings.iter().any(|(known, _)| *known == name)
    }

    /// The step that gives the nodes what they have not got, and nothing where they have all of it.
    pub(super) fn draft(mut self, own: &Party<'_>, title: &str) -> Option<Draft> {
        let there = own.settings();
        self.settings.retain(|(name, values)| there.get(*name) != Some(values));
        if self.settings.is_empty() {
            return None;
        }
        let mut text = format!(
            "# For elasticsearch.yml of every node of the {} cluster. All of it takes effect with one restart.\n",
            own.word()
        );
        for (name, values) in &self.settings {
            for line in connection::written(name, 0, values) {
                text.push_str(&line);
                text.push('\n');
            }
        }
        for note in &self.notes {
            text.push_str(note);
        }
        let draft = Draft::new(own.role, Kind::ElasticsearchYml, title)
            .who(own.who())
            .file("elasticsearch.yml", text);
        Some(self.patched(own, draft))
    }

    /// The step with a patch of the file that is there.
    fn patched(&self, own: &Party<'_>, draft: Draft) -> Draft {
        let Some(there) = own.material.settings_file() else {
            return draft.detail(LOOK_FIRST);
        };
        let merged = "What `elasticsearch.yml` has of these settings is merged into them.";
        match connection::diff(there, "elasticsearch.yml", &self.settings) {
            Some(patch) => draft
                .also("elasticsearch.yml.patch", patch)
                .detail(format!("{merged} The patch shows, for the file that was read, the lines that go (`-`) and those that take their place (`+`). Change them by hand in each node's file: `patch` would not see that a file has other lines around them, and a setting that stands twice keeps a node from starting.")),
            None => draft.detail(format!("{merged} They take the place of the lines that it has for them.")),
        }
    }
}

const LOOK_FIRST: &str = "Nobody looked at the nodes' `elasticsearch.yml` for this kit: name it as `elasticsearch_yml` in the connection file to have these lines merged with it. Else look first: where it has one of these settings, keep the entries of its list and add the new ones; a setting that stands there twice keeps a node from starting.";
