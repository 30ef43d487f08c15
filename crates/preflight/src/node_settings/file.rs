//! A file that a setting names, and what was seen of it.

use crosstrust_keystore::Password;
use crosstrust_keystore::java::Obstacle;
use crosstrust_settings::Place;

/// A file that a setting names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NamedFile {
    /// The path as Elasticsearch takes it: absolute, or relative to the configuration directory.
    pub path: String,
    /// The setting.
    pub setting: String,
    /// Where the path stands in the settings file.
    pub place: Place,
}

/// A password that stands in the settings in clear text.
#[derive(Clone)]
pub struct ClearPassword {
    /// The password.
    pub password: Password,
    /// The setting.
    pub setting: String,
    /// Where it stands.
    pub place: Place,
}

/// What the caller saw of such a file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FileFacts {
    /// Why it could not be loaded, if so.
    pub problem: Option<String>,
    /// What to do about that, where it is not that the file is missing.
    pub help: Option<String>,
    /// The path as the caller knows it, for commands that mend the file.
    pub path: String,
    /// What keeps a JVM from opening it.
    pub obstacles: Vec<Obstacle>,
    /// Whether it lies outside of the configuration directory.
    pub outside: bool,
    /// Whether Java opens its key when a handshake needs it, not before.
    pub opens_late: bool,
    /// How many private keys a PEM file holds, encrypted ones among them.
    pub key_blocks: usize,
    /// Whether it holds a private key.
    pub holds_key: bool,
    /// Its permission bits, where the system has such.
    pub permissions: Option<u32>,
}
