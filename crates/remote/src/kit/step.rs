//! A step: who does what where, how to check it, how to undo it.

use super::curl::{Base, ClusterRole, Request};
use super::{KitFile, curl};

/// What a step is done with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A body of JSON, and the request that takes it.
    Api,
    /// Certificates of authorities, as PEM.
    Ca,
    /// A command.
    Command,
    /// Lines of `elasticsearch.yml`.
    ElasticsearchYml,
    /// A file of instances, to re-issue certificates.
    Instances,
    /// A command that asks for a secret.
    Keystore,
    /// Resources of Kubernetes.
    Manifest,
    /// A trust restrictions file.
    TrustRestrictions,
    /// Something in a console.
    Ui,
}

impl Kind {
    /// The word in `kit.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Ca => "ca",
            Self::Command => "command",
            Self::ElasticsearchYml => "elasticsearch_yml",
            Self::Instances => "instances",
            Self::Keystore => "keystore",
            Self::Manifest => "manifest",
            Self::TrustRestrictions => "trust_restrictions",
            Self::Ui => "ui",
        }
    }
}

/// One thing to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Its number, from 1.
    pub order: usize,
    /// On which side it is done.
    pub side: ClusterRole,
    /// With what.
    pub kind: Kind,
    /// What is done, in a line.
    pub title: String,
    /// Who does it.
    pub who: String,
    /// The file, by its path in the kit.
    pub file: Option<String>,
    /// A patch that shows what of it is new, by its path in the kit.
    pub patch: Option<String>,
    /// The request.
    pub request: Option<Request>,
    /// The command.
    pub command: Option<String>,
    /// The way through a console.
    pub ui: Option<Vec<String>>,
    /// What else to know, in sentences.
    pub details: Vec<String>,
    /// How one sees that it worked.
    pub check: String,
    /// How one takes it back.
    pub undo: String,
    /// What the names of settings begin with that it takes out of the nodes' files.
    pub(crate) takes_out: Vec<String>,
}

impl Step {
    /// Whether it is done instead of the step before it that is no alternative itself.
    pub(crate) fn is_alternative(&self) -> bool {
        self.title.starts_with(ALTERNATIVE)
    }
}

/// What the title of an alternative begins with.
const ALTERNATIVE: &str = "Or by ";

/// A step without a number.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    step: Step,
    file: Option<(String, String)>,
    patch: Option<(String, String)>,
}

impl Draft {
    pub(crate) fn new(side: ClusterRole, kind: Kind, title: impl Into<String>) -> Self {
        let step = Step {
            order: 0,
            side,
            kind,
            title: title.into(),
            who: String::new(),
            file: None,
            patch: None,
            request: None,
            command: None,
            ui: None,
            details: Vec::new(),
            check: String::new(),
            undo: String::new(),
            takes_out: Vec::new(),
        };
        Self { step, file: None, patch: None }
    }

    pub(crate) fn who(mut self, who: impl Into<String>) -> Self {
        self.step.who = who.into();
        self
    }

    pub(crate) fn file(mut self, name: &str, text: impl Into<String>) -> Self {
        self.file = Some((name.to_owned(), text.into()));
        self
    }

    /// A patch that shows what of the file is new.
    pub(crate) fn also(mut self, name: &str, text: String) -> Self {
        self.patch = Some((name.to_owned(), text));
        self
    }

    pub(crate) fn request(mut self, method: &'static str, path: impl Into<String>) -> Self {
        self.step.request = Some(Request { method, path: path.into(), base: Base::Cluster });
        self
    }

    /// Who answers the request, where it is not Elasticsearch.
    pub(crate) fn at(mut self, base: Base) -> Self {
        if let Some(request) = &mut self.step.request {
            request.base = base;
        }
        self
    }

    /// A command, in which `{file}` stands for the path of the step's file.
    pub(crate) fn command(mut self, command: impl Into<String>) -> Self {
        self.step.command = Some(command.into());
        self
    }

    pub(crate) fn ui<const N: usize>(mut self, way: [&str; N]) -> Self {
        self.step.ui = Some(way.into_iter().map(str::to_owned).collect());
        self
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.step.details.push(detail.into());
        self
    }

    /// How one sees that it worked; `{file}` stands for the path of the step's file.
    pub(crate) fn check(mut self, check: impl Into<String>) -> Self {
        self.step.check = check.into();
        self
    }

    pub(crate) fn undo(mut self, undo: impl Into<String>) -> Self {
        self.step.undo = undo.into();
        self
    }

    /// Settings whose names begin with these go out of the nodes' files.
    pub(crate) fn taking_out(mut self, prefixes: &[String]) -> Self {
        self.step.takes_out.extend_from_slice(prefixes);
        self
    }

    /// The step under a number, and its files under the same.
    pub(super) fn numbered(self, order: usize) -> (Step, Vec<KitFile>) {
        let Self { mut step, file, patch } = self;
        step.order = order;
        let side = step.side.word();
        let placed = |(name, text)| KitFile { path: format!("{side}/{order:02}-{name}"), text };
        let (file, patch) = (file.map(placed), patch.map(placed));
        step.file = file.as_ref().map(|file| file.path.clone());
        step.patch = patch.as_ref().map(|patch| patch.path.clone());
        if let Some(path) = &step.patch {
            for detail in &mut step.details {
                *detail = detail.replace(PATCH, path);
            }
        }
        if let (Some(command), Some(path)) = (&mut step.command, &step.file) {
            *command = command.replace(FILE, path);
        }
        if let Some(path) = &step.file {
            step.check = step.check.replace(FILE, path);
        }
        if let (None, Some(request)) = (&step.command, &step.request) {
            step.command = Some(curl::command(step.side, request, step.file.as_deref()));
        }
        (step, file.into_iter().chain(patch).collect())
    }
}

/// Stands for the path of a step's file, which is known once the step has a number.
const FILE: &str = "{file}";
/// Stands for the path of a step's patch in its details.
const PATCH: &str = "{patch}";
