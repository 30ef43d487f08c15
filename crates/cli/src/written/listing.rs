//! What was written, as text or as JSON.

use crosstrust_issue::Clamped;
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::json::json;
use crate::options::Format;

/// A file that was written, and the certificate in it.
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    /// The path.
    pub(crate) path: String,
    /// The subject, RFC 4514.
    pub(crate) subject: String,
    /// The otherName common names.
    pub(crate) other_name_cn: Vec<String>,
    /// The end of validity, RFC 3339.
    pub(crate) not_after: String,
    /// SHA-256 of the certificate.
    pub(crate) fingerprint_sha256: String,
    /// Whether it was written in this run.
    pub(crate) changed: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    files: &'a [Listed],
}

impl Listed {
    /// A file and the certificate that it holds.
    pub(crate) fn new(path: String, certificate: &crosstrust_x509::Certificate) -> Self {
        let names = certificate.subject_alt_names();
        Self {
            path,
            subject: certificate.subject().to_string(),
            other_name_cn: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
            not_after: certificate.not_after().to_string(),
            fingerprint_sha256: certificate.fingerprint_sha256(),
            changed: true,
        }
    }

    /// A file that was there and is left as it is.
    pub(crate) fn kept(path: String, certificate: &crosstrust_x509::Certificate) -> Self {
        Self { changed: false, ..Self::new(path, certificate) }
    }
}

/// Prints what was written.
pub(crate) fn print(
    files: &[Listed],
    format: Format,
    context: &mut Context,
) -> Result<(), Failure> {
    match format {
        Format::Json => {
            let changed = files.iter().any(|file| file.changed);
            context.print(&json(&Document { changed, files }))
        }
        Format::Human => {
            let lines = files.iter().map(|file| {
                let names: String = file.other_name_cn.iter().map(|n| format!("  {n}")).collect();
                let kept = if file.changed { "" } else { "  unchanged" };
                let Listed { path, subject, not_after, .. } = file;
                format!("{path}  {subject}{names}  until {not_after}{kept}\n")
            });
            context.print(&lines.collect::<String>())
        }
    }
}

/// Warns that validity was cut, if it was.
pub(crate) fn warn_of_clamping(clamped: Option<Clamped>, context: &mut Context) {
    if let Some(Clamped { requested, granted }) = clamped {
        context.warn(&format!(
            "the CA expires on {granted}, so the certificates do too, instead of on {requested}"
        ));
    }
}
