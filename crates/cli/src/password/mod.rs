//! Passwords: given as value, file or environment variable, asked for, or empty.

mod advice;
mod opening;

use std::fmt;

use clap::Args;
use crosstrust_inventory::PasswordSource;
use crosstrust_keystore::Password;

pub(crate) use self::advice::{Tried, asks_for_password, unreadable};

use crate::failure::{Failure, Message};

/// Where a password comes from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    option: &'static str,
    /// The option that is meant for it, where that of something else was taken.
    own: &'static str,
    value: Option<&'a str>,
    file: Option<&'a str>,
    environment: Option<&'a str>,
    /// An option that is given, and gives the password of what is written.
    beside: Option<&'static str>,
    /// The setting of Elasticsearch that has the password of such a file, without its context.
    setting: Option<&'static str>,
}

/// Declares `--X VALUE`, `--X-file FILE` and `--X-env VAR`.
macro_rules! password_options {
    ($name:ident, $option:literal, $what:literal, $alias:literal) => {
        #[doc = concat!("The options of the password of ", $what, ".")]
        #[derive(Args, Clone, Default)]
        pub(crate) struct $name {
            #[arg(help = concat!("Password of ", $what))]
            #[arg(id = $option, long = $option, value_name = "PASSWORD", help_heading = "Passwords")]
            #[arg(alias = $alias)]
            value: Option<String>,
            #[arg(help = concat!("File that holds the password of ", $what))]
            #[arg(id = concat!($option, "-file"), long = concat!($option, "-file"))]
            #[arg(value_name = "FILE", help_heading = "Passwords", conflicts_with = $option)]
            #[arg(alias = concat!($alias, "-file"))]
            file: Option<String>,
            #[arg(help = concat!("Environment variable that holds the password of ", $what))]
            #[arg(id = concat!($option, "-env"), long = concat!($option, "-env"))]
            #[arg(value_name = "VAR", help_heading = "Passwords", alias = concat!($alias, "-env"))]
            #[arg(conflicts_with_all = [$option, concat!($option, "-file")])]
            environment: Option<String>,
        }

        /// Only which option it is.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!("--", $option))
            }
        }

        impl $name {
            /// Where the password comes from.
            pub(crate) fn source(&self) -> Source<'_> {
                Source {
                    option: concat!("--", $option),
                    own: concat!("--", $option),
                    value: self.value.as_deref(),
                    file: self.file.as_deref(),
                    environment: self.environment.as_deref(),
                    beside: None,
                    setting: None,
                }
            }
        }
    };
}

password_options!(InputPassword, "pass", "the input", "in-pass");
password_options!(OutputPassword, "pass", "the output", "out-pass");
password_options!(SourcePassword, "in-pass", "the source", "source-pass");
password_options!(
    SourceKeyPassword,
    "in-key-pass",
    "keys in the source that have one of their own",
    "source-key-pass"
);
password_options!(
    KeyPassword,
    "key-pass",
    "keys in a PKCS#12 output, if it is not that of the store",
    "out-key-pass"
);
password_options!(TrustPassword, "trust-pass", "key stores of CAs", "truststore-pass");
password_options!(AuthorityPassword, "ca-pass", "the CA's key", "ca-password");

impl<'a> Source<'a> {
    /// A password of which the inventory says where it is.
    pub(crate) fn of_inventory(source: &'a PasswordSource) -> Self {
        let (file, environment) = match source {
            PasswordSource::File(path) => (Some(path.as_str()), None),
            PasswordSource::Environment(variable) => (None, Some(variable.as_str())),
        };
        let (option, own) = (INVENTORY, INVENTORY);
        Self { option, own, value: None, file, environment, beside: None, setting: None }
    }

    /// The password that a command line of certutil has, if it has one.
    pub(crate) fn of_value(option: &'static str, value: Option<&'a str>) -> Self {
        let (file, environment, beside, setting) = (None, None, None, None);
        Self { option, own: option, value, file, environment, beside, setting }
    }

    /// The PIN in a file that the URI of a token's key names.
    #[cfg(feature = "pkcs11")]
    pub(crate) fn of_pin(path: &'a str) -> Self {
        let (option, own) = (PIN, PIN);
        let (value, environment, beside, setting) = (None, None, None, None);
        Self { option, own, value, file: Some(path), environment, beside, setting }
    }

    /// What to do about a PIN that is missing.
    #[cfg(feature = "pkcs11")]
    pub(crate) fn missing_pin(&self) -> String {
        let option = self.own;
        format!("give it with {PIN} in the URI, {option}-file or {option}-env")
    }

    /// This one if it is given, else another.
    pub(crate) fn or(self, other: Source<'a>) -> Source<'a> {
        if self.is_given() || !other.is_given() { self } else { Source { own: self.own, ..other } }
    }

    /// This one if it is given, else the one that the inventory names, if it names one.
    pub(crate) fn or_inventory(self, named: Option<&'a PasswordSource>) -> Self {
        named.map_or(self, |named| self.or(Self::of_inventory(named)))
    }

    /// Tells, where it is missing, that the option of an output is no option for this.
    pub(crate) fn beside(self, output: &Source<'_>) -> Self {
        Self { beside: output.is_given().then_some(output.option), ..self }
    }

    /// Of a file: by what it is, it has its password in one setting of Elasticsearch or another.
    pub(crate) fn of_file(self, bytes: &[u8]) -> Self {
        let is_store = STORES.iter().any(|magic| bytes.starts_with(magic));
        let setting = match (self.own, is_store) {
            (AUTHORITY, _) => None,
            (_, false) => Some("secure_key_passphrase"),
            (TRUST, true) => Some("truststore.secure_password"),
            (KEY, true) => Some("keystore.secure_key_password"),
            (_, true) => Some("keystore.secure_password"),
        };
        Self { setting, ..self }
    }

    /// Whether one of the three options is given.
    pub(crate) fn is_given(&self) -> bool {
        self.value.is_some() || self.file.is_some() || self.environment.is_some()
    }

    /// The option that gave it, as it was written.
    fn used(&self) -> String {
        let Self { option, file, environment, .. } = self;
        match (file, environment) {
            (Some(file), _) if *option == INVENTORY => (*file).to_owned(),
            (None, Some(variable)) if *option == INVENTORY => (*variable).to_owned(),
            (Some(file), _) => format!("{option}-file {file}"),
            (None, Some(variable)) => format!("{option}-env {variable}"),
            (None, None) => (*option).to_owned(),
        }
    }

    /// What to do about a password that was given and is wrong.
    pub(super) fn advice(&self, odd: Option<&str>) -> String {
        let odd = odd.map(|odd| format!(": {odd}")).unwrap_or_default();
        let own = if self.own == self.option {
            String::new()
        } else {
            format!(", or give another with {}", self.own)
        };
        format!("check what {} gives{odd}{own}", self.used())
    }

    /// What to do about a password that is missing.
    pub(super) fn missing(&self) -> String {
        let option = self.own;
        let beside = self.beside.map(|other| format!("; {other} is that of what is written"));
        let beside = beside.unwrap_or_default();
        format!("give the password with {option}, {option}-file or {option}-env{beside}")
    }

    /// Where Elasticsearch keeps such a password.
    pub(super) fn kept(&self) -> Vec<String> {
        let Some(setting) = self.setting else { return Vec::new() };
        let show = "elasticsearch-keystore show xpack.security";
        vec![
            format!("a forgotten one is shown on the node by: {show}.transport.ssl.{setting}"),
            format!("and that of HTTPS by: {show}.http.ssl.{setting}"),
        ]
    }
}

/// Java 17 reads no key store whose password has other characters.
pub(crate) fn refuse_non_ascii(password: &Password) -> Result<(), Failure> {
    if password.is_ascii() {
        return Ok(());
    }
    let message = Message::new("PKCS#12 passwords must be plain ASCII: Java 17 reads no others");
    Err(message.hint("choose another password, or write PEM files with --pem").into())
}

/// Where a password is said to be, other than by an option.
const INVENTORY: &str = "`passwords` of the inventory";
#[cfg(feature = "pkcs11")]
const PIN: &str = "?pin-source=FILE";
const AUTHORITY: &str = "--ca-pass";
const KEY: &str = "--in-key-pass";
const TRUST: &str = "--trust-pass";
/// How PKCS#12, JKS and JCEKS begin.
const STORES: [&[u8]; 3] = [&[0x30], &[0xfe, 0xed, 0xfe, 0xed], &[0xce, 0xce, 0xce, 0xce]];
