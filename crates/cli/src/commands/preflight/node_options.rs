//! What `crosstrust preflight node` is told besides the certificates.

use clap::Args;
use crosstrust_preflight::{Node, Policy, SecurityModel, Settings};

use super::options::{CommonOptions, JudgeOptions};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::material::asked::Asked;
use crate::material::cluster;
use crate::material::config_root::ConfigRoots;
use crate::material::inventory::Names;
use crate::options::cluster::ClusterOption;
use crate::options::inventory::InventoryOption;

/// Whom the node faces, and what is known of it.
#[derive(Args, Debug)]
pub(super) struct NodeOptions {
    /// CA certificates that the other side trusts: files or quoted globs, up to the next option; or the
    /// name of that cluster in the inventory, with all that it accepts
    #[arg(long, value_name = "CA", num_args = 1..)]
    pub(super) trust: Vec<String>,
    #[command(flatten)]
    pub(super) inventory: InventoryOption,
    /// Settings of a node, its elasticsearch.yml: checks the files that they name
    #[arg(long, value_name = "FILE", conflicts_with_all = ["certificates", "key"])]
    pub(super) config: Vec<String>,
    #[command(flatten)]
    pub(super) roots: ConfigRoots,
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
    /// The cluster that `--trust` names.
    fn trusting_cluster(&self, context: &mut Context) -> Result<Option<ClusterOption>, Failure> {
        let names = Names::of(&self.inventory);
        if let [one] = self.trust.as_slice() {
            return names.cluster(one, context);
        }
        for argument in &self.trust {
            if let Some(cluster) = names.cluster(argument, context)? {
                let message = "--trust takes one cluster of the inventory, or files";
                let hint = "name it alone, or the files of its CAs";
                return Err(Message::new(message).at(cluster.name).hint(hint).into());
            }
        }
        Ok(None)
    }

    /// What the other side accepts.
    pub(super) fn policy(&self, context: &mut Context) -> Result<Policy, Failure> {
        let settings = match self.trusting_cluster(context)? {
            Some(cluster) => {
                let source = self.common.password.source();
                let settings = cluster::settings_of(&cluster, &source, context)?;
                self.judge.over(settings, context)?
            }
            None => self.judge.settings(&self.trust, &self.common, context)?,
        };
        let mut policy = self.policy_of(settings);
        policy.model = self.model;
        Ok(policy)
    }

    /// What the nodes' own cluster accepts, by these settings.
    pub(super) fn own_policy(
        &self,
        settings: Settings,
        context: &mut Context,
    ) -> Result<Policy, Failure> {
        let mut policy = self.policy_of(self.judge.over(settings, context)?);
        policy.is_own_cluster = true;
        Ok(policy)
    }

    fn policy_of(&self, settings: Settings) -> Policy {
        let mut policy = Policy::new(settings, self.common.at.now());
        policy.server_name.clone_from(&self.judge.server_name);
        policy.warn_days = self.judge.warning.warn_days;
        policy
    }

    /// A node with the host names and addresses under which others connect to it.
    pub(super) fn with_hosts(&self, node: Node) -> Node {
        self.hostname.iter().fold(node, Node::with_host)
    }

    /// What these options say of the nodes of a cluster of the inventory, or of any.
    pub(super) fn asked<'a>(&'a self, cluster: Option<&'a ClusterOption>) -> Asked<'a> {
        let named = cluster.map(|cluster| &cluster.passwords);
        let own = named.and_then(|all| all.nodes.as_ref());
        let ca = named.and_then(|all| all.ca.as_ref());
        let password = self.common.password.source().or_inventory(own);
        let trust_password = self.judge.trust_password.source().or_inventory(ca).or(password);
        Asked { hosts: &self.hostname, password, trust_password, roots: &self.roots }
    }
}
