//! Lists that placeholders stand for.

use crate::item::Item;
use crate::limits::MOST_VALUES;
use crate::placeholder::Placeholders;
use crate::settings_file::{Setting, SettingsFile};

impl SettingsFile {
    /// The same file, with lists that are one text cut again where a placeholder stands for several items:
    /// Elasticsearch fills in, and then cuts at commas. A text that cannot be filled in stays as it is.
    #[must_use]
    pub fn with_filled_lists(mut self, environment: &dyn Fn(&str) -> Option<String>) -> Self {
        let lists = self.filled_lists(&Placeholders::new(&self, environment));
        for (setting, list) in self.settings.iter_mut().zip(lists) {
            if let Some(items) = list {
                setting.items = items;
            }
        }
        self
    }

    /// For each setting its list, where a placeholder may stand for items.
    fn filled_lists(&self, placeholders: &Placeholders<'_>) -> Vec<Option<Vec<Item>>> {
        let mut left = MOST_VALUES;
        let is_cut = |setting: &&Setting| !setting.is_list && setting.has_placeholder();
        let mut list = |setting: &Setting| {
            let text = placeholders.fill(&setting.value.text).ok()?;
            left = left.checked_sub(text.split(',').count())?;
            let item = |text: &str| Item { text: text.trim().to_owned(), ..setting.value.clone() };
            Some(text.split(',').map(item).filter(|item| !item.text.is_empty()).collect())
        };
        self.settings
            .iter()
            .map(|setting| Some(setting).filter(is_cut).and_then(&mut list))
            .collect()
    }
}
