//! `README.md`: the steps for a person.

use super::curl::Request;
use super::step::Step;
use super::{Kit, curl};
use crate::connection::{Connection, Model};

/// The text of `README.md`.
pub(super) fn write(kit: &Kit, connection: &Connection, errors: &[String]) -> String {
    let mut text = format!("# Remote cluster `{}`\n\n", connection.alias);
    push_errors(&mut text, errors);
    text.push_str(&head(connection));
    if kit.steps.iter().any(opens_store) {
        text.push_str(PASSWORDS);
    }
    push_variables(&mut text, kit);
    push_migration(&mut text, &kit.migration);
    text.push_str("## Steps\n\n");
    for step in &kit.steps {
        push_step(&mut text, step);
    }
    text.push_str("## Taking the connection away again\n\n");
    text.push_str(
        "First these steps; then take back what the steps above did, from the last to the first, \
         as far as nothing else uses it.\n\n",
    );
    for step in &kit.removal {
        push_step(&mut text, step);
    }
    text
}

fn push_errors(text: &mut String, errors: &[String]) {
    if errors.is_empty() {
        return;
    }
    text.push_str("**Do not follow this kit before these errors are mended:**\n\n");
    for error in errors {
        text.push_str(&format!("- {error}\n"));
    }
    text.push('\n');
}

fn push_migration(text: &mut String, instructions: &[String]) {
    if instructions.is_empty() {
        return;
    }
    text.push_str("## If the alias is connected by certificates already\n\n");
    for (number, instruction) in (1..).zip(instructions) {
        text.push_str(&format!("{number}. {instruction}\n"));
    }
    text.push('\n');
}

/// What the variables in commands stand for.
fn push_variables(text: &mut String, kit: &Kit) {
    let commands = kit.steps.iter().chain(&kit.removal).filter_map(|step| step.command.as_deref());
    let variables = curl::variables(&commands.collect::<Vec<_>>());
    if variables.is_empty() {
        return;
    }
    text.push_str(
        "Set these with `export` before you run the commands that use them; add `--cacert FILE` to `curl`\n\
         where a CA is your own. Kibana's *Dev Tools* send the same requests.\n\n",
    );
    for variable in variables {
        text.push_str(&format!("- {variable}\n"));
    }
    text.push('\n');
}

fn head(connection: &Connection) -> String {
    let Connection { model, mode, local, remote, .. } = connection;
    let model = match model {
        Model::ApiKey => "a cross-cluster API key",
        Model::Tls => "the certificates of their transport layers",
    };
    let way = if connection.is_legacy() {
        "through the deployment's proxy, as\nversions before 7.6 do it".to_owned()
    } else {
        format!("in {mode} mode")
    };
    let warning = match connection.model {
        Model::Tls => SUPERUSER,
        Model::ApiKey => "",
    };
    format!(
        "The local cluster ({}, {}) reads from the remote cluster ({}, {}).\n\
         They know each other by {model}; connections are opened {way}.\n\n{warning}\
         Follow the steps in their order. Files of the local side are in `local/`, those of the remote\n\
         side in `remote/`; `kit.json` says the same to a program. `sh preflight.sh` asks beforehand\n\
         whether the files do what they are for.\n\n\
         Commands are run in the folder of this file, except that those with `./bin/` are run in\n\
         Elasticsearch's own folder on a node. What a command makes, keys too, goes beside the connection\n\
         file, never into the kit.\n\n\
         Nothing here is secret: passwords and keys are asked for, or stand as `REPLACE_…` to be put in\n\
         where a file is applied.\n\n",
        local.platform.title(),
        local.version,
        remote.platform.title(),
        remote.version,
    )
}

fn push_step(text: &mut String, step: &Step) {
    let Step { order, side, title, who, file, patch, request, .. } = step;
    let Step { command, ui, details, check, undo, .. } = step;
    text.push_str(&format!("### {order}. {title}\n\n- side: {}\n- who: {who}\n", side.word()));
    if let Some(file) = file {
        text.push_str(&format!("- file: [`{file}`]({file})\n"));
    }
    if let Some(patch) = patch {
        text.push_str(&format!("- what is new in it: [`{patch}`]({patch})\n"));
    }
    if let Some(Request { method, path, .. }) = request {
        text.push_str(&format!("- request: `{method} {path}`\n"));
    }
    if let Some(ui) = ui {
        text.push_str(&format!("- where: {}\n", ui.join(" → ")));
    }
    if let Some(command) = command {
        text.push_str(&format!("\n```sh\n{command}\n```\n"));
    }
    for detail in details {
        text.push_str(&format!("\n{detail}\n"));
    }
    text.push_str(&format!("\nIt worked if {check}.\n\nTo take it back: {undo}.\n\n"));
}

/// Whether its command opens or writes a key store whose password no variable has.
fn opens_store(step: &Step) -> bool {
    let is_asked = |line: &str| line.contains("--ca ") || !line.contains("--pass-env ");
    let of_ours =
        |line: &str| line.contains("crosstrust ") && line.contains(".p12") && is_asked(line);
    step.command.as_deref().is_some_and(|command| command.lines().any(of_ours))
}

const PASSWORDS: &str = "\
Commands that open or write a key store (`.p12`) ask for its password; where there is no terminal to
ask at, add `--pass-file FILE`, and `--ca-pass-file FILE` for the CA's.

";
const SUPERUSER: &str = "\
**A superuser of the local cluster reads everything of the remote one.** With certificates, the remote
cluster takes the local one's word for who asks. Connect so only clusters of one security domain, and
others by API key.

";
