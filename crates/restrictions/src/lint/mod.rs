//! Looks for what is wrong with a file, reading on past what can be mended.

mod allowed;
mod certificate;
mod detour;
mod encoding;
mod patch;
mod reading;
mod remark;
mod repair;
mod subject;
mod typography;

use crosstrust_report::Finding;
use crosstrust_report::Report;
use crosstrust_x509::Certificate;

pub(crate) use certificate::Holder;
pub(crate) use patch::Edit;
pub(crate) use remark::Remark;
pub(crate) use remark::Remarks;
pub(crate) use subject::Subject;

use crate::elasticsearch_version::ElasticsearchVersion;
use crate::error::Error;
use crate::field::X509Field;
use crate::loaded::Loaded;
use crate::node_settings::FIELDS;
use crate::node_settings::NodeSettings;
use crate::restrictions::Restrictions;
use crate::rules;
use crate::rules::file_permissions;
use allowed::Allowed;
use crosstrust_settings::Excerpt;
use crosstrust_settings::Format;
use crosstrust_settings::Locator;
use patch::Patch;
use reading::Reading;

/// A check of trust restrictions files, and what is known besides the files.
#[derive(Clone, Debug)]
pub struct Linter {
    own: Vec<Holder>,
    peers: Vec<Holder>,
    fields: Vec<X509Field>,
    /// The fields as they were asked for, known or not.
    asked_fields: Option<Vec<String>>,
    elasticsearch: ElasticsearchVersion,
    nodes: Vec<NodeSettings>,
}

/// Who may do what with a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Permissions {
    /// The permission bits of Unix.
    pub mode: u32,
    /// Whether its owner is root.
    pub owned_by_root: bool,
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
        Self {
            own: Vec::new(),
            peers: Vec::new(),
            fields,
            asked_fields: None,
            elasticsearch: ElasticsearchVersion::NEWEST,
            nodes: Vec::new(),
        }
    }
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
        self.fields = fields.iter().filter_map(|field| field.as_ref().parse().ok()).collect();
        self.asked_fields = Some(fields.iter().map(|field| field.as_ref().to_owned()).collect());
        self
    }

    /// Takes the oldest Elasticsearch that shall read the files.
    #[must_use]
    pub fn with_elasticsearch(mut self, version: ElasticsearchVersion) -> Self {
        self.elasticsearch = version;
        self
    }

    /// Takes the settings of a node of the own cluster. The fields that are compared are those of
    /// its settings, unless they were given.
    #[must_use]
    pub fn with_node(mut self, node: NodeSettings) -> Self {
        let set = node.transport_list(FIELDS);
        if !set.is_empty() && self.asked_fields.is_none() {
            self.fields = set.iter().filter_map(|item| item.text.parse().ok()).collect();
        }
        self.nodes.push(node);
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
        for node in &self.nodes {
            let mut remarks = Remarks::default();
            for check in rules::SETTINGS_CHECKS {
                check(node, self, &mut remarks);
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
        let subject = Subject::new(loaded, self, patch);
        let mut remarks = Remarks::default();
        for (_, check) in rules::CHECKS {
            check(&subject, &mut remarks);
        }
        let mut allowed = Allowed::read(loaded);
        let mut remarks = remarks.into_vec();
        remarks.retain(|remark| !allowed.covers(remark));
        remarks.extend(allowed.remarks());
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

    /// The fields as they were asked for, if they were.
    pub(crate) fn asked_fields(&self) -> Option<&[String]> {
        self.asked_fields.as_deref()
    }

    pub(crate) fn elasticsearch(&self) -> ElasticsearchVersion {
        self.elasticsearch
    }

    pub(crate) fn nodes(&self) -> &[NodeSettings] {
        &self.nodes
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
    let Remark { rule, message, help, .. } = remark;
    let mut finding = Finding::new(rule, message).in_file(file_name);
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
