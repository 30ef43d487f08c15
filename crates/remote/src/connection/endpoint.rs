//! Addresses: a host, and a port where one is written.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `host`, `host:port` or `[ipv6]:port`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Endpoint {
    /// The host, without brackets.
    pub host: String,
    /// The port, where one is written.
    pub port: Option<u16>,
}

impl Endpoint {
    /// Reads an address; an IPv6 address with a port needs brackets.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.contains("://") || text.contains('/') {
            return Err("it is a URL; write host:port");
        }
        if text.contains([';', ',', ' ']) {
            return Err("write host:port, with a colon between them and nothing else");
        }
        if let Some(rest) = text.strip_prefix('[') {
            let (host, port) = rest.split_once(']').ok_or("the bracket `[` is not closed")?;
            host.parse::<Ipv6Addr>().map_err(|_| "no IPv6 address stands between the brackets")?;
            let port = match port.strip_prefix(':') {
                Some(port) => Some(parse_port(port)?),
                None if port.is_empty() => None,
                None => return Err("something other than `:port` follows the bracket"),
            };
            return Ok(Self { host: host.to_owned(), port });
        }
        if text.parse::<Ipv6Addr>().is_ok() {
            return Ok(Self { host: text.to_owned(), port: None });
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(parse_port(port)?)),
            None => (text, None),
        };
        if host.parse::<Ipv4Addr>().is_ok() || is_host_name(host) {
            return Ok(Self { host: host.to_owned(), port });
        }
        Err("the host is neither a host name nor an IP address")
    }

    /// Whether the host is an address, not a name.
    pub fn is_ip(&self) -> bool {
        self.host.parse::<IpAddr>().is_ok()
    }

    /// `host:port`, with a port of one's own where none is written.
    pub fn with_port(&self, otherwise: u16) -> String {
        let Self { host, port } = self;
        let port = port.unwrap_or(otherwise);
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => f.write_str(&self.with_port(port)),
            None => f.write_str(&self.host),
        }
    }
}

/// Whether text can be sent as server name (SNI): labels of letters, digits and inner hyphens.
pub(super) fn is_host_name(text: &str) -> bool {
    let label = |label: &str| {
        let inner = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&label.len())
            && label.chars().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253 && text.split('.').all(label) && !last.bytes().all(|b| b.is_ascii_digit())
}

fn parse_port(text: &str) -> Result<u16, &'static str> {
    let port = text.parse::<u16>().map_err(|_| "the port is no number from 1 to 65535")?;
    if port == 0 { Err("the port is no number from 1 to 65535") } else { Ok(port) }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn addresses_are_read_and_others_refused() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            let found = Endpoint::parse(text).ok().map(|endpoint| endpoint.with_port(9443));
            assert_eq!(found.as_deref(), expected, "{text}");
        }

        check("es.example.com", Some("es.example.com:9443"));
        check("es.example.com:9300", Some("es.example.com:9300"));
        check("192.0.2.1", Some("192.0.2.1:9443"));
        check("2001:db8::1", Some("[2001:db8::1]:9443"));
        check("[2001:db8::1]:9300", Some("[2001:db8::1]:9300"));
        check("https://es.example.com", None);
        check("es.example.com:0", None);
        check("es.example.com:99999", None);
        check("es.example.com;9443", None);
        check("es_1.example.com", None);
        check("192.0.2.300", None);
        check("", None);
    }
}
