//! Looks for what is wrong with a file, reading on past what can be mended.

mod allowed;
mod certificate;
mod patch;
mod reading;
mod remark;
mod repair;
mod subject;

use crosstrust_report::Finding;
use crosstrust_report::Report;
use crosstrust_report::Severity;
use crosstrust_x509::Certificate;

pub(crate) use certificate::Holder;
pub(crate) use patch::Edit;
pub(crate) use remark::Remark;
pub(crate) use remark::Remarks;
pub(crate) use subject::Subject;

use crate::cursor::Cursor;
use crate::cursor::Span;
use crate::document::Format;
use crate::error::Error;
use crate::field::X509Field;
use crate::loaded::Loaded;
use crate::place::Excerpt;
use crate::restrictions::Restrictions;
use crate::rules;
use crate::source;
use allowed::Allowed;
use patch::Patch;
use reading::Reading;

/// A check of trust restrictions files, and what is known besides the files.
#[derive(Clone, Debug)]
pub struct Linter {
    own: Vec<Holder>,
    peers: Vec<Holder>,
    fields: Vec<X509Field>,
    elasticsearch: u32,
}

/// A file with its faults mended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fixed {
    /// The text of the file.
    pub text: String,
    /// How many places of it were changed.
    pub changes: usize,
}

impl Default for Linter {
    fn default() -> Self {
        let fields = X509Field::DEFAULT.to_vec();
        Self { own: Vec::new(), peers: Vec::new(), fields, elasticsearch: NEWEST }
    }
}

impl Linter {
    /// A check of files alone, for the newest Elasticsearch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the fields whose names are compared.
    #[must_use]
    pub fn with_fields(mut self, fields: &[X509Field]) -> Self {
        self.fields = fields.to_vec();
        self
    }

    /// Takes the oldest Elasticsearch that shall read the files: 7, 8 or 9.
    #[must_use]
    pub fn with_elasticsearch(mut self, major: u32) -> Self {
        self.elasticsearch = major;
        self
    }

    /// Takes a certificate of the own cluster, which must be let in, and what to call it.
    #[must_use]
    pub fn with_own(mut self, label: &str, certificate: &Certificate) -> Self {
        self.own.push(Holder::new(label, certificate));
        self
    }

    /// Takes a certificate of another cluster that is expected, and what to call it.
    #[must_use]
    pub fn with_peer(mut self, label: &str, certificate: &Certificate) -> Self {
        self.peers.push(Holder::new(label, certificate));
        self
    }

    /// Takes names as those of certificates, for tests.
    #[cfg(test)]
    pub(crate) fn with_names(mut self, own: &[&str], peers: &[&str]) -> Self {
        let holder = |name: &&str| Holder::of_names(name, X509Field::OtherNameCommonName, &[*name]);
        self.own.extend(own.iter().map(holder));
        self.peers.extend(peers.iter().map(holder));
        self
    }

    /// What is wrong with a file, in the order of its lines.
    ///
    /// Takes its name as the user gave it, whose end decides between YAML and JSON, and its bytes.
    /// Of more than 100,000 findings the first are given.
    pub fn lint(&self, file_name: &str, bytes: &[u8]) -> Report {
        let (text, marked) = self.remarks(file_name, bytes);
        let mut cursor = Cursor::new(&text);
        let mut report = Report::default();
        for Marked { remark, stretch } in marked.into_iter().take(MOST_FINDINGS) {
            report.push(finding(file_name, &text, &mut cursor, remark, stretch));
        }
        report
    }

    /// The file with all mended that can be mended without asking; the rest stays as it is.
    ///
    /// # Errors
    ///
    /// What Elasticsearch would still refuse afterwards; then nothing should be written.
    pub fn fix(&self, file_name: &str, bytes: &[u8]) -> Result<Fixed, Error> {
        let format = Format::of(file_name)?;
        let mut text = source::decode(bytes, format)?.to_owned();
        let mut changes: usize = 0;
        for _ in 0..MOST_ROUNDS {
            let (_, marked) = self.remarks(file_name, text.as_bytes());
            let patch = Patch::of(marked.into_iter().flat_map(|marked| marked.remark.fix));
            if patch.is_empty() {
                break;
            }
            changes = changes.saturating_add(patch.len());
            text = patch.apply(&text);
        }
        Restrictions::parse(file_name, text.as_bytes())?;
        Ok(Fixed { text, changes })
    }

    /// The text of a file and the remarks on it, in the order of their places.
    fn remarks(&self, file_name: &str, bytes: &[u8]) -> (String, Vec<Marked>) {
        let Reading { text, patch, loaded, faults } = Reading::of(file_name, bytes);
        let mut marked = faults;
        if let Some(loaded) = &loaded {
            let remarks = self.check(loaded).into_iter();
            marked.extend(remarks.map(|remark| Marked::new(remark, &patch)));
        }
        marked.sort_by_key(|marked| (marked.stretch, marked.remark.rule.code));
        (text, marked)
    }

    fn check(&self, loaded: &Loaded) -> Vec<Remark> {
        let subject = Subject::new(loaded, self);
        let mut remarks = Remarks::default();
        for (_, check) in rules::CHECKS {
            check(&subject, &mut remarks);
        }
        let allowed = Allowed::read(loaded);
        let mut remarks = remarks.into_vec();
        // What Elasticsearch refuses cannot be allowed.
        remarks.retain(|remark| {
            remark.rule.severity == Severity::Error
                || !allowed.covers(remark.rule.code, remark.place)
        });
        remarks
    }

    pub(crate) fn own(&self) -> &[Holder] {
        &self.own
    }

    pub(crate) fn peers(&self) -> &[Holder] {
        &self.peers
    }

    pub(crate) fn fields(&self) -> &[X509Field] {
        &self.fields
    }

    pub(crate) fn elasticsearch(&self) -> u32 {
        self.elasticsearch
    }
}

/// A remark, and the bytes of the original text that it is about.
#[derive(Debug)]
struct Marked {
    remark: Remark,
    stretch: Option<(usize, usize)>,
}

impl Marked {
    /// Moves a remark on the patched text to the original one.
    fn new(mut remark: Remark, patch: &Patch) -> Self {
        let original = |offset| patch.original_offset(offset);
        let stretch = remark.place.map(|place| (original(place.start), original(place.end)));
        for edit in &mut remark.fix {
            (edit.start, edit.end) = (original(edit.start), original(edit.end));
        }
        Self { remark, stretch }
    }
}

/// What a remark says to the user. The cursor, moved on to its place, tells line and column.
fn finding(
    file_name: &str,
    text: &str,
    cursor: &mut Cursor<'_>,
    remark: Remark,
    stretch: Option<(usize, usize)>,
) -> Finding {
    let Remark { rule, message, help, .. } = remark;
    let mut finding = Finding::new(rule, message).in_file(file_name);
    if let Some((start, end)) = stretch {
        while cursor.mark().offset < start && !cursor.rest().is_empty() {
            cursor.advance();
        }
        let place = Span::at(cursor.mark()).place();
        let Excerpt { text: line, caret, width } = Excerpt::around(text, start, end);
        finding = finding.at(place.line, place.column);
        // Of a long line only a part can be shown, and then the caret would stand elsewhere.
        if caret.saturating_add(1) == place.column {
            finding = finding.with_source(line, width);
        }
    }
    match help {
        Some(help) => finding.with_help(help),
        None => finding,
    }
}

/// The newest Elasticsearch known.
const NEWEST: u32 = 9;

/// How many findings a file is told of.
const MOST_FINDINGS: usize = 100_000;

/// How often mended text is looked at again.
const MOST_ROUNDS: usize = 10;

#[cfg(test)]
mod tests;
