//! What a setting of a node takes: the kind of its value, as a word of the table says it, and whether a text is one.

mod address;
mod conditions;
mod number;
mod size;
mod text;
pub(crate) mod time;

pub(crate) use number::processors_of;
pub(crate) use size::Share;
pub(crate) use size::{bytes_of, share_of};

use number::{Decimals, Whole};

/// What becomes of a node with such a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Answer {
    /// It does not start, and why.
    Refused(String),
    /// It goes on.
    Taken,
    /// It is not known here.
    Unknown,
}

/// The releases that read values differently.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Release {
    /// Elasticsearch 8.19 and before.
    Before,
    /// Elasticsearch 9.5.
    Now,
}

/// The kind of a setting's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Any text.
    Any,
    /// A text without blanks at its ends.
    Attribute,
    /// No blank in it.
    Blankless,
    Boolean,
    Bytes(Whole),
    ClusterName,
    /// Times, in the notation of cron.
    Cron,
    /// These words, between bars, as they are written.
    Exactly(&'static str),
    /// A host of a cluster that monitors others.
    ExporterHost,
    /// A pattern with wildcards; what stands between slashes is a regular expression of Lucene's.
    Filter {
        is_filled: bool,
    },
    Float(Decimals),
    /// A name that TLS can name a server by.
    HostName,
    HostPort,
    /// Names of indices, with a sign before each.
    IndexPatterns,
    Integer(Whole),
    IpFilter,
    /// An address, or a pattern with wildcards.
    IpPattern,
    /// A regular expression of Java's.
    JavaRegex,
    /// These words, between bars, are taken; which others are is not known here.
    Known(&'static str),
    /// How much is logged.
    Level,
    Long(Whole),
    /// Bytes, or a part of the heap in percent.
    Memory,
    /// Where models of machine learning come from.
    ModelRepository,
    NotEmpty,
    /// These words, between bars, in any case.
    OneOf(&'static str),
    /// Bytes, a multiple of a page of memory.
    Pages,
    Ports,
    /// At most as many as the machine has.
    Processors,
    /// So many in a time, or this word.
    Rate(&'static str),
    /// A part, in percent or of 1.
    Ratio,
    /// When an index is followed by another.
    Rollover,
    /// Bytes, or a part of a disk.
    Share,
    /// A letter, then letters and digits.
    Suffix,
    Time(Whole),
    /// Which values it takes is not known here.
    Unknown,
    Uri,
    /// An address of the web with wildcards.
    UriPattern,
    /// Hosts and ports with wildcards, and not all of them.
    Whitelist,
}

impl Kind {
    /// The kind that a word of the table stands for: its name, and behind a colon its bounds or words.
    pub(crate) fn read(word: &'static str) -> Option<Self> {
        let (name, rest) = word.split_once(':').unwrap_or((word, ""));
        let whole = || Whole::read(rest);
        Some(match name {
            "any" => Self::Any,
            "attribute" => Self::Attribute,
            "blankless" => Self::Blankless,
            "boolean" => Self::Boolean,
            "bytes" => Self::Bytes(whole()?),
            "cluster-name" => Self::ClusterName,
            "cron" => Self::Cron,
            "exactly" => Self::Exactly(rest),
            "exporter-host" => Self::ExporterHost,
            "filter" => Self::Filter { is_filled: rest == "filled" },
            "float" => Self::Float(Decimals::read(rest)?),
            "host-name" => Self::HostName,
            "host-port" => Self::HostPort,
            "index-patterns" => Self::IndexPatterns,
            "integer" => Self::Integer(whole()?),
            "ip-filter" => Self::IpFilter,
            "ip-pattern" => Self::IpPattern,
            "java-regex" => Self::JavaRegex,
            "known" => Self::Known(rest),
            "level" => Self::Level,
            "long" => Self::Long(whole()?),
            "memory" => Self::Memory,
            "model-repository" => Self::ModelRepository,
            "not-empty" => Self::NotEmpty,
            "one-of" => Self::OneOf(rest),
            "pages" => Self::Pages,
            "ports" => Self::Ports,
            "processors" => Self::Processors,
            "rate" => Self::Rate(rest),
            "ratio" => Self::Ratio,
            "rollover" => Self::Rollover,
            "share" => Self::Share,
            "suffix" => Self::Suffix,
            "time" => Self::Time(whole()?),
            "unknown" => Self::Unknown,
            "uri" => Self::Uri,
            "uri-pattern" => Self::UriPattern,
            "whitelist" => Self::Whitelist,
            _ => return None,
        })
    }

    /// Whether it takes the name of any host, or any path.
    pub(crate) fn takes_names(self) -> bool {
        matches!(self, Self::Any | Self::Attribute | Self::ClusterName)
    }

    /// Whether a node of a release takes a text.
    pub(crate) fn answer(self, value: &str, release: Release) -> Answer {
        match self {
            Self::Any => Answer::Taken,
            Self::Boolean => text::boolean(value),
            Self::Bytes(bounds) => size::bytes(value, bounds, release),
            Self::Float(bounds) => number::float(value, bounds),
            Self::Integer(bounds) => number::integer(value, bounds),
            Self::Long(bounds) => number::long(value, bounds),
            Self::Memory => size::memory(value, release),
            Self::Pages => size::pages(value, release),
            Self::Processors => number::processors(value),
            Self::Rate(word) => time::rate(value, word),
            Self::Ratio => size::ratio(value),
            Self::Rollover => conditions::rollover(value, release),
            Self::Share => size::share(value, release),
            Self::Time(bounds) => time::time(value, bounds),
            Self::ExporterHost => address::exporter_host(value),
            Self::HostName => address::host_name(value),
            Self::HostPort => address::host_port(value),
            Self::IpFilter => address::ip_filter(value),
            Self::IpPattern => address::ip_pattern(value),
            Self::ModelRepository => address::model_repository(value),
            Self::Ports => address::ports(value),
            Self::Uri => address::uri(value),
            Self::UriPattern => address::uri_pattern(value),
            _ => self.answer_to_text(value),
        }
    }

    fn answer_to_text(self, value: &str) -> Answer {
        match self {
            Self::Attribute => text::attribute(value),
            Self::Blankless => text::blankless(value),
            Self::ClusterName => text::cluster_name(value),
            Self::Cron => conditions::cron(value),
            Self::Exactly(words) => text::exactly(value, words),
            Self::Filter { is_filled: true } if value.is_empty() => text::not_empty(value),
            Self::Filter { .. } => text::filter(value),
            Self::IndexPatterns => text::index_patterns(value),
            Self::JavaRegex => text::java_regex(value),
            Self::Known(words) => text::known(value, words),
            Self::Level => text::one_of(value.trim(), LEVELS),
            Self::NotEmpty => text::not_empty(value),
            Self::OneOf(words) => text::one_of(value, words),
            Self::Suffix => text::suffix(value),
            Self::Whitelist => text::whitelist(value),
            _ => Answer::Unknown,
        }
    }
}

/// How much is logged, between bars.
const LEVELS: &str = "all|critical|debug|error|fatal|info|off|trace|warn";

/// An answer that is a refusal with this message unless the value is right.
fn unless(is_right: bool, problem: impl FnOnce() -> String) -> Answer {
    if is_right { Answer::Taken } else { Answer::Refused(problem()) }
}

#[cfg(test)]
mod tests;
