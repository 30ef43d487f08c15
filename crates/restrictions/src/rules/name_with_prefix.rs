//! TR048: a name stands with the prefix of a distinguished name.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR048",
    severity: Severity::Warning,
    summary: "a name stands with the prefix of a distinguished name",
    explanation: "Names are compared as they are, without `CN=`, `DNS:`, `otherName:` or the rest of a \
        subject. The subject of a certificate is not looked at, only the names of its subject alternative \
        names.",
    help: "write the bare name",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let Some((prefix, _)) = split(&item.text) else { continue };
        let message = format!("`{}` is compared with names that have no `{prefix}`", item.text);
        let fix = bare_name(&item.text).and_then(|bare| subject.rewrite(item, bare));
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}

/// A prefix with its `=` or `:`, and what follows it.
fn split(text: &str) -> Option<(&str, &str)> {
    let (word, _) = text.split_once(['=', ':'])?;
    let (prefix, rest) = text.split_at_checked(word.len().checked_add(1)?)?;
    let is = |known: &&str| known.eq_ignore_ascii_case(word.trim());
    let known =
        NAMES.iter().chain(OTHERS).any(is) || (prefix.ends_with('=') && ATTRIBUTES.iter().any(is));
    known.then_some((prefix, rest.trim_start()))
}

/// The name behind prefixes that stand before the names that are compared, if nothing else is left.
fn bare_name(text: &str) -> Option<&str> {
    let mut bare = text;
    while let Some((prefix, rest)) = split(bare) {
        let word = prefix.trim_end_matches(['=', ':']).trim();
        bare = match () {
            () if word.eq_ignore_ascii_case("otherName") => after_type(rest)?,
            () if NAMES.iter().any(|known| known.eq_ignore_ascii_case(word)) => rest,
            () => return None,
        };
    }
    (!bare.is_empty() && !bare.contains(['=', ',', ';', ':'])).then_some(bare)
}

/// What follows the type and the encoding of a common name, as OpenSSL is told it and shows it:
/// `2.5.4.3;UTF8:` and `2.5.4.3::`.
fn after_type(text: &str) -> Option<&str> {
    let (encoding, name) = text.strip_prefix(COMMON_NAME)?.split_once(':')?;
    if encoding.is_empty() { name.strip_prefix(':') } else { Some(name) }
}

/// What stands elsewhere before the names that are compared.
const NAMES: &[&str] = &["CN", "commonName", "DNS", "DNSName", "DNS Name", "otherName", "subject"];

/// What stands elsewhere before other names of a certificate.
const OTHERS: &[&str] = &["dirName", "email", "IP", "IP Address", "RID", "URI"];

/// The attributes of distinguished names, with a `=`.
const ATTRIBUTES: &[&str] = &["C", "DC", "emailAddress", "L", "O", "OU", "ST", "STREET", "UID"];

/// The type of an otherName that is a common name.
const COMMON_NAME: &str = "2.5.4.3";
