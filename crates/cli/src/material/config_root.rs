//! Where the files of a container are on this machine.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use crate::input;

/// `--config-root`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ConfigRoots {
    /// Where files of a container are on this machine, such as ./config=/usr/share/elasticsearch/config; once for
    /// each mount
    #[arg(long = "config-root", value_name = "HOST=CONTAINER")]
    roots: Vec<ConfigRoot>,
}

/// A folder here, and its path in the container.
#[derive(Clone, Debug, Eq, PartialEq)]
struct ConfigRoot {
    here: PathBuf,
    inside: PathBuf,
}

impl ConfigRoots {
    /// Whether any is named.
    pub(crate) fn is_given(&self) -> bool {
        !self.roots.is_empty()
    }

    /// Where a file is that the settings in this folder name.
    pub(crate) fn here(&self, folder: &Path, named: &str) -> PathBuf {
        if self.roots.is_empty() {
            return folder.join(named);
        }
        let inside = input::by_name(&self.inside(folder).join(named));
        let fits = |root: &&ConfigRoot| inside.starts_with(&root.inside);
        let longest =
            self.roots.iter().filter(fits).max_by_key(|root| root.inside.as_os_str().len());
        let rest =
            longest.and_then(|root| Some(root.here.join(inside.strip_prefix(&root.inside).ok()?)));
        // `join` with nothing adds a slash.
        rest.unwrap_or_else(|| folder.join(named)).components().collect()
    }

    /// Whether a file lies outside of the folder of the settings, which is all that Elasticsearch may read.
    pub(crate) fn lies_outside(&self, folder: &Path, named: &str) -> bool {
        if self.roots.is_empty() {
            return input::lies_outside(&folder.join(named), folder);
        }
        let inside = self.inside(folder);
        !input::by_name(&inside.join(named)).starts_with(input::by_name(&inside))
    }

    /// The path of a folder in the container, if it is mounted there.
    fn inside(&self, folder: &Path) -> PathBuf {
        let shown = |path: &Path| {
            let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
            input::real_path(&path.to_string_lossy()).map(PathBuf::from)
        };
        let Some(own) = shown(folder) else { return folder.to_owned() };
        let mounted = self.roots.iter().filter_map(|root| {
            let here = shown(&root.here)?;
            let rest = own.strip_prefix(&here).ok()?;
            Some((here.as_os_str().len(), root.inside.join(rest)))
        });
        mounted.max_by_key(|(length, _)| *length).map_or(own.clone(), |(_, inside)| inside)
    }
}

impl FromStr for ConfigRoot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "`{text}` is not HOST=CONTAINER, such as ./config=/usr/share/elasticsearch/config"
            )
        };
        let (here, inside) = text.split_once('=').ok_or_else(wrong)?;
        if here.is_empty() || !inside.starts_with('/') {
            return Err(wrong());
        }
        Ok(Self { here: PathBuf::from(here), inside: input::by_name(Path::new(inside)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots(texts: &[&str]) -> ConfigRoots {
        ConfigRoots { roots: texts.iter().map(|text| text.parse().unwrap()).collect() }
    }

    #[test]
    fn the_longest_mount_counts() {
        let folder = tempfile::tempdir().unwrap();
        let here = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::create_dir_all(here("config/certs")).unwrap();
        std::fs::create_dir_all(here("secrets")).unwrap();
        let inside = "/usr/share/elasticsearch/config";
        let config = format!("{}={inside}", here("config"));
        let secrets = format!("{}={inside}/certs/", here("secrets"));
        let both = roots(&[&config, &secrets]);
        let own = PathBuf::from(here("config"));
        for (named, expected) in [
            ("certs/a.crt", "secrets/a.crt"),
            ("./a.crt", "config/a.crt"),
            ("/usr/share/elasticsearch/config/certs/a.crt", "secrets/a.crt"),
            ("/usr/share/elasticsearch/config/../config/a.crt", "config/a.crt"),
            (
                "/usr/share/elasticsearch/configuration/a",
                "/usr/share/elasticsearch/configuration/a",
            ),
        ] {
            assert_eq!(both.here(&own, named), PathBuf::from(here(expected)), "{named}");
        }
        assert!(!both.lies_outside(&own, "/usr/share/elasticsearch/config/certs/a.crt"));
        assert!(!both.lies_outside(&own, "certs/a.crt"));
        assert!(both.lies_outside(&own, "../a.crt"));
        assert!(both.lies_outside(&own, "/etc/certs/a.crt"));
        assert_eq!(roots(&[]).here(Path::new("x"), "a.crt"), PathBuf::from("x/a.crt"));
    }

    #[test]
    fn what_is_no_mount_is_refused() {
        for text in ["", "a", "=/a", "a=", "a=b"] {
            assert!(text.parse::<ConfigRoot>().is_err(), "{text}");
        }
    }
}
