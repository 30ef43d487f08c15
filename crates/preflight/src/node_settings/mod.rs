//! A node's `elasticsearch.yml`: its TLS contexts, the files that they name, and what is wrong with
//! the settings themselves.
//!
//! Which file holds what is for the caller to find out, who reads them: [`NodeSettings::check_file`]
//! takes what was seen of each.

pub(crate) mod cipher_suite;
mod context;
mod context_name;
mod file;
pub(crate) mod key;
pub(crate) mod realm_files;
pub(crate) mod registered;
pub(crate) mod subject;
pub(crate) mod together;
pub(crate) mod value;

use crosstrust_report::Report;
use crosstrust_settings::{Error, SettingsFile};

pub use context::IdentityFiles;
pub use context::StoreFile;
pub use context::TlsContext;
pub use context::TrustFiles;
pub use context_name::ContextKind;
pub(crate) use context_name::ContextName;
pub use file::ClearPassword;
pub use file::FileFacts;
pub use file::NamedFile;
pub(crate) use subject::{SECURITY, Subject};

use crate::checks;

/// The settings of one node, as far as they decide whom it accepts and by whom it is accepted.
#[derive(Clone)]
pub struct NodeSettings {
    path: String,
    file: SettingsFile,
    /// The TLS contexts whose files the node reads: transport first, then server and client of
    /// remote clusters, HTTP, and others.
    pub contexts: Vec<TlsContext>,
    /// The files that realms name beside their TLS settings.
    pub realm_files: Vec<NamedFile>,
    /// The address that the node publishes for the transport layer, where the file says one.
    pub publish_host: Option<String>,
    /// What is wrong with the settings.
    pub report: Report,
}

impl NodeSettings {
    /// Reads an `elasticsearch.yml`. Takes its path, its bytes, and the environment that fills in
    /// placeholders such as `${HOSTNAME}`.
    ///
    /// # Errors
    ///
    /// Whatever makes Elasticsearch's loader refuse the file as a whole, with its place. Settings
    /// that it refuses one by one are findings in [`NodeSettings::report`].
    pub fn parse(
        path: &str,
        bytes: &[u8],
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let file = SettingsFile::parse(bytes)?.with_filled_lists(environment);
        let subject = Subject::new(path, &file, environment);
        let mut report = Report::default();
        checks::check_node_settings(&subject, &mut report);
        let contexts = subject.contexts.iter();
        let contexts = contexts.filter_map(|context| context::read(context, &subject)).collect();
        let publish_host = publish_host(&subject);
        let realm_files = realm_files::of(&subject);
        Ok(Self { path: path.to_owned(), contexts, realm_files, publish_host, report, file })
    }

    /// Says that a password of the settings does not open its file.
    pub fn wrong_password(
        &self,
        password: &ClearPassword,
        file: &NamedFile,
        opens_late: bool,
    ) -> Report {
        let subject = Subject::new(&self.path, &self.file, &|_| None);
        let mut report = Report::default();
        report.push(checks::missing_file::wrong_password(&subject, password, file, opens_late));
        report
    }

    /// Says that it is not known which of several keys the node presents.
    pub fn undecided_key(&self, file: &NamedFile) -> Report {
        let subject = Subject::new(&self.path, &self.file, &|_| None);
        let mut report = Report::default();
        report.push(checks::unjudged_setting::undecided_key(&subject, file));
        report
    }

    /// Judges what was seen of a file that a setting names.
    pub fn check_file(&self, file: &NamedFile, facts: &FileFacts) -> Report {
        let subject = Subject::new(&self.path, &self.file, &|_| None);
        let mut report = Report::default();
        checks::check_named_file(&subject, file, facts, &mut report);
        report
    }
}

/// What is wrong with a settings file that does not load, and keeps the node from starting; nothing where
/// a bound of this program was reached, where Elasticsearch might read on.
pub fn refused_file(path: &str, error: &Error) -> Option<Report> {
    if error.is_bound() {
        return None;
    }
    let mut report = Report::default();
    report.push(checks::refused_file::finding(path, error));
    Some(report)
}

/// The first of these settings that names one address and no interface or wildcard.
fn publish_host(subject: &Subject<'_>) -> Option<String> {
    let setting = PUBLISH_HOSTS.into_iter().find_map(|key| subject.file.get(key))?;
    let [host] = setting.items.as_slice() else { return None };
    let host = subject.filled_in(&host.text).ok()?;
    let elsewhere = host.starts_with('_') || ["", "0.0.0.0", "::", "0"].contains(&host.as_str());
    (!elsewhere).then_some(host)
}

/// The most specific first.
const PUBLISH_HOSTS: [&str; 4] =
    ["transport.publish_host", "transport.host", "network.publish_host", "network.host"];

#[cfg(test)]
mod tests;
