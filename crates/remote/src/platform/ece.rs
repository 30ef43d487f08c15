//! Elastic Cloud Enterprise: an environment that an operator installs, with proxies and a CA of its own.

use super::cloud;
use crate::connection::Model;
use crate::error::Error;
use crate::kit::Builder;
use crate::party::{Behaviour, Party};

/// The platform.
#[derive(Debug)]
pub(super) struct Ece;

impl Behaviour for Ece {
    fn who(&self, own: &Party<'_>) -> String {
        cloud::who(own)
    }

    fn ca_note(&self, own: &Party<'_>) -> String {
        match own.connection.model {
            Model::ApiKey => {
                "It must be the root, the last one of the chain: Platform, Settings, TLS certificates, \
                 Proxy, Show certificate chain, Copy root certificate. Only a private certificate of the \
                 proxies needs this; whenever it is replaced by one of another CA, hand over the new root."
            }
            Model::Tls => {
                "It is that of the environment: Platform, Trust Management, Trust parameters. Let it \
                 hold upcoming CAs too."
            }
        }
        .to_owned()
    }

    fn server_name(&self, own: &Party<'_>) -> Option<String> {
        cloud::server_name(own)
    }

    /// Port 9443 is open by itself, behind the environment's proxies.
    fn serve(&self, _own: &Party<'_>, _builder: &mut Builder) {}

    fn take_key(
        &self,
        own: &Party<'_>,
        peer: &Party<'_>,
        builder: &mut Builder,
    ) -> Result<(), Error> {
        cloud::take_key(own, peer, builder)
    }

    fn restricts(&self, _own: &Party<'_>, _peer: &Party<'_>) -> bool {
        true
    }

    fn trust(&self, own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error> {
        cloud::trust_peer(own, peer, builder)
    }
}
