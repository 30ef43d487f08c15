//! Findings, and the report that collects them.

use std::collections::BTreeSet;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::rule::{Rule, Severity};

/// A breach of a rule at a place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    rule: &'static Rule,
    message: String,
    path: Option<String>,
    place: Option<(usize, usize)>,
    width: usize,
    source: Option<String>,
    help: Option<String>,
    is_mendable: bool,
}

impl Finding {
    /// A finding of a rule; the message says what is wrong here, lower case, no full stop.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            rule,
            message,
            path: None,
            place: None,
            width: 1,
            source: None,
            help: None,
            is_mendable: false,
        }
    }

    /// The file it is found in, as the user named it.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Line and column, both from 1; columns count characters.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.place = Some((line, column));
        self
    }

    /// The text of the line, for a caret below it, and how many characters the caret covers.
    #[must_use]
    pub fn with_source(mut self, line: impl Into<String>, width: usize) -> Self {
        self.source = Some(line.into());
        self.width = width.max(1);
        self
    }

    /// What to do here, where more can be said than the rule's own help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, where the command mends it if it is told to.
    #[must_use]
    pub fn mendable(mut self, is_mendable: bool) -> Self {
        self.is_mendable = is_mendable;
        self
    }

    /// Whether the command mends it if it is told to.
    pub fn is_mendable(&self) -> bool {
        self.is_mendable
    }

    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The rule's severity.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// What is wrong here.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The file, if it is about one.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Line and column, from 1.
    pub fn place(&self) -> Option<(usize, usize)> {
        self.place
    }

    /// The text of the line.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// How many characters the caret covers, at least 1.
    pub fn width(&self) -> usize {
        self.width
    }

    /// What to do.
    pub fn help(&self) -> &str {
        self.help.as_deref().unwrap_or(self.rule.help)
    }
}

/// `{"code","severity","message","path","line","column","help"}`.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Finding", 7)?;
        object.serialize_field("code", self.rule.code)?;
        object.serialize_field("severity", &self.severity())?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("line", &self.place.map(|place| place.0))?;
        object.serialize_field("column", &self.place.map(|place| place.1))?;
        object.serialize_field("help", self.help())?;
        object.end()
    }
}

/// Findings in the order in which they were made. Serialises as
/// `{"findings":[…],"summary":{"errors","warnings","notes"}}`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[must_use = "a report says what is wrong"]
pub struct Report {
    findings: Vec<Finding>,
    files: Vec<String>,
    subjects: Vec<Subject>,
}

/// A node that was looked at, and the words by which its findings differ from those of other nodes.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Subject {
    pub(crate) path: String,
    /// The longest first, so that no word hides another one that holds it.
    pub(crate) words: Vec<String>,
}

/// How many findings of each severity a report has.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, serde::Serialize)]
pub struct Summary {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
}

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Remembers a file that was looked at, whether or not something is found in it.
    pub fn look_at(&mut self, path: impl Into<String>) {
        self.files.push(path.into());
    }

    /// Remembers a node that was looked at, with the words that are its own: names, dates, numbers. For people,
    /// findings of several nodes that differ in such words alone are one.
    pub fn look_at_node(
        &mut self,
        path: impl Into<String>,
        words: impl IntoIterator<Item = String>,
    ) {
        let path = path.into();
        let mut words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.push(path.clone());
        words.sort_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
        words.dedup();
        self.look_at(&path);
        self.subjects.push(Subject { path, words });
    }

    /// Adds another report's findings and files.
    pub fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.files.extend(other.files);
        self.subjects.extend(other.subjects);
    }

    /// Drops what says again what stands before it: findings of the same rule, file, place and
    /// message, and files that were looked at twice.
    pub fn dedup(&mut self) {
        let mut told = BTreeSet::new();
        self.findings.retain(|Finding { rule, path, place, message, .. }| {
            told.insert((rule.code, path.clone(), *place, message.clone()))
        });
        let mut files = BTreeSet::new();
        self.files.retain(|path| files.insert(path.clone()));
        let mut subjects = BTreeSet::new();
        self.subjects.retain(|subject| subjects.insert(subject.clone()));
    }

    /// Says that none of the findings is mended.
    pub fn forget_mends(&mut self) {
        self.findings.iter_mut().for_each(|finding| finding.is_mendable = false);
    }

    /// The findings.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The files that were looked at, as far as a check has told them.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The nodes that were looked at.
    pub(crate) fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// Whether there is no finding.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.has_any_as_bad_as(Severity::Error)
    }

    /// Whether one of them is of this severity or a worse one.
    pub fn has_any_as_bad_as(&self, severity: Severity) -> bool {
        self.findings.iter().any(|finding| finding.severity() <= severity)
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|f| f.severity() == severity).count();
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Report", 2)?;
        object.serialize_field("findings", &self.findings)?;
        object.serialize_field("summary", &self.summary())?;
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULE: Rule = Rule {
        code: "XX001",
        severity: Severity::Note,
        summary: "a rule",
        explanation: "a rule",
        help: "do",
    };

    #[test]
    fn what_is_said_again_is_dropped_and_what_differs_is_kept() {
        let finding = || Finding::new(&RULE, "same").in_file("a.pem").at(1, 2);
        let all = [
            finding(),
            finding().with_help("another"),
            finding().at(1, 3),
            finding().in_file("b.pem"),
            Finding::new(&RULE, "other").in_file("a.pem").at(1, 2),
        ];
        let mut report = Report::default();
        for finding in &all {
            report.push(finding.clone());
            report.look_at(finding.path().unwrap());
        }
        report.dedup();
        assert_eq!(report.findings(), [&all[..1], &all[2..]].concat());
        assert_eq!(report.files(), ["a.pem", "b.pem"]);
    }
}
