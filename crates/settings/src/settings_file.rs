//! Any settings file of Elasticsearch, such as `elasticsearch.yml`: its keys, with their places.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::document::Entry;
use crate::error::Error;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::folded::Form;
use crate::item::Item;
use crate::item::listed;
use crate::item::single_item;
use crate::limits::MOST_VALUES;
use crate::place::Excerpt;
use crate::place::Place;

/// A settings file as Elasticsearch's loader reads it: nested keys joined with dots, the later of
/// two equal ones in force, numbered ones folded into lists.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    document: Document,
    pub(crate) settings: Vec<Setting>,
    /// The position of each key among them.
    by_key: BTreeMap<String, usize>,
}

/// A key and its value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setting {
    /// The key with its parents, joined with dots.
    pub key: String,
    /// Where its last part stands.
    pub place: Place,
    /// The value as one text: what a setting that is no list takes.
    pub value: Item,
    /// The value as a list: a text is cut at its commas.
    pub items: Vec<Item>,
    pub(crate) is_list: bool,
}

impl Setting {
    /// The value of a setting that is a list; nothing where Elasticsearch takes the default, as for
    /// a text in which there is nothing between the commas. An empty list is one.
    pub fn list(&self) -> Option<&[Item]> {
        (self.is_list || !self.items.is_empty()).then_some(self.items.as_slice())
    }

    /// Whether a `${…}` stands in it, which the node's environment fills in.
    pub fn has_placeholder(&self) -> bool {
        self.value.text.contains("${")
    }
}

impl SettingsFile {
    /// Reads an `elasticsearch.yml`, which is YAML whatever the copy at hand is called.
    ///
    /// # Errors
    ///
    /// Whatever makes Elasticsearch's loader refuse the file, with its place.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let document = Document::parse("elasticsearch.yml", bytes)?;
        let entries = document.entries();
        let mut settings = Vec::new();
        let mut cut: usize = 0;
        for (key, form) in document.folded()? {
            let Some(first) = form.first().and_then(|first| entries.get(first)) else { continue };
            let items = document.items(&form)?;
            cut = cut.saturating_add(items.len());
            if cut > MOST_VALUES {
                let kind = ErrorKind::TooManyValues { limit: MOST_VALUES };
                return Err(document.error(Fault { kind, place: first.place }));
            }
            let (value, is_list) = value(first, &form, &items);
            settings.push(Setting { key, place: first.place, value, items, is_list });
        }
        settings.sort_by_key(|setting| setting.place.start);
        let keys = settings.iter().enumerate();
        let by_key = keys.map(|(position, setting)| (setting.key.clone(), position)).collect();
        Ok(Self { document, settings, by_key })
    }

    /// The keys and values that the settings are made of.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// The settings, in file order.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The setting of a key.
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.by_key.get(key).and_then(|position| self.settings.get(*position))
    }

    /// The line of a place, for a caret beneath it.
    pub fn excerpt(&self, place: Place) -> Excerpt {
        Excerpt::around(self.text(), place.start, place.end)
    }
}

/// The value as one text, and whether it is a list.
fn value(first: &Entry, form: &Form, items: &[Item]) -> (Item, bool) {
    match form {
        Form::Numbered(_) => (listed(items, first.value.place()), true),
        Form::Absent | Form::Entry(_) => (single_item(&first.value), first.value.is_list()),
    }
}

#[cfg(test)]
mod tests {
    use super::SettingsFile;

    fn values(text: &str, key: &str) -> (String, Vec<String>, (usize, usize)) {
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        let setting = file.get(key).unwrap();
        let items = setting.items.iter().map(|item| item.text.clone()).collect();
        (setting.value.text.clone(), items, (setting.place.line, setting.place.column))
    }

    #[test]
    fn flat_and_nested_keys_are_the_same_and_the_later_one_counts() {
        let text = "a.b.path: one.p12\na:\n  b:\n    path: two.p12\n";
        assert_eq!(values(text, "a.b.path"), ("two.p12".into(), vec!["two.p12".into()], (4, 5)));
    }

    #[test]
    fn lists_texts_with_commas_and_numbered_keys_are_lists() {
        let expected = vec!["a.crt".to_owned(), "b.crt".to_owned()];
        for text in ["x: [a.crt, b.crt]", "x: a.crt, b.crt", "x.0: a.crt\nx.1: b.crt"] {
            assert_eq!(values(text, "x").1, expected, "{text}");
        }
    }

    /// As Elasticsearch 8.19 and 9.5 start with `certificate_authorities: ${CAS:ca.crt,ca2.crt}`.
    #[test]
    fn a_placeholder_may_stand_for_several_items() {
        let text = "x: ${CAS:a.crt, b.crt},c.crt\ny: [\"${CAS:a,b}\"]\nz: ${NONE},d\n";
        let file = SettingsFile::parse(text.as_bytes()).unwrap().with_filled_lists(&|_| None);
        let items = |key: &str| {
            let items = file.get(key).unwrap().items.iter();
            items.map(|item| item.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(items("x"), ["a.crt", "b.crt", "c.crt"]);
        assert_eq!(items("y"), ["${CAS:a,b}"]);
        assert_eq!(items("z"), ["${NONE}", "d"]);
    }

    #[test]
    fn what_elasticsearch_refuses_is_refused_with_its_place() {
        let error = SettingsFile::parse(b"a: 1\nb:\n").unwrap_err();
        assert_eq!(error.place().map(|place| place.line), Some(2));
        assert!(SettingsFile::parse(b"").unwrap().settings().is_empty());
    }

    /// `Settings.get` writes a list out as Java does, `Settings.getAsList` cuts a text at its commas
    /// and gives the default for one with nothing in between.
    #[test]
    fn a_text_and_a_list_are_what_the_getters_of_elasticsearch_make_of_them() {
        #[track_caller]
        fn check(text: &str, value: &str, list: Option<&[&str]>) {
            let file = SettingsFile::parse(text.as_bytes()).unwrap();
            let setting = file.get("x").unwrap();
            assert_eq!(setting.value.text, value, "{text}");
            let found = setting.list();
            let found: Option<Vec<&str>> =
                found.map(|items| items.iter().map(|item| item.text.as_str()).collect());
            assert_eq!(found.as_deref(), list, "{text}");
        }

        check("x: a, b", "a, b", Some(&["a", "b"]));
        check("x: [a, b]", "[a, b]", Some(&["a", "b"]));
        check("x: ['a, b']", "[a, b]", Some(&["a, b"]));
        check("x.1: b\nx.0: a", "[a, b]", Some(&["a", "b"]));
        check("x: []", "[]", Some(&[]));
        check("x: ''", "", None);
        check("x: ','", ",", None);
        check("x: Yes", "true", Some(&["true"]));
    }

    #[test]
    fn values_that_are_cut_are_bounded_together() {
        let line = |number: usize| format!("x{number}: '{}a'\n", "a,".repeat(300_000));
        let text: String = (0..4).map(line).collect();
        assert!(SettingsFile::parse(text.as_bytes()).is_err());
        assert!(SettingsFile::parse(line(0).as_bytes()).is_ok());
    }
}
