//! How names and lists are put in messages.

use crosstrust_restrictions::X509Field;
use crosstrust_x509::UnreadableNames;

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

/// What to do about alternative names that not every Java reads.
pub(crate) const WITHOUT_THE_NAME: &str = "re-issue the certificate without that name, or with one that is well-formed: \
    `crosstrust reissue` leaves it out";
