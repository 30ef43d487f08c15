//! What the requests of a kit do, as Terraform or as an Ansible playbook.

mod ansible;
mod hcl;
mod terraform;

use std::str::FromStr;

use serde_json::Value;

use crate::connection::Connection;
use crate::kit::{Kit, KitFile, Step};

/// A form in which a kit is written too.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Also {
    /// A playbook with `uri` tasks.
    Ansible,
    /// Resources of the providers `elastic/elasticstack` and `elastic/ec`.
    Terraform,
}

impl Also {
    /// All forms.
    pub const ALL: &[Self] = &[Self::Ansible, Self::Terraform];

    /// The path of its file in the kit.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Ansible => "ansible/playbook.yml",
            Self::Terraform => "terraform/main.tf",
        }
    }

    /// The file for a kit whose steps are known.
    pub(crate) fn file(self, kit: &Kit, connection: &Connection) -> KitFile {
        let text = match self {
            Self::Ansible => ansible::write(kit, connection),
            Self::Terraform => terraform::write(kit, connection),
        };
        KitFile { path: self.path().to_owned(), text }
    }
}

/// A word that names no such form.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{word}` is not one of ansible, terraform")]
pub struct UnknownForm {
    /// The word.
    pub word: String,
}

impl FromStr for Also {
    type Err = UnknownForm;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "ansible" => Ok(Self::Ansible),
            "terraform" => Ok(Self::Terraform),
            _ => Err(UnknownForm { word: word.to_owned() }),
        }
    }
}

/// What a request does.
enum Act<'a> {
    /// Asks whether the clusters are connected.
    Ask,
    /// Makes the cross-cluster key.
    Key,
    /// Puts the key into a deployment's keystore: the path of the deployment's API.
    Keystore,
    /// Makes a role.
    Role(&'a str),
    /// Changes settings of a cluster.
    Settings,
    /// Adds to the trust settings of a deployment.
    Trust,
    /// Something else.
    Other,
}

fn act(step: &Step) -> Act<'_> {
    let Some(request) = &step.request else { return Act::Other };
    let path = request.path.as_str();
    match (request.method, path) {
        ("GET", "/_remote/info") => Act::Ask,
        ("POST", "/_security/cross_cluster/api_key") => Act::Key,
        ("PUT", "/_cluster/settings") => Act::Settings,
        ("PATCH", _) if path.ends_with("/keystore") => Act::Keystore,
        ("PUT", _) if path.starts_with(DEPLOYMENTS) && !path.ends_with("/remote-clusters") => {
            Act::Trust
        }
        _ => path.strip_prefix("/_security/role/").map_or(Act::Other, Act::Role),
    }
}

/// Whether a step has a part in an automatic run, in which each thing is done once: of a step and what
/// is done instead of it, whichever has requests.
fn is_done(steps: &[Step], step: &Step) -> bool {
    let original = |one: &&Step| one.order <= step.order && !one.is_alternative();
    let has_request = steps.iter().rfind(original).is_some_and(|one| one.request.is_some());
    let next = steps.iter().find(|one| one.order > step.order);
    if step.is_alternative() {
        !has_request
    } else {
        has_request || !next.is_some_and(Step::is_alternative)
    }
}

/// The body of a step's file.
fn body(kit: &Kit, step: &Step) -> Value {
    let path = step.file.as_ref();
    let file = kit.files.iter().find(|file| Some(&file.path) == path);
    file.and_then(|file| serde_json::from_str(&file.text).ok()).unwrap_or_default()
}

const DEPLOYMENTS: &str = "/api/v1/deployments/";
