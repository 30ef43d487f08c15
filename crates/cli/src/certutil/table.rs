//! The options that several modes have.

use super::options::{Argument, Spec};

/// The options of every mode, and of the command before its mode.
pub(super) const COMMON: [Spec; 4] = [
    Spec::new(&["h", "help"], Argument::None, "show help"),
    Spec::new(&["s", "silent"], Argument::None, "show minimal output"),
    Spec::new(&["v", "verbose"], Argument::None, "show verbose output").unless(&["silent"]),
    Spec::new(&["E"], Argument::Required("key=value"), "a setting of Elasticsearch; has no effect"),
];

/// `--out`.
pub(super) const OUT: Spec =
    Spec::new(&["out"], Argument::Required("path"), "path of the output file");
/// `--pass`.
pub(super) const PASS: Spec = Spec::new(
    &["pass"],
    Argument::Optional("password"),
    "password of generated private keys and key stores",
);
/// `--keysize`.
pub(super) const KEYSIZE: Spec =
    Spec::new(&["keysize"], Argument::Required("Integer"), "size in bits of RSA keys [2048]");
/// `--pem`.
pub(super) const PEM: Spec =
    Spec::new(&["pem"], Argument::None, "write PEM files in a zip instead of PKCS#12");
/// `--days`.
pub(super) const DAYS: Spec =
    Spec::new(&["days"], Argument::Required("Integer"), "days that certificates are valid [1095]");
/// `--multiple`.
pub(super) const MULTIPLE: Spec =
    Spec::new(&["multiple"], Argument::None, "ask for the details of several instances");
/// `--name`.
pub(super) const NAME: Spec =
    Spec::new(&["name"], Argument::Required("name"), "name of the instance [instance]")
        .unless(&["multiple"]);
/// `--dns`.
pub(super) const DNS: Spec =
    Spec::new(&["dns"], Argument::Required("list"), "comma separated DNS names of the instance")
        .unless(&["multiple"]);
/// `--ip`.
pub(super) const IP: Spec =
    Spec::new(&["ip"], Argument::Required("list"), "comma separated IP addresses of the instance")
        .unless(&["multiple"]);
/// `--cn`, which the original does not have.
pub(super) const CN: Spec = Spec::new(
    &["cn"],
    Argument::Required("list"),
    "comma separated otherName common names of the instance",
)
.unless(&["multiple"]);
/// `--in`.
pub(super) const IN: Spec =
    Spec::new(&["in"], Argument::Required("path"), "file of instances in YAML");
