//! Options of commands that make keys and certificates.

use clap::Args;
use crosstrust_keystore::KeyType;

use super::validity;

/// `--days`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DaysOption {
    /// Validity in days; never longer than the CA's
    #[arg(long, value_name = "N", default_value_t = 1095)]
    #[arg(value_parser = validity, allow_negative_numbers = true)]
    pub(crate) days: u32,
}

/// `--key-type`.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct KeyTypeOption {
    /// Kind of key: rsa-2048, rsa-3072, rsa-4096, ec-p256 or ec-p384
    #[arg(long, value_name = "TYPE", default_value_t = KeyType::default())]
    pub(crate) key_type: KeyType,
}
