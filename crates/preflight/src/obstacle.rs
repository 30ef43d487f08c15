//! Files that a JVM does not open: what becomes of the node, and what mends them.

use crosstrust_keystore::java::{Layout, Obstacle, Reason};
use crosstrust_keystore::open::Format;
use crosstrust_report::shell;

use crate::refusal::Refusal;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

/// What becomes of a node that has these in the way of its files.
pub(crate) fn verdict(obstacles: &[(String, Obstacle)]) -> Verdict {
    let each = obstacles.iter().map(|(file, obstacle)| {
        let help = remedy(obstacle, file);
        if obstacle.refused_by.is_final() {
            return Refusal::Unopened { obstacle: obstacle.clone(), help }.into();
        }
        Unjudged::ReleasesDiffer { what: obstacle.to_string(), help }.into()
    });
    each.reduce(Verdict::and).unwrap_or(Verdict::Accepted)
}

/// What mends it, with the file as it is called.
pub(crate) fn remedy(obstacle: &Obstacle, path: &str) -> String {
    let path = shell::word(path);
    match &obstacle.reason {
        Reason::Key { .. } | Reason::KeyKind { .. } => {
            "re-issue the certificate with an RSA or EC key".to_owned()
        }
        Reason::KeyPassword { .. } => KEY_PASSWORD.to_owned(),
        Reason::Scheme { what: "the private key", .. } => {
            format!("encrypt it again: {}", pem(&path))
        }
        Reason::Password { .. } => format!(
            "encrypt it again with a password in ASCII: {}, or `crosstrust convert {path} --out NEW.p12`",
            pem(&path)
        ),
        Reason::StoreType { format: Format::Jceks, .. } => format!(
            "name its type (`jceks`), or write it anew as PKCS#12: `crosstrust convert {path} --out NEW.p12`"
        ),
        Reason::StoreType { .. } => {
            "leave the type out: Java tells JKS and PKCS#12 apart by their bytes".to_owned()
        }
        Reason::Scheme { .. }
        | Reason::UnreadableCertificate { .. }
        | Reason::NotAKeyStore { .. } => {
            format!("write it anew as Java does: `crosstrust convert {path} --out NEW.p12`")
        }
        Reason::NoKeyEntry { plain: true } => {
            format!("write it anew, its key encrypted: `crosstrust convert {path} --out NEW.p12`")
        }
        Reason::NoKeyEntry { .. } | Reason::NoChain => {
            "put the node's private key and its certificate into one key store".to_owned()
        }
        Reason::NoTrustedEntry { keys: true } => format!(
            "this is the key store of a CA or a node, and Java trusts nothing in it. Make a trust store of it \
             (`crosstrust extract-ca {path} --out ca.crt`, then `crosstrust convert ca.crt --out trust.p12`), \
             and keep a CA's key off the nodes"
        ),
        Reason::NoTrustedEntry { .. } => format!(
            "its certificates lack Java's mark of trust. Make a trust store of it (`crosstrust extract-ca \
             {path} --out ca.crt`, then `crosstrust convert ca.crt --out trust.p12`)"
        ),
        Reason::KeyNotFirst { .. } | Reason::NoBlock => format!(
            "name a file that begins with the key: `openssl pkey -in {path} -out NEW.key` writes one"
        ),
        Reason::KeyAmongCertificates { .. } | Reason::Block { .. } => format!(
            "leave certificates alone in the file: `crosstrust convert {path} --to pem` writes certificates \
             and key apart"
        ),
        Reason::Layout(layout) => lines(*layout).to_owned(),
        _ => "name a file that holds one".to_owned(),
    }
}

/// How the lines of a PEM file should be.
fn lines(layout: Layout) -> &'static str {
    match layout {
        Layout::Glued => "begin each PEM block on a line of its own",
        _ => "write the file as plain ASCII text, each PEM block from the start of a line",
    }
}

/// A command that encrypts a key in PEM as Java decrypts it.
fn pem(path: &str) -> String {
    format!("`openssl pkcs8 -topk8 -v2 aes-256-cbc -in {path} -out NEW.key`")
}

const KEY_PASSWORD: &str = "give the password that the node uses: that of the store, unless \
    `keystore.secure_key_password` is set";
