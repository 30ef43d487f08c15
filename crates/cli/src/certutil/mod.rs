//! `elasticsearch-certutil`'s own command line, dialogue, file names and exit statuses.
//!
//! A front end: it reads options and answers by the original's rules, and calls what the other
//! commands call. The wording of what it says is its own; prompts, options, file names and the
//! parts of errors that scripts look for are the original's.

mod authority;
mod ca;
mod cert;
mod csr;
mod help;
mod http;
mod instances;
mod key;
mod options;
mod output;
mod password;
mod stop;
mod table;
mod terminal;

use crosstrust_issue::Clamped;

use options::{Options, Spec, parse, parse_leading};
use stop::{Status, Stop};
use terminal::Terminal;

use crate::context::Context;

/// A mode: its name, its options as data, and what it does.
struct Mode {
    name: &'static str,
    about: &'static str,
    options: &'static [Spec],
    run: fn(&Options, &mut Terminal<'_>) -> Result<(), Stop>,
}

/// Runs a command line, without the program's name, and gives its exit status.
pub(crate) fn run(words: &[String], context: &mut Context) -> u8 {
    let (help, result) = match choose(words) {
        Ok((mode, words)) => (help::of_mode(mode), run_mode(mode, &words, context)),
        Err(Choice::Help) => {
            let help = help::of_command();
            let shown = context.print(&help).map_err(Stop::from);
            (help, shown)
        }
        Err(Choice::Stop(stop)) => (help::of_command(), Err(stop)),
    };
    let flushed = context.flush().map_err(Stop::from);
    match result.and(flushed) {
        Ok(()) => 0,
        Err(stop) => {
            tell(&stop, &help);
            stop.status.code()
        }
    }
}

/// Why no mode is chosen.
enum Choice {
    Help,
    Stop(Stop),
}

/// The mode that a line names, and the words after it with the settings before it.
fn choose(words: &[String]) -> Result<(&'static Mode, Vec<String>), Choice> {
    let (options, rest) =
        parse_leading(&[&table::COMMON], words).map_err(|error| Choice::Stop(error.into()))?;
    if options.has("help") && rest.is_empty() {
        return Err(Choice::Help);
    }
    let Some((name, own)) = rest.split_first() else {
        return Err(Choice::Stop(Stop::usage("Missing required command")));
    };
    let Some(mode) = MODES.into_iter().find(|mode| mode.name == name) else {
        return Err(Choice::Stop(Stop::usage(format!("Unknown command [{name}]"))));
    };
    let settings = options.all("E").into_iter().map(|setting| format!("-E{setting}"));
    let help = options.has("help").then(|| "--help".to_owned());
    Ok((mode, settings.chain(help).chain(own.iter().cloned()).collect()))
}

fn run_mode(mode: &Mode, words: &[String], context: &mut Context) -> Result<(), Stop> {
    let options = parse(&[mode.options, &table::COMMON], words).map_err(explain_keep_ca_key)?;
    if options.has("help") {
        context.print(&help::of_mode(mode))?;
        return Ok(());
    }
    check_settings(&options.all("E"))?;
    let mut terminal = Terminal::new(context, options.has("silent"));
    (mode.run)(&options, &mut terminal)
}

/// An option of earlier versions, whose absence is explained.
fn explain_keep_ca_key(error: options::OptionError) -> Stop {
    match &error {
        options::OptionError::Unrecognized { option } if option == "keep-ca-key" => Stop::usage(
            "Generating certificates without providing a CA is no longer supported.\n\
             Make a CA with the 'ca' command first, and give it with --ca, or with --ca-cert and \
             --ca-key",
        ),
        _ => error.into(),
    }
}

/// Settings have no effect, but must be well formed.
fn check_settings(settings: &[&str]) -> Result<(), Stop> {
    let mut seen = std::collections::BTreeSet::new();
    for setting in settings {
        let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
        if value.is_empty() {
            return Err(Stop::usage(format!("setting [{key}] must not be empty")));
        }
        if !seen.insert(key) {
            let message = format!("setting [{key}] set twice via command line -E");
            return Err(Stop::usage(message));
        }
    }
    Ok(())
}

/// Warns that certificates end earlier than asked for.
fn warn_of_clamping(clamped: Clamped, terminal: &mut Terminal<'_>) {
    let Clamped { requested, granted } = clamped;
    terminal.complain(&format!(
        "Warning: the CA expires on {granted}, so the certificates do too, instead of on {requested}"
    ));
}

fn tell(stop: &Stop, help: &str) {
    use std::io::Write;

    let help = if stop.status == Status::Usage { help } else { "" };
    // Nothing is left to tell a second failure to, so it is ignored.
    let _ = write!(std::io::stderr(), "{help}{stop}");
}

const MODES: [&Mode; 4] = [&csr::MODE, &cert::MODE, &ca::MODE, &http::MODE];
