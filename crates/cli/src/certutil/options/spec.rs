//! What options a mode has.

/// An option.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::certutil) struct Spec {
    /// Its names, without dashes.
    pub(in crate::certutil) names: &'static [&'static str],
    /// Whether an argument follows.
    pub(in crate::certutil) argument: Argument,
    /// What it does, for the help.
    pub(in crate::certutil) help: &'static str,
    /// Options beside which it must not stand.
    pub(in crate::certutil) unless: &'static [&'static str],
    /// Options of which one must stand beside it.
    pub(in crate::certutil) only_if: &'static [&'static str],
    /// Options beside which it must stand.
    pub(in crate::certutil) required_if: &'static [&'static str],
}

/// Whether an option takes an argument, and what the help calls it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::certutil) enum Argument {
    /// It takes none.
    None,
    /// It takes one that looks like no option, or none.
    Optional(&'static str),
    /// It takes the next one, whatever that looks like.
    Required(&'static str),
}

impl Spec {
    /// An option without conditions.
    pub(in crate::certutil) const fn new(
        names: &'static [&'static str],
        argument: Argument,
        help: &'static str,
    ) -> Self {
        Self { names, argument, help, unless: &[], only_if: &[], required_if: &[] }
    }

    /// The same, not to stand beside any of these.
    pub(in crate::certutil) const fn unless(self, others: &'static [&'static str]) -> Self {
        Self { unless: others, ..self }
    }

    /// The same, to stand beside one of these only.
    pub(in crate::certutil) const fn only_if(self, others: &'static [&'static str]) -> Self {
        Self { only_if: others, ..self }
    }

    /// The same, to stand wherever one of these does.
    pub(in crate::certutil) const fn required_if(self, others: &'static [&'static str]) -> Self {
        Self { required_if: others, ..self }
    }

    /// Its names as errors tell them.
    pub(super) fn spelled(&self) -> String {
        self.names.join("/")
    }
}
