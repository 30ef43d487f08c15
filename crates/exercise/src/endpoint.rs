//! An endpoint that answers every connection with the input: a handshake of TLS or of the transport
//! protocol, or garbage.

use std::io::{self, Cursor, Read, Write};
use std::time::Duration;

use crosstrust_preflight::endpoint::{
    EndpointPlan, Network, Stream, Unreachable, check_endpoint, presented,
};
use crosstrust_preflight::{Settings, TrustList};
use crosstrust_report::print;
use crosstrust_x509::Timestamp;

pub(crate) fn run(input: &[u8]) {
    let network = Parrot { says: input.to_vec() };
    let settings = Settings::new(TrustList::new([]));
    let mut plan = EndpointPlan::new("node1.example.com", 9300, settings, Timestamp::from_unix(0));
    plan.transport_probe = true;
    let verdict = check_endpoint(&plan, &network);
    assert!(!verdict.ok(), "an endpoint that only repeats one text cannot be well");
    let json = serde_json::from_str::<serde_json::Value>(&print::json(&verdict.report));
    assert!(json.is_ok(), "the report is no JSON");
    // The certificates may come before the handshake fails.
    let presented = presented(&network, "node1.example.com", None);
    assert!(presented.is_err() || presented.is_ok_and(|found| !found.chain.is_empty()));
}

/// Opens connections that all say the same.
struct Parrot {
    says: Vec<u8>,
}

impl Network for Parrot {
    fn connect(&self) -> Result<Box<dyn Stream>, Unreachable> {
        Ok(Box::new(Said { rest: Cursor::new(self.says.clone()) }))
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

/// What is left to be said on one connection; what is written to it is not heard.
struct Said {
    rest: Cursor<Vec<u8>>,
}

impl Read for Said {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.rest.read(buffer)
    }
}

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream for Said {
    fn wait_at_most(&mut self, _limit: Duration) {}

    fn pause(&mut self, _time: Duration) {}
}
