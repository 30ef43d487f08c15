//! Looks for what is wrong with a file, reading on past what can be mended.

mod allowed;
mod detour;
mod encoding;
mod fault;
mod reading;
mod repair;
mod typography;

use crosstrust_report::Finding;
use crosstrust_report::Report;
use crosstrust_x509::Certificate;

use crate::elasticsearch_version::ElasticsearchVersion;
use crate::error::Error;
use crate::examine::Holder;
use crate::examine::Known;
use crate::examine::Patch;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crate::loaded::Loaded;
use crate::restricted_node::FIELDS;
use crate::restricted_node::RestrictedNode;
use crate::restrictions::Restrictions;
use crate::rules::Permissions;
use crate::rules::RULES;
use crate::rules::{file_permissions, refused_settings};
use allowed::Allowed;
use crosstrust_settings::Discreet;
use crosstrust_settings::Excerpt;
use crosstrust_settings::Format;
use crosstrust_settings::Locator;
use reading::Reading;

/// A check of trust restrictions files, and what is known besides the files.
#[derive(Clone, Debug, Default)]
pub struct Linter {
    known: Known,
}

/// A file with its faults mended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fixed {
    /// The text of the file.
    pub text: String,
    /// How many places of it were changed.
    pub changes: usize,
}

impl Linter {
    /// A check of files alone, for the newest Elasticsearch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the fields whose names are compared, as the setting `trust_restrictions.x509_fields`
    /// has them. One that Elasticsearch does not know is a finding.
    #[must_use]
    pub fn with_fields<S: AsRef<str>>(mut self, fields: &[S]) -> Self {
        self.known.fields = fields.iter().filter_map(|field| field.as_ref().parse().ok()).collect();
        self.known.asked_fields =
            Some(fields.iter().map(|field| field.as_ref().to_owned()).collect());
        self
    }

    /// Takes the oldest Elasticsearch that shall read the files.
    #[must_use]
    pub fn with_elasticsearch(mut self, version: ElasticsearchVersion) -> Self {
        self.known.elasticsearch = version;
        self
    }

    /// Takes the settings of a node of the own cluster. The fields that are compared are those of
    /// its settings, unless they were given.
    #[must_use]
    pub fn with_node(mut self, node: RestrictedNode) -> Self {
        let set = node.transport_list(FIELDS);
        if !set.is_empty() && self.known.asked_fields.is_none() {
            self.known.fields = set.iter().filter_map(|item| item.text.parse().ok()).collect();
        }
        self.known.nodes.push(node);
        self
    }

    /// Takes a certificate of the own cluster, which must be let in, and what to call it.
    #[must_use]
    pub fn with_own(mut self, label: &str, certificate: &Certificate) -> Self {
        self.known.own.push(Holder::new(label, certificate));
        self
    }

    /// Takes a certificate of another cluster that is expected, and what to call it.
    #[must_use]
    pub fn with_peer(mut self, label: &str, certificate: &Certificate) -> Self {
        self.known.peers.push(Holder::new(label, certificate));
        self
    }

    /// Takes names as those of certificates, for tests.
    #[cfg(test)]
    pub(crate) fn with_names(mut self, own: &[&str], peers: &[&str]) -> Self {
        let field = crate::field::X509Field::OtherNameCommonName;
        let holder = |name: &&str| Holder::of_names(name, field, &[*name]);
        self.known.own.extend(own.iter().map(holder));
        self.known.peers.extend(peers.iter().map(holder));
        self
    }

    /// What is wrong with a file, in the order of its lines.
    ///
    /// Takes its name as the user gave it, whose end decides between YAML and JSON, and its bytes.
    /// Of more than 100,000 findings the first are given.
    pub fn lint(&self, file_name: &str, bytes: &[u8]) -> Report {
        let (text, marked) = self.remarks(file_name, bytes);
        let mut locator = Locator::new(&text);
        let mut report = Report::default();
        for Marked { remark, stretch } in marked.into_iter().take(MOST_FINDINGS) {
            report.push(finding(file_name, &text, &mut locator, remark, stretch));
        }
        report
    }

    /// What is wrong with the settings of the nodes, in their order.
    pub fn lint_nodes(&self) -> Report {
        let mut report = Report::default();
        for node in &self.known.nodes {
            let mut remarks = Remarks::default();
            for check in RULES.iter().filter_map(|row| row.settings) {
                check(node, &self.known, &mut remarks);
            }
            let mut remarks = remarks.into_vec();
            remarks.sort_by_key(|remark| (remark.place, remark.rule.code));
            let mut locator = Locator::new(node.text());
            for remark in remarks {
                let stretch = remark.place.map(|place| (place.start, place.end));
                report.push(finding(&node.label, node.text(), &mut locator, remark, stretch));
            }
        }
        report
    }

    /// Why Elasticsearch does not load the settings of a node; nothing where a bound of this program was
    /// reached. The message holds nothing of a value, which may be a password.
    pub fn lint_refused_settings(
        file_name: &str,
        error: &crosstrust_settings::Error,
    ) -> Option<Report> {
        if error.is_bound() {
            return None;
        }
        let Discreet { message, help } = error.discreet();
        let mut finding = Finding::new(&refused_settings::RULE, message).in_file(file_name);
        if let Some(help) = help {
            finding = finding.with_help(help);
        }
        if let Some(place) = error.place() {
            finding = finding.at(place.line, place.column);
        }
        let mut report = Report::default();
        report.push(finding);
        Some(report)
    }

    /// What is wrong with the permissions of a file.
    pub fn lint_permissions(&self, file_name: &str, permissions: Permissions) -> Report {
        let mut report = Report::default();
        if let Some(message) = file_permissions::check(permissions) {
            report.push(Finding::new(&file_permissions::RULE, message).in_file(file_name));
        }
        report
    }

    /// The file with all mended that can be mended without asking; the rest stays as it is. One in
    /// UTF-16 or, beyond doubt, in Latin-1 comes out in UTF-8.
    ///
    /// # Errors
    ///
    /// What Elasticsearch would still refuse afterwards; then nothing should be written.
    pub fn fix(&self, file_name: &str, bytes: &[u8]) -> Result<Fixed, Error> {
        let format = Format::of(file_name)?;
        let transcoded = encoding::decode(bytes);
        let mut text = match &transcoded {
            Some(text) => text.clone(),
            None => crosstrust_settings::decode(bytes, format)?.to_owned(),
        };
        let mut changes = usize::from(transcoded.is_some());
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
        let mut reading = Reading::of(file_name, bytes);
        let mut marked = std::mem::take(&mut reading.faults);
        if let Some(loaded) = &reading.loaded {
            let remarks = self.check(loaded, &reading.patch).into_iter();
            let remarks = remarks.map(|remark| Marked::new(remark, &reading.patch));
            marked.extend(remarks.filter(|marked| reading.is_read(marked.stretch)));
        }
        let text = reading.text;
        marked.sort_by_key(|marked| (marked.stretch, marked.remark.rule.code));
        (text, marked)
    }

    fn check(&self, loaded: &Loaded, patch: &Patch) -> Vec<Remark> {
        let subject = Subject::new(loaded, &self.known, patch);
        let mut remarks = Remarks::default();
        for check in RULES.iter().filter_map(|row| row.file) {
            check(&subject, &mut remarks);
        }
        let mut allowed = Allowed::read(loaded);
        let mut remarks = remarks.into_vec();
        remarks.retain(|remark| !allowed.covers(remark));
        remarks.extend(allowed.remarks());
        remarks
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

/// What a remark says to the user. The locator, moved on to its place, tells line and column.
fn finding(
    file_name: &str,
    text: &str,
    locator: &mut Locator<'_>,
    remark: Remark,
    stretch: Option<(usize, usize)>,
) -> Finding {
    let Remark { rule, message, help, fix, .. } = remark;
    let finding = Finding::new(rule, message).in_file(file_name);
    let mut finding = finding.mendable(!fix.is_empty());
    if let Some((start, end)) = stretch {
        let place = locator.locate(start);
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

/// How many findings a file is told of.
const MOST_FINDINGS: usize = 100_000;

/// How often mended text is looked at again.
const MOST_ROUNDS: usize = 10;

#[cfg(test)]
mod tests;
