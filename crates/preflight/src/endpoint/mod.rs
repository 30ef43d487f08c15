//! A live endpoint: looked at over the network, and judged as if its certificates were files.
//!
//! [`check_endpoint`] first observes, by a few connections that the caller's [`Network`] opens, and
//! then judges what it has seen; only the first part waits for anybody. Nothing is sent but TLS
//! handshakes and, if it is asked for, one handshake of the transport protocol. [`open()`] is for callers that have
//! more to send: it hands them the connection once whoever is at its end was judged and accepted.

mod alert;
mod causes;
mod checks;
mod greeting;
mod handshake;
mod hello_bytes;
mod identity;
mod large_hello;
mod network;
mod observation;
mod old_hello;
mod opened;
mod plan;
mod presented;
mod sighting;
mod survey;
mod transport;
mod verdict;
mod witness;

pub use alert::Alert;
pub(crate) use checks::rules;
pub use greeting::Greeting;
pub use identity::ClientIdentity;
pub use identity::IdentityError;
pub use network::Network;
pub use network::Stream;
pub use network::Unreachable;
pub use observation::Attempt;
pub use observation::CertificateRequest;
pub use observation::Demand;
pub use observation::End;
pub use observation::LargeHello;
pub use observation::Observation;
pub use observation::Protocol;
pub use observation::Reply;
pub use observation::TransportAnswer;
pub use opened::Channel;
pub use opened::open;
pub use plan::EndpointPlan;
pub use plan::OwnHelp;
pub use presented::Presented;
pub use presented::presented;
pub use verdict::EndpointVerdict;
pub use verdict::can_present;
pub use verdict::check_endpoint;
pub use verdict::check_own_settings;

#[cfg(test)]
mod tests;
