//! Connection files with everything that they name, read and judged together.

use std::path::Path;

use crosstrust_remote::{Connection, Error, Kit, Material, Planned, Subject};
use crosstrust_report::{Report, Severity};
use crosstrust_x509::Timestamp;

use super::material;
use crate::context::Context;
use crate::failure::{Failure, Message, chain};
use crate::input::seen_from;
use crate::material::connection;
use crate::password::Source;

/// A connection file, and what was read of the files that it names.
pub(super) struct Opened {
    pub(super) path: String,
    pub(super) connection: Connection,
    pub(super) material: Material,
    text: String,
    now: Timestamp,
}

impl Opened {
    /// Reads connection files. One that is named twice counts once.
    pub(super) fn read_all(
        paths: &[String],
        password: &Source<'_>,
        now: Timestamp,
        context: &mut Context,
    ) -> Result<Vec<Self>, Failure> {
        let mut files: Vec<Self> = Vec::new();
        for path in paths {
            if files.iter().any(|file| file.path == *path) {
                continue;
            }
            let (text, connection) = connection::read(path, context)?;
            let material = material::read(path, &connection, password, context)?;
            let path = path.clone();
            files.push(Self { path, connection, material, text, now });
        }
        Ok(files)
    }

    pub(super) fn subject(&self) -> Subject<'_> {
        let Self { path, connection, material, text, now } = self;
        Subject { path, text, connection, material, now: *now }
    }
}

/// What would go wrong with each of them, and with all of them together.
pub(super) fn check(files: &[Opened]) -> Report {
    let mut report = Report::default();
    for file in files {
        report.append(crosstrust_remote::check(&file.subject()));
        report.look_at(file.path.clone());
    }
    let subjects: Vec<Subject<'_>> = files.iter().map(Opened::subject).collect();
    report.append(crosstrust_remote::check_together(&subjects));
    report
}

/// Makes the kits, each for a folder: its commands name the connection file, and what is beside that,
/// as seen from there. Errors among the findings stand in the README.
pub(super) fn kits(
    files: &[Opened],
    folders: &[String],
    findings: &Report,
) -> Result<Vec<Kit>, Failure> {
    let errors = findings.findings().iter().filter(|one| one.severity() == Severity::Error);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {}; {}", error.rule().code, error.message(), error.help()))
        .collect();
    let material = |(file, folder): (&Opened, &String)| {
        // What is read from standard input names its files as seen from the current folder.
        let path = if file.path == "-" { "connection.yml" } else { &file.path };
        let seen = seen_from(Path::new(folder), Path::new(path));
        let connection_file = seen.map(|seen| seen.to_string_lossy().into_owned());
        Material { connection_file, errors: errors.clone(), ..file.material.clone() }
    };
    let materials: Vec<Material> = files.iter().zip(folders).map(material).collect();
    let planned = files.iter().zip(&materials);
    let planned: Vec<Planned<'_>> = planned
        .map(|(file, material)| Planned { connection: &file.connection, material })
        .collect();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    crosstrust_remote::plan_together(&planned).map_err(|error| {
        let message = Message::new(chain(&error)).at(paths.join(", "));
        match &error {
            Error::Nameless { .. } => message.hint(
                "give `cluster_id` and `scope_id` beside `nodes`, and the kit has the nodes re-issued with names",
            ),
            _ => message,
        }
        .into()
    })
}
