//! Settings that a step gives a node: merged with what its `elasticsearch.yml` has.

use crate::connection::{self, Model, Unpatched};
use crate::kit::{Draft, Kind, word};
use crate::party::{Party, taken_out};

/// Settings that a node is to have.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    settings: Vec<(&'static str, Vec<String>)>,
    /// What the names of those begin with that go.
    gone: Vec<String>,
    notes: Vec<&'static str>,
}

impl Wanted {
    /// A setting that is to have these values.
    pub(super) fn set(&mut self, name: &'static str, values: Vec<String>) {
        self.settings.push((name, values));
    }

    /// Has the settings of remote clusters go that say something else than what is registered.
    pub(super) fn take_out(&mut self, own: &Party<'_>, peer: &Party<'_>) {
        let partners = own.partners(peer).into_iter();
        self.gone.extend(partners.filter_map(|partner| taken_out(own, partner)));
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
        if self.settings.is_empty() && self.gone.is_empty() {
            return None;
        }
        let title = if self.settings.is_empty() { TAKE_OUT } else { title };
        let mut text = format!(
            "# For elasticsearch.yml of every node of the {} cluster. All of it takes effect with one restart.\n",
            own.word()
        );
        text.push_str(&self.removed(own));
        if !self.settings.is_empty() {
            text.push_str(&connection::snippet(own.material.settings_file(), &self.settings));
        }
        for note in &self.notes {
            text.push_str(note);
        }
        let mut draft = Draft::new(own.role, Kind::ElasticsearchYml, title)
            .who(own.who())
            .file("elasticsearch.yml", text);
        if !self.gone.is_empty() {
            draft = draft.taking_out(&self.gone).detail(self.why());
        }
        Some(self.patched(own, own.in_each_kit(draft)))
    }

    /// The lines that go, as comments.
    fn removed(&self, own: &Party<'_>) -> String {
        let file = own.material.settings_file();
        let listed = file.map_or_else(Vec::new, |file| connection::listed(file, &self.gone));
        if listed.is_empty() {
            return String::new();
        }
        let lines = listed.iter().map(|line| format!("#   {line}\n")).collect::<String>();
        format!("# Take out what the file that was read has in\n{lines}")
    }

    /// Why lines go.
    fn why(&self) -> String {
        let names: Vec<&str> = self.gone.iter().map(|name| name.trim_end_matches('.')).collect();
        let names = names.join("`, `");
        format!(
            "Take out every line of `{names}` but those of `signing`, in the files of all nodes: the request that \
             registers the remote cluster says it anew. Left there, the nodes would connect as these lines say \
             until then, or refuse the request; and with some of them left, a node may not start. After the restart, \
             `GET /_nodes/settings?filter_path=nodes.*.settings.cluster.remote` no longer shows them."
        )
    }

    /// The step with a patch of the file that is there.
    fn patched(&self, own: &Party<'_>, draft: Draft) -> Draft {
        let Some(there) = own.material.settings_file() else {
            return draft.detail(LOOK_FIRST);
        };
        // A kit by the other model adds its lines at the end.
        let at_top = own.has_other_model() && own.connection.model == Model::ApiKey;
        let diff = connection::diff(there, "elasticsearch.yml", &self.settings, &self.gone, at_top);
        let patch = match diff {
            Ok(patch) => patch,
            Err(reason) => return draft.detail(MERGED).detail(unpatched(reason)),
        };
        let read = own.side.elasticsearch_yml.as_deref().unwrap_or("elasticsearch.yml");
        let read = word(&own.beside_connection(read));
        let (alias, side) = (&own.connection.alias, own.word());
        let whole = word(&own.beside_connection(&format!("{alias}-{side}-elasticsearch.yml")));
        let draft = if own.has_other_model() { draft.detail(TWO_PATCHES) } else { draft };
        draft.also("elasticsearch.yml.patch", patch).detail(MERGED).detail(format!(
            "The patch `{{patch}}` shows the same for the file that was read, with the lines around: those that go \
             (`-`), and those that come (`+`). Where that file is the same on all nodes, `patch --forward --fuzz=0 --dry-run \
             {read} {{patch}} && patch --forward --fuzz=0 --output=- {read} {{patch}} > {whole}` makes the whole new one, \
             to be read and copied to each; to a file with other lines it is not applied, and nothing is made."
        ))
    }
}

/// Why there is no patch.
fn unpatched(reason: Unpatched) -> String {
    match reason {
        Unpatched::Form(Some(line)) => format!(
            "There is no patch: line {line} of the file that was read has a form that is not changed line by line, \
             such as an alias, an anchor, a tag, numbered keys, a key after `?`, several keys in one line, or a \
             comment before a comma."
        ),
        Unpatched::Form(None) => {
            "There is no patch: the file that was read has no settings, or is written in a way \
             that is not changed line by line."
                .to_owned()
        }
        Unpatched::Secret => {
            "There is no patch: a line that changes, or one beside it, may hold a secret, which \
             no file of the kit shows."
                .to_owned()
        }
    }
}

const TAKE_OUT: &str = "Take the remote cluster out of the nodes' files";
const TWO_PATCHES: &str = "Another kit of this cluster that was planned with this one changes other settings of the same file. Apply its patch to the file that this one made, or the other way round. Where both change lines that are near each other, `patch` refuses the second one: name the changed file as `elasticsearch_yml` then, and plan again.";
const MERGED: &str = "Change each node's `elasticsearch.yml` by hand: a setting that is *replaced* takes the place of the lines that the node has for it, and has what was in them too; one that is *added* is new. Below a key, or in braces, only the last name and its value are what changes. Two keys of one name keep a node from starting; of one written with dots and one below other keys, the later counts alone.";
const LOOK_FIRST: &str = "Nobody looked at the nodes' `elasticsearch.yml` for this kit: name it as `elasticsearch_yml` in the connection file to have these lines merged with it. Else look first: where it has one of these settings, keep the entries of its list and add the new ones; two keys of one name keep a node from starting.";
