//! Trust restrictions, ready to judge names.

use crosstrust_pattern::Matcher;
use crosstrust_pattern::Pattern;

use crate::error::Error;
use crate::error::InvalidPattern;
use crate::loaded::IgnoredKey;
use crate::loaded::Loaded;
use crate::nearest::Nearest;
use crosstrust_settings::Excerpt;
use crosstrust_settings::Item;

/// What a trust restrictions file means to Elasticsearch.
///
/// A certificate is trusted when one of its names matches one of the patterns. With no pattern,
/// none is, that of the node itself included.
#[derive(Clone, Debug)]
pub struct Restrictions {
    text: String,
    items: Vec<Item>,
    patterns: Vec<Pattern>,
    matcher: Matcher,
    ignored_keys: Vec<IgnoredKey>,
}

/// The reason why a certificate is trusted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Match<'a> {
    /// The name of the certificate that matches.
    pub name: &'a str,
    /// The position of the pattern in the file's list, from 0.
    pub pattern: usize,
}

impl Restrictions {
    /// Reads a file as Elasticsearch does, patterns and all.
    ///
    /// Takes the name of the file, whose end decides between YAML and JSON, and its bytes.
    ///
    /// # Errors
    ///
    /// Whatever keeps a node with this file from starting, with its place.
    pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Self, Error> {
        Self::compile(Loaded::parse(file_name, bytes)?)
    }

    /// Builds the patterns of a file that is read already.
    ///
    /// # Errors
    ///
    /// [`Error::Pattern`] for the first invalid pattern, with its place.
    pub fn compile(loaded: Loaded) -> Result<Self, Error> {
        let patterns = valid_patterns(&loaded)?;
        let text = loaded.text().to_owned();
        let (items, ignored_keys) = loaded.into_parts();
        let matcher = Matcher::new(&patterns);
        Ok(Self { text, items, patterns, matcher, ignored_keys })
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The items of the list, with their places, in the order Elasticsearch has them.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The pattern of each item.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The keys of the file that Elasticsearch reads over, in file order.
    pub fn ignored_keys(&self) -> &[IgnoredKey] {
        &self.ignored_keys
    }

    /// Judges a certificate by its names: the first pattern of the file that matches one of them.
    pub fn judge<'a, S: AsRef<str>>(&self, names: &'a [S]) -> Option<Match<'a>> {
        names
            .iter()
            .map(AsRef::as_ref)
            .filter_map(|name| {
                let pattern = self.matcher.first_match(name)?;
                Some(Match { name, pattern })
            })
            .min_by_key(|found| found.pattern)
    }

    /// The pattern that comes nearest to one of the names of a rejected certificate.
    ///
    /// It looks at each pattern with each name, so it is for explaining some verdicts, not all.
    pub fn nearest<S: AsRef<str>>(&self, names: &[S]) -> Option<Nearest> {
        Nearest::find(&self.patterns, names)
    }
}

/// The patterns of a file, or the error of the first that is invalid.
pub(crate) fn valid_patterns(loaded: &Loaded) -> Result<Vec<Pattern>, Error> {
    let items = loaded.items();
    let parsed = items.iter().zip(Pattern::parse_all(items));
    parsed.map(|(item, pattern)| pattern.map_err(|e| invalid(item, loaded.text(), e))).collect()
}

/// The error for an item that is no pattern; the text of the file tells where in it a fault is.
fn invalid(item: &Item, text: &str, reason: crosstrust_pattern::Error) -> Error {
    let place = item.character(text, reason.offset);
    let excerpt = Excerpt::around(text, place.start, place.end);
    let pattern = item.text.clone();
    Error::Pattern(Box::new(InvalidPattern { pattern, reason, place, excerpt }))
}
