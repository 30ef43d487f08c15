//! A connection file to fill in, with what one pairing needs and nothing else.

mod field;
mod lines;

use crosstrust_settings::tree::Problem;

use crate::connection::{Connection, Model, Platform};
use crate::error::Error;
use field::{Field, Need, Shape};

/// A connection file for two platforms and a model, filled in as far as questions were answered.
///
/// As long as nothing is answered, values that are to be filled in are empty, so that the file as it
/// is names each of them as missing.
#[derive(Clone, Debug)]
pub struct Template {
    lines: Vec<Line>,
}

/// A line of the file.
#[derive(Clone, Debug)]
enum Line {
    Field(Field),
    /// As it is, with its line feed.
    Text(String),
}

/// Something to ask a person for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Question<'a> {
    /// The table of the file that the key is in: `local`, `remote`, `trust`, `access`, or nothing at
    /// the top.
    pub section: &'a str,
    /// The key.
    pub key: &'a str,
    /// What it is.
    pub about: &'a str,
    /// What an empty answer means; nothing if it leaves the key for later.
    pub usual: Option<&'a str>,
    /// Whether the file is whole without it.
    pub optional: bool,
    /// Whether several values may be given, with commas between them.
    pub many: bool,
}

impl Template {
    /// The file to fill in for two platforms and a model.
    pub fn new(local: Platform, remote: Platform, model: Model) -> Self {
        Self { lines: lines::of(local, remote, model) }
    }

    /// The file as it is now.
    pub fn to_text(&self) -> String {
        let one_operator = self.one_operator();
        let mut text = String::new();
        for line in &self.lines {
            match line {
                Line::Field(field) if one_operator && field.apart => {}
                Line::Field(field) => text.push_str(&field.line()),
                Line::Text(line) => text.push_str(line),
            }
        }
        text
    }

    /// The next question from a line on, given what was answered so far, and the line that it is on.
    pub fn question(&self, from: usize) -> Option<(usize, Question<'_>)> {
        let asked = self.lines.iter().enumerate().skip(from);
        asked.into_iter().find_map(|(index, line)| match line {
            Line::Field(field) if self.is_asked(field) => Some((index, question(field))),
            Line::Field(_) | Line::Text(_) => None,
        })
    }

    /// Takes an answer to the question of a line. One that the file cannot have is refused.
    pub fn answer(&mut self, index: usize, text: &str) -> Result<(), Problem> {
        let text = text.trim();
        let Some(Line::Field(field)) = self.lines.get_mut(index) else { return Ok(()) };
        if text.is_empty() {
            return Ok(());
        }
        field.answer = Some(text.to_owned());
        let Some(problem) = self.problem_of(index) else { return Ok(()) };
        if let Some(Line::Field(field)) = self.lines.get_mut(index) {
            field.answer = None;
        }
        Err(problem)
    }

    /// Fills in a key of a table that nobody answered, as far as the file has it and can have that value.
    pub fn fill(&mut self, section: &str, key: &str, text: &str) {
        let is_it = |line: &Line| matches!(line, Line::Field(field) if field.section == section && field.key == key);
        let unanswered = self.answered(section, key).is_none();
        if let Some(index) = self.lines.iter().position(is_it).filter(|_| unanswered) {
            // What the file cannot have stays to be filled in by hand.
            let _ = self.answer(index, text);
        }
    }

    /// What the parser says of the line that a field is written on.
    fn problem_of(&self, index: usize) -> Option<Problem> {
        let before = Self { lines: self.lines.get(..index)?.to_vec() };
        let line = before.to_text().lines().count().saturating_add(1);
        match Connection::parse(&self.to_text()) {
            Err(Error::Connection { problems }) => {
                problems.into_iter().find(|problem| problem.place.line == line)
            }
            _ => None,
        }
    }

    fn is_asked(&self, field: &Field) -> bool {
        let other = |key| self.answered(field.section, key).is_some();
        field.need != Need::Shown
            && !field.instead_of.is_some_and(other)
            && !(field.apart && self.one_operator())
    }

    fn one_operator(&self) -> bool {
        self.answered("", "same_operator") == Some("true")
    }

    fn answered(&self, section: &str, key: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Field(field) if field.section == section && field.key == key => {
                field.answer.as_deref()
            }
            _ => None,
        })
    }
}

fn question(field: &Field) -> Question<'_> {
    Question {
        section: field.section,
        key: field.key,
        about: if field.shape == Shape::NodeSets { SETS } else { field.comment },
        usual: (field.need == Need::Usual).then_some(field.usual.as_str()),
        optional: field.need == Need::Optional,
        many: field.shape != Shape::One,
    }
}

/// How node sets are answered; the file has them as YAML.
const SETS: &str = "as NAME:COUNT; each of their nodes is let in by its name";

#[cfg(test)]
mod tests;
