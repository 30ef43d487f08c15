//! Any settings file of Elasticsearch, such as `elasticsearch.yml`: its keys, with their places.

use crate::document::Document;
use crate::error::Error;
use crate::item::Item;
use crate::item::single_item;
use crate::place::Excerpt;
use crate::place::Place;

/// A settings file as Elasticsearch's loader reads it: nested keys joined with dots, the later of
/// two equal ones in force, numbered ones folded into lists.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    document: Document,
    settings: Vec<Setting>,
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
}

impl SettingsFile {
    /// Reads a file. Takes its name, whose end decides between YAML and JSON, and its bytes.
    ///
    /// # Errors
    ///
    /// Whatever makes Elasticsearch's loader refuse the file, with its place.
    pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let document = Document::parse(file_name, bytes)?;
        let mut settings = Vec::new();
        for (key, form) in document.folded()? {
            let Some(first) = form.first().and_then(|first| document.entries().get(first)) else {
                continue;
            };
            let items = document.items(&form)?;
            let value = single_item(&first.value);
            settings.push(Setting { key, place: first.place, value, items });
        }
        settings.sort_by_key(|setting| setting.place.start);
        Ok(Self { document, settings })
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
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// The line of a place, for a caret beneath it.
    pub fn excerpt(&self, place: Place) -> Excerpt {
        Excerpt::around(self.text(), place.start, place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::SettingsFile;

    fn values(text: &str, key: &str) -> (String, Vec<String>, (usize, usize)) {
        let file = SettingsFile::parse("elasticsearch.yml", text.as_bytes()).unwrap();
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

    #[test]
    fn what_elasticsearch_refuses_is_refused_with_its_place() {
        let error = SettingsFile::parse("elasticsearch.yml", b"a: 1\nb:\n").unwrap_err();
        assert_eq!(error.place().map(|place| place.line), Some(2));
        assert!(SettingsFile::parse("elasticsearch.conf", b"a: 1").is_err());
        assert!(SettingsFile::parse("elasticsearch.yml", b"").unwrap().settings().is_empty());
    }
}
