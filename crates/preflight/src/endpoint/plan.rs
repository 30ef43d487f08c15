//! What is asked of an endpoint, and by whose settings it is judged.

use crosstrust_x509::{Certificate, Timestamp};

use super::identity::ClientIdentity;
use crate::host_name;
use crate::node::Node;
use crate::settings::{SecurityModel, Settings};

/// A check of one endpoint.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EndpointPlan {
    /// Host name or address, as Elasticsearch is configured with it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the clusters are to trust each other.
    pub model: SecurityModel,
    /// The settings of our own side, which judges the endpoint.
    pub settings: Settings,
    /// The `server_name` of proxy mode, sent instead of the host (SNI).
    pub server_name: Option<String>,
    /// What our own side presents.
    pub identity: Option<ClientIdentity>,
    /// Our own node with the files that hold it: what it presents is judged before any connection.
    pub own: Option<Node>,
    /// What the endpoint should present.
    pub expected: Option<Certificate>,
    /// How many connections are compared with each other.
    pub connections: u32,
    /// Whether the handshake of the transport protocol is sent.
    pub transport_probe: bool,
    /// Expiry within so many days is a warning.
    pub warn_days: u32,
    /// Whether no CA is known by which the endpoint would be judged: what it presents is looked at, and not judged.
    pub only_looks: bool,
    /// What to do where it is not Elasticsearch that connects, and has no settings.
    pub own_help: Option<OwnHelp>,
    /// The time for which the verdict holds.
    pub now: Timestamp,
}

/// What whoever connects can do about an endpoint that is refused.
#[derive(Clone, Copy, Debug)]
pub struct OwnHelp {
    /// About a CA that is not listed.
    pub untrusted: &'static str,
    /// About a host that the certificate does not name.
    pub host_name: &'static str,
}

impl EndpointPlan {
    /// A plan with one connection, in the certificate model, without a certificate of our own.
    pub fn new(host: impl Into<String>, port: u16, settings: Settings, now: Timestamp) -> Self {
        Self {
            host: host.into(),
            port,
            model: SecurityModel::default(),
            settings,
            server_name: None,
            identity: None,
            own: None,
            expected: None,
            connections: 1,
            transport_probe: false,
            warn_days: 30,
            only_looks: false,
            own_help: None,
            now,
        }
    }

    /// `host:port`, an IPv6 address in brackets.
    pub fn target(&self) -> String {
        let Self { host, port, .. } = self;
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
    }

    /// The name that is sent: that of the settings, else the host, if Java sends it. Java sends no
    /// addresses and no names of one label.
    pub(super) fn sent_name(&self) -> Option<&str> {
        self.server_name.as_deref().or_else(|| self.host_as_name())
    }

    /// The host, if Java would send it as server name.
    pub(super) fn host_as_name(&self) -> Option<&str> {
        as_server_name(&self.host)
    }
}

/// A host, if Java would send it as server name: no address, and more than one label.
pub(super) fn as_server_name(host: &str) -> Option<&str> {
    let dotted = host.find('.').is_some_and(|at| at > 0) && !host.ends_with('.');
    (dotted && host_name::address(host).is_none()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust_list::TrustList;

    #[test]
    fn names_are_sent_as_java_sends_them() {
        #[track_caller]
        fn check(host: &str, server_name: Option<&str>, expected: Option<&str>) {
            let settings = Settings::new(TrustList::default());
            let mut plan = EndpointPlan::new(host, 9300, settings, Timestamp::from_unix(0));
            plan.server_name = server_name.map(str::to_owned);
            assert_eq!(plan.sent_name(), expected, "{host}");
        }

        check("node1.example.com", None, Some("node1.example.com"));
        check("node1", None, None);
        check("node1.", None, None);
        check(".example", None, None);
        check("192.0.2.1", None, None);
        check("2001:db8::1", None, None);
        check("192.0.2.1", Some("proxy.example.com"), Some("proxy.example.com"));
    }
}
