//! The help of the command and of its modes.

use super::options::{Argument, Spec};
use super::{MODES, Mode, table};

/// The modes, and the options before one.
pub(super) fn of_command() -> String {
    let modes: String =
        MODES.iter().map(|mode| format!("  {:<6}{}\n", mode.name, mode.about)).collect();
    format!(
        "Makes certificates and keys for Elasticsearch, as elasticsearch-certutil does\n\n\
         Commands\n--------\n{modes}\n{}",
        options(&[&table::COMMON])
    )
}

/// The options of a mode.
pub(super) fn of_mode(mode: &Mode) -> String {
    format!("{}: {}\n\n{}", mode.name, mode.about, options(&[mode.options, &table::COMMON]))
}

fn options(tables: &[&[Spec]]) -> String {
    let lines: Vec<(String, &str)> = tables
        .iter()
        .flat_map(|table| table.iter())
        .map(|spec| (spelled(spec), spec.help))
        .collect();
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines = lines.iter().map(|(name, help)| format!("{name:<width$}  {help}\n"));
    format!("{:<width$}  Description\n{:<width$}  -----------\n", "Option", "------")
        + &lines.collect::<String>()
}

/// `-h, --help`, and `--out <path>`.
fn spelled(spec: &Spec) -> String {
    let dashed =
        |name: &&str| if name.len() == 1 { format!("-{name}") } else { format!("--{name}") };
    let names = spec.names.iter().map(dashed).collect::<Vec<_>>().join(", ");
    match spec.argument {
        Argument::None => names,
        Argument::Optional(what) => format!("{names} [{what}]"),
        Argument::Required(what) => format!("{names} <{what}>"),
    }
}
