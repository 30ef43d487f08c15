//! `--inventory FILE`.

use clap::Args;

/// `--inventory`, for commands that take names of clusters.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct InventoryOption {
    /// Inventory of the clusters that are named; else crosstrust.yml in this folder or one above it
    #[arg(long = "inventory", value_name = "FILE")]
    pub(crate) file: Option<String>,
}
