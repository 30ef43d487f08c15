//! Options of commands that write files.

use clap::Args;

/// `--force`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OverwriteOption {
    /// Overwrite what is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// `--skip-existing`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct SkipOption {
    /// Leave what is there and still right: names, CA, key and validity; what is not right is refused, or
    /// with --force replaced
    #[arg(long)]
    pub(crate) skip_existing: bool,
}

/// `--pem`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct PemOption {
    /// Write PEM files instead of PKCS#12
    #[arg(long)]
    pub(crate) pem: bool,
}
