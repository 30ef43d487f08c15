//! The two sides of a TLS connection.

use std::fmt;

/// The role in which a node presents its certificate. Most nodes have both.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// It opened the connection.
    Client,
    /// It accepted the connection.
    Server,
}

impl Role {
    /// Both, client first.
    pub const ALL: [Self; 2] = [Self::Client, Self::Server];

    /// The name of the purpose that extendedKeyUsage must have, if there is one.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Client => "clientAuth",
            Self::Server => "serverAuth",
        }
    }
}

/// `client` or `server`.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "client",
            Self::Server => "server",
        })
    }
}
