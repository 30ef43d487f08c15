//! `${NAME}` and `${NAME:default}` in a value: the environment has it, else the settings themselves.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::limits::LARGEST_FILE;
use crate::settings_file::SettingsFile;

/// Why a placeholder is not filled in. Elasticsearch does not start then.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceholderError {
    /// Nothing has its name.
    #[error("neither the environment nor the file has `{name}`")]
    Missing {
        /// The name.
        name: String,
    },
    /// It stands in its own value.
    #[error("the value of `{name}` needs itself")]
    Circular {
        /// What stands between the braces.
        name: String,
    },
    /// What it stands for is longer or deeper than this reader follows.
    #[error("it stands for more than {LONGEST} bytes, or is nested deeper than {DEEPEST}")]
    TooLarge,
}

/// What fills in the placeholders of a file: an environment, else the settings of the file. All that it puts
/// in is bounded together.
pub struct Placeholders<'a> {
    file: &'a SettingsFile,
    environment: &'a dyn Fn(&str) -> Option<String>,
    /// How many bytes may still be put in.
    left: Cell<usize>,
}

impl<'a> Placeholders<'a> {
    /// Takes the file, and what the variables of the node's environment have.
    pub fn new(file: &'a SettingsFile, environment: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { file, environment, left: Cell::new(MOST_PUT_IN) }
    }

    /// A text with its placeholders filled in.
    ///
    /// # Errors
    ///
    /// A placeholder that Elasticsearch cannot fill in, or that is beyond the bounds of this reader.
    pub fn fill(&self, text: &str) -> Result<String, PlaceholderError> {
        let mut filler = Filler { of: self, open: BTreeSet::new(), depth: 0, written: 0 };
        let answer = filler.fill(text);
        self.left.set(self.left.get().saturating_sub(filler.written));
        answer
    }

    fn found(&self, name: &str) -> Option<String> {
        let set = || self.file.get(name).map(|setting| setting.value.text.clone());
        (self.environment)(name).or_else(set)
    }
}

struct Filler<'a, 'b> {
    of: &'b Placeholders<'a>,
    /// The placeholders that may not come again. As in Elasticsearch, one with a default stays in it:
    /// twice in a value, it is refused as if it needed itself.
    open: BTreeSet<String>,
    depth: usize,
    /// How many bytes were put in.
    written: usize,
}

impl Filler<'_, '_> {
    fn fill(&mut self, text: &str) -> Result<String, PlaceholderError> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inside, behind)) = closed(after) else { break };
            out.push_str(before);
            out.push_str(&self.value(inside)?);
            rest = behind;
        }
        Ok(out + rest)
    }

    fn value(&mut self, inside: &str) -> Result<String, PlaceholderError> {
        if self.depth >= DEEPEST || self.of.left.get() == 0 {
            return Err(PlaceholderError::TooLarge);
        }
        if !self.open.insert(inside.to_owned()) {
            return Err(PlaceholderError::Circular { name: inside.to_owned() });
        }
        self.depth = self.depth.saturating_add(1);
        let written = self.fill(inside)?;
        let (name, default) = match written.split_once(':') {
            Some((name, default)) => (name, Some(default)),
            None => (written.as_str(), None),
        };
        let value = self.fill(&self.found(name, default)?)?;
        self.open.remove(name);
        self.depth = self.depth.saturating_sub(1);
        self.written = self.written.saturating_add(value.len()).saturating_add(1);
        if self.written > LONGEST.min(self.of.left.get()) {
            return Err(PlaceholderError::TooLarge);
        }
        Ok(value)
    }

    fn found(&self, name: &str, default: Option<&str>) -> Result<String, PlaceholderError> {
        let value = self.of.found(name).or_else(|| default.map(str::to_owned));
        match value {
            Some(value) => Ok(value),
            // Old releases asked for it on the terminal.
            None if name.starts_with("prompt.") => Ok(String::new()),
            None => Err(PlaceholderError::Missing { name: name.to_owned() }),
        }
    }
}

/// What stands before the brace that closes a placeholder, and behind it. Braces within are counted.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut depth: usize = 0;
    for (position, character) in text.char_indices() {
        match character {
            '{' => depth = depth.saturating_add(1),
            '}' if depth == 0 => {
                return Some((text.get(..position)?, text.get(position.checked_add(1)?..)?));
            }
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// How many bytes the placeholders of a text may stand for.
const LONGEST: usize = 1 << 16;

/// How many bytes those of a file may stand for together: as many as a file may have.
const MOST_PUT_IN: usize = LARGEST_FILE;

/// How deep placeholders may stand in each other.
const DEEPEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Result<String, PlaceholderError>, expected: &str) {
        assert_eq!(found.unwrap_or_else(|error| error.to_string()), expected);
    }

    /// As the judges of `tests/elasticsearch` answer: `start.rs` asks them.
    #[test]
    fn placeholders_are_filled_in_from_the_environment_then_from_the_file() {
        let text = "node.name: n1\nnode.attr.a: ${node.name}x\nnode.attr.n: name\nnode.roles: [a, b]\n\
            node.attr.c: ${node.attr.d}\nnode.attr.d: ${node.attr.c}\n";
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        let environment = |name: &str| (name == "HOST").then(|| "es1".to_owned());
        let placeholders = Placeholders::new(&file, &environment);
        let filled = |text: &str| placeholders.fill(text);
        check(filled("a${HOST}b${node.name}"), "aes1bn1");
        check(filled("${node.attr.a}${node.attr.a}"), "n1xn1x");
        check(filled("${node.${node.attr.n}}"), "n1");
        check(filled("${NOWHERE:${node.name}}"), "n1");
        check(filled("${NOWHERE:}"), "");
        check(filled("${node.roles}"), "[a, b]");
        check(filled("${HOST"), "${HOST");
        check(filled("${NOWHERE}"), "neither the environment nor the file has `NOWHERE`");
        check(filled("${node.attr.c}"), "the value of `node.attr.c` needs itself");
        check(filled("${HOST:a}${HOST:a}"), "the value of `HOST:a` needs itself");
    }

    #[test]
    fn what_they_stand_for_is_bounded() {
        let doubled = |number: usize| format!("a{}: ${{a{number}}}${{a{number}}}\n", number + 1);
        let text: String = (0..30).map(doubled).collect();
        let file = SettingsFile::parse(format!("a0: x\n{text}").as_bytes()).unwrap();
        assert_eq!(
            Placeholders::new(&file, &|_| None).fill("${a30}"),
            Err(PlaceholderError::TooLarge)
        );
        let next = |number: usize| format!("a{}: ${{a{number}}}\n", number + 1);
        let text: String = (0..100).map(next).collect();
        let file = SettingsFile::parse(format!("a0: x\n{text}").as_bytes()).unwrap();
        assert_eq!(
            Placeholders::new(&file, &|_| None).fill("${a100}"),
            Err(PlaceholderError::TooLarge)
        );
        assert_eq!(Placeholders::new(&file, &|_| None).fill("${a50}"), Ok("x".to_owned()));
        // Together, too: each of these is within the bound of one text.
        let text = format!("a: {}\n", "x".repeat(60_000));
        let file = SettingsFile::parse(text.as_bytes()).unwrap();
        let placeholders = Placeholders::new(&file, &|_| None);
        let filled = (0..1000).take_while(|_| placeholders.fill("${a}").is_ok()).count();
        assert_eq!(filled, MOST_PUT_IN / 60_001);
    }
}
