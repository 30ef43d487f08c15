//! Requests to either cluster, and how `curl` sends them.

use crosstrust_report::shell::word;

/// Which of the two clusters of a connection.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ClusterRole {
    /// The one that connects.
    Local,
    /// The one that is connected to.
    Remote,
}

impl ClusterRole {
    /// `local` or `remote`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Remote => "remote",
        }
    }

    /// The one at the other end.
    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Local => Self::Remote,
            Self::Remote => Self::Local,
        }
    }
}

/// Where a body of JSON goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Request {
    /// The HTTP method.
    pub method: &'static str,
    /// The path.
    pub path: String,
    /// Who answers it.
    pub base: Base,
}

/// Who answers a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Base {
    /// Elasticsearch itself.
    Cluster,
    /// The API of an Elastic Cloud Enterprise environment.
    Enterprise,
    /// The API of Elastic Cloud Hosted.
    Hosted,
}

/// The whole command of a request, with a file as its body where there is one.
pub(crate) fn command(side: ClusterRole, request: &Request, file: Option<&str>) -> String {
    let Request { method, path, base } = request;
    let mut line = format!("curl -sS --fail-with-body -X {method}");
    line.push_str(&authorization(side, path, *base));
    if let Some(file) = file {
        line.push_str(&format!(
            " -H 'Content-Type: application/json' --data-binary @{}",
            word(file)
        ));
    }
    format!("{line} {}", url(side, path, *base))
}

/// The same with a file as its body in which a placeholder makes way for a variable, so that the secret
/// is in no file and on no command line.
pub(crate) fn filled(
    side: ClusterRole,
    request: &Request,
    placeholder: &str,
    variable: &str,
) -> String {
    format!("{} | {}", fill(placeholder, variable), command(side, request, Some("-")))
}

/// A command that prints the step's file with the value of a variable in the place of a placeholder.
pub(crate) fn fill(placeholder: &str, variable: &str) -> String {
    format!(
        "export {variable}=\"{}\" && awk '{{gsub(\"{placeholder}\", ENVIRON[\"{variable}\"]); print}}' {{file}}",
        guarded(variable)
    )
}

/// Who asks: an API key of the cluster or the platform; one that makes or ends cross-cluster keys may
/// not itself be a key.
fn authorization(side: ClusterRole, path: &str, base: Base) -> String {
    let key = match base {
        Base::Cluster if path.starts_with("/_security/cross_cluster/") => {
            return format!(" -u \"{}\"", guarded(&format!("{}_USER", name(side))));
        }
        Base::Cluster => format!("{}_API_KEY", name(side)),
        Base::Hosted => "EC_API_KEY".to_owned(),
        Base::Enterprise => "ECE_API_KEY".to_owned(),
    };
    format!(" -H \"Authorization: ApiKey {}\"", guarded(&key))
}

/// The address, in quotes for the shell.
fn url(side: ClusterRole, path: &str, base: Base) -> String {
    let path = path.replace(DEPLOYMENT, &guarded(&format!("{}_DEPLOYMENT_ID", name(side))));
    match base {
        Base::Cluster => format!("\"{}{path}\"", guarded(&format!("{}_ES", name(side)))),
        Base::Hosted => format!("\"https://api.elastic-cloud.com{path}\""),
        Base::Enterprise => {
            format!("\"https://{}:12443{path}\"", guarded("COORDINATOR_HOST"))
        }
    }
}

/// A variable without which the shell stops at the command, where it is not set.
fn guarded(variable: &str) -> String {
    format!("${{{variable}:?}}")
}

fn name(side: ClusterRole) -> &'static str {
    match side {
        ClusterRole::Local => "LOCAL",
        ClusterRole::Remote => "REMOTE",
    }
}

/// What the variables in the commands of a kit stand for, of those that it has.
pub(super) fn variables(commands: &[&str]) -> Vec<&'static str> {
    let has = |text: &str| commands.iter().any(|command| command.contains(text));
    let used = |name: &str| has(&guarded(name)) || has(&format!("--pass-env {name}"));
    VARIABLES.iter().filter(|(name, _)| used(name)).map(|(_, about)| *about).collect()
}

/// Stands in the path of a request for the id of a deployment that nobody told.
pub(crate) const DEPLOYMENT: &str = "REPLACE_WITH_THE_DEPLOYMENT_ID";

const VARIABLES: [(&str, &str); 15] = [
    ("CA_PASSWORD", "`CA_PASSWORD`: the password of the new CA's file"),
    ("KEYSTORE_PASSWORD", "`KEYSTORE_PASSWORD`: the password of the key stores that are made"),
    (
        "LOCAL_ES",
        "`LOCAL_ES`: the URL of the local cluster, such as `https://local.example.com:9200`",
    ),
    (
        "LOCAL_API_KEY",
        "`LOCAL_API_KEY`: an API key of the local cluster, as `encoded` (not the cross-cluster key)",
    ),
    ("LOCAL_USER", "`LOCAL_USER`: a user of the local cluster, whose password curl asks for"),
    ("REMOTE_ES", "`REMOTE_ES`: the URL of the remote cluster"),
    ("REMOTE_API_KEY", "`REMOTE_API_KEY`: an API key of the remote cluster, as `encoded`"),
    ("REMOTE_USER", "`REMOTE_USER`: a user of the remote cluster, whose password curl asks for"),
    ("EC_API_KEY", "`EC_API_KEY`: an API key of Elastic Cloud"),
    ("ECE_API_KEY", "`ECE_API_KEY`: an API key of the environment"),
    ("COORDINATOR_HOST", "`COORDINATOR_HOST`: the host of the environment's coordinator"),
    (
        "LOCAL_DEPLOYMENT_ID",
        "`LOCAL_DEPLOYMENT_ID`: the id of the local deployment, which its page in the console shows (not that of the cluster)",
    ),
    (
        "REMOTE_DEPLOYMENT_ID",
        "`REMOTE_DEPLOYMENT_ID`: the id of the remote deployment, which its page in the console shows (not that of the cluster)",
    ),
    (
        "CROSS_CLUSTER_API_KEY",
        "`CROSS_CLUSTER_API_KEY`: the `encoded` of the cross-cluster key, once it is made",
    ),
    ("KEY_ID", "`KEY_ID`: the `id` of the cross-cluster key"),
];
