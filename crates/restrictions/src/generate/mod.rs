//! Writes a trust restrictions file that lets in the own cluster first, then others.

mod error;
mod grant;

use std::collections::BTreeSet;

use crosstrust_pattern::Pattern;

pub use error::GenerateError;
pub use grant::Grant;
pub use grant::literal_pattern;

use crate::restrictions::Restrictions;
use crate::rules::copied_along;
use crosstrust_settings::quoted;

/// What a new trust restrictions file shall say.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Generator {
    own_certificates: Vec<Holder>,
    known_certificates: Vec<Holder>,
    own_patterns: Vec<String>,
    grants: Vec<Grant>,
}

/// A certificate, by the names of it that are compared.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Holder {
    label: String,
    names: Vec<String>,
}

/// A new trust restrictions file.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The text of the file, in YAML.
    pub text: String,
    /// What the text means, read back.
    pub restrictions: Restrictions,
    /// For each certificate that was given whether it is let in, own certificates first.
    pub admissions: Vec<Admission>,
}

/// Whether a certificate is let in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Admission {
    /// What the certificate was called when it was given.
    pub certificate: String,
    /// The name and the pattern that let it in, if it is let in.
    pub matched: Option<(String, String)>,
}

impl Generator {
    /// A file that says nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets in a certificate of the own cluster, with all nodes of its cluster if its names follow a
    /// naming that tells the cluster. `names` are those that are compared.
    #[must_use]
    pub fn own_certificate(mut self, label: &str, names: Vec<String>) -> Self {
        self.own_certificates.push(Holder { label: label.to_owned(), names });
        self
    }

    /// Lets in the own cluster by a pattern.
    #[must_use]
    pub fn own_pattern(mut self, pattern: &str) -> Self {
        self.own_patterns.push(pattern.to_owned());
        self
    }

    /// Has a certificate judged that the file itself does not speak of.
    #[must_use]
    pub fn known_certificate(mut self, label: &str, names: Vec<String>) -> Self {
        self.known_certificates.push(Holder { label: label.to_owned(), names });
        self
    }

    /// Lets in somebody else.
    #[must_use]
    pub fn trust(mut self, grant: Grant) -> Self {
        self.grants.push(grant);
        self
    }

    /// Writes the file, reads it back and judges the certificates by it.
    ///
    /// # Errors
    ///
    /// Whatever would make the file useless or dangerous: an invalid pattern, no own cluster, or an
    /// own certificate that the file would not let in.
    pub fn write(&self) -> Result<Generated, GenerateError> {
        let groups = self.groups()?;
        let text = write_groups(&groups);
        let restrictions =
            Restrictions::parse("trust.yml", text.as_bytes()).map_err(GenerateError::Unreadable)?;
        let wanted = groups.iter().flat_map(|group| &group.patterns);
        if !wanted.eq(restrictions.items().iter().map(|item| &item.text)) {
            return Err(GenerateError::Unfaithful);
        }
        for Holder { label, names } in &self.own_certificates {
            if restrictions.judge(names).is_none() {
                let (certificate, names) = (label.clone(), names.clone());
                return Err(GenerateError::LockedOut { certificate, names });
            }
        }
        let admissions = self.own_certificates.iter().chain(&self.known_certificates);
        let admissions = admissions.map(|holder| holder.admission(&restrictions)).collect();
        Ok(Generated { text, restrictions, admissions })
    }

    /// The patterns of the file, each once, under the comment that says what they are for.
    fn groups(&self) -> Result<Vec<Group>, GenerateError> {
        let mut groups = vec![Group { comment: "own cluster".to_owned(), patterns: Vec::new() }];
        let mut seen = BTreeSet::new();
        for pattern in self.own()? {
            add(&mut groups, &mut seen, "own cluster", pattern);
        }
        for grant in &self.grants {
            add(&mut groups, &mut seen, &grant.comment(), grant.pattern_text());
        }
        Ok(groups)
    }

    fn own(&self) -> Result<Vec<String>, GenerateError> {
        let mut patterns = Vec::new();
        for pattern in &self.own_patterns {
            parsed(pattern)?;
            patterns.push(pattern.clone());
        }
        let given = !patterns.is_empty();
        for Holder { label, names } in &self.own_certificates {
            if names.iter().all(String::is_empty) {
                return Err(GenerateError::Nameless { certificate: label.clone() });
            }
            // Where patterns are given, certificates only put them to the test.
            for name in names.iter().filter(|name| !given && !name.is_empty()) {
                patterns.push(grant::pattern_of(name)?);
            }
        }
        if patterns.is_empty() { Err(GenerateError::NoOwnCluster) } else { Ok(patterns) }
    }
}

impl Holder {
    fn admission(&self, restrictions: &Restrictions) -> Admission {
        let Self { label, names } = self;
        let matched = restrictions.judge(names).and_then(|found| {
            let item = restrictions.items().get(found.pattern)?;
            Some((found.name.to_owned(), item.text.clone()))
        });
        Admission { certificate: label.clone(), matched }
    }
}

/// Patterns under one comment.
#[derive(Clone, Debug)]
struct Group {
    comment: String,
    patterns: Vec<String>,
}

fn add(groups: &mut Vec<Group>, seen: &mut BTreeSet<String>, comment: &str, pattern: String) {
    if !seen.insert(pattern.clone()) {
        return;
    }
    match groups.last_mut() {
        Some(group) if group.comment == comment => group.patterns.push(pattern),
        _ => groups.push(Group { comment: comment.to_owned(), patterns: vec![pattern] }),
    }
}

fn write_groups(groups: &[Group]) -> String {
    let mut text = String::from(HEAD);
    for Group { comment, patterns } in groups {
        text.push_str("  # ");
        text.push_str(comment);
        text.push('\n');
        for pattern in patterns {
            text.push_str("  - ");
            text.push_str(&quoted(pattern));
            text.push('\n');
        }
    }
    text
}

/// A pattern that Elasticsearch takes and that lets somebody in, or the reason why it is not one.
pub(crate) fn parsed(pattern: &str) -> Result<Pattern, GenerateError> {
    if pattern.is_empty() {
        return Err(GenerateError::EmptyPattern);
    }
    let invalid = |reason| GenerateError::Pattern { pattern: pattern.to_owned(), reason };
    let parsed = Pattern::parse(pattern).map_err(invalid)?;
    if parsed.is_empty() {
        return Err(GenerateError::MatchesNothing { pattern: pattern.to_owned() });
    }
    if let Some(problem) = copied_along(pattern) {
        return Err(GenerateError::CopiedAlong { pattern: pattern.to_owned(), problem });
    }
    Ok(parsed)
}

/// How each file begins.
const HEAD: &str = "\
# Node certificates that this cluster trusts: a certificate is let in when one of its
# names matches one of these patterns. The own cluster must be among them.
trust.subject_name:
";

#[cfg(test)]
mod tests;
