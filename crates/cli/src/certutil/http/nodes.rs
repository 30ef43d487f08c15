//! The part of the http dialogue that asks for whom certificates or requests are.

use std::fmt::Display;

use crosstrust_issue::{Instance, InstanceProblem, Purpose};
use crosstrust_keystore::KeyType;

use super::plan::{self, Node};
use super::questions::{CHANGE, ask_key_size, ask_key_usage, ask_name, bits, names};
use crate::certutil::stop::Stop;
use crate::certutil::terminal::Terminal;

/// Asks for one certificate for all nodes, or for one after the other.
pub(super) fn ask_nodes(key_type: KeyType, terminal: &mut Terminal<'_>) -> Result<Vec<Node>, Stop> {
    terminal.say("\n## One certificate for each node?\n")?;
    let mut nodes: Vec<Node> = Vec::new();
    if !terminal.ask_yes_no("Generate a certificate per node?", false)? {
        nodes.push(ask_node(None, key_type, terminal)?);
        return Ok(nodes);
    }
    loop {
        let name = ask_node_name(&nodes, terminal)?;
        nodes.push(ask_node(Some(name), key_type, terminal)?);
        if !terminal.ask_yes_no("Generate additional certificates?", true)? {
            return Ok(nodes);
        }
    }
}

/// Asks for the name of a node, which becomes a folder, until it is a new one that can be one.
fn ask_node_name(nodes: &[Node], terminal: &mut Terminal<'_>) -> Result<String, Stop> {
    let number = nodes.len().saturating_add(1);
    loop {
        let name = terminal.ask(&format!("node #{number} name: "))?;
        let taken = nodes.iter().any(|node| node.instance.filename.eq_ignore_ascii_case(&name));
        if taken {
            terminal.complain(&format!("Error: there is a node [{name}] already"));
        } else if Instance::is_filename(&name) {
            return Ok(name);
        } else {
            terminal.complain(&format!("Error: [{name}] is not a valid filename"));
        }
    }
}

fn ask_node(
    name: Option<String>,
    key_type: KeyType,
    terminal: &mut Terminal<'_>,
) -> Result<Node, Stop> {
    terminal.say(
        "\nEnter the host names that clients use, one a line; an empty line ends the list.\n",
    )?;
    let dns = ask_list(parse_host, terminal)?;
    terminal.say(
        "\nEnter the IP addresses that clients use, one a line; an empty line ends the list.\n",
    )?;
    let ip = ask_list(|text| Instance::parse_ip(text.trim()), terminal)?;
    let name = name.unwrap_or_else(|| plan::default_name(&dns));
    let (mut name, mut subject) = (name.clone(), plan::subject_text(&name));
    let (mut key_type, mut key_usage) = (key_type, Purpose::http_server().key_usage);
    loop {
        terminal.say(&format!(
            "\nKey Name: {name}\nSubject DN: {subject}\nKey Size: {}\nKey Usage: {}\n",
            bits(key_type),
            names(&key_usage)
        ))?;
        let parsed = crosstrust_x509::Name::parse(&subject);
        if let Ok(parsed) = parsed
            && !terminal.ask_yes_no(CHANGE, false)?
        {
            let instance = plan::instance(&name, parsed, dns, ip);
            return Ok(Node { instance, key_type, key_usage });
        }
        name = ask_key_name(&name, terminal)?;
        subject = ask_name("Subject DN", &subject, terminal)?.to_string();
        key_type = ask_key_size(key_type, terminal)?;
        key_usage = ask_key_usage(&key_usage, terminal)?;
    }
}

/// Asks for the name of a key, which is part of file names.
fn ask_key_name(current: &str, terminal: &mut Terminal<'_>) -> Result<String, Stop> {
    loop {
        let name = terminal.ask_or(&format!("Key Name [{current}] "), current)?;
        if Instance::is_filename(&name) {
            return Ok(name);
        }
        terminal.complain(&format!("Error: [{name}] is not a valid filename"));
    }
}

/// Asks for a list, one item a line, until it is said to be right.
fn ask_list<T: Display + PartialEq>(
    parse: impl Fn(&str) -> Result<T, InstanceProblem>,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<T>, Stop> {
    loop {
        let mut items: Vec<T> = Vec::new();
        loop {
            let line = terminal.ask("")?;
            if line.trim().is_empty() {
                break;
            }
            match parse(&line) {
                Ok(item) if items.contains(&item) => {}
                Ok(item) => items.push(item),
                Err(problem) => terminal.complain(&format!("Error: {problem}")),
            }
        }
        terminal.say(&if items.is_empty() {
            "You did not enter any.".to_owned()
        } else {
            "You entered:".to_owned()
        })?;
        for item in &items {
            terminal.say(&format!(" - {item}"))?;
        }
        if terminal.ask_yes_no("Is this correct", true)? {
            return Ok(items);
        }
    }
}

fn parse_host(text: &str) -> Result<String, InstanceProblem> {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return Err(InstanceProblem::Dns { dns: text.to_owned() });
    }
    Instance::parse_dns(text)
}
