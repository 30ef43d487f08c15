//! How names and lists are put in messages.

use crosstrust_restrictions::X509Field;
use crosstrust_x509::UnreadableNames;

use crate::settings::RestrictionsFile;
use crate::trust_list::TrustList;

/// What the fields hold, in the words of people: `otherName common name`, `DNS name`.
pub(crate) fn names_of(fields: &[X509Field]) -> String {
    let words = fields.iter().map(|field| match field {
        X509Field::DnsName => "DNS name",
        X509Field::OtherNameCommonName => "otherName common name",
    });
    words.collect::<Vec<_>>().join(" or ")
}

/// That there is none of these names, and why.
pub(crate) fn no_name(fields: &[X509Field], unreadable: Option<&UnreadableNames>) -> String {
    match unreadable {
        Some(why) => format!(
            "Java cannot read the certificate's alternative names ({why}), so it has no {}",
            names_of(fields)
        ),
        None => format!("the certificate has no {}", names_of(fields)),
    }
}

/// Names in backticks.
pub(crate) fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The subjects of a list, if they are few enough to read.
pub(crate) fn listing(trust: &TrustList) -> String {
    let shown = trust.certificates().take(MOST_SHOWN).map(|ca| format!("`{}`", ca.subject()));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match trust.len() {
        0 => "; the list is empty".to_owned(),
        count if count > MOST_SHOWN => format!("; the list has {count} certificates: {shown}, …"),
        _ => format!("; the list has {shown}"),
    }
}

/// Which pattern comes nearest, and where it parts from the name; nothing for long files, where that
/// would take long.
pub(crate) fn nearest(file: &RestrictionsFile, names: &[String]) -> String {
    let items = file.restrictions.items();
    if items.is_empty() {
        return "; it trusts nobody".to_owned();
    }
    if items.len().saturating_mul(names.len()) > MOST_COMPARISONS {
        return String::new();
    }
    let Some(nearest) = file.restrictions.nearest(names) else { return String::new() };
    let pattern = items.get(nearest.pattern).map(|item| item.text.as_str()).unwrap_or_default();
    let difference = match nearest.fragment.as_str() {
        _ if nearest.only_case_differs => " but for letter case".to_owned(),
        "" => " but for its end".to_owned(),
        fragment => format!(" but for `{fragment}`"),
    };
    format!("; `{pattern}` comes nearest to `{}`{difference}", nearest.name)
}

const MOST_SHOWN: usize = 4;
const MOST_COMPARISONS: usize = 256;
