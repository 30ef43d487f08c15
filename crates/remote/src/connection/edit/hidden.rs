//! The lines of a file that may hold a secret, which no patch shows.

use crosstrust_settings::SettingsFile;

use super::lines::Lines;

/// Which lines may hold a secret.
#[derive(Debug)]
pub(super) struct Hidden(Vec<bool>);

impl Hidden {
    /// Those with a stretch that does.
    pub(super) fn of(file: &SettingsFile, lines: &Lines<'_>) -> Self {
        let stretches = crosstrust_settings::Hidden::of(file);
        let mut hidden = vec![false; lines.count()];
        for line in stretches.stretches().iter().flat_map(|bytes| lines.range(bytes)) {
            if let Some(is_hidden) = hidden.get_mut(line) {
                *is_hidden = true;
            }
        }
        Self(hidden)
    }

    /// Whether a line may hold one, or is not there.
    pub(super) fn has(&self, line: usize) -> bool {
        self.0.get(line).copied().unwrap_or(true)
    }
}
