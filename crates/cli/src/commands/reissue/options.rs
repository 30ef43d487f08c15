//! The options of `crosstrust reissue`.

use clap::Args;
use crosstrust_issue::{Naming, NamingValues};

use crate::failure::{Failure, Message};
use crate::material::authority::AuthorityOptions;
use crate::options::{DaysOption, DryRunOption, RenewOption};
use crate::options::{Format, FormatOption};
use crate::options::{OverwriteOption, PemOption, SkipOption};
use crate::password::{OutputPassword, SourcePassword};

/// Issue certificates of existing nodes again, with the otherName that trust restrictions compare
///
/// The subject and every name stay byte for byte; the otherName common name is added or replaced.
/// The node id comes from the old otherName, else the common name, else the file name, and is shown
/// before anything is signed. A certificate that has its name already is left alone.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Arguments {
    /// Certificates or key stores of nodes: files, folders, quoted globs, or a .zip
    #[arg(required = true, value_name = "NODE_CERT")]
    pub(super) nodes: Vec<String>,
    #[command(flatten)]
    pub(super) authority: AuthorityOptions,
    /// Elasticsearch cluster id, for {cluster} in the name
    #[arg(long, value_name = "ID")]
    pub(super) cluster_id: Option<String>,
    /// Organization or environment id, or a label of one's own, for {scope} in the name
    #[arg(long, value_name = "ID")]
    pub(super) scope_id: Option<String>,
    /// Kubernetes namespace, for {namespace} in the name
    #[arg(long, value_name = "NAME")]
    pub(super) namespace: Option<String>,
    /// Template of the name, of {node}, {cluster}, {scope} and {namespace}
    #[arg(long, value_name = "TEMPLATE", default_value = Naming::CLOUD)]
    pub(super) cn: String,
    /// Keep each node's private key instead of making a new one
    #[arg(long)]
    pub(super) keep_key: bool,
    #[command(flatten)]
    pub(super) dry_run: DryRunOption,
    /// Write an instances.yml with the same names instead of certificates; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["keep_key", "dry_run"])]
    pub(super) instances: Option<String>,
    /// Show which pattern of this restrictions file lets each new name in
    #[arg(long, value_name = "FILE")]
    pub(super) restrictions: Option<String>,
    /// Where to write: a folder or a .zip
    #[arg(long, short, value_name = "PATH", default_value = "certificates")]
    pub(super) out: String,
    #[command(flatten)]
    pub(super) form: PemOption,
    #[command(flatten)]
    pub(super) validity: DaysOption,
    #[command(flatten)]
    pub(super) overwrite: OverwriteOption,
    #[command(flatten)]
    pub(super) skip: SkipOption,
    #[command(flatten)]
    pub(super) renew: RenewOption,
    #[command(flatten)]
    pub(super) source_password: SourcePassword,
    #[command(flatten)]
    pub(super) password: OutputPassword,
    #[command(flatten)]
    pub(super) format: FormatOption,
}

pub(super) fn naming(arguments: &Arguments) -> Result<Naming, Failure> {
    let values = NamingValues {
        cluster: arguments.cluster_id.as_deref(),
        scope: arguments.scope_id.as_deref(),
        namespace: arguments.namespace.as_deref(),
    };
    Naming::new(&arguments.cn, values).map_err(|error| {
        let hint = "give --cluster-id, --scope-id or --namespace, or another template with --cn";
        Message::new(&error).at(format!("--cn {}", arguments.cn)).hint(hint).into()
    })
}

/// Whether the instances file goes to standard output, and so takes the account's place.
pub(super) fn prints_instances(arguments: &Arguments) -> Result<bool, Failure> {
    let printed = arguments.instances.as_ref().is_some_and(|path| path == "-");
    if printed && arguments.format.format == Format::Json {
        let message = "--instances - and --format json both write to standard output";
        return Err(Message::new(message).hint("name a file for the instances").into());
    }
    Ok(printed)
}
