//! What a JVM does not open, as findings: which rule says so, and what mends it.

use crosstrust_keystore::java::{Layout, Obstacle, Reason};
use crosstrust_keystore::open::Format;
use crosstrust_report::{Report, Rule, Severity};

use crate::checks::{
    key_type, locked_key, releases_differ, switched_off, unjudged_setting, unopened, wrong_list,
};
use crate::refusal::Refusal;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;

/// The rule that explains an obstacle.
pub(crate) fn rule(obstacle: &Obstacle) -> &'static Rule {
    if !obstacle.refused_by.is_final() {
        return &releases_differ::RULE;
    }
    match &obstacle.reason {
        Reason::KeyPassword { .. } => &locked_key::RULE,
        Reason::Key { .. }
        | Reason::KeyKind { .. }
        | Reason::KeyNotFirst { .. }
        | Reason::NoBlock
        | Reason::Scheme { what: "the private key", .. } => &key_type::RULE,
        _ => &unopened::RULE,
    }
}

/// The rule that explains an obstacle in a list of trusted certificates.
pub(crate) fn rule_of_list(obstacle: &Obstacle) -> &'static Rule {
    match &obstacle.reason {
        Reason::KeyAmongCertificates { .. } => &wrong_list::RULE,
        _ => rule(obstacle),
    }
}

/// What becomes of a node that has these in the way of its files.
pub(crate) fn verdict(obstacles: &[(String, Obstacle)]) -> Verdict {
    let each = obstacles.iter().map(|(file, obstacle)| {
        let (message, help) = (obstacle.to_string(), remedy(obstacle, file));
        if obstacle.refused_by.is_final() {
            let (code, help) = (rule(obstacle).code, Some(help));
            return Refusal::DoesNotStart { code, message, help }.into();
        }
        Unjudged::ReleasesDiffer { what: message, help }.into()
    });
    each.reduce(Verdict::and).unwrap_or(Verdict::Accepted)
}

/// What becomes of a node whose settings and files were looked at: with an error among the findings it
/// does not start, and where releases of Java differ it is not known whether it does.
pub fn start<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Verdict {
    let findings = reports.into_iter().flat_map(Report::findings);
    let each = findings.filter_map(|finding| {
        let (code, message) = (finding.rule().code, finding.message().to_owned());
        let help = finding.help().to_owned();
        if code == switched_off::RULE.code {
            return Some(Refusal::SwitchedOff { message }.into());
        }
        if finding.rule().severity == Severity::Error {
            return Some(Refusal::DoesNotStart { code, message, help: Some(help) }.into());
        }
        let is_unjudged = [releases_differ::RULE.code, unjudged_setting::RULE.code].contains(&code);
        is_unjudged.then(|| Unjudged::ReleasesDiffer { what: message, help }.into())
    });
    each.reduce(Verdict::and).unwrap_or(Verdict::Accepted)
}

/// What mends it, with the file as it is called.
pub(crate) fn remedy(obstacle: &Obstacle, path: &str) -> String {
    let path = quoted(path);
    match &obstacle.reason {
        Reason::Key { .. } | Reason::KeyKind { .. } => {
            "re-issue the certificate with an RSA or EC key".to_owned()
        }
        Reason::KeyPassword { .. } => KEY_PASSWORD.to_owned(),
        Reason::Scheme { what: "the private key", .. } | Reason::Password { .. } => format!(
            "encrypt it again, in PEM with `openssl pkcs8 -topk8 -v2 aes-256-cbc -in {path} -out NEW.key`, \
             in a key store with `crosstrust convert {path} --out NEW.p12`, and a password in ASCII"
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
        Reason::Layout(Layout::Glued) => "begin each PEM block on a line of its own".to_owned(),
        Reason::Layout(_) => {
            "write the file as plain ASCII text, each PEM block from the start of a line".to_owned()
        }
        _ => "name a file that holds one".to_owned(),
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,@%=".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

const KEY_PASSWORD: &str = "give the password that the node uses: that of the store, unless \
    `keystore.secure_key_password` is set";
