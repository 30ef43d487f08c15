//! What an endpoint presents, without judging it: for taking its authorities.

use crosstrust_x509::{Certificate, Name};

use super::handshake::{Hello, Versions, shake_hands};
use super::network::Network;
use super::observation::End;
use super::plan::as_server_name;

/// The certificates of an endpoint and of those it asks for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Presented {
    /// The certificates, the endpoint's own one first.
    pub chain: Vec<Certificate>,
    /// The subjects of the authorities whose certificates it asks for.
    pub asks_for: Vec<Name>,
    /// The issuer of the last certificate of the chain as far as it leads, where that is not sent.
    pub missing: Option<Name>,
}

/// Shakes hands once, without a certificate of our own. Asks for the server name, else for the host
/// where Java would. The handshake need not be completed; without
/// a certificate of the endpoint, how it ended is the error.
pub fn presented(
    network: &dyn Network,
    host: &str,
    server_name: Option<&str>,
) -> Result<Presented, End> {
    let server_name = server_name.or_else(|| as_server_name(host));
    let hello = Hello { server_name, versions: Versions::Both, identity: None };
    let (attempt, session) = shake_hands(network, hello);
    if let Some(session) = session {
        session.close();
    }
    let chain = match (attempt.chain, attempt.unreadable) {
        (Some(chain), None) if !chain.is_empty() => chain,
        (_, Some(problem)) => return Err(End::Faulty { problem }),
        _ => return Err(attempt.end),
    };
    let missing = missing_issuer(&chain).cloned();
    let asks_for = attempt.request.map(|request| request.authorities).unwrap_or_default();
    Ok(Presented { chain, asks_for, missing })
}

/// Follows the chain from its first certificate, and gives the issuer that is not there.
fn missing_issuer(chain: &[Certificate]) -> Option<&Name> {
    let mut current = chain.first()?;
    for _ in chain {
        if current.is_self_issued() {
            return None;
        }
        let issuer = chain.iter().find(|one| one.subject().matches(current.issuer()));
        match issuer {
            Some(issuer) => current = issuer,
            None => return Some(current.issuer()),
        }
    }
    None
}
