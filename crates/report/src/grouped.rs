//! Findings that say the same of several nodes or files, as one.
//!
//! Two findings are equal when rule, message, remedy and line of source are, each in a place of its
//! own, once what is a node's own (its path, names and dates) is left out of the messages.

use std::collections::BTreeMap;

use crate::finding::{Finding, Report, Subject};
use crate::names::short_names;

/// Equal findings.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// The first of them.
    pub(crate) first: &'a Finding,
    /// What is said of all of them.
    pub(crate) message: String,
    /// What to do about all of them.
    pub(crate) help: String,
    /// All of them, in their order.
    pub(crate) members: Vec<&'a Finding>,
    /// Among how many of what they are; nothing where there is one.
    pub(crate) extent: Option<Extent>,
}

/// Where equal findings are.
#[derive(Debug)]
pub(crate) struct Extent {
    /// `28 of 30 nodes`.
    pub(crate) counted: String,
    /// What they are called, in their order.
    names: Vec<String>,
}

impl Extent {
    /// `28 of 30 nodes: node-01, node-02, … +26`; in full, all of them.
    pub(crate) fn text(&self, in_full: bool) -> String {
        let Self { counted, names } = self;
        format!("{counted}: {}", listed(names, in_full))
    }
}

/// Names beside each other: all of a few, else the first and how many more.
pub fn listed(names: &[String], in_full: bool) -> String {
    let shown = if in_full || names.len() <= MOST_NAMES { names.len() } else { MOST_NAMES - 1 };
    let mut text = names.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(shown);
    if more > 0 {
        text += &format!(", … +{more}");
    }
    text
}

/// The findings of a report, equal ones together, in the order of the first of each.
pub(crate) fn groups(report: &Report) -> Vec<Group<'_>> {
    let subjects: BTreeMap<&str, &Subject> =
        report.subjects().iter().map(|subject| (subject.path.as_str(), subject)).collect();
    let mut positions = BTreeMap::new();
    let mut repeats: BTreeMap<(Option<&str>, Key<'_>), usize> = BTreeMap::new();
    let mut alike: Vec<Vec<Blank<'_>>> = Vec::new();
    for finding in report.findings() {
        let subject = finding.path().and_then(|path| subjects.get(path).copied());
        let blank = Blank::new(finding, subject);
        let repeat = repeats.entry((finding.path(), blank.key())).or_insert(0);
        // Equal findings in one file are told apart by their places.
        let nth = if finding.path().is_some() { *repeat } else { 0 };
        *repeat = repeat.saturating_add(1);
        let position = *positions.entry((blank.key(), nth)).or_insert_with(|| {
            alike.push(Vec::new());
            alike.len().saturating_sub(1)
        });
        if let Some(members) = alike.get_mut(position) {
            members.push(blank);
        }
    }
    let several = alike.iter().any(|members| members.len() > 1);
    let places = several.then(|| Places::new(report, &subjects));
    alike.iter().filter_map(|members| group(members, places.as_ref())).collect()
}

fn group<'a>(members: &[Blank<'a>], places: Option<&Places<'a>>) -> Option<Group<'a>> {
    let first = members.first()?;
    let others = members.iter().skip(1);
    let differs = |slot: &usize| {
        let of = |blank: &Blank<'a>| blank.slots.get(*slot).copied();
        others.clone().any(|other| of(other) != of(first))
    };
    let differing = (0..first.slots.len()).find(differs);
    let (message, help) = first.filled(differing, members.len().saturating_sub(1));
    let found: Vec<&Finding> = members.iter().map(|blank| blank.finding).collect();
    let extent = places.and_then(|places| places.extent(&found));
    Some(Group { first: first.finding, message, help, members: found, extent })
}

/// A finding whose texts have blanks where something is the node's own.
struct Blank<'a> {
    finding: &'a Finding,
    message: String,
    help: String,
    /// What stood in the blanks: the message's, then the remedy's.
    slots: Vec<&'a str>,
}

type Key<'a> = (&'static str, String, String, Option<&'a str>);

impl<'a> Blank<'a> {
    fn new(finding: &'a Finding, subject: Option<&'a Subject>) -> Self {
        let mut slots = Vec::new();
        let message = blanked(finding.message(), subject, &mut slots);
        let help = blanked(finding.help(), subject, &mut slots);
        Self { finding, message, help, slots }
    }

    fn key(&self) -> Key<'a> {
        let Self { finding, message, help, .. } = self;
        (finding.rule().code, message.clone(), help.clone(), finding.source())
    }

    /// The texts as they were, with the number of the others after the first blank that differs.
    fn filled(&self, differing: Option<usize>, others: usize) -> (String, String) {
        let plural = if others == 1 { "" } else { "s" };
        let told = format!(" (and {others} other{plural})");
        let mut slots = self.slots.iter().enumerate();
        let mut filled = |text: &str| {
            let mut out = String::new();
            let (mut quoted, mut owed) = (false, false);
            for character in text.chars() {
                match (character == BLANK).then(|| slots.next()).flatten() {
                    Some((position, word)) => {
                        out.push_str(word);
                        owed |= differing == Some(position);
                    }
                    None => out.push(character),
                }
                quoted ^= character == '`';
                // What is in backticks stays together.
                if owed && !quoted {
                    out.push_str(&told);
                    owed = false;
                }
            }
            out
        };
        (filled(&self.message), filled(&self.help))
    }
}

/// A text with a blank for each of the subject's own words, which are kept. Outside of backticks only
/// those are words that prose does not have.
fn blanked<'a>(text: &'a str, subject: Option<&'a Subject>, slots: &mut Vec<&'a str>) -> String {
    let Some(subject) = subject else { return text.to_owned() };
    let mut out = String::new();
    let mut rest = text;
    let mut quoted = false;
    let mut before = None;
    while let Some(next) = rest.chars().next() {
        let own = subject.words.iter().find(|word| begins_with(rest, before, word, quoted));
        if let Some((word, after)) = own.and_then(|word| rest.split_at_checked(word.len())) {
            slots.push(word);
            out.push(BLANK);
            before = word.chars().last();
            rest = after;
            continue;
        }
        quoted ^= next == '`';
        out.push(next);
        before = Some(next);
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
    out
}

/// Whether a text begins with a word that does not go on, and did not begin earlier.
fn begins_with(text: &str, before: Option<char>, word: &str, quoted: bool) -> bool {
    let apart = |neighbour: Option<char>| !neighbour.is_some_and(char::is_alphanumeric);
    let unlike_prose = word.len() >= LEAST_LENGTH && word.contains(|c: char| c.is_ascii_digit());
    (quoted || unlike_prose)
        && apart(before)
        && text.strip_prefix(word).is_some_and(|rest| apart(rest.chars().next()))
}

/// What a report is about: how many nodes and files, and what they are called.
struct Places<'a> {
    nodes: BTreeMap<&'a str, String>,
    files: BTreeMap<&'a str, String>,
}

impl<'a> Places<'a> {
    fn new(report: &'a Report, subjects: &BTreeMap<&'a str, &'a Subject>) -> Self {
        let is_node = |path: &&str| subjects.contains_key(path);
        let looked_at = report.files().iter().map(String::as_str);
        let found = report.findings().iter().filter_map(Finding::path);
        Self {
            nodes: short_names(subjects.keys().copied()),
            files: short_names(looked_at.chain(found).filter(|path| !is_node(path))),
        }
    }

    /// Where several findings are, if they have places.
    fn extent(&self, findings: &[&'a Finding]) -> Option<Extent> {
        let paths: Vec<&str> = findings.iter().filter_map(|finding| finding.path()).collect();
        if paths.len() < 2 {
            return None;
        }
        let of_nodes = paths.iter().all(|path| self.nodes.contains_key(path));
        let name = |path: &&str| {
            let name = self.nodes.get(path).or_else(|| self.files.get(path));
            name.map_or_else(|| (*path).to_owned(), Clone::clone)
        };
        let names: Vec<String> = paths.iter().map(name).collect();
        let counted = if of_nodes {
            format!("{} of {} nodes", names.len(), self.nodes.len())
        } else {
            format!("{} files", names.len())
        };
        Some(Extent { counted, names })
    }
}

/// Stands where a word was: no text of ours has it.
const BLANK: char = '\u{0}';
/// So many names are written out.
const MOST_NAMES: usize = 3;
/// So long is a word that counts outside of backticks.
const LEAST_LENGTH: usize = 4;
