//! The choices of a connection file: platforms, models, modes.

use std::fmt;

/// Declares an enum whose variants are words of the connection file.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word in a connection file.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().copied().find(|choice| choice.word() == text);
                found.ok_or_else(|| UnknownWord {
                    word: text.to_owned(),
                    known: Self::ALL.iter().map(|choice| choice.word()).collect(),
                })
            }
        }
    };
}

/// An unknown word.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{word}` is not one of {}", known.join(", "))]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// Those that are known.
    pub known: Vec<&'static str>,
}

choice! {
    /// Where a cluster runs.
    Platform {
        /// Elastic Cloud Enterprise.
        Ece = "ece",
        /// Elastic Cloud Hosted.
        Ech = "ech",
        /// Elastic Cloud on Kubernetes.
        Eck = "eck",
        /// A cluster whose `elasticsearch.yml` one edits oneself.
        SelfManaged = "self-managed",
    }
}

choice! {
    /// How the two clusters know each other.
    Model {
        /// By a cross-cluster API key.
        ApiKey = "api-key",
        /// By the certificates of their transport layers.
        Tls = "tls",
    }
}

choice! {
    /// How connections are opened.
    Mode {
        /// All to one address.
        Proxy = "proxy",
        /// To the addresses that the remote nodes publish.
        Sniff = "sniff",
    }
}

choice! {
    /// How much of the other side is let in.
    Accepts {
        /// Only the other cluster.
        Cluster = "cluster",
        /// Every cluster of its organization, environment or namespace.
        Scope = "scope",
    }
}

impl Platform {
    /// Whether it is a deployment of Elastic's control plane, hosted or installed.
    pub const fn is_cloud(self) -> bool {
        matches!(self, Self::Ece | Self::Ech)
    }

    /// Whether the documentation says how it signs requests.
    pub const fn has_documented_signing(self) -> bool {
        matches!(self, Self::Ech | Self::Eck | Self::SelfManaged)
    }

    /// Its name, for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ece => "Elastic Cloud Enterprise",
            Self::Ech => "Elastic Cloud Hosted",
            Self::Eck => "Elastic Cloud on Kubernetes",
            Self::SelfManaged => "self-managed",
        }
    }
}
