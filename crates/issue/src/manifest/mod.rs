//! `instances.yml`: the list of instances, read as elasticsearch-certutil reads it.

#[cfg(test)]
mod tests;
mod write;

use crosstrust_report::closest;
use crosstrust_settings::tree::{self, LineColumn, Node, Problem, ScalarKind, Value};

use crate::error::{Error, InstanceProblem, ManifestProblem};
use crate::instance::{Filenames, Instance, InstanceText};

/// The instances of an instances file, in its order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Manifest {
    /// The instances.
    pub instances: Vec<Instance>,
}

impl Manifest {
    /// Parses the text of an instances file. Everything that is wrong in it is reported at once.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text, Reader::default())
    }

    /// The same, as elasticsearch-certutil reads it: there an empty `cn` is no mistake, although
    /// Elasticsearch drops the name that comes of it.
    pub fn parse_as_certutil(text: &str) -> Result<Self, Error> {
        Self::read(text, Reader { takes_empty_names: true, ..Reader::default() })
    }

    fn read(text: &str, mut reader: Reader) -> Result<Self, Error> {
        // elasticsearch-certutil reads the first document, whatever follows.
        let instances = match tree::documents(text, 1) {
            Ok(documents) => reader.document(documents.first()),
            Err(problem) => {
                reader.problems.push(ManifestProblem { instance: None, problem });
                Vec::new()
            }
        };
        if !reader.problems.is_empty() {
            reader.problems.sort_by_key(|problem| problem.problem.place);
            return Err(Error::Manifest { problems: reader.problems });
        }
        Ok(Self { instances })
    }
}

impl Manifest {
    /// The text of an instances file; [`Manifest::parse`] gives the same instances back.
    pub fn to_text(&self) -> Result<String, Error> {
        write::write(&self.instances)
    }
}

/// Reads instances from nodes and collects what is wrong.
#[derive(Default)]
struct Reader {
    problems: Vec<ManifestProblem>,
    instance: Option<String>,
    takes_empty_names: bool,
}

impl Reader {
    fn document(&mut self, root: Option<&Node>) -> Vec<Instance> {
        let Some(Node { value: Value::Mapping(pairs), .. }) = root else {
            self.tell(root, "the file has no `instances:` list", Some(EXAMPLE));
            return Vec::new();
        };
        self.unknown_keys(pairs, &["instances"]);
        let Some((_, list)) = pairs.iter().find(|(key, _)| key.is_text("instances")) else {
            self.tell(root, "the key `instances` is missing", Some(EXAMPLE));
            return Vec::new();
        };
        match &list.value {
            Value::Sequence(items) => {
                self.shared_filenames(items);
                items.iter().filter_map(|item| self.instance(item)).collect()
            }
            Value::Mapping(_) => self.instance(list).into_iter().collect(),
            Value::Scalar(_) => {
                self.tell(Some(list), "`instances` is not a list of instances", Some(EXAMPLE));
                Vec::new()
            }
        }
    }

    /// Tells of instances that would be written to one file.
    fn shared_filenames(&mut self, items: &[Node]) {
        let mut seen = Filenames::default();
        for item in items {
            let Value::Mapping(pairs) = &item.value else { continue };
            let text = |key: &str| value_of(pairs, key).filter(|node| node.is_string());
            let node =
                if value_of(pairs, "filename").is_some() { text("filename") } else { text("name") };
            let Some((node, filename)) = node.and_then(|node| Some((node, node.text()?))) else {
                continue;
            };
            let name = value_of(pairs, "name").and_then(Node::text).unwrap_or(filename);
            let first = (name.to_owned(), node.place.line);
            let Some((first, line)) = seen.take(filename, first) else { continue };
            self.instance = Some(name.to_owned());
            let message = format!(
                "it would be written to the same file `{filename}` as `{first}` of line {line}"
            );
            self.tell(
                Some(node),
                &message,
                Some("give it another `name`, or a `filename` of its own"),
            );
        }
        self.instance = None;
    }

    fn instance(&mut self, item: &Node) -> Option<Instance> {
        let Value::Mapping(pairs) = &item.value else {
            self.tell(Some(item), "an instance is a mapping that has a `name`", Some(EXAMPLE));
            return None;
        };
        let name = value_of(pairs, "name");
        self.instance = name.and_then(Node::text).map(str::to_owned);
        self.unknown_keys(pairs, &KEYS);
        if name.is_none() {
            self.tell(Some(item), "the instance has no `name`", None);
        }
        let before = self.problems.len();
        let text = self.instance_text(pairs);
        let checked = Instance::from_text(&text);
        if let Err(error) = &checked {
            for problem in &error.problems {
                let place = place_of(problem, pairs).unwrap_or(item);
                self.tell(Some(place), &problem.to_string(), None);
            }
        }
        self.instance = None;
        checked.ok().filter(|_| self.problems.len() == before)
    }

    /// What an instance says. In the place of a name or file name that is told of already stands one
    /// with which nothing is wrong.
    fn instance_text(&mut self, pairs: &[(Node, Node)]) -> InstanceText {
        let stand_in = || STAND_IN.to_owned();
        let mut text = InstanceText { name: stand_in(), ..InstanceText::default() };
        for (key, value) in pairs {
            match key.text() {
                Some("name") => text.name = self.string("name", value).unwrap_or_else(stand_in),
                Some("filename") => {
                    let filename = self.string("filename", value);
                    text.filename = Some(filename.unwrap_or_else(stand_in));
                }
                Some("ip") => text.ip = self.strings("ip", value),
                Some("dns") => text.dns = self.strings("dns", value),
                Some("cn") => {
                    text.cn = self.strings("cn", value);
                    self.empty_names(value);
                }
                _ => {}
            }
        }
        text
    }

    /// Tells of each `cn` without a character: Elasticsearch drops such a name.
    fn empty_names(&mut self, node: &Node) {
        let items = match &node.value {
            Value::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let empty = |item: &&Node| item.is_string() && item.is_text("");
        for item in
            items.iter().filter(empty).filter(|_| !self.takes_empty_names).collect::<Vec<_>>()
        {
            self.tell(
                Some(item),
                "a `cn` is empty, and Elasticsearch drops it",
                Some("write a name, or drop it"),
            );
        }
    }

    /// A value that must be text: elasticsearch-certutil takes no number, boolean or null here.
    fn string(&mut self, key: &str, node: &Node) -> Option<String> {
        let Value::Scalar(scalar) = &node.value else {
            self.tell(Some(node), &format!("`{key}` is one value, not a list or mapping"), None);
            return None;
        };
        match scalar.kind() {
            ScalarKind::Text => Some(scalar.text.clone()),
            ScalarKind::Null => {
                self.tell(
                    Some(node),
                    &format!("`{key}` has no value"),
                    Some("write one, or drop the key"),
                );
                None
            }
            kind => {
                let message = format!("`{key}` is {kind}, where text is expected");
                self.tell(Some(node), &message, Some(&format!("quote it: \"{}\"", scalar.text)));
                None
            }
        }
    }

    /// A single text, or a list of scalars of any kind.
    fn strings(&mut self, key: &str, node: &Node) -> Vec<String> {
        let Value::Sequence(items) = &node.value else {
            return self.string(key, node).into_iter().collect();
        };
        let mut strings = Vec::new();
        for item in items {
            match &item.value {
                Value::Scalar(scalar) if scalar.kind() != ScalarKind::Null => {
                    strings.push(scalar.text.clone());
                }
                Value::Scalar(_) => {
                    self.tell(Some(item), &format!("an item of `{key}` is empty"), None);
                }
                _ => self.tell(
                    Some(item),
                    &format!("an item of `{key}` is not a single value"),
                    None,
                ),
            }
        }
        strings
    }

    fn unknown_keys(&mut self, pairs: &[(Node, Node)], known: &[&str]) {
        for (index, (key, _)) in pairs.iter().enumerate() {
            let text = key.text().unwrap_or_default();
            if !known.contains(&text) {
                let help = match closest(text, known) {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("known here: {}", known.join(", ")),
                };
                self.tell(Some(key), &format!("unknown key `{text}`"), Some(&help));
            }
            if pairs.iter().take(index).any(|(earlier, _)| earlier.is_text(text)) {
                self.tell(Some(key), &format!("the key `{text}` is given twice"), None);
            }
        }
    }

    fn tell(&mut self, node: Option<&Node>, message: &str, help: Option<&str>) {
        let place = node.map_or(LineColumn::START, |node| node.place);
        let (message, help) = (message.to_owned(), help.map(str::to_owned));
        let problem = Problem { help, ..Problem::new(place, message) };
        self.problems.push(ManifestProblem { instance: self.instance.clone(), problem });
    }
}

/// The value of a key.
fn value_of<'a>(pairs: &'a [(Node, Node)], wanted: &str) -> Option<&'a Node> {
    pairs.iter().find(|(key, _)| key.is_text(wanted)).map(|(_, value)| value)
}

/// The node that a problem is about.
fn place_of<'a>(problem: &InstanceProblem, pairs: &'a [(Node, Node)]) -> Option<&'a Node> {
    let value = |wanted: &str| value_of(pairs, wanted);
    let item = |wanted: &str, text: &str| {
        let node = value(wanted)?;
        match &node.value {
            Value::Sequence(items) => items.iter().find(|item| item.is_text(text)),
            _ => Some(node),
        }
    };
    match problem {
        InstanceProblem::DistinguishedName { .. } | InstanceProblem::ReservedName { .. } => {
            value("name")
        }
        InstanceProblem::Filename { .. } => value("filename").or_else(|| value("name")),
        InstanceProblem::Ip { ip } => item("ip", ip),
        InstanceProblem::Dns { dns } => item("dns", dns),
    }
}

const KEYS: [&str; 5] = ["name", "filename", "ip", "dns", "cn"];
const STAND_IN: &str = "instance";
const EXAMPLE: &str = "write `instances:` and below it items like `- name: \"node1\"`";
