//! Whom certificates and requests are for, from the options of a command.

use clap::{ArgGroup, Args};
use crosstrust_issue::{Error, Instance, InstanceText, Manifest};
use crosstrust_preflight::host_name;

use super::file_kind::{FileKind, Wanted};
use crate::context::Context;
use crate::failure::{Failure, Message, chain};

/// `--in`, or `--name` with the names of one instance.
#[derive(Args, Clone, Debug)]
#[command(group = ArgGroup::new("subject").args(["instances", "name"]).required(true))]
pub(crate) struct InstanceOptions {
    /// File of instances, as elasticsearch-certutil reads it
    #[arg(long = "in", value_name = "YML", conflicts_with_all = ["name", "dns", "ip", "cn"])]
    instances: Option<String>,
    /// Name of one instance: a common name, or a whole DN
    #[arg(long)]
    name: Option<String>,
    /// DNS name of the instance; repeat, or separate by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    dns: Vec<String>,
    /// IP address of the instance; repeat, or separate by commas
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',')]
    ip: Vec<String>,
    /// otherName common name of the instance, such as node1.node.CLUSTER.cluster.SCOPE.account; repeat,
    /// or separate by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    cn: Vec<String>,
}

impl InstanceOptions {
    /// The instances of the file, or the one that the options describe.
    pub(crate) fn load(&self, context: &mut Context) -> Result<Vec<Instance>, Failure> {
        let instances = match &self.instances {
            Some(path) => {
                let text = context.read_text(path)?;
                manifest(path, &text)?
            }
            None => vec![self.one()?],
        };
        for instance in &instances {
            for name in &instance.dns {
                if let Some(problem) = host_name::problem(&name.replace('*', "z")) {
                    let what = format!("`{name}` is no host name to Java: {problem}");
                    context.warn(&format!("{}: {what}", instance.name));
                }
            }
        }
        Ok(instances)
    }

    /// The instance that the options describe.
    fn one(&self) -> Result<Instance, Failure> {
        if self.cn.iter().any(|name| name.trim().is_empty()) {
            let message = Message::new("an empty name, which Elasticsearch drops").at("--cn");
            return Err(message.hint("write a name, or leave the option out").into());
        }
        let trimmed = |texts: &[String]| texts.iter().map(|text| text.trim().to_owned()).collect();
        let text = InstanceText {
            name: self.name.clone().unwrap_or_default(),
            filename: None,
            ip: trimmed(&self.ip),
            dns: trimmed(&self.dns),
            cn: trimmed(&self.cn),
        };
        Instance::from_text(&text).map_err(|error| {
            Failure::several(
                error.problems.iter().map(|p| Message::new(p).at(&text.name)).collect(),
            )
        })
    }
}

/// Reads an instances file; everything wrong in it is told at once, each with its line.
pub(crate) fn manifest(path: &str, text: &str) -> Result<Vec<Instance>, Failure> {
    let told = |error: Error| match error {
        Error::Manifest { problems } => {
            Failure::in_text(path, text, problems.iter().map(|one| (&one.problem, one.to_string())))
        }
        other => Message::new(chain(&other)).at(path).into(),
    };
    let explained =
        |error| FileKind::explain(path, text.as_bytes(), &Wanted::INSTANCES, told(error));
    let instances = Manifest::parse(text).map_err(explained)?.instances;
    if instances.is_empty() {
        return Err(Message::new("lists no instance").at(path).into());
    }
    Ok(instances)
}
