//! Options that several pre-flight commands have.

use crosstrust_preflight::{RestrictionsFile, TrustFile, TrustList};

pub(super) use crate::commands::report_format::ReportFormat;
use crate::commands::restrictions;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::password::Source;

/// The certificates that are trusted: all of these files.
pub(super) fn trust_list(
    arguments: &[String],
    source: &Source<'_>,
    context: &mut Context,
) -> Result<TrustList, Failure> {
    let mut files = Vec::new();
    for opened in context.open_all(arguments, source)? {
        let certificates: Vec<_> = opened.contents.certificates().into_iter().cloned().collect();
        if certificates.is_empty() {
            return Err(Message::new("holds no certificate to trust").at(&opened.path).into());
        }
        let private_keys = opened.contents.keys().count();
        files.push(TrustFile { path: opened.path, certificates, private_keys });
    }
    Ok(TrustList::from_files(files))
}

/// A restrictions file.
pub(super) fn restrictions(path: &str, context: &mut Context) -> Result<RestrictionsFile, Failure> {
    let restrictions = restrictions::read(path, context)?;
    Ok(RestrictionsFile { path: path.to_owned(), restrictions })
}
