//! What can be wrong with a settings file.

use std::fmt;

use crate::format::Format;
use crate::place::Excerpt;
use crate::place::Place;

/// Why Elasticsearch would not load a file, and where in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error(Box<Parts>);

/// Boxed, since errors are rare and results are handed around everywhere.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Parts {
    kind: ErrorKind,
    site: Option<(Place, Excerpt)>,
    /// The language of the file, whose remedies differ.
    format: Format,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, text: &str, place: Place) -> Self {
        let excerpt = Excerpt::around(text, place.start, place.end);
        Self(Box::new(Parts { kind, site: Some((place, excerpt)), format: Format::Yaml }))
    }

    pub(crate) fn of_file(kind: ErrorKind) -> Self {
        Self(Box::new(Parts { kind, site: None, format: Format::Yaml }))
    }

    /// The same of a file in some language.
    pub(crate) fn in_format(mut self, format: Format) -> Self {
        self.0.format = format;
        self
    }

    /// The language of the file.
    pub fn format(&self) -> Format {
        self.0.format
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where it stands, unless the file as a whole is at fault.
    pub fn place(&self) -> Option<Place> {
        self.0.site.as_ref().map(|(place, _)| *place)
    }

    /// The line it stands on, for a caret.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.0.site.as_ref().map(|(_, excerpt)| excerpt)
    }

    /// What a person can do about it, if that can be said.
    pub fn help(&self) -> Option<String> {
        self.0.kind.help(self.0.format)
    }

    /// The same without any text of a value, which may be a password.
    pub fn discreet(&self) -> Discreet {
        let kind = self.kind();
        let (message, help) = match kind {
            ErrorKind::Alias { indicator, .. } => (
                format!("a value begins with an unquoted `{indicator}`, a sign of YAML"),
                Some("write the value in single quotes".to_owned()),
            ),
            ErrorKind::Escape { .. } => {
                ("a backslash in double quotes begins no escape".to_owned(), self.help())
            }
            ErrorKind::Json { due, .. } => (format!("{due} is due"), self.help()),
            ErrorKind::Number { .. } => (
                "a value looks like a number to YAML, and cannot be read as one".to_owned(),
                self.help(),
            ),
            ErrorKind::TagHandle { .. } => {
                ("a value begins with an unquoted `!`, a sign of YAML".to_owned(), self.help())
            }
            kind => (kind.to_string(), self.help()),
        };
        Discreet { message, help }
    }
}

/// What is wrong with a file that may hold passwords, and what can be done about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Discreet {
    /// What is wrong.
    pub message: String,
    /// What a person can do about it, if that can be said.
    pub help: Option<String>,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place() {
            Some(Place { line, column, .. }) => {
                write!(formatter, "line {line}, column {column}: {}", self.kind())
            }
            None => self.kind().fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}

/// The kinds of faults for which Elasticsearch refuses a settings file.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A `*` or `&` that YAML takes as an alias or anchor, without a name that could be one.
    #[error("`{text}` is not quoted, so its `{indicator}` makes it a YAML {}", alias_or_anchor(*indicator))]
    Alias {
        /// The character: `*` or `&`.
        indicator: char,
        /// The item as it stands in the file.
        text: String,
    },
    /// A value tagged as binary data.
    #[error("a value is tagged as binary data")]
    BinaryValue,
    /// A block scalar (`|` or `>`) whose first line says something unknown.
    #[error("`{character}` stands after the `|` or `>` of a block of text")]
    BlockHeader {
        /// The character that does not belong there.
        character: char,
    },
    /// A control character, anywhere.
    #[error("the control character U+{code:04X} stands in the file")]
    ControlCharacter {
        /// Its code point.
        code: u32,
    },
    /// A `%` directive that YAML 1.1 does not know in this form.
    #[error("the `%` directive is not one of YAML 1.1")]
    Directive,
    /// A line `---` or `...` inside quoted text.
    #[error("a line `---` or `...` stands inside quoted text")]
    DocumentMarkerInQuotes,
    /// A key that stands twice in one mapping.
    #[error("the key `{key}` stands already on line {first_line}")]
    DuplicateKey {
        /// The key as written, without its parents.
        key: String,
        /// The line where it stands first, from 1.
        first_line: usize,
    },
    /// A document marker with nothing after it.
    #[error("the document is empty")]
    EmptyDocument,
    /// A backslash sequence that double-quoted text does not have.
    #[error("`{escape}` is not an escape of double-quoted text")]
    Escape {
        /// The backslash and what follows.
        escape: String,
    },
    /// Text that JSON's grammar does not allow.
    #[error("{found} stands where {due} is due")]
    Json {
        /// What is there.
        found: String,
        /// What JSON wants there.
        due: &'static str,
    },
    /// A mapping or a list as a key.
    #[error("a key is {found}, not text")]
    KeyNotText {
        /// What it is.
        found: Found,
    },
    /// A line where a key is due, and no colon behind it.
    #[error("a key is due here, and no `:` follows it")]
    KeyWithoutColon,
    /// Flattened keys that add up to too much.
    #[error("the keys, with their parents, add up to over {limit} bytes")]
    KeysTooLong {
        /// The bound of this reader.
        limit: usize,
    },
    /// A list item that is not text.
    #[error("a list item is {found}, not text")]
    ListItem {
        /// What it is.
        found: Found,
    },
    /// Half of a character that takes two `\u` escapes.
    #[error("`\\u{code:04x}` is one half of a character, and the other is not there")]
    LoneSurrogate {
        /// The code unit.
        code: u32,
    },
    /// Something that the structure of the document does not allow at this place.
    #[error("{found} stands where {due} is due")]
    Misplaced {
        /// What is there.
        found: &'static str,
        /// What could stand there.
        due: &'static str,
    },
    /// Numbered keys beside the key they would be folded into.
    #[error("`{key}` and `{key}.0` are both set")]
    MixedNumberedKeys {
        /// The key without number.
        key: String,
    },
    /// Anything after the first document.
    #[error("there is more after the first document")]
    MoreThanOneDocument,
    /// Mappings and lists within one another, past the bound.
    #[error("mappings and lists are nested more than {limit} deep")]
    NestedTooDeep {
        /// The bound, which is that of Elasticsearch's own parser.
        limit: usize,
    },
    /// Bytes that are not UTF-8.
    #[error("byte 0x{byte:02x} is not UTF-8")]
    NotUtf8 {
        /// The first such byte.
        byte: u8,
    },
    /// A value that is null.
    #[error("the value of `{key}` is null")]
    NullValue {
        /// The key, with its parents.
        key: String,
    },
    /// A number without digits, such as `0x_`.
    #[error("`{text}` looks like a number to YAML, and cannot be read as one")]
    Number {
        /// The number as written.
        text: String,
    },
    /// A number with more digits than the bound.
    #[error("a number has more than {limit} digits")]
    NumberTooLong {
        /// The bound, which is that of Elasticsearch's own parser.
        limit: usize,
    },
    /// A document that is not a mapping.
    #[error("the document is {found}, not a mapping of keys to values")]
    RootNotMapping {
        /// What it is.
        found: Found,
    },
    /// A tab where YAML allows only blanks.
    #[error("a tab stands where YAML allows only blanks")]
    Tab,
    /// A `!` that YAML takes as a tag, where no tag is meant.
    #[error("the tag that `!` begins is malformed")]
    Tag,
    /// A tag with a handle that no directive declares.
    #[error("the tag handle `{handle}` is not declared")]
    TagHandle {
        /// The handle.
        handle: String,
    },
    /// A file past the bound.
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The bound of this reader.
        limit: usize,
    },
    /// More values than the bound.
    #[error("the file has more than {limit} values")]
    TooManyValues {
        /// The bound of this reader.
        limit: usize,
    },
    /// A character that no value can begin with.
    #[error("`{character}` cannot begin an unquoted value")]
    UnexpectedCharacter {
        /// The character.
        character: char,
    },
    /// A file name whose end is not one of those Elasticsearch knows.
    #[error("the file name ends neither in `.yml` or `.yaml` nor in `.json`")]
    UnknownSuffix,
    /// Quoted text without its end.
    #[error("the text that `{quote}` begins has no closing `{quote}`")]
    UnclosedQuote {
        /// The quotation mark.
        quote: char,
    },
}

impl ErrorKind {
    /// What a person can do about it, if that can be said.
    pub fn help(&self, format: Format) -> Option<String> {
        if format == Format::Json
            && let Some(help) = self.json_help()
        {
            return Some(help.to_owned());
        }
        match self {
            Self::Alias { text, .. } => Some(format!("quote it: {}", crate::quote::quoted(text))),
            Self::Escape { .. } => Some(
                "write the item in single quotes, where a backslash is just a backslash".to_owned(),
            ),
            _ => self.fixed_help().map(str::to_owned),
        }
    }

    /// What is said of JSON alone.
    fn json_help(&self) -> Option<&'static str> {
        match self {
            Self::ControlCharacter { .. } => Some("remove it, or write it as an escape"),
            Self::Escape { .. } => Some("write two backslashes for each that is meant"),
            Self::Json { .. } | Self::LoneSurrogate { .. } | Self::UnclosedQuote { .. } => Some(
                "write keys and texts in double quotes, and a comma between values and nowhere else",
            ),
            Self::ListItem { found: Found::Null } => {
                Some("remove the empty item, or write it in double quotes")
            }
            Self::ListItem { .. } => Some("if it is meant as text, write it in double quotes"),
            Self::MoreThanOneDocument => Some("keep one object, and nothing after its `}`"),
            Self::EmptyDocument | Self::RootNotMapping { .. } => {
                Some("write an object: `{\"key\": \"value\"}`")
            }
            _ => None,
        }
    }

    fn fixed_help(&self) -> Option<&'static str> {
        match self {
            Self::ControlCharacter { .. } => {
                Some("remove it, or write it as an escape in double quotes")
            }
            Self::DuplicateKey { .. } => Some("keep one of the two"),
            Self::RootNotMapping { found: Found::List } => {
                Some("write keys with their values, `key: value`, or the list under its key")
            }
            Self::EmptyDocument => Some("remove the `---`, or write a key with its value after it"),
            Self::RootNotMapping { .. } => Some("write a key, a colon, a blank and a value"),
            Self::KeyWithoutColon => {
                Some("write a colon and a blank after the key, or remove the line")
            }
            Self::ListItem { found: Found::Null } => {
                Some("remove the empty item, or quote the word")
            }
            Self::Misplaced { .. } => Some("line up keys with keys and list items with list items"),
            Self::MixedNumberedKeys { .. } => Some("keep one of the two forms"),
            Self::MoreThanOneDocument => Some("keep one document, without `---` in between"),
            Self::NotUtf8 { .. } => Some("save the file as UTF-8"),
            Self::NullValue { .. } => Some("give it a value, or remove the key"),
            Self::ListItem { .. }
            | Self::Number { .. }
            | Self::UnexpectedCharacter { .. }
            | Self::Tag
            | Self::TagHandle { .. } => Some("if it is meant as text, write it in single quotes"),
            Self::Tab => Some("replace it by blanks"),
            Self::UnknownSuffix => Some("rename the file; case matters"),
            _ => None,
        }
    }
}

/// What stands where text should.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Found {
    /// An alias, `*name`.
    Alias,
    /// A list.
    List,
    /// A mapping.
    Mapping,
    /// Null: `null`, `~` or nothing at all.
    Null,
    /// A string, number or boolean.
    Text,
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Alias => "a YAML alias",
            Self::List => "a list",
            Self::Mapping => "a mapping",
            Self::Null => "null",
            Self::Text => "text",
        })
    }
}

fn alias_or_anchor(indicator: char) -> &'static str {
    if indicator == '*' {
        "alias, and no alias has such a name"
    } else {
        "anchor, and no anchor has such a name"
    }
}
