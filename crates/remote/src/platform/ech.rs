//! Elastic Cloud Hosted: its endpoints have a public certificate, its regions a CA each.

use super::cloud;
use crate::error::Error;
use crate::kit::Builder;
use crate::party::{Behaviour, Party};

/// The platform.
#[derive(Debug)]
pub(super) struct Ech;

impl Behaviour for Ech {
    fn who(&self, own: &Party<'_>) -> String {
        cloud::who(own)
    }

    fn ca_note(&self, own: &Party<'_>) -> String {
        let region = own.side.region.as_ref();
        let region = region.map_or_else(String::new, |region| format!(", here `{region}`"));
        format!(
            "Let it hold the current and the upcoming CAs (deployment, Security, CA certificates): they \
         are replaced from time to time, and each region has its own{region}."
        )
    }

    fn server_name(&self, own: &Party<'_>) -> Option<String> {
        cloud::server_name(own)
    }

    /// Port 9443 is open by itself, with a public certificate.
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
