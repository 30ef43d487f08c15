//! What a side can be asked about its platform, and told to do.

use std::fmt;

use super::Party;
use crate::error::Error;
use crate::kit::Builder;

/// What a platform does for a connection, on whichever side it is.
pub(crate) trait Behaviour: fmt::Debug + Sync {
    /// Who changes its configuration.
    fn who(&self, own: &Party<'_>) -> String;

    /// What to know of the CA that it hands out.
    fn ca_note(&self, own: &Party<'_>) -> String;

    /// A server name that its certificates have, or that its proxies route by.
    fn server_name(&self, own: &Party<'_>) -> Option<String>;

    /// The names of all its nodes, where it makes them.
    fn node_names(&self, _own: &Party<'_>) -> Vec<String> {
        Vec::new()
    }

    /// Has the remote cluster listen for connections with API keys.
    fn serve(&self, own: &Party<'_>, builder: &mut Builder);

    /// Has the local cluster take the API key, and trust the CA of port 9443 unless it is public.
    fn take_key(
        &self,
        own: &Party<'_>,
        peer: &Party<'_>,
        builder: &mut Builder,
    ) -> Result<(), Error>;

    /// Whether it lets nodes of the other side in by their names, not for their CA alone.
    fn restricts(&self, own: &Party<'_>, peer: &Party<'_>) -> bool;

    /// Has it trust the other side's transport layer, and be reached where it is the remote side.
    fn trust(&self, own: &Party<'_>, peer: &Party<'_>, builder: &mut Builder) -> Result<(), Error>;
}
