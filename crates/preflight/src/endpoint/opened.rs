//! A connection for more than a handshake, once whoever is at its end is judged.

use std::io::{self, Read, Write};
use std::time::Duration;

use super::handshake::{Hello, Session, Versions, shake_hands};
use super::network::Network;
use super::observation::Observation;
use super::plan::EndpointPlan;
use super::verdict::{EndpointVerdict, judge};

/// A connection with TLS to an endpoint that was accepted.
pub struct Channel(Session);

/// Shakes hands once, and judges the endpoint by the plan. The connection is handed out only where the endpoint is
/// accepted and was seen to hold the key of its certificate; until then nothing but the handshake is sent.
pub fn open(plan: &EndpointPlan, network: &dyn Network) -> (EndpointVerdict, Option<Channel>) {
    let hello = Hello {
        server_name: plan.sent_name(),
        versions: Versions::Both,
        identity: plan.identity.as_ref(),
    };
    let (first, session) = shake_hands(network, hello);
    let verdict = judge(plan, Observation::new(first));
    match session {
        Some(session) if verdict.ok() => (verdict, Some(Channel(session))),
        Some(session) => {
            session.close();
            (verdict, None)
        }
        None => (verdict, None),
    }
}

impl Channel {
    /// From now on all reads together may take so long.
    pub fn wait_at_most(&mut self, limit: Duration) {
        self.0.wait_at_most(limit);
    }

    /// Closes it as TLS has it.
    pub fn close(self) {
        self.0.close();
    }
}

/// Shows nothing of what goes over it.
impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channel")
    }
}

impl Read for Channel {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Channel {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
