//! What a rule has to say, before it is known where in the original text it belongs.

use crosstrust_report::Rule;

use super::patch::Edit;
use crosstrust_settings::Place;

/// A breach of a rule, and what would mend it.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    pub(crate) rule: &'static Rule,
    pub(crate) message: String,
    pub(crate) place: Option<Place>,
    pub(crate) help: Option<String>,
    pub(crate) fix: Vec<Edit>,
}

impl Remark {
    pub(crate) fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), place: None, help: None, fix: Vec::new() }
    }

    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn with_fix(mut self, fix: Option<Edit>) -> Self {
        self.fix.extend(fix);
        self
    }
}

/// The remarks of all rules.
#[derive(Debug, Default)]
pub(crate) struct Remarks(Vec<Remark>);

impl Remarks {
    pub(crate) fn push(&mut self, remark: Remark) {
        self.0.push(remark);
    }

    pub(crate) fn into_vec(self) -> Vec<Remark> {
        self.0
    }
}
