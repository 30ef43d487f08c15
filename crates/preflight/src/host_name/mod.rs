//! Host names as `verification_mode: full` checks them: the `HTTPS` endpoint identification of JSSE.
//!
//! The rules are Java's, not those of RFC 6125: partial wildcards are allowed, the subject's common
//! name counts where there is no DNS name, and an address must be among the `iPAddress`es. Where
//! Java releases differ, the stricter one decides.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crosstrust_x509::{Certificate, SubjectAltNames, UnreadableNames};

/// By what a certificate answers to a host name.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum HostNameMatch {
    /// The subject's common name, in the absence of any DNS name.
    CommonName(String),
    /// A `dNSName`, as written in the certificate.
    Dns(String),
    /// An `iPAddress`.
    Ip(IpAddr),
    /// It answers to the server name instead of the host.
    ServerName(String),
}

/// Why a certificate does not answer to a host name.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum HostNameError {
    /// The host is an IP address and not among the certificate's.
    #[error("the address `{host}` is not among the certificate's IP addresses ({names})")]
    Address {
        /// The address as given.
        host: String,
        /// The certificate's addresses, or `none`.
        names: String,
        /// Whether a DNS name of the certificate holds the address as text.
        as_dns_name: bool,
    },
    /// The host is not among the names.
    #[error("`{host}` is not among the certificate's names ({names})")]
    Name {
        /// The host as given.
        host: String,
        /// The DNS names; the common name where there are none; or `none`.
        names: String,
    },
    /// A wildcard after the first label fits, and only older Java releases accept it.
    #[error("`{host}` fits only `{pattern}`, whose wildcard Java 25 does not accept")]
    OlderJavaOnly {
        /// The host as given.
        host: String,
        /// The certificate's name.
        pattern: String,
    },
    /// The host is no host name to Java.
    #[error("`{host}` is not a host name to Java: {problem}")]
    Target {
        /// The host as given.
        host: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Java cannot read the certificate's names: Java 25 refuses it, and Java 17 looks at the common
    /// name only.
    #[error("{}", not_compared(.host, .unreadable, *.java_17_accepts))]
    Unreadable {
        /// The host as given.
        host: String,
        /// Why.
        unreadable: UnreadableNames,
        /// Whether Java 17 accepts the certificate for the host all the same.
        java_17_accepts: bool,
    },
}

impl HostNameError {
    /// Whether some release of Java accepts the certificate for the host.
    pub(crate) fn depends_on_release(&self) -> bool {
        matches!(self, Self::OlderJavaOnly { .. } | Self::Unreadable { java_17_accepts: true, .. })
    }
}

fn not_compared(host: &str, unreadable: &UnreadableNames, java_17_accepts: bool) -> String {
    if java_17_accepts {
        return format!(
            "`{host}` fits on Java 17 alone: Java 25 cannot read the certificate's names ({unreadable})"
        );
    }
    format!("`{host}` is compared with no name: Java cannot read the certificate's ({unreadable})")
}

/// Whether a certificate answers to the host that is connected to, or to the server name (SNI) that
/// is sent.
pub fn check(
    leaf: &Certificate,
    host: &str,
    server_name: Option<&str>,
) -> Result<HostNameMatch, HostNameError> {
    let host = host.strip_suffix('.').unwrap_or(host);
    if let Some(server_name) = server_name
        && !server_name.eq_ignore_ascii_case(host)
        && check_one(leaf, server_name).is_ok()
    {
        return Ok(HostNameMatch::ServerName(server_name.to_owned()));
    }
    check_one(leaf, host)
}

/// Reads an IP address as Java does: IPv4 also with fewer than four parts, IPv6 with or without
/// brackets and zone. An IPv6 address that maps an IPv4 one is that one.
pub fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if let Some(ip) = short_ipv4(bare) {
        return Some(IpAddr::V4(ip));
    }
    let without_zone = bare.split_once('%').map_or(bare, |(address, _)| address);
    without_zone.parse::<Ipv6Addr>().ok().map(|ip| IpAddr::V6(ip).to_canonical())
}

/// What Java finds wrong with a host name, if anything.
pub fn problem(host: &str) -> Option<&'static str> {
    let foreign =
        |character: char| !character.is_ascii_alphanumeric() && !matches!(character, '-' | '.');
    let label_problem = |label: &str| match label {
        "" => Some("an empty label"),
        long if long.len() > LONGEST_LABEL => Some("a label of more than 63 characters"),
        label if label.starts_with('-') || label.ends_with('-') => {
            Some("a label that begins or ends with a hyphen")
        }
        _ => None,
    };
    match host {
        "" => Some("it is empty"),
        host if !host.is_ascii() => Some("characters beyond ASCII; write its `xn--` form"),
        host if host.contains('_') => Some("an underscore"),
        host if host.contains(foreign) => Some("other characters than letters, digits and hyphens"),
        host => host.split('.').find_map(label_problem),
    }
}

fn check_one(leaf: &Certificate, host: &str) -> Result<HostNameMatch, HostNameError> {
    let names = leaf.subject_alt_names();
    let Some(unreadable) = leaf.unreadable_names() else { return compare(leaf, names, host) };
    // Java 17 reads some that newer releases do not; to it, what it cannot read is not there.
    let on_17 = compare(leaf, names.filter(|names| names.is_read_by_some()), host);
    let java_17_accepts = on_17.is_ok();
    Err(HostNameError::Unreadable { host: host.to_owned(), unreadable, java_17_accepts })
}

fn compare(
    leaf: &Certificate,
    names: Option<&SubjectAltNames>,
    host: &str,
) -> Result<HostNameMatch, HostNameError> {
    match address(host) {
        Some(ip) => check_address(names, host, ip),
        None => check_name(leaf, names, host),
    }
}

fn check_address(
    names: Option<&SubjectAltNames>,
    host: &str,
    ip: IpAddr,
) -> Result<HostNameMatch, HostNameError> {
    let addresses = names.iter().flat_map(|names| names.ip()).collect::<Vec<_>>();
    if let Some(found) = addresses.iter().find(|own| own.to_canonical() == ip) {
        return Ok(HostNameMatch::Ip(*found));
    }
    Err(HostNameError::Address {
        host: host.to_owned(),
        names: list(addresses.iter().map(ToString::to_string)),
        as_dns_name: names.is_some_and(|names| names.dns().any(|dns| dns == host)),
    })
}

fn check_name(
    leaf: &Certificate,
    names: Option<&SubjectAltNames>,
    host: &str,
) -> Result<HostNameMatch, HostNameError> {
    let owned = host.to_owned();
    if let Some(problem) = problem(host) {
        return Err(HostNameError::Target { host: owned, problem });
    }
    let dns = names.map(|names| names.dns().collect::<Vec<_>>());
    let dns = dns.filter(|dns| !dns.is_empty());
    let common_name = leaf.subject().common_name().filter(|_| dns.is_none());
    let names = dns.unwrap_or_else(|| common_name.into_iter().collect());
    if let Some(name) = names.iter().find(|name| matches(host, name)) {
        let name = (*name).to_owned();
        return Ok(match common_name {
            Some(_) => HostNameMatch::CommonName(name),
            None => HostNameMatch::Dns(name),
        });
    }
    match names.iter().find(|name| matches_on_older_java(host, name)) {
        Some(name) => {
            Err(HostNameError::OlderJavaOnly { host: owned, pattern: (*name).to_owned() })
        }
        None => Err(HostNameError::Name {
            host: owned,
            names: list(names.iter().map(ToString::to_string)),
        }),
    }
}

/// Java 25: wildcards count in the first label only.
fn matches(host: &str, pattern: &str) -> bool {
    let (host, pattern) = (host.to_ascii_lowercase(), pattern.to_ascii_lowercase());
    if !is_pattern(&pattern) {
        return false;
    }
    let (host_label, host_rest) = split_label(&host);
    let (pattern_label, pattern_rest) = split_label(&pattern);
    host_rest == pattern_rest && matches_label(host_label, pattern_label)
}

/// Java 17: wildcards count in every label.
fn matches_on_older_java(host: &str, pattern: &str) -> bool {
    let (host, pattern) = (host.to_ascii_lowercase(), pattern.to_ascii_lowercase());
    let labels = host.split('.').zip(pattern.split('.'));
    is_pattern(&pattern)
        && host.split('.').count() == pattern.split('.').count()
        && labels.into_iter().all(|(host, pattern)| matches_label(host, pattern))
}

/// A host name in which `*` may stand for letters, and not after the last period.
fn is_pattern(pattern: &str) -> bool {
    let dot_after_wildcard = pattern.rsplit_once('*').is_none_or(|(_, after)| after.contains('.'));
    dot_after_wildcard && problem(&pattern.replace('*', "z")).is_none()
}

fn split_label(name: &str) -> (&str, Option<&str>) {
    name.split_once('.').map_or((name, None), |(label, rest)| (label, Some(rest)))
}

/// Each part between wildcards is looked for once, from the left, and the last must end the label:
/// Java does not go back for another occurrence.
fn matches_label(label: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = label.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// One to four decimal parts; the last one fills the octets that are left.
fn short_ipv4(text: &str) -> Option<Ipv4Addr> {
    if text.is_empty() || text.len() > "255.255.255.255".len() {
        return None;
    }
    let mut parts = text.split('.').collect::<Vec<_>>();
    let last = number(parts.pop()?)?;
    let free_bits = u32::try_from(4usize.checked_sub(parts.len())?).ok()?.checked_mul(8)?;
    if free_bits == 0 || last >= 1u64 << free_bits {
        return None;
    }
    let mut value = 0u64;
    for part in parts {
        value = value * 256 + number(part).filter(|part| *part < 256)?;
    }
    u32::try_from((value << free_bits) | last).ok().map(Ipv4Addr::from)
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn list(names: impl Iterator<Item = String>) -> String {
    let names = names.collect::<Vec<_>>();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

const LONGEST_LABEL: usize = 63;

#[cfg(test)]
mod tests;
