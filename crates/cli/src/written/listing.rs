//! What was written, as text or as JSON.

use crosstrust_issue::Clamped;
use crosstrust_x509::{Certificate, Name, Timestamp};
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, printable_line};
use crate::input::is_taken;
use crate::json::json;
use crate::options::Format;

/// What is done with a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    /// Made where nothing was.
    Created,
    /// Made anew because it expires.
    Renewed,
    /// Made anew because it was not right.
    Replaced,
    /// Left as it is.
    Unchanged,
}

/// What is done with a file, and why.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fate {
    /// What is done.
    pub(crate) action: Action,
    /// Why, in words.
    pub(crate) reason: String,
}

impl Fate {
    /// What is done, and why.
    pub(crate) fn new(action: Action, reason: impl Into<String>) -> Self {
        Self { action, reason: reason.into() }
    }

    /// A file that is made.
    pub(crate) fn created() -> Self {
        Self::new(Action::Created, "nothing was there")
    }

    /// A file that is left as it is.
    pub(crate) fn kept() -> Self {
        Self::new(Action::Unchanged, "it holds what was asked for")
    }

    /// A file that is made without a look at what is there.
    pub(crate) fn unseen(path: &str) -> Self {
        if is_taken(path) { Self::new(Action::Replaced, "--force") } else { Self::created() }
    }

    /// Whether a file is made.
    pub(crate) fn makes(&self) -> bool {
        self.action != Action::Unchanged
    }

    /// For people, at the end of a line; `planned` if nothing is written. Nothing for what is new.
    pub(crate) fn human(&self, planned: bool) -> String {
        let Self { action, reason } = self;
        let (done, would) = match action {
            Action::Created => ("", "would be created"),
            Action::Renewed => ("renewed", "would be renewed"),
            Action::Replaced => ("replaced", "would be replaced"),
            Action::Unchanged => ("unchanged", "unchanged"),
        };
        match (if planned { would } else { done }, action) {
            ("", _) => String::new(),
            (what, Action::Renewed | Action::Replaced) => format!("  {what}: {reason}"),
            (what, _) => format!("  {what}"),
        }
    }
}

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
    /// SHA-256 of the certificate; nothing of one that is only planned.
    pub(crate) fingerprint_sha256: Option<String>,
    /// Whether it was written in this run.
    pub(crate) changed: bool,
    /// What was done, or would be.
    #[serde(flatten)]
    pub(crate) fate: Fate,
}

#[derive(Serialize)]
struct Document<'a> {
    changed: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    files: &'a [Listed],
}

impl Listed {
    /// A file and the certificate that it holds.
    pub(crate) fn new(path: String, certificate: &Certificate, fate: Fate) -> Self {
        let names = certificate.subject_alt_names();
        Self {
            path,
            subject: certificate.subject().to_string(),
            other_name_cn: names.map_or_else(Vec::new, |n| n.other_name_common_names().collect()),
            not_after: certificate.not_after().to_string(),
            fingerprint_sha256: Some(certificate.fingerprint_sha256()),
            changed: fate.makes(),
            fate,
        }
    }

    /// A file that would be made, and when its certificate would end.
    pub(crate) fn planned(path: String, subject: &Name, names: &[String], end: Timestamp) -> Self {
        Self {
            path,
            subject: subject.to_string(),
            other_name_cn: names.to_vec(),
            not_after: end.to_string(),
            fingerprint_sha256: None,
            changed: false,
            fate: Fate::created(),
        }
    }

    /// Makes it one that is only planned: its certificate was thrown away.
    pub(crate) fn plan(&mut self) {
        if self.fate.makes() {
            self.fingerprint_sha256 = None;
        }
        self.changed = false;
    }

    /// The same for a reason.
    pub(crate) fn with(self, fate: Fate) -> Self {
        Self { fate, ..self }
    }
}

/// Prints what was written.
pub(crate) fn print(
    files: &[Listed],
    format: Format,
    context: &mut Context,
) -> Result<(), Failure> {
    show(files, false, format, context)
}

/// Prints what would be written.
pub(crate) fn print_plan(
    files: &[Listed],
    format: Format,
    context: &mut Context,
) -> Result<(), Failure> {
    show(files, true, format, context)
}

fn show(
    files: &[Listed],
    dry_run: bool,
    format: Format,
    context: &mut Context,
) -> Result<(), Failure> {
    match format {
        Format::Json => {
            let changed = files.iter().any(|file| file.changed);
            context.print(&json(&Document { changed, dry_run, files }))
        }
        Format::Human => {
            let lines = files.iter().map(|file| {
                let names: String = file.other_name_cn.iter().map(|n| format!("  {n}")).collect();
                let Listed { path, subject, not_after, fate, .. } = file;
                let fate = fate.human(dry_run);
                printable_line(&format!("{path}  {subject}{names}  until {not_after}{fate}")) + "\n"
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
