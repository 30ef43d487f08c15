//! Whom certificates and requests are for: a file, a dialogue, or one instance from the options.

use crosstrust_issue::{Error, Instance, InstanceProblem, InstanceText, Manifest};
use crosstrust_settings::tree::{LineColumn, Problem};

use super::options::{Options, split};
use super::stop::{Status, Stop};
use super::terminal::Terminal;
use crate::failure::chain;

/// The instances. A file wins over all other options, as in the original.
pub(super) fn collect(
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<Instance>, Stop> {
    if let Some(path) = options.one("in")? {
        return from_file(path, terminal);
    }
    if options.has("multiple") {
        return from_dialogue(terminal);
    }
    from_options(options, terminal).map(|instance| vec![instance])
}

/// Reads an instances file. All that is wrong is told, instance by instance.
pub(super) fn from_file(path: &str, terminal: &mut Terminal<'_>) -> Result<Vec<Instance>, Stop> {
    let text = terminal.context.read_text(path)?;
    let problems = match Manifest::parse_as_certutil(&text) {
        Ok(manifest) => {
            for instance in manifest.instances.iter().filter(|one| has_empty_name(one)) {
                let what = "an empty `cn`, which Elasticsearch drops";
                terminal.context.warn(&format!("{path}: instance `{}`: {what}", instance.name));
            }
            return Ok(manifest.instances);
        }
        Err(Error::Manifest { problems }) => problems,
        Err(error) => {
            return Err(Stop::new(Status::Config, format!("{path}: {}", chain(&error))));
        }
    };
    let mut told = None;
    for problem in &problems {
        if told != Some(&problem.instance) {
            told = Some(&problem.instance);
            match &problem.instance {
                Some(name) => terminal.complain(&header(name)),
                None => terminal.complain(&format!("File {path} is not understood")),
            }
        }
        let Problem { place: LineColumn { line, column }, message, .. } = &problem.problem;
        terminal.complain(&format!(" * {} (line {line}, column {column})", bracketed(message)));
    }
    let message =
        format!("File {path} contains invalid configuration details (see messages above)");
    Err(Stop::new(Status::Config, message))
}

/// One instance, with a file name that is asked for if its name cannot be one.
fn from_options(options: &Options, terminal: &mut Terminal<'_>) -> Result<Instance, Stop> {
    let name = options.one("name")?.unwrap_or(DEFAULT_NAME).to_owned();
    let filename =
        if Instance::is_filename(&name) { None } else { Some(ask_filename(&name, terminal)?) };
    let (ip, dns, cn) = (options.list("ip"), options.list("dns"), options.list("cn"));
    let text = InstanceText { name, filename, ip, dns, cn };
    Instance::from_text(&text).map_err(|error| {
        tell(&text.name, &error.problems, terminal);
        let message = format!("Instance [{}] has invalid details (see messages above)", text.name);
        Stop::new(Status::Config, message)
    })
}

/// Asks for one instance after the other. A name that comes again replaces the earlier one.
fn from_dialogue(terminal: &mut Terminal<'_>) -> Result<Vec<Instance>, Stop> {
    let mut instances: Vec<Instance> = Vec::new();
    loop {
        let name = terminal.ask("Enter instance name: ")?;
        if name.is_empty() {
            terminal.say_always("A name must be provided")?;
        } else if let Some(instance) = ask_details(name, terminal)? {
            match instances.iter_mut().find(|known| known.name == instance.name) {
                Some(known) => {
                    terminal.say_always(&format!(
                        "The earlier details of instance [{}] are replaced",
                        known.name
                    ))?;
                    *known = instance;
                }
                None => instances.push(instance),
            }
        }
        if terminal.ask(ANOTHER)? != "y" {
            return Ok(instances);
        }
    }
}

/// The rest of an instance; nothing if what is typed is wrong, which is told.
fn ask_details(name: String, terminal: &mut Terminal<'_>) -> Result<Option<Instance>, Stop> {
    let filename = Some(ask_filename(&name, terminal)?);
    let ip =
        terminal.ask("Enter IP Addresses for instance (comma-separated if more than one) []: ")?;
    let dns =
        terminal.ask("Enter DNS names for instance (comma-separated if more than one) []: ")?;
    let text = InstanceText { name, filename, ip: split(&ip), dns: split(&dns), cn: Vec::new() };
    match Instance::from_text(&text) {
        Ok(instance) => Ok(Some(instance)),
        Err(error) => {
            for problem in &error.problems {
                terminal.say_always(&bracketed(&problem.to_string()))?;
            }
            terminal.say_always("Skipping entry as invalid values were found")?;
            Ok(None)
        }
    }
}

/// Asks for a file name until one is valid; the instance's name is the default if it could be one.
fn ask_filename(name: &str, terminal: &mut Terminal<'_>) -> Result<String, Stop> {
    let default = Some(name).filter(|name| Instance::is_filename(name));
    let shown = default.map_or_else(String::new, |name| format!(" [{name}]"));
    let prompt = format!("Enter name for directories and files of {name}{shown}: ");
    loop {
        let answer = terminal.ask_or(&prompt, default.unwrap_or_default())?;
        if Instance::is_filename(&answer) {
            return Ok(answer);
        }
        terminal.complain(&format!("'{answer}' is not a valid filename"));
    }
}

fn has_empty_name(instance: &Instance) -> bool {
    instance.common_names.iter().any(String::is_empty)
}

fn tell(name: &str, problems: &[InstanceProblem], terminal: &mut Terminal<'_>) {
    terminal.complain(&header(name));
    for problem in problems {
        terminal.complain(&format!(" * {}", bracketed(&problem.to_string())));
    }
}

fn header(name: &str) -> String {
    format!("Configuration for instance {name} has invalid details")
}

/// A message of ours, with what it quotes in brackets, as the original's messages have it.
fn bracketed(message: &str) -> String {
    let mut closing = false;
    let bracket = |c: char| match c {
        '`' if std::mem::replace(&mut closing, true) => {
            closing = false;
            ']'
        }
        '`' => '[',
        other => other,
    };
    message.chars().map(bracket).collect()
}

/// The name of an instance that gets none.
pub(super) const DEFAULT_NAME: &str = "instance";
const ANOTHER: &str = "Would you like to specify another instance? Press 'y' to continue entering instance information: ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_stand_in_brackets() {
        assert_eq!(bracketed("`a` is no `b`"), "[a] is no [b]");
    }
}
