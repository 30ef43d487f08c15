//! A fault for which a file cannot be read, and what mends it.

use crosstrust_report::Rule;

use crate::examine::Edit;
use crosstrust_settings::ErrorKind;
use crosstrust_settings::Place;

/// A fault that has an obvious remedy.
#[derive(Debug)]
pub(super) struct Repair {
    pub(super) fault: Fault,
    pub(super) place: Place,
    pub(super) edit: Edit,
}

/// What is said of a fault.
#[derive(Debug)]
pub(super) enum Fault {
    /// What the reader says.
    Read(ErrorKind),
    /// What a rule says that knows better.
    Rule(&'static Rule, String),
}

/// Where the line of a position begins.
pub(super) fn line_start(text: &str, position: usize) -> usize {
    let before = text.get(..position).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at.saturating_add(1))
}
