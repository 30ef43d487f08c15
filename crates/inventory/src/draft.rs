//! An inventory that is written for somebody to go on with.

use crosstrust_settings::quoted;

/// A cluster as it is found in a folder.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// What its nodes present.
    pub nodes: String,
    /// Its trust restrictions file, where one was found.
    pub restrictions: Option<String>,
    /// The settings files of its nodes that were found.
    pub elasticsearch_yml: Vec<String>,
}

impl Draft {
    /// The text of an inventory of these clusters.
    #[must_use]
    pub fn write(clusters: &[Self]) -> String {
        let mut text = HEAD.to_owned();
        for cluster in clusters {
            text += &format!("  {}:\n    nodes: {}\n", plain(&cluster.name), plain(&cluster.nodes));
            if let Some(path) = &cluster.restrictions {
                text += &format!("    restrictions: {}\n", plain(path));
            }
            if !cluster.elasticsearch_yml.is_empty() {
                let paths: Vec<_> =
                    cluster.elasticsearch_yml.iter().map(|path| plain(path)).collect();
                text += &format!("    elasticsearch_yml: [{}]\n", paths.join(", "));
            }
        }
        text
    }
}

/// A text as it is, where YAML takes it for text; else in quotes.
fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let is_path = text.starts_with("../") || text.starts_with('/');
    let is_word = (is_path || text.starts_with(|c: char| c.is_ascii_alphabetic()))
        && text.chars().all(is_plain)
        && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
            .contains(&text.to_lowercase().as_str());
    if is_word { text.to_owned() } else { quoted(text) }
}

const HEAD: &str = "\
# The inventory of crosstrust: which clusters there are. Commands find it upwards from the working folder, or by
# --inventory FILE, and take the names below: crosstrust report, crosstrust preflight node NAME.
# Paths start at the folder of this file. More keys: ca, x509_fields, verification_mode, key, platform, version,
#   passwords: {nodes: {file: east.pass}, ca: {env: EAST_CA_PASS}}
#   expect: {accepts: [other], nobody_else: true}
# `crosstrust inventory schema` describes them to editors; `crosstrust inventory check` reads all files.
clusters:
";
