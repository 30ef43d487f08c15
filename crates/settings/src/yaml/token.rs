//! The tokens that a YAML text is cut into.

use crate::cursor::Span;
use crate::event::Style;

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum TokenKind {
    Alias(String),
    Anchor,
    BlockEnd,
    BlockEntry,
    BlockMappingStart,
    BlockSequenceStart,
    DocumentEnd,
    DocumentStart,
    FlowEntry,
    FlowMappingEnd,
    FlowMappingStart,
    FlowSequenceEnd,
    FlowSequenceStart,
    Key,
    Scalar { text: String, style: Style },
    StreamEnd,
    Tag { handle: Option<String>, suffix: String },
    TagDirective { handle: String, prefix: String },
    UnknownDirective,
    Value,
    YamlDirective { major: u32 },
}

impl TokenKind {
    /// Whether the token is a `%` line.
    pub(super) fn is_directive(&self) -> bool {
        matches!(
            self,
            Self::TagDirective { .. } | Self::UnknownDirective | Self::YamlDirective { .. }
        )
    }

    /// What a person calls it.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Alias(_) => "an alias",
            Self::Anchor => "an anchor",
            Self::BlockEnd => "the end of a block",
            Self::BlockEntry | Self::BlockSequenceStart => "a list item",
            Self::BlockMappingStart | Self::Key => "a key",
            Self::DocumentEnd => "`...`",
            Self::DocumentStart => "`---`",
            Self::FlowEntry => "`,`",
            Self::FlowMappingEnd => "`}`",
            Self::FlowMappingStart => "`{`",
            Self::FlowSequenceEnd => "`]`",
            Self::FlowSequenceStart => "`[`",
            Self::Scalar { .. } => "text",
            Self::StreamEnd => "the end of the file",
            Self::Tag { .. } => "a tag",
            Self::TagDirective { .. } | Self::UnknownDirective | Self::YamlDirective { .. } => {
                "a `%` directive"
            }
            Self::Value => "`:`",
        }
    }
}
