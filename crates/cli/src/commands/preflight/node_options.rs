//! What `crosstrust preflight node` is told besides the certificates.

use clap::Args;
use crosstrust_preflight::Policy;
use crosstrust_preflight::SecurityModel;

use super::options::{CommonOptions, JudgeOptions};
use crate::context::Context;
use crate::failure::Failure;

/// Whom the node faces, and what is known of it.
#[derive(Args, Debug)]
pub(super) struct NodeOptions {
    /// CA certificates that the other side trusts: files or quoted globs, up to the next option
    #[arg(long, required_unless_present = "config", value_name = "CA", num_args = 1..)]
    pub(super) trust: Vec<String>,
    /// Settings of a node, its elasticsearch.yml: checks the files that they name
    #[arg(long, value_name = "FILE", conflicts_with_all = ["certificates", "key"])]
    pub(super) config: Vec<String>,
    /// Security model by which the other side of --trust connects: tls or api-key
    #[arg(long, value_name = "MODEL", default_value = "tls", requires = "config")]
    pub(super) model: SecurityModel,
    /// Private key of the node, where it is in a file of its own
    #[arg(long, value_name = "KEY")]
    pub(super) key: Option<String>,
    /// Host name or address under which others connect to the node
    #[arg(long, value_name = "HOST")]
    pub(super) hostname: Vec<String>,
    #[command(flatten)]
    pub(super) judge: JudgeOptions,
    #[command(flatten)]
    pub(super) common: CommonOptions,
}

impl NodeOptions {
    /// What the other side accepts.
    pub(super) fn policy(&self, context: &mut Context) -> Result<Policy, Failure> {
        let settings = self.judge.settings(&self.trust, &self.common, context)?;
        let mut policy = Policy::new(settings, self.common.at.now());
        policy.model = self.model;
        policy.server_name.clone_from(&self.judge.server_name);
        policy.warn_days = self.judge.warning.warn_days;
        Ok(policy)
    }
}
