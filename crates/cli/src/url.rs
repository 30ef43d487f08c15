//! Addresses as people copy them: host and port, a host alone, or a URL.

use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;

use crate::network::Address;

/// An endpoint as it is written, whose port may be left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Endpoint {
    host: String,
    port: Option<u16>,
}

/// `https://HOST[:PORT][/PATH]`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Url {
    /// Host and port.
    pub(crate) address: Address,
    /// What stands before the paths of Elasticsearch, without a slash at its end.
    pub(crate) prefix: String,
}

impl Endpoint {
    /// Host and port; this one where none is written.
    pub(crate) fn at(&self, port: u16) -> Address {
        Address { host: self.host.clone(), port: self.port.unwrap_or(port) }
    }
}

/// `HOST`, `HOST:PORT` or a URL.
impl FromStr for Endpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains("://") {
            let Address { host, port } = text.parse::<Url>()?.address;
            return Ok(Self { host, port: Some(port) });
        }
        let is_address = text.starts_with('[') && text.ends_with(']');
        if is_address || !text.contains(':') {
            // Any port will do: it is not kept.
            let Address { host, .. } = format!("{text}:1").parse()?;
            return Ok(Self { host, port: None });
        }
        let Address { host, port } = text.parse()?;
        Ok(Self { host, port: Some(port) })
    }
}

/// What is wrong is told without the text, in which a password may stand.
impl FromStr for Url {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err("not a URL: one begins with https://".to_owned());
        };
        if !scheme.eq_ignore_ascii_case("https") {
            return Err(
                "the URL does not begin with https://, and without TLS there is nothing to judge"
                    .to_owned(),
            );
        }
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err("the URL has a user name in it, which is not sent; leave it out".to_owned());
        }
        let plain = |c: char| c.is_ascii_graphic() && !"?#\"<>\\^`{|}".contains(c);
        if !path.chars().all(plain) {
            return Err(
                "the URL has a query or a fragment, or characters that no path has".to_owned()
            );
        }
        let has_port = !authority.ends_with(']') && authority.contains(':');
        let address =
            if has_port { authority.parse() } else { format!("{authority}:{HTTPS}").parse() };
        Ok(Self { address: address?, prefix: path.trim_end_matches('/').to_owned() })
    }
}

/// Without a password, since none is taken.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}{}", self.address, self.prefix)
    }
}

/// A text about a line, without what may be a password in its words.
pub(crate) fn without_secrets(text: String, line: &[OsString]) -> String {
    let words = line.iter().filter_map(|word| word.to_str());
    // A value may stand behind the name of its option.
    let parts = words.flat_map(|word| [Some(word), word.split_once('=').map(|(_, value)| value)]);
    let secret = |word: &str| Some((word.to_owned(), without_secret(word)?));
    let mut secrets: Vec<_> = parts.flatten().filter_map(secret).collect();
    // One may be the beginning of another.
    secrets.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    secrets.iter().fold(text, |text, (word, hidden)| text.replace(word, hidden))
}

/// A word of the command line that was refused, without what may be a password in it.
fn without_secret(word: &str) -> Option<String> {
    let (scheme, rest) = match word.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), word),
    };
    match rest.rsplit_once('@') {
        Some((_, host)) => Some(format!("{scheme}\u{2026}@{host}")),
        None if !scheme.is_empty() && word.parse::<Url>().is_err() => {
            Some(format!("{scheme}\u{2026}"))
        }
        None => None,
    }
}

/// The port of a URL that has none.
const HTTPS: u16 = 443;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_host_a_host_and_port_or_a_url() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            let found = text.parse::<Endpoint>().ok().map(|one| one.at(9300).to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }

        check("node1", Some("node1:9300"));
        check("192.0.2.1", Some("192.0.2.1:9300"));
        check("node1:9443", Some("node1:9443"));
        check("[2001:db8::1]", Some("[2001:db8::1]:9300"));
        check("[2001:db8::1]:9400", Some("[2001:db8::1]:9400"));
        check("https://node1:9200", Some("node1:9200"));
        check("HTTPS://node1/", Some("node1:443"));
        check("https://[2001:db8::1]/a/b", Some("[2001:db8::1]:443"));
        for refused in
            ["", ":1", "2001:db8::1", "node1:0", "node1:x", "http://node1", "node1/a", "https://"]
        {
            check(refused, None);
        }
    }

    #[test]
    fn a_word_is_told_without_its_password() {
        #[track_caller]
        fn check(word: &str, expected: Option<&str>) {
            assert_eq!(without_secret(word).as_deref(), expected, "{word}");
        }

        check("https://u:secret@node1:1", Some("https://\u{2026}@node1:1"));
        check("https://u:se@cret@node1", Some("https://\u{2026}@node1"));
        check("u:secret@node1:1", Some("\u{2026}@node1:1"));
        check("https://node1:secret:1", Some("https://\u{2026}"));
        check("https://node1:9200", None);
        check("node1:x", None);
    }

    #[test]
    fn a_url_keeps_its_path_and_no_password() {
        #[track_caller]
        fn check(text: &str, expected: Result<&str, &str>) {
            match (text.parse::<Url>(), expected) {
                (Ok(url), Ok(expected)) => assert_eq!(url.to_string(), expected, "{text}"),
                (Err(error), Err(expected)) => {
                    assert!(error.contains(expected), "{text}: {error}");
                    assert!(!error.contains("secret"), "{error}");
                }
                (found, _) => panic!("{text}: {found:?}"),
            }
        }

        check("https://es.example.com", Ok("https://es.example.com:443"));
        check("https://es.example.com:9200/", Ok("https://es.example.com:9200"));
        check("https://proxy/es/one/", Ok("https://proxy:443/es/one"));
        check("https://elastic:secret@node1:9200", Err("user name"));
        check("http://node1:9200", Err("https://"));
        check("node1:9200", Err("https://"));
        check("https://node1/?a=secret", Err("query"));
        check("https://elastic:secret:9200", Err("HOST:PORT"));
        check("https://elastic:secret", Err("port"));
        check("https://node\n1:9200", Err("host"));
        check("https://node1:+9200", Err("port"));
        check("https://node1/a\r\nX: secret", Err("characters"));
    }
}
