//! Which settings hold a secret, by their names, and which other texts may have one in them.

/// Whether a setting of this name holds a secret, such as a password: the last part of the name says so, but for
/// the numbers of a list's items.
pub fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = name.rsplit('.').skip_while(|part| is_number(part));
    let (last, above) = (parts.next().unwrap_or_default(), parts.next());
    if last == "key" {
        // Beside a certificate, a key is the path of a file.
        return above.is_none_or(|above| !["ssl", "signing", "encryption"].contains(&above));
    }
    let words: Vec<&str> = last.split('_').collect();
    let ends = words.last().is_some_and(|word| *word == "key" || LAST.contains(word));
    ends || last.starts_with("secure_") || words.iter().any(|word| ANYWHERE.contains(word))
}

/// Whether a comment may hold a secret: it has the name of a setting that does, or speaks of one, or has an address
/// with a password.
pub fn may_hold_secret(comment: &str) -> bool {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    let words = comment.split(|c| !is_of_name(c)).map(|word| word.trim_matches('.'));
    let mut before = "";
    words.filter(|word| !word.is_empty()).any(|word| {
        let is_key = word.eq_ignore_ascii_case("key");
        let found = if is_key { before.eq_ignore_ascii_case("api") } else { is_secret(word) };
        before = word;
        found
    }) || has_password(comment)
}

/// Whether a text has an address with a password in it, as in `https://user:password@host`.
pub fn has_password(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || "/?#\"'".contains(c);
    let mut addresses = text.split("://").skip(1);
    addresses.any(|rest| rest.split(ends).next().is_some_and(|authority| authority.contains('@')))
}

/// A text without what has a password in its addresses: of `https://user:password@host`, `https://…@host` is left.
pub fn without_passwords(text: &str) -> String {
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        let authority = rest.split(|c: char| c.is_whitespace() || "/?#\"'`".contains(c)).next();
        let user = authority.and_then(|authority| authority.rfind('@'));
        out.push_str("://");
        match user.and_then(|end| rest.get(end..)) {
            Some(host) => {
                out.push('…');
                out.push_str(host);
            }
            None => out.push_str(rest),
        }
    }
    out
}

/// What the last part of the name of a secret ends with.
const LAST: [&str; 6] = ["credential", "credentials", "jwkset", "pass", "seed", "token"];
/// What stands anywhere in the last part of the name of a secret.
const ANYWHERE: [&str; 5] = ["passphrase", "passwd", "password", "pwd", "secret"];

#[cfg(test)]
mod tests {
    use super::{has_password, is_secret, may_hold_secret};

    /// The names are those of Elasticsearch's secure settings and of the older ones in clear text.
    #[test]
    fn secrets_are_told_by_the_last_part_of_a_name() {
        for name in [
            "autoconfiguration.password_hash",
            "azure.client.default.key",
            "azure.client.default.sas_token",
            "bootstrap.password",
            "cluster.remote.east.credentials",
            "keystore.seed",
            "s3.client.default.access_key",
            "s3.client.default.secret_key",
            "xpack.http.ssl.keystore.password",
            "xpack.monitoring.exporters.my.auth.password",
            "xpack.notification.slack.account.monitoring.secure_url",
            "xpack.security.authc.realms.jwt.j.client_authentication.shared_secret",
            "xpack.security.authc.realms.jwt.j.hmac_jwkset",
            "xpack.security.authc.realms.jwt.j.hmac_key",
            "xpack.security.authc.realms.ldap.l.bind_password",
            "xpack.security.authc.realms.oidc.o.rp.client_secret",
            "xpack.security.transport.ssl.key_passphrase",
            "xpack.watcher.encryption_key",
            "own.passwords.password.0",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "cluster.remote.east.signing.key",
            "http.cors.allow-credentials",
            "xpack.security.authc.api_key.enabled",
            "xpack.security.authc.password_hashing.algorithm",
            "xpack.security.authc.realms.ldap.secret.order",
            "xpack.security.authc.realms.oidc.o.op.token_endpoint",
            "xpack.security.authc.realms.saml.s.encryption.key",
            "xpack.security.authc.token.enabled",
            "xpack.security.transport.ssl.key",
            "xpack.security.transport.ssl.keystore.path",
            "0",
            "",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn comments_are_searched_for_what_may_be_a_secret() {
        for comment in [
            "# the password is x",
            "#xpack.security.http.ssl.keystore.password: x",
            "# x is the old Password",
            "# KEYSTORE_PASSWORD=x",
            "# API key: x",
            "# https://elastic:x@es.example.com",
        ] {
            assert!(may_hold_secret(comment), "{comment}");
        }
        for comment in [
            "#xpack.security.authc.token.enabled: true",
            "# keys are in /etc/ssl/private",
            "# the key of the node",
            "# https://www.elastic.co/guide",
            "#",
        ] {
            assert!(!may_hold_secret(comment), "{comment}");
        }
    }

    #[test]
    fn addresses_may_hold_a_password() {
        assert!(has_password("http://a:b@c, https://d"));
        assert!(!has_password("https://c/@x ops@example.com"));
    }
}
