//! Whether restrictions admit the names of a certificate.

use crosstrust_restrictions::{CertificateName, X509Field, names_on_some_releases};
use crosstrust_x509::Certificate;

use crate::refusal::Refusal;
use crate::settings::RestrictionsFile;
use crate::unjudged::Unjudged;
use crate::verdict::Verdict;
use crate::wording;

/// The verdict of a restrictions file on a certificate. Takes the names that every Java reads of it, which
/// [`crosstrust_restrictions::certificate_names`] gives, and the fields that are compared.
pub fn admission(
    leaf: &Certificate,
    names: &[CertificateName],
    fields: &[X509Field],
    file: &RestrictionsFile,
) -> Verdict {
    if names.is_empty() {
        return without_names(leaf, fields, file);
    }
    if file.restrictions.judge(names).is_some() {
        return Verdict::Accepted;
    }
    let names = names.iter().map(|name| name.value.clone()).collect();
    Refusal::NotAdmitted { names, restrictions: file.path.clone() }.into()
}

/// The verdict where not every Java reads a name: some may.
fn without_names(leaf: &Certificate, fields: &[X509Field], file: &RestrictionsFile) -> Verdict {
    let unreadable = leaf.unreadable_names();
    let on_17 = names_on_some_releases(leaf, fields);
    if let Some(why) = &unreadable
        && file.restrictions.judge(&on_17).is_some()
    {
        let what = format!(
            "`{}` admits the names on Java 17 alone: Java 25 cannot read them ({why})",
            file.path
        );
        return Unjudged::ReleasesDiffer { what, help: wording::WITHOUT_THE_NAME.to_owned() }
            .into();
    }
    Refusal::NoName { fields: fields.to_vec(), unreadable, restrictions: file.path.clone() }.into()
}
