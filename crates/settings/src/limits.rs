//! The bounds of this reader, each with an error that names it.

use crate::error::Error;
use crate::error::ErrorKind;

/// How deep mappings and lists may be nested: the bound of Elasticsearch's own parser.
pub(crate) const DEEPEST_NESTING: usize = 1000;

/// How many values a file may have.
pub(crate) const MOST_VALUES: usize = 1_000_000;

/// How many bytes all keys together may have, each with its parents.
pub(crate) const LONGEST_KEYS: usize = 64 << 20;

/// How many bytes a file may have.
pub(crate) const LARGEST_FILE: usize = 16 << 20;

impl Error {
    /// Whether a bound of this reader was reached, where Elasticsearch might read on.
    pub fn is_bound(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::KeysTooLong { .. }
                | ErrorKind::TooLarge { .. }
                | ErrorKind::TooManyValues { .. }
        )
    }
}
