//! A cluster of the command line with all that is wrong in it: what cannot be read is a finding at its place, and
//! the rest is taken.

use crosstrust_overview::Member;
use crosstrust_preflight::material::{NO_AUTHORITIES, NO_NODES, UNUSED_FILE};
use crosstrust_preflight::{
    Cluster, KeyContainer, Node, RestrictionsFile, Settings, TrustList, Unjudged, Verdict,
};
use crosstrust_report::{Finding, Report, Severity};
use crosstrust_restrictions::Linter;

use super::keys;
use super::sources::{self, Opened};
use super::{cluster, configured, restrictions};
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::options::cluster::ClusterOption;
use crate::password::Source;

/// What is read of a cluster, and what is wrong with it.
struct Reading<'a> {
    option: &'a ClusterOption,
    problems: Report,
    nodes: Vec<Node>,
}

/// Reads the files of a cluster.
pub(crate) fn read(
    option: &ClusterOption,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Member, Failure> {
    let source = &source.or_inventory(option.passwords.nodes.as_ref());
    let mut reading = Reading { option, problems: Report::default(), nodes: Vec::new() };
    let mut opened = Vec::new();
    for argument in &option.nodes {
        let (files, failures) = sources::open_each(argument, source, context);
        opened.extend(files);
        for (path, failure) in failures {
            reading.take(failure, &path);
        }
    }
    reading.nodes = cluster::nodes(&opened, context)?;
    let configured = reading.configured(source, context);
    let is_configured = configured.is_some() && option.authorities.is_empty();
    // What could not be read may hold a node, and is told.
    if !reading.problems.has_errors() {
        reading.look_for_nodes(&opened);
    }
    let trust = (!is_configured).then(|| reading.trust(&opened, source, context));
    let mut settings = cluster::unrestricted(option, configured, trust);
    match reading.restrictions(context) {
        Ok(Some(restrictions)) => settings.restrictions = Some(restrictions),
        Ok(None) => {}
        Err(what) => {
            settings.trust = settings.trust.with_doubt(what.clone());
            reading.doubt_nodes(&what);
        }
    }
    reading.key(source, context);
    let Reading { problems, nodes, .. } = reading;
    let cluster = Cluster { name: option.name.clone(), nodes, settings };
    Ok(Member { cluster, expects: option.expect.clone(), problems })
}

/// Clusters of which none has a node could not be judged, and two of one name not be told apart.
pub(crate) fn refuse_unusable(members: &[Member], hint: &str) -> Result<(), Failure> {
    if members.iter().all(|member| member.cluster.nodes.is_empty()) {
        let findings = members.iter().flat_map(|member| member.problems.findings());
        let errors = findings.filter(|finding| finding.severity() == Severity::Error);
        let told = errors.map(|finding| {
            let message = Message::new(finding.message()).hint(finding.help());
            match finding.path() {
                Some(path) => message.at(path),
                None => message,
            }
        });
        let mut told = told.collect::<Vec<_>>();
        if told.is_empty() {
            let looked_at = members.iter().map(|member| member.cluster.name.as_str());
            let looked_at = looked_at.collect::<Vec<_>>().join(", ");
            let message = Message::new("no cluster has the certificate of a node");
            told.push(message.at(looked_at).hint(hint));
        }
        return Err(Failure::several(told));
    }
    cluster::refuse_shared_names(members.iter().map(|member| &member.cluster))
}

/// Whether a folder of a tree is meant as a cluster: it holds certificates or key stores, or nothing at all. One
/// called `ca`, with authorities alone, is what lies beside the clusters.
pub(crate) fn is_cluster(name: &str, member: &Member, folder: &str) -> Result<bool, Failure> {
    let has_nodes = !member.cluster.nodes.is_empty();
    let has_failed = member.problems.findings().iter().any(|one| one.rule() == &UNUSED_FILE);
    let has_authorities = !member.cluster.settings.trust.is_empty();
    let is_empty = || input::files_below(folder).map(|files| files.is_empty());
    Ok(has_nodes || has_failed || (has_authorities && name != "ca") || is_empty()?)
}

impl Reading<'_> {
    fn take(&mut self, failure: Failure, file: &str) {
        for finding in failure.findings(&UNUSED_FILE, file) {
            self.problems.push(finding);
        }
    }

    /// What the nodes' own settings files say; nodes are added that only these name.
    fn configured(&mut self, source: &Source<'_>, context: &mut Context) -> Option<Settings> {
        match configured::read(self.option, source, context) {
            Ok(found) => {
                self.nodes = cluster::together(std::mem::take(&mut self.nodes), found.nodes);
                found.settings
            }
            Err(failure) => {
                self.take(failure, &self.option.sources());
                let what = "the settings of the nodes could not be used";
                self.doubt_nodes(what);
                Some(Settings::new(TrustList::default().with_doubt(what)))
            }
        }
    }

    fn look_for_nodes(&mut self, opened: &[Opened]) {
        if !self.nodes.is_empty() {
            return;
        }
        let has_authority = opened.iter().any(|file| !file.contents.certificates().is_empty());
        let what = if has_authority {
            "holds certificates of CAs, and none of a node"
        } else {
            "holds no certificate of a node"
        };
        self.problems.push(Finding::new(&NO_NODES, what).in_file(self.option.sources()));
    }

    /// What the cluster trusts; a list by which nobody is judged where that is not known.
    fn trust(
        &mut self,
        opened: &[Opened],
        source: &Source<'_>,
        context: &mut Context,
    ) -> TrustList {
        let named = &self.option.authorities;
        let rule = if named.is_empty() { &NO_AUTHORITIES } else { &UNUSED_FILE };
        cluster::trust(self.option, opened, source, context).unwrap_or_else(|failure| {
            // Where there is nothing, it is said already.
            if !opened.is_empty() || !named.is_empty() {
                for finding in failure.findings(rule, &self.option.sources()) {
                    self.problems.push(finding);
                }
            }
            let name = &self.option.name;
            TrustList::default().with_doubt(format!("it is not known which CAs `{name}` trusts"))
        })
    }

    /// The restrictions file, or what is not known for want of it.
    fn restrictions(&mut self, context: &mut Context) -> Result<Option<RestrictionsFile>, String> {
        let unknown = |path: &str| format!("the restrictions `{path}` could not be used");
        let input = match cluster::restrictions_of(self.option, context) {
            Ok(input) => input,
            Err(failure) => {
                let named = self.option.restrictions.clone();
                let place = named.unwrap_or_else(|| self.option.sources());
                self.take(failure, &place);
                return Err(unknown(&place));
            }
        };
        let Some(input) = input else { return Ok(None) };
        if let Ok(file) = restrictions::parsed(&input) {
            return Ok(Some(file));
        }
        let path = input.path;
        // The linter says where and why Elasticsearch would refuse it.
        self.problems.append(Linter::new().lint(&path, &input.bytes));
        Err(unknown(&path))
    }

    /// Nodes with a file that may keep them from starting are not accepted by anybody.
    fn doubt_nodes(&mut self, what: &str) {
        let doubted = |node: &Node| {
            let start: Verdict = Unjudged::NotLookedAt { what: what.to_owned() }.into();
            node.clone().with_start(node.start().and(start))
        };
        self.nodes = self.nodes.iter().map(doubted).collect();
    }

    /// The private key that is named beside the cluster.
    fn key(&mut self, source: &Source<'_>, context: &mut Context) {
        let Some(path) = &self.option.key else { return };
        match (keys::read_node_key(path, source, context), self.nodes.as_mut_slice()) {
            (Ok((key, obstacles)), [node]) => {
                *node =
                    node.clone().with_key(&key, KeyContainer::Pem).with_obstacles(path, obstacles);
            }
            (Ok(_), nodes) => {
                let what = format!("key= belongs to one node, and there are {}", nodes.len());
                self.problems.push(Finding::new(&UNUSED_FILE, what).in_file(path));
                self.doubt_nodes("it is not known whose the key is");
            }
            (Err(failure), _) => {
                self.take(failure, path);
                self.doubt_nodes(&format!("the key `{path}` could not be used"));
            }
        }
    }
}
