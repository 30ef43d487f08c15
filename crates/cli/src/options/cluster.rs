//! `--cluster NAME=FILES[,ca=FILE][,restrictions=FILE][,key=FILE][,fields=FIELD][,mode=MODE]`.

use std::str::FromStr;

use crosstrust_inventory::Passwords;
use crosstrust_preflight::{Expectation, VerificationMode};
use crosstrust_remote::{Platform, Version};
use crosstrust_restrictions::X509Field;

/// A cluster as the command line gives it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct ClusterOption {
    /// What it is called.
    pub(crate) name: String,
    /// Folders, files, globs and ZIP archives of what its nodes present.
    pub(crate) nodes: Vec<String>,
    /// What it trusts: files or globs.
    pub(crate) authorities: Vec<String>,
    /// Its restrictions file.
    pub(crate) restrictions: Option<String>,
    /// The private key of its one node.
    pub(crate) key: Option<String>,
    /// The fields that its restrictions compare.
    pub(crate) fields: Vec<X509Field>,
    /// Its verification mode, where that is said.
    pub(crate) mode: Option<VerificationMode>,
    /// The settings files of its nodes, in an inventory.
    pub(crate) elasticsearch_yml: Vec<String>,
    /// What runs it, in an inventory.
    pub(crate) platform: Option<Platform>,
    /// Its version of Elasticsearch, in an inventory.
    pub(crate) version: Option<Version>,
    /// Where its passwords are, in an inventory.
    pub(crate) passwords: Passwords,
    /// Whom it is meant to accept, in an inventory.
    pub(crate) expect: Option<Expectation>,
}

/// A cluster as an argument gives it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum ClusterArgument {
    /// With all that is to be known of it.
    Given(Box<ClusterOption>),
    /// By its name in the inventory.
    Named(String),
}

impl FromStr for ClusterArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains('=') {
            return text.parse().map(|option| Self::Given(Box::new(option)));
        }
        Ok(Self::Named(text.to_owned()))
    }
}

impl FromStr for ClusterOption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((name, rest)) = text.split_once('=') else {
            return Err("it begins with NAME=, then the folder or glob of its nodes".to_owned());
        };
        if name.is_empty() || name.contains(['/', ',']) {
            return Err(format!("`{name}` is not a name for a cluster"));
        }
        if let Some(key) = unknown_key(rest) {
            return Err(format!("`{key}=` is not a setting; known are {}", KEYS.join(", ")));
        }
        let mut parts = parts(rest).into_iter();
        let nodes = parts.next().unwrap_or_default().to_owned();
        if nodes.is_empty() {
            return Err(format!("`{name}=` names no folder or glob of nodes"));
        }
        let mut option = Self { name: name.to_owned(), nodes: vec![nodes], ..Self::default() };
        parts.try_for_each(|part| option.set(part))?;
        Ok(option)
    }
}

impl ClusterOption {
    /// What it is read from, for messages.
    pub(crate) fn sources(&self) -> String {
        let of_nodes = self.nodes.iter().chain(&self.elasticsearch_yml);
        let mut sources = of_nodes.map(String::as_str).collect::<Vec<_>>();
        if sources.is_empty() {
            sources.extend(self.authorities.iter().map(String::as_str));
        }
        sources.join(", ")
    }

    fn set(&mut self, part: &str) -> Result<(), String> {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if value.is_empty() {
            return Err(format!("`{key}=` has no value"));
        }
        match key {
            "ca" => self.authorities.push(value.to_owned()),
            "fields" => self.fields.push(value.parse::<X509Field>().map_err(|e| e.to_string())?),
            "key" => set_once(&mut self.key, key, value)?,
            "mode" => {
                self.mode = Some(value.parse::<VerificationMode>().map_err(|e| e.to_string())?);
            }
            _ => set_once(&mut self.restrictions, key, value)?,
        }
        Ok(())
    }
}

fn set_once(target: &mut Option<String>, key: &str, value: &str) -> Result<(), String> {
    match target.replace(value.to_owned()) {
        Some(_) => Err(format!("`{key}=` is there twice")),
        None => Ok(()),
    }
}

/// A word after a comma that looks like a key and is not one.
fn unknown_key(text: &str) -> Option<&str> {
    let pairs = text.split(',').skip(1).filter_map(|part| part.split_once('='));
    let is_word = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase());
    pairs.map(|(key, _)| key).find(|key| is_word(key) && !KEYS.contains(key))
}

/// Cuts at commas that a key follows, not at a comma in a file name.
fn parts(text: &str) -> Vec<&str> {
    let starts = text.match_indices(',').map(|(at, _)| at);
    let is_cut = |at: &usize| {
        let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
        rest.split_once('=').is_some_and(|(key, _)| KEYS.contains(&key))
    };
    let mut parts = Vec::new();
    let mut from = 0;
    for cut in starts.filter(is_cut).chain([text.len()]) {
        parts.push(text.get(from..cut).unwrap_or_default());
        from = cut.saturating_add(1);
    }
    parts
}

const KEYS: [&str; 5] = ["ca", "fields", "key", "mode", "restrictions"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_a_name_its_nodes_and_settings() {
        let option: ClusterOption =
            "east=a,b/*.p12,ca=x.pem,ca=y.pem,restrictions=t.yml,mode=Certificate,fields=subjectAltName.dnsName"
                .parse()
                .unwrap();
        let expected = ClusterOption {
            name: "east".to_owned(),
            nodes: vec!["a,b/*.p12".to_owned()],
            authorities: vec!["x.pem".to_owned(), "y.pem".to_owned()],
            restrictions: Some("t.yml".to_owned()),
            key: None,
            fields: vec![X509Field::DnsName],
            mode: Some(VerificationMode::Certificate),
            ..ClusterOption::default()
        };
        assert_eq!(option, expected);
    }

    #[test]
    fn what_is_wrong_is_named() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let error = text.parse::<ClusterOption>().unwrap_err();
            assert!(error.contains(expected), "{error}");
        }

        check("east", "begins with NAME=");
        check("=dir", "is not a name for a cluster");
        check("a/b=dir", "is not a name for a cluster");
        check("east=", "names no folder");
        check("east=,ca=x", "names no folder");
        check("east=d,ca=", "`ca=` has no value");
        check("east=d,key=a,key=b", "`key=` is there twice");
        check("east=d,mode=strict", "`strict`");
        check("east=d,fields=cn", "`cn`");
        check("east=d,foo=1", "`foo=` is not a setting");
    }
}
