//! The keys of an inventory: what each one is for and how it is written.

/// A key of a mapping.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What it says, for editors.
    pub(crate) about: &'static str,
    pub(crate) shape: Shape,
}

/// How a value is written.
pub(crate) enum Shape {
    /// One text.
    Text,
    /// One text, or a list of texts.
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, or a list of them.
    Words(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A mapping with these keys.
    Mapping(&'static [Key]),
    /// A mapping of names that the writer chooses, each to a mapping with these keys.
    Named(&'static [Key]),
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, about, shape }
}

/// The keys at the top.
pub(crate) const FILE: &[Key] =
    &[key("clusters", Shape::Named(CLUSTER), "The clusters, each by the name that commands take.")];

/// The keys of a cluster.
pub(crate) const CLUSTER: &[Key] = &[
    key(
        "nodes",
        Shape::Texts,
        "What its nodes present: files, folders, globs or ZIP archives of certificates and key stores.",
    ),
    key(
        "ca",
        Shape::Texts,
        "The CA certificates that its nodes trust: files or globs. Without it, the CAs beside its nodes.",
    ),
    key(
        "restrictions",
        Shape::Text,
        "Its trust restrictions file. Without it, the one in the folder of its nodes, if there is one.",
    ),
    key(
        "elasticsearch_yml",
        Shape::Texts,
        "The settings of its nodes: `preflight node` checks them, and the files that they name.",
    ),
    key(
        "x509_fields",
        Shape::Words(&["subjectAltName.otherName.commonName", "subjectAltName.dnsName"]),
        "The fields that its restrictions compare, as `trust_restrictions.x509_fields` has them.",
    ),
    key(
        "verification_mode",
        Shape::Word(&["full", "certificate", "none"]),
        "Its `xpack.security.transport.ssl.verification_mode`.",
    ),
    key("key", Shape::Text, "The private key of its one node, where it is in a file of its own."),
    key(
        "platform",
        Shape::Word(&["self-managed", "ech", "ece", "eck"]),
        "What runs it: self-managed, Elastic Cloud Hosted, Enterprise, or on Kubernetes.",
    ),
    key("version", Shape::Text, "Its version of Elasticsearch, such as 9.1.0."),
    key("passwords", Shape::Mapping(PASSWORDS), "Where the passwords of its files are."),
    key("expect", Shape::Mapping(EXPECT), "Who is meant to reach it."),
];

/// The keys of `passwords`.
pub(crate) const PASSWORDS: &[Key] = &[
    key("nodes", Shape::Mapping(PASSWORD), "The password of the files of its nodes."),
    key("ca", Shape::Mapping(PASSWORD), "The password of key stores of its CAs."),
];

/// The keys of a password, of which one is there.
pub(crate) const PASSWORD: &[Key] = &[
    key("file", Shape::Text, "A file that holds the password."),
    key("env", Shape::Text, "An environment variable that holds the password."),
];

/// The keys of `expect`.
pub(crate) const EXPECT: &[Key] = &[
    key("accepts", Shape::Texts, "The other clusters whose nodes it is meant to accept."),
    key("nobody_else", Shape::Flag, "Whether it is an error that it accepts any other cluster."),
];

/// The names of keys.
pub(crate) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
