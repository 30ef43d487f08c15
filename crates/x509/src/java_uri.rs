//! Which URIs Java reads as an alternative name: those of `java.net.URI` with a scheme, whose host,
//! if there is one, is a DNS name or an address to `sun.security.x509`.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The host of a URI to Java, in brackets where it is an address of version 6. Nothing where it has none:
/// `urn:node1`, `http:///`, `http://node_1`.
pub fn uri_host(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once(':')?;
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next().unwrap_or_default();
    host(authority).flatten()
}

/// What Java finds wrong with a URI, if anything.
pub(crate) fn problem(uri: &str) -> Option<&'static str> {
    let scheme = uri.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    let Some((scheme, rest)) = scheme else { return Some("has no scheme") };
    if !is_scheme(scheme) {
        return Some("has a malformed scheme");
    }
    let (rest, fragment) = split(rest, '#');
    if !fragment.is_none_or(|fragment| is_made_of(fragment, is_uri_character)) {
        return Some("has a malformed fragment");
    }
    if !rest.starts_with('/') {
        let opaque = !rest.is_empty() && is_made_of(rest, is_uri_character);
        return (!opaque)
            .then_some("has nothing, or a character that no URI contains, after its scheme");
    }
    hierarchical(rest, fragment.is_some())
}

fn hierarchical(rest: &str, has_fragment: bool) -> Option<&'static str> {
    let (rest, query) = split(rest, '?');
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => after.split_at(after.find('/').unwrap_or(after.len())),
        None => ("", rest),
    };
    if !is_made_of(path, is_path_character) {
        return Some("has a path with a character that no URI contains");
    }
    if !query.is_none_or(|query| is_made_of(query, is_uri_character)) {
        return Some("has a query with a character that no URI contains");
    }
    if authority.is_empty() {
        let nothing = path.is_empty() && query.is_none() && !has_fragment;
        return nothing.then_some("has no host");
    }
    match host(authority) {
        None => Some("has a host with a character that no URI contains"),
        Some(Some(host)) if !is_known_host(host) => Some("has a host that Java does not accept"),
        Some(_) => None,
    }
}

/// The host of an authority; none where it is the name of a registry instead, to which less is
/// asked. Nothing where it is neither.
#[allow(clippy::option_option, reason = "malformed, and well-formed without a host")]
fn host(authority: &str) -> Option<Option<&str>> {
    let is_server = authority.bytes().all(|byte| is_server_character(byte) || !byte.is_ascii());
    // Java looks for a registry first, and stumbles over an escape before the first `[`.
    let before_bracket = authority.split(['[', ']']).next().unwrap_or_default();
    if has_broken_escape(before_bracket) {
        return None;
    }
    let is_registry = is_made_of(authority, is_registry_character);
    match server_host(authority).filter(|_| is_server) {
        None => is_registry.then_some(None),
        found => Some(found),
    }
}

/// `user@host:port` with a host name or an address.
fn server_host(authority: &str) -> Option<&str> {
    let (user, server) = match authority.split_once('@') {
        Some((user, server)) => (user, server),
        None => ("", authority),
    };
    is_made_of(user, is_user_character).then_some(())?;
    let end = if server.starts_with('[') {
        server.find(']')?.checked_add(1)?
    } else {
        server.find(':').unwrap_or(server.len())
    };
    let (host, port) = server.split_at_checked(end)?;
    (is_port(port) && is_host(host)).then_some(host)
}

fn is_port(text: &str) -> bool {
    let number = text.strip_prefix(':').unwrap_or(text);
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    text.is_empty()
        || (text.starts_with(':') && digits && (number.is_empty() || number.parse::<i32>().is_ok()))
}

fn is_host(host: &str) -> bool {
    match bracketed(host) {
        Some(address) => {
            let (address, scope) = split(address, '%');
            let in_scope = |byte: u8| byte.is_ascii_alphanumeric() || b"_.".contains(&byte);
            address.parse::<Ipv6Addr>().is_ok()
                && scope.is_none_or(|scope| !scope.is_empty() && scope.bytes().all(in_scope))
        }
        None => host.parse::<Ipv4Addr>().is_ok() || is_host_name(host),
    }
}

/// Labels of letters, digits and inner hyphens, a dot at the end allowed; the last of several begins
/// with a letter.
fn is_host_name(host: &str) -> bool {
    let labels = host.strip_suffix('.').unwrap_or(host).split('.').collect::<Vec<_>>();
    let is_label = |label: &&str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = labels.last().copied().unwrap_or_default();
    labels.iter().all(is_label)
        && (labels.len() == 1 || last.starts_with(|first: char| first.is_ascii_alphabetic()))
}

/// What is asked beyond `java.net.URI`: no dot at the end of a name, and no zone by the name of an
/// interface, which only some machines have.
fn is_known_host(host: &str) -> bool {
    match bracketed(host) {
        Some(address) => {
            split(address, '%').1.is_none_or(|zone| zone.bytes().all(|byte| byte.is_ascii_digit()))
        }
        None => !host.ends_with('.'),
    }
}

fn bracketed(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

/// The text before the first `mark`, and what follows it.
fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Whether all is such a character, an escape, or beyond ASCII.
fn is_made_of(text: &str, is_allowed: fn(u8) -> bool) -> bool {
    let allowed = |byte: u8| byte == b'%' || !byte.is_ascii() || is_allowed(byte);
    text.bytes().all(allowed) && !has_broken_escape(text)
}

/// A percent sign without two hexadecimal digits.
fn has_broken_escape(text: &str) -> bool {
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    text.split('%').skip(1).any(|rest| !is_escape(rest))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte)
}

fn is_uri_character(byte: u8) -> bool {
    is_unreserved(byte) || b";/?:@&=+$,[]".contains(&byte)
}

fn is_path_character(byte: u8) -> bool {
    is_unreserved(byte) || b":@&=+$,;/".contains(&byte)
}

fn is_user_character(byte: u8) -> bool {
    is_unreserved(byte) || b";:&=+$,".contains(&byte)
}

fn is_registry_character(byte: u8) -> bool {
    is_user_character(byte) || byte == b'@'
}

fn is_server_character(byte: u8) -> bool {
    is_registry_character(byte) || b"[]%".contains(&byte)
}
