//! Addresses, ports and filters of addresses.

use std::net::IpAddr;

use super::{Answer, unless};

/// A host and a port, without which a node does not start. The host is looked for later.
pub(super) fn host_port(value: &str) -> Answer {
    let port = value.rsplit_once(':').and_then(|(_, port)| port.parse::<i32>().ok());
    unless(port.is_some_and(|port| port > 0), || {
        format!("`{value}` is no host and port, such as `es1.example.com:9300`")
    })
}

/// A name that certainly is one; which others Java takes is not known here.
pub(super) fn host_name(value: &str) -> Answer {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if value.len() < 254 && value.split('.').all(is_label) {
        Answer::Taken
    } else {
        Answer::Unknown
    }
}

/// An address, unless a wildcard stands in it.
pub(super) fn ip_pattern(value: &str) -> Answer {
    unless(value.contains('*') || value.parse::<IpAddr>().is_ok(), || {
        format!("`{value}` is no IP address")
    })
}

/// Ports, or ranges of them.
pub(super) fn ports(value: &str) -> Answer {
    let ranges: Option<Vec<(i32, i32)>> =
        value.split(',').filter(|part| !part.is_empty()).map(range).collect();
    let is_port = |port: &i32| (0..=MOST_PORT).contains(port);
    let fits = |(first, last): &(i32, i32)| is_port(first) && is_port(last) && first <= last;
    let ranges = ranges.unwrap_or_default();
    unless(!ranges.is_empty() && ranges.iter().all(fits), || {
        format!("`{value}` is no port or range of ports, such as `9200-9300`")
    })
}

fn range(text: &str) -> Option<(i32, i32)> {
    let port = |text: &str| text.trim().parse().ok();
    let text = text.trim();
    match text.split_once('-') {
        Some((first, last)) => Some((port(first)?, port(last)?)),
        None => port(text).map(|port| (port, port)),
    }
}

/// Addresses and names with wildcards, or one network.
pub(super) fn ip_filter(value: &str) -> Answer {
    if let Some((address, bits)) = value.split_once('/') {
        return network(address, bits, value);
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".:_-".contains(c);
    // A `*` becomes `.*`; other signs are those of Java's regular expressions.
    let is_pattern = value.chars().all(|character| is_plain(character) || character == '*');
    if is_pattern { Answer::Taken } else { Answer::Unknown }
}

fn network(address: &str, bits: &str, value: &str) -> Answer {
    let Ok(address) = address.parse::<IpAddr>() else { return Answer::Unknown };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let is_plain = !bits.starts_with('0') || bits == "0";
    match bits.parse::<u8>() {
        Ok(bits) if is_plain => {
            unless(bits <= most, || format!("`{value}` has more than {most} bits"))
        }
        _ => Answer::Unknown,
    }
}

/// An address of the web, as far as it is of a plain kind.
pub(super) fn uri(value: &str) -> Answer {
    if value.chars().any(|character| character <= ' ') {
        return Answer::Refused(format!("`{value}` is no URI: there is a blank in it"));
    }
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "-._~/?=&".contains(character);
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let is_known = rest.is_some_and(|rest| {
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (name, port) = host.split_once(':').unwrap_or((host, "1"));
        let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        is_name && !name.is_empty() && is_port && path.chars().all(is_plain)
    });
    if is_known { Answer::Taken } else { Answer::Unknown }
}

/// The same with wildcards, and perhaps a fragment.
pub(super) fn uri_pattern(value: &str) -> Answer {
    uri(&value.replace('*', "a").replacen('#', "a", 1))
}

/// An address of the web; a file is looked for below the configuration directory of the node.
pub(super) fn model_repository(value: &str) -> Answer {
    match uri(value) {
        Answer::Taken => Answer::Taken,
        _ => Answer::Unknown,
    }
}

/// A host, with a scheme and a port or without.
pub(super) fn exporter_host(value: &str) -> Answer {
    let has_scheme = value.contains("://");
    let whole = if has_scheme { value.to_owned() } else { format!("http://{value}") };
    let is_bare = |address: &str| !address.contains(['/', '?']);
    let is_host = whole.split_once("://").is_some_and(|(_, address)| is_bare(address));
    if is_host && uri(&whole) == Answer::Taken { Answer::Taken } else { Answer::Unknown }
}

const MOST_PORT: i32 = 65_535;
