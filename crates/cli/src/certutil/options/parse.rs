//! Reading a command line: one dash or two, abbreviated names, `=`, arguments that may be left
//! out, short options in one word.

use super::error::OptionError;
use super::given::Options;
use super::spec::{Argument, Spec};

/// Reads all options of a line; other words are passed over.
pub(in crate::certutil) fn parse(
    tables: &[&'static [Spec]],
    words: &[String],
) -> Result<Options, OptionError> {
    let mut line = Line::new(tables, words);
    while let Some(word) = line.next() {
        if word == "--" {
            break;
        }
        line.take(&word)?;
    }
    line.checked()
}

/// Reads the options before the first other word, and gives the rest as it is.
pub(in crate::certutil) fn parse_leading(
    tables: &[&'static [Spec]],
    words: &[String],
) -> Result<(Options, Vec<String>), OptionError> {
    let mut line = Line::new(tables, words);
    while let Some(word) = line.words.first() {
        if !looks_like_an_option(word) {
            break;
        }
        let word = line.next().unwrap_or_default();
        if word == "--" {
            break;
        }
        line.take(&word)?;
    }
    let rest = line.words.to_vec();
    Ok((line.checked()?, rest))
}

/// A line as far as it is read.
struct Line<'a> {
    tables: &'a [&'static [Spec]],
    words: &'a [String],
    options: Options,
}

impl<'a> Line<'a> {
    fn new(tables: &'a [&'static [Spec]], words: &'a [String]) -> Self {
        Self { tables, words, options: Options::default() }
    }

    fn next(&mut self) -> Option<String> {
        let (word, rest) = self.words.split_first()?;
        self.words = rest;
        Some(word.clone())
    }

    fn take(&mut self, word: &str) -> Result<(), OptionError> {
        if let Some(long) = word.strip_prefix("--") {
            let (name, value) = name_and_value(long);
            let spec = self.recognized(name)?;
            return self.accept(spec, value);
        }
        let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) else {
            return Ok(());
        };
        let (name, value) = name_and_value(short);
        match self.find(name) {
            Some(spec) => self.accept(spec, value),
            None => self.cluster(short),
        }
    }

    /// Short options in one word; the rest of the word after one that takes an argument is it.
    fn cluster(&mut self, letters: &str) -> Result<(), OptionError> {
        let mut specs = Vec::new();
        for (index, letter) in letters.char_indices() {
            let spec = self.recognized(&letter.to_string())?;
            let rest = letters.get(index + letter.len_utf8()..).unwrap_or_default();
            specs.push((spec, rest));
            if spec.argument != Argument::None {
                break;
            }
        }
        for (spec, rest) in specs {
            let attached = spec.argument != Argument::None && !rest.is_empty();
            self.accept(spec, attached.then(|| rest.to_owned()))?;
        }
        Ok(())
    }

    /// Keeps an option and its argument, which may be the next word.
    fn accept(&mut self, spec: &'static Spec, value: Option<String>) -> Result<(), OptionError> {
        let argument = match (spec.argument, value) {
            (Argument::None, _) => None,
            (_, Some(value)) => Some(value),
            (Argument::Required(_), None) => {
                let missing = || OptionError::MissingArgument { option: spec.spelled() };
                Some(self.next().ok_or_else(missing)?)
            }
            (Argument::Optional(_), None) => {
                let follows = self.words.first().is_some_and(|word| !looks_like_an_option(word));
                if follows { self.next() } else { None }
            }
        };
        self.options.push(spec, argument);
        Ok(())
    }

    fn recognized(&self, name: &str) -> Result<&'static Spec, OptionError> {
        self.find(name).ok_or_else(|| OptionError::Unrecognized { option: name.to_owned() })
    }

    /// The option with this name, else the one for whose only name it is the beginning.
    fn find(&self, name: &str) -> Option<&'static Spec> {
        let all = || self.tables.iter().flat_map(|table| table.iter());
        if let Some(exact) = all().find(|spec| spec.names.contains(&name)) {
            return Some(exact);
        }
        let begins = |full: &&str| !name.is_empty() && full.starts_with(name);
        let mut found =
            all().flat_map(|spec| spec.names.iter().filter(|full| begins(full)).map(move |_| spec));
        found.next().filter(|_| found.next().is_none())
    }

    /// The options, if all of them may stand beside one another. Whoever asks for help gets it
    /// in any case.
    fn checked(self) -> Result<Options, OptionError> {
        let Self { tables, options, .. } = self;
        if options.has("help") {
            return Ok(options);
        }
        let all = || tables.iter().flat_map(|table| table.iter());
        let given = |spec: &&Spec| options.has_one_of(spec.names);
        let missing = all().filter(|spec| options.has_one_of(spec.required_if) && !given(spec));
        let missing: Vec<String> = missing.map(Spec::spelled).collect();
        if !missing.is_empty() {
            return Err(OptionError::Missing { options: missing });
        }
        let refused = all().filter(given).filter(|spec| {
            let alone = !spec.only_if.is_empty() && !options.has_one_of(spec.only_if);
            alone || options.has_one_of(spec.unless)
        });
        let refused: Vec<String> = refused.map(Spec::spelled).collect();
        if !refused.is_empty() {
            return Err(OptionError::Unavailable { options: refused });
        }
        Ok(options)
    }
}

/// `name=value`, or a name alone.
fn name_and_value(word: &str) -> (&str, Option<String>) {
    match word.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (word, None),
    }
}

/// Whether a word begins like an option; a lone dash is no option.
fn looks_like_an_option(word: &str) -> bool {
    word.starts_with('-') && word != "-"
}
