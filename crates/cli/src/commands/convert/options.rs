//! The options of `crosstrust convert`.

use clap::{Args, ValueEnum};

use crate::options::FormatOption;
use crate::options::{OverwriteOption, SkipOption};
use crate::password::{KeyPassword, OutputPassword, SourceKeyPassword, SourcePassword};

/// Turn key stores into PEM files and back
///
/// To PEM: a folder with NAME.crt (the leaf, then its chain), NAME.key and ca.crt. To PKCS#12: a
/// key store that Java lists with its key, its chain and the CA as a trusted entry, and that
/// OpenSSL 3 opens. Several sources are read as one, such as a certificate, its key and its CA.
///
/// --in-pass opens the sources, --pass is the password of what is written; a PEM key that is not
/// encrypted needs neither. In a key store whose keys have a password of their own, --in-key-pass
/// opens these, and --key-pass writes such a PKCS#12 file.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Files or quoted globs that together hold the key, its certificate and the CA
    #[arg(required = true, value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
    /// Where to write: a folder or a .zip for PEM files, a file for PKCS#12
    #[arg(long, short, required = true, value_name = "PATH")]
    pub(super) out: String,
    /// What to write [default: p12 if PATH ends in .p12 or .pfx, pem if in .zip; else pem of a key store, p12 of PEM files]
    #[arg(long, value_name = "FORMAT")]
    pub(super) to: Option<To>,
    /// How PEM keys are encoded
    #[arg(long, value_name = "FORMAT", default_value = "pkcs8")]
    pub(super) key_format: KeyFormat,
    /// Write no key, only the authorities to trust
    #[arg(long)]
    pub(super) trust_only: bool,
    /// Algorithms of a PKCS#12 file
    #[arg(long, value_name = "PROFILE", default_value = "modern")]
    pub(super) p12_profile: StoreProfile,
    #[command(flatten)]
    pub(super) overwrite: OverwriteOption,
    #[command(flatten)]
    pub(super) skip: SkipOption,
    #[command(flatten)]
    pub(super) source_password: SourcePassword,
    #[command(flatten)]
    pub(super) source_key_password: SourceKeyPassword,
    #[command(flatten)]
    pub(super) password: OutputPassword,
    #[command(flatten)]
    pub(super) key_password: KeyPassword,
    #[command(flatten)]
    pub(super) format: FormatOption,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum To {
    /// PKCS#12
    P12,
    /// PEM files
    Pem,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum KeyFormat {
    /// PKCS#1, for RSA keys
    Pkcs1,
    /// PKCS#8, encrypted if --pass gives a password
    Pkcs8,
    /// SEC1, for EC keys
    Sec1,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum StoreProfile {
    /// 3DES and HMAC-SHA1, for readers from before 2020
    LegacyDes,
    /// AES-256 and HMAC-SHA256, as Java 17 writes
    Modern,
}
