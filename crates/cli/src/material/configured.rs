//! Nodes of a cluster as their settings files have them, and whom these let them accept.

use crosstrust_preflight::node_settings::ContextKind;
use crosstrust_preflight::{Node, Settings, TrustList, Unjudged};

use super::asked::Asked;
use super::config_root::ConfigRoots;
use super::configured_files::Reader;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::input;
use crate::options::cluster::ClusterOption;
use crate::password::Source;

/// What settings files say of a cluster.
#[derive(Default)]
pub(crate) struct Configured {
    /// What its nodes present to each other, and whether they start.
    pub(crate) nodes: Vec<Node>,
    /// Whom they accept. Of files that do not say it, since they do not load, nobody knows.
    pub(crate) settings: Option<Settings>,
    /// Why that is not known.
    doubt: Option<String>,
}

/// Reads the settings files of a cluster, and what they name. Nodes of one cluster are set up alike.
pub(crate) fn read(
    option: &ClusterOption,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Configured, Failure> {
    let mut all = Configured::default();
    let ca = option.passwords.ca.as_ref().map_or(*source, Source::of_inventory);
    let roots = ConfigRoots::default();
    let asked = Asked { hosts: &[], password: *source, trust_password: ca, roots: &roots };
    for path in &input::expand_all(&option.elasticsearch_yml)? {
        let mut reader = match Reader::new(path, asked, context)? {
            Ok(reader) => reader,
            Err(refused) => {
                let start = crosstrust_preflight::start([&refused]);
                all.nodes.push(Node::new(path.as_str(), Vec::new()).with_start(start));
                all.doubt(path);
                continue;
            }
        };
        let contexts = reader.settings.contexts.clone();
        let transport = contexts.iter().find(|tls| tls.kind == ContextKind::Transport);
        let Some(tls) = transport else {
            let what = format!("no TLS of the transport layer is set up in {path}");
            let start = Unjudged::NotLookedAt { what: what.clone() }.into();
            all.nodes.push(Node::new(path.as_str(), Vec::new()).with_start(start));
            all.doubt.get_or_insert(what);
            continue;
        };
        let node = reader.node(tls)?.unwrap_or_else(|| Node::new(path.as_str(), Vec::new()));
        let own = reader.own(tls)?;
        reader.look_at_realms();
        all.nodes.push(node.with_start(reader.start()));
        match (&all.settings, own) {
            (_, None) => all.doubt(path),
            (None, Some(own)) => all.settings = Some(own),
            (Some(first), Some(own)) => {
                let Some(what) = first.difference(&own) else { continue };
                let message = format!(
                    "its nodes do not accept the same: the {what} of {path} are not those of the first node"
                );
                let hint = format!("make a cluster of its own of the nodes like {path}");
                return Err(Message::new(message).at(&option.name).hint(hint).into());
            }
        }
    }
    Ok(all.with_doubt())
}

impl Configured {
    fn doubt(&mut self, path: &str) {
        let what = format!("what says whom the node of {path} accepts does not load");
        self.doubt.get_or_insert(what);
    }

    /// By a cluster of which that is not known for one node, nobody is judged.
    fn with_doubt(mut self) -> Self {
        if let Some(what) = &self.doubt {
            let settings = self.settings.take();
            let settings = settings.unwrap_or_else(|| Settings::new(TrustList::default()));
            let trust = settings.trust.with_doubt(what);
            self.settings = Some(Settings { trust, ..settings });
        }
        self
    }
}
