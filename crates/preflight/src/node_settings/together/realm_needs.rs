//! What a realm needs by its type, without which it is not made and the node ends.

use crate::node_settings::Subject;

use super::realm::Realm;

/// The first thing that a realm lacks, or that contradicts another.
pub(super) fn problem(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let is_set = |name: &str| subject.is_set(&realm.key(name));
    let needed = NEEDED.iter().find(|(kind, name)| realm.kind == *kind && !is_set(name));
    if let Some((kind, name)) = needed {
        return Some(format!("a realm of type `{kind}` needs `{}`", realm.key(name)));
    }
    let of_kind = match realm.kind {
        "ldap" => addresses(subject, realm).or_else(|| users(subject, realm)),
        "active_directory" => addresses(subject, realm),
        "jwt" => subjects(subject, realm),
        "oidc" => endpoint(subject, realm).or_else(|| tokens(subject, realm)),
        "pki" => names(subject, realm),
        "saml" => tokens(subject, realm),
        _ => None,
    };
    of_kind.or_else(|| pattern(subject, realm))
}

/// Addresses of directories are all of `ldap://` or all of `ldaps://`.
fn addresses(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let key = realm.key("url");
    let all = subject.items_of(&key).unwrap_or_default();
    let begin = |scheme: &str| all.iter().all(|one| one.to_lowercase().starts_with(scheme));
    if all.is_empty() {
        return (realm.kind == "ldap").then(|| format!("a realm of type `ldap` needs `{key}`"));
    }
    (!begin("ldap:") && !begin("ldaps:"))
        .then(|| format!("`{key}` has to be of `ldap://` or `ldaps://`, one of both throughout"))
}

/// Users of a directory are searched, or their names are made of a template.
fn users(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let template = realm.key("user_dn_templates");
    let base = realm.key("user_search.base_dn");
    let has_template = subject.is_set(&template);
    let is_searched = SEARCH.iter().any(|name| subject.is_set(&realm.key(name)));
    match (has_template, is_searched) {
        (true, true) => Some(format!("`{template}` is nothing beside `user_search`")),
        (false, false) => Some(format!("a realm of type `ldap` needs `{base}` or `{template}`")),
        (false, true) if !subject.is_set(&base) => Some(format!("`user_search` needs `{base}`")),
        _ => None,
    }
}

/// Whom tokens for access may be about is said.
fn subjects(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let (kind, all) = (realm.key("token_type"), realm.key("allowed_subjects"));
    let is_access = subject.text_of(&kind)?.eq_ignore_ascii_case("access_token");
    let is_said = subject.is_set(&all) || subject.is_set(&realm.key("allowed_subject_patterns"));
    (is_access && !is_said).then(|| format!("`{kind}: access_token` needs `{all}`"))
}

/// Codes are exchanged for tokens somewhere.
fn endpoint(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let (kind, endpoint) = (realm.key("rp.response_type"), realm.key("op.token_endpoint"));
    let is_missing = subject.is(&kind, "code") && !subject.is_set(&endpoint);
    is_missing.then(|| format!("`{kind}: code` needs `{endpoint}`"))
}

/// Tokens are given out by HTTPS alone, unless they are switched on.
fn tokens(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let is_on = if subject.is_set(TOKENS) {
        !subject.is(TOKENS, "false")
    } else {
        subject.is(HTTPS, "true")
    };
    (!is_on).then(|| format!("a realm of type `{}` needs `{TOKENS}` or `{HTTPS}`", realm.kind))
}

/// How users are called by their certificates, and whom a proxy may vouch for.
fn names(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let (by_name, by_number) = (realm.key("username_rdn_name"), realm.key("username_rdn_oid"));
    if subject.is_set(&by_name) && subject.is_set(&by_number) {
        return Some(format!("`{by_name}` is nothing beside `{by_number}`"));
    }
    let delegates = realm.key("delegation.enabled");
    if !subject.is(&delegates, "true") {
        return None;
    }
    let has_trust = ["certificate_authorities", "truststore.path"]
        .iter()
        .any(|name| subject.is_set(&realm.key(name)));
    if !has_trust {
        return Some(format!("`{delegates}` needs `{}`", realm.key("truststore.path")));
    }
    tokens(subject, realm)
}

/// A pattern is nothing without the claim or attribute that it is for.
fn pattern(subject: &Subject<'_>, realm: &Realm<'_>) -> Option<String> {
    let kinds = [("claim_patterns", "claims"), ("attribute_patterns", "attributes")];
    let pairs = kinds.iter().flat_map(|(pattern, claim)| {
        CLAIMS.map(|name| {
            (realm.key(&format!("{pattern}.{name}")), realm.key(&format!("{claim}.{name}")))
        })
    });
    let mut alone =
        pairs.filter(|(pattern, claim)| subject.is_set(pattern) && !subject.is_set(claim));
    alone.next().map(|(pattern, claim)| format!("`{pattern}` is nothing without `{claim}`"))
}

const TOKENS: &str = "xpack.security.authc.token.enabled";

const HTTPS: &str = "xpack.security.http.ssl.enabled";

const CLAIMS: [&str; 5] = ["dn", "groups", "mail", "name", "principal"];

/// With one of these, users are searched.
const SEARCH: [&str; 5] = [
    "user_search.attribute",
    "user_search.base_dn",
    "user_search.filter",
    "user_search.pool.enabled",
    "user_search.scope",
];

/// By the type of the realm.
const NEEDED: [(&str, &str); 17] = [
    ("active_directory", "domain_name"),
    ("jwt", "allowed_audiences"),
    ("jwt", "allowed_issuer"),
    ("jwt", "claims.principal"),
    ("kerberos", "keytab.path"),
    ("oidc", "claims.principal"),
    ("oidc", "op.authorization_endpoint"),
    ("oidc", "op.issuer"),
    ("oidc", "op.jwkset_path"),
    ("oidc", "rp.client_id"),
    ("oidc", "rp.redirect_uri"),
    ("oidc", "rp.response_type"),
    ("saml", "attributes.principal"),
    ("saml", "idp.entity_id"),
    ("saml", "idp.metadata.path"),
    ("saml", "sp.acs"),
    ("saml", "sp.entity_id"),
];
