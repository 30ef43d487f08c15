//! The options that were given.

use super::error::OptionError;
use super::spec::Spec;

/// The options of a command line, in its order.
#[derive(Debug, Default)]
pub(in crate::certutil) struct Options {
    given: Vec<(&'static Spec, Option<String>)>,
}

impl Options {
    pub(super) fn push(&mut self, spec: &'static Spec, argument: Option<String>) {
        self.given.push((spec, argument));
    }

    /// Whether an option is given, with or without an argument.
    pub(in crate::certutil) fn has(&self, name: &str) -> bool {
        self.given.iter().any(|(spec, _)| spec.names.contains(&name))
    }

    /// Whether one of these is given.
    pub(super) fn has_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    /// The arguments of an option that may be repeated.
    pub(in crate::certutil) fn all(&self, name: &str) -> Vec<&str> {
        let of_name = self.given.iter().filter(|(spec, _)| spec.names.contains(&name));
        of_name.filter_map(|(_, argument)| argument.as_deref()).collect()
    }

    /// The one argument of an option.
    pub(in crate::certutil) fn one(&self, name: &str) -> Result<Option<&str>, OptionError> {
        match self.all(name).as_slice() {
            [] => Ok(None),
            [argument] => Ok(Some(argument)),
            _ => Err(OptionError::Repeated { option: name.to_owned() }),
        }
    }

    /// The one argument of an option, as a whole number.
    pub(in crate::certutil) fn number(&self, name: &str) -> Result<Option<i32>, OptionError> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let refused =
            |_| OptionError::NotANumber { text: text.to_owned(), option: name.to_owned() };
        text.parse().map(Some).map_err(refused)
    }

    /// The items of an option's comma-separated arguments, without blanks around them. Empty
    /// items at the end of an argument are dropped.
    pub(in crate::certutil) fn list(&self, name: &str) -> Vec<String> {
        self.all(name).into_iter().flat_map(split).collect()
    }
}

/// The items of a comma-separated text.
pub(in crate::certutil) fn split(text: &str) -> Vec<String> {
    let mut items: Vec<String> = text.split(',').map(|item| item.trim().to_owned()).collect();
    while items.last().is_some_and(String::is_empty) {
        items.pop();
    }
    items
}
