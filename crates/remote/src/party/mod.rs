//! One side of a connection, with everything that is known of it.

mod behaviour;
mod hand_over;
mod material;
mod naming;
mod registered;
mod reissued;
mod restrict;
mod signer;

use std::collections::BTreeMap;

use crosstrust_x509::Certificate;

use crate::connection::{Accepts, Connection, Endpoint, Mode, Model, Platform, Side};
use crate::error::Error;
use crate::kit::{ClusterRole, Draft};

pub(crate) use behaviour::Behaviour;
pub(crate) use hand_over::{
    ONE_LIST, authority_files, hand_over, hand_over_as, hand_over_beside, is_private, keep,
    keep_each, own_ca, pem_text, store_alias, subjects,
};
pub use material::{
    NodeCertificate, RestrictionsInUse, ServerCertificate, SideMaterial, StoreUse, TrustStore,
    TrustedFile,
};
pub(crate) use naming::{NodeNaming, other_names};
pub(crate) use registered::{InFile, Registered, in_file, taken_out};
pub(crate) use reissued::{has_pem, is_keyless, is_reissued, is_renamed, new_certificates};
pub(crate) use restrict::{Admitted, Restricted, renamed_pods, restrictable, restrictions};
pub(crate) use signer::signer;

/// One side of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Party<'a> {
    pub(crate) role: ClusterRole,
    pub(crate) side: &'a Side,
    pub(crate) connection: &'a Connection,
    pub(crate) material: &'a SideMaterial,
    /// How much of the other side it lets in.
    pub(crate) accepts: Accepts,
    /// What its platform does.
    behaviour: &'static dyn Behaviour,
    /// The connection file, seen from the kit's folder, where that is known.
    file: Option<&'a str>,
    /// The other sides of further connections that this cluster has, which are planned with this one.
    others: &'a [Party<'a>],
}

impl<'a> Party<'a> {
    pub(crate) fn new(
        role: ClusterRole,
        connection: &'a Connection,
        material: &'a SideMaterial,
        behaviour: &'static dyn Behaviour,
    ) -> Self {
        let (side, accepts) = match role {
            ClusterRole::Local => (&connection.local, connection.local_accepts),
            ClusterRole::Remote => (&connection.remote, connection.remote_accepts),
        };
        Self { role, side, connection, material, accepts, behaviour, file: None, others: &[] }
    }

    pub(crate) fn with_file(self, file: Option<&'a str>) -> Self {
        Self { file, ..self }
    }

    pub(crate) fn with_others<'b>(self, others: &'b [Party<'b>]) -> Party<'b>
    where
        'a: 'b,
    {
        Party { others, ..self }
    }

    /// The other sides of further connections of this cluster by the same model, but for those that an
    /// operator makes.
    pub(crate) fn others(&self) -> impl Iterator<Item = &'a Party<'a>> {
        let model = self.connection.model;
        let others = self.others.iter().filter(|other| !other.connection.same_operator);
        others.filter(move |other| other.connection.model == model)
    }

    /// The clusters that an operator connects this one with by certificates, in the other connections.
    pub(crate) fn operated_others(&self) -> impl Iterator<Item = &'a Party<'a>> {
        let others = self.others.iter().filter(|other| other.connection.same_operator);
        others.filter(|other| other.connection.model == Model::Tls)
    }

    /// The other sides of all its connections by the same model, in the order of their aliases: the same in the
    /// kit of each.
    pub(crate) fn partners<'b>(&self, peer: &'b Party<'b>) -> Vec<&'b Party<'b>>
    where
        'a: 'b,
    {
        let mut partners: Vec<&'b Party<'b>> = vec![peer];
        for other in self.others() {
            partners.push(other);
        }
        partners.sort_by_key(|one| (&one.connection.alias, one.word()));
        partners
    }

    /// Those of them that it connects to: whoever connects to it presents a key, and no certificate.
    pub(crate) fn servers<'b>(&self, peer: &'b Party<'b>) -> Vec<&'b Party<'b>>
    where
        'a: 'b,
    {
        let mut servers = self.partners(peer);
        servers.retain(|one| one.role == ClusterRole::Remote);
        servers
    }

    /// What this cluster is in each of its connections by the same model: here, and in those that are planned
    /// with this one.
    pub(crate) fn in_all(&self) -> Vec<Party<'a>> {
        let there = |other: &Party<'a>| {
            let role = other.role.opposite();
            Party::new(role, other.connection, self.material, self.behaviour).with_file(self.file)
        };
        [Party { others: &[], ..*self }].into_iter().chain(self.others().map(there)).collect()
    }

    /// Whether it has connections by the other model, which are planned with this one.
    pub(crate) fn has_other_model(&self) -> bool {
        let model = self.connection.model;
        let mut others = self.others.iter().filter(|other| !other.connection.same_operator);
        others.any(|other| other.connection.model != model)
    }

    /// A step that is in the kit of each of its connections by the same model.
    pub(crate) fn in_each_kit(&self, draft: Draft) -> Draft {
        if self.others().next().is_some() { draft.detail(ONCE) } else { draft }
    }

    /// The aliases of all connections of this cluster by the same model, as a part of names.
    pub(crate) fn tag(&self) -> String {
        let mut aliases: Vec<&str> =
            self.others().map(|other| other.connection.alias.as_str()).collect();
        aliases.push(&self.connection.alias);
        aliases.sort_unstable();
        aliases.dedup();
        aliases.join("-")
    }

    /// The name under which other clusters keep its CA.
    pub(crate) fn ca_file(&self) -> String {
        let what = match self.connection.model {
            Model::ApiKey => "server-ca",
            Model::Tls => "ca",
        };
        format!("{}-{what}.crt", self.connection.alias)
    }

    /// Whether its nodes trust all CAs of another side already: they are its own, or in files that its
    /// `elasticsearch.yml` names.
    pub(crate) fn trusts(&self, other: &Party<'_>) -> bool {
        self.unknown_of(other).is_empty()
    }

    /// The CAs of another side that its nodes are not known to trust.
    pub(crate) fn unknown_of<'b>(&self, other: &Party<'b>) -> Vec<&'b Certificate> {
        let own = self.material.authorities.iter().filter(|_| self.connection.model == Model::Tls);
        let known: Vec<&[u8]> = own.chain(self.material.trusted()).map(Certificate::der).collect();
        let authorities = other.material.authorities.iter();
        authorities.filter(|one| !known.contains(&one.der())).collect()
    }

    /// The CAs that it is known to trust, and that neither are its own nor those of anybody whom the
    /// connection files speak of.
    pub(crate) fn further_authorities(&self, peer: &Party<'_>) -> Vec<&'a Certificate> {
        let partners = self.others().chain([peer]).flat_map(|one| &one.material.authorities);
        let said: Vec<_> = partners.chain(&self.material.authorities).collect();
        self.material.trusted().filter(|one| !said.contains(one)).collect()
    }

    /// How much of this side the other one lets in.
    pub(crate) fn accepted(&self) -> Accepts {
        match self.role {
            ClusterRole::Local => self.connection.remote_accepts,
            ClusterRole::Remote => self.connection.local_accepts,
        }
    }

    /// The settings of its `elasticsearch.yml`; none where that is not named or cannot be read.
    pub(crate) fn settings(&self) -> BTreeMap<String, Vec<String>> {
        self.material.settings()
    }

    /// The connection file as commands of the kit name it.
    pub(crate) fn connection_file(&self) -> &'a str {
        self.file.unwrap_or("connection.yml")
    }

    /// A path that is relative to the connection file, as commands of the kit name it.
    pub(crate) fn beside_connection(&self, path: &str) -> String {
        let folder = self.file.and_then(|file| file.rsplit_once('/')).map(|(folder, _)| folder);
        match folder {
            Some(folder) if !path.starts_with('/') => format!("{folder}/{path}"),
            // What begins with a hyphen would be taken for an option.
            _ if path.starts_with('-') => format!("./{path}"),
            _ => path.to_owned(),
        }
    }

    /// What its platform does.
    pub(crate) fn platform(&self) -> &'static dyn Behaviour {
        self.behaviour
    }

    /// Who changes something on it.
    pub(crate) fn who(&self) -> String {
        self.platform().who(self)
    }

    /// `local` or `remote`.
    pub(crate) fn word(&self) -> &'static str {
        self.role.word()
    }

    /// How its nodes are named.
    pub(crate) fn naming(&self) -> Result<NodeNaming, Error> {
        NodeNaming::of(self.side, self.material)
    }

    /// The certificates of its CA, of which there must be one.
    pub(crate) fn authorities(&self) -> Result<&'a [Certificate], Error> {
        match self.material.authorities.as_slice() {
            [] => Err(Error::NoAuthority { side: self.word() }),
            authorities => Ok(authorities),
        }
    }

    pub(crate) fn nodes(&self) -> &'a [NodeCertificate] {
        &self.material.nodes
    }

    /// Names that its nodes have, as far as they are known: those of their certificates unless they
    /// get new ones, those that are listed, or such as their ids make.
    pub(crate) fn present_names(&self) -> Vec<String> {
        let nodes = self.material.nodes.iter().filter(|_| !is_reissued(self));
        let mut names: Vec<String> =
            nodes.flat_map(|node| other_names(&node.certificate)).collect();
        if names.is_empty() {
            names = self.naming().map_or_else(|_| Vec::new(), |naming| naming.samples());
        }
        names
    }

    /// The names that its nodes have as long as nothing is changed; none where nobody knows.
    pub(crate) fn names_now(&self) -> Vec<String> {
        let pods = self.behaviour.node_names(self);
        if !pods.is_empty() {
            return pods;
        }
        if !is_reissued(self) {
            return self.present_names();
        }
        self.material.nodes.iter().flat_map(|node| other_names(&node.certificate)).collect()
    }

    /// What others call it in their settings. Unless the connection file says so, the alias is in it, so
    /// that the entries of several partners are told apart.
    pub(crate) fn label(&self) -> String {
        let usual = match self.side.platform {
            Platform::Ece => "My ECE environment",
            Platform::Ech => "My Organization",
            Platform::Eck => "My ECK environment",
            Platform::SelfManaged => "My Self-managed environment",
        };
        let alias = &self.connection.alias;
        self.side.label.clone().unwrap_or_else(|| format!("{usual} ({alias})"))
    }

    /// The port that is connected to.
    pub(crate) fn port(&self) -> u16 {
        match (self.connection.model, self.side.platform) {
            (Model::ApiKey, _) => 9443,
            (Model::Tls, Platform::Ece | Platform::Ech) => 9400,
            (Model::Tls, Platform::Eck | Platform::SelfManaged) => 9300,
        }
    }

    /// The port under which it is reached from outside, which a load balancer may change.
    pub(crate) fn external_port(&self) -> u16 {
        let given = self.side.endpoints.first().and_then(|endpoint| endpoint.port);
        given.unwrap_or_else(|| self.port())
    }

    /// The addresses that are connected to, with their ports.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let port = self.port();
        if self.connection.same_operator {
            return self
                .platform()
                .server_name(self)
                .map(|name| format!("{name}:{port}"))
                .into_iter()
                .collect();
        }
        self.side.endpoints.iter().map(|endpoint| endpoint.with_port(port)).collect()
    }

    /// The server name that is sent: the one given, one that its platform's certificates always
    /// have, or the host where that is a name. None in sniff mode.
    pub(crate) fn server_name(&self) -> Option<String> {
        if self.connection.mode == Mode::Sniff {
            return None;
        }
        let given = self.side.server_name.clone();
        given.or_else(|| self.platform().server_name(self)).or_else(|| {
            let named = self.side.endpoints.iter().find(|endpoint| !endpoint.is_ip());
            named.map(|endpoint: &Endpoint| endpoint.host.clone())
        })
    }
}

/// What a step says that is in several kits.
const ONCE: &str =
    "Every kit of this cluster that was planned with this one has this step: do it once.";
