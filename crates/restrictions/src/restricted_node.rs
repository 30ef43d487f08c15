//! A node's `elasticsearch.yml`: what it says about trust restrictions.

use crosstrust_settings::Error;
use crosstrust_settings::Item;
use crosstrust_settings::SettingsFile;

/// The settings of a node, and the restrictions file that they name.
#[derive(Clone, Debug)]
pub struct RestrictedNode {
    pub(crate) label: String,
    file: SettingsFile,
    restrictions: Option<NamedRestrictions>,
}

/// What stands where a node's settings say that its restrictions file is.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NamedRestrictions {
    /// A file, with these bytes.
    Found(Vec<u8>),
    /// No file that can be read.
    Missing,
    /// A path that leads out of the configuration directory.
    Outside,
}

impl RestrictedNode {
    /// Reads an `elasticsearch.yml` with the loader that reads restrictions files too.
    ///
    /// Takes what to call it and its bytes.
    ///
    /// # Errors
    ///
    /// Whatever makes Elasticsearch refuse the file, with its place.
    pub fn parse(label: &str, bytes: &[u8]) -> Result<Self, Error> {
        let file = SettingsFile::parse(bytes)?;
        Ok(Self { label: label.to_owned(), file, restrictions: None })
    }

    /// Takes what stands at [`restrictions_path`](Self::restrictions_path).
    #[must_use]
    pub fn with_restrictions(mut self, file: NamedRestrictions) -> Self {
        self.restrictions = Some(file);
        self
    }

    /// Where the restrictions file of the transport layer is, from the configuration directory on,
    /// if one is set and its path is written out.
    pub fn restrictions_path(&self) -> Option<&str> {
        restrictions_path(&self.file)
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> &str {
        self.file.text()
    }

    /// What is known of the restrictions file.
    pub(crate) fn restrictions(&self) -> Option<&NamedRestrictions> {
        self.restrictions.as_ref()
    }

    /// The value of a setting of the transport layer's TLS.
    pub(crate) fn transport(&self, name: &str) -> Option<&Item> {
        self.value(&format!("{TRANSPORT}{name}"))
    }

    /// The values of a setting of the transport layer's TLS, nothing if it is not set.
    pub(crate) fn transport_list(&self, name: &str) -> &[Item] {
        self.file.get(&format!("{TRANSPORT}{name}")).map_or(&[], |setting| &setting.items)
    }

    /// The value of a setting that is no list.
    pub(crate) fn value(&self, key: &str) -> Option<&Item> {
        self.file.get(key).map(|setting| &setting.value)
    }

    /// The settings that name a restrictions file, wherever they stand.
    pub(crate) fn restricted(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.file.settings().iter().filter_map(|setting| {
            let prefix = setting.key.strip_suffix(PATH)?;
            Some((prefix, &setting.value))
        })
    }
}

/// Where the restrictions file of the transport layer is, from the configuration directory on, if
/// one is set and its path is written out.
pub fn restrictions_path(file: &SettingsFile) -> Option<&str> {
    let setting = file.get(RESTRICTIONS_SETTING).filter(|setting| !setting.has_placeholder())?;
    Some(setting.value.text.as_str())
}

/// The setting that names the restrictions file of the transport layer.
pub const RESTRICTIONS_SETTING: &str = "xpack.security.transport.ssl.trust_restrictions.path";

/// What the settings of the transport layer's TLS begin with.
pub(crate) const TRANSPORT: &str = "xpack.security.transport.ssl.";

/// The setting that names the restrictions file, after what it begins with.
pub(crate) const PATH: &str = "trust_restrictions.path";

/// The setting that names the fields that are compared, after what it begins with.
pub(crate) const FIELDS: &str = "trust_restrictions.x509_fields";
