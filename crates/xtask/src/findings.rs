//! The pages of findings, `docs/findings/`: one for each family of codes, from the rules themselves.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use crosstrust_report::Rule;

use crate::pages::Pages;

/// Where the pages are.
pub(crate) const FOLDER: &str = "docs/findings";

/// All pages, and the one that lists them.
pub(crate) fn render() -> Result<Pages> {
    let mut families: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in crosstrust_cli::rules() {
        families.entry(rule.code.get(..2).unwrap_or_default()).or_default().push(rule);
    }
    let mut pages = Pages::new();
    let mut index = INDEX.to_owned();
    for (prefix, mut rules) in families {
        rules.sort_by_key(|rule| rule.code);
        let family = FAMILIES.iter().find(|family| family.prefix == prefix);
        let family = family.with_context(|| format!("`{prefix}` has no row in FAMILIES"))?;
        let Family { page, title, .. } = family;
        index += &format!("- [`{prefix}`: {title}]({page}.md), {} codes\n", rules.len());
        pages.insert(format!("{page}.md"), page_of(family, &rules));
    }
    pages.insert("README.md".to_owned(), index);
    Ok(pages)
}

/// The page of a family: a table of all codes, and then each at length.
fn page_of(family: &Family, rules: &[&Rule]) -> String {
    let Family { title, about, .. } = family;
    let mut text = format!("# {}\n\n{about}\n\n", capital(title));
    text += "`crosstrust explain CODE` prints the same. Codes keep their meaning and are never used again.\n\n";
    text += "| code | severity | what is wrong |\n|---|---|---|\n";
    for rule in rules {
        let anchor = rule.code.to_lowercase();
        let summary = cell(rule.summary);
        text += &format!("| [{}](#{anchor}) | {} | {summary} |\n", rule.code, rule.severity);
    }
    for rule in rules {
        text += &format!("\n## {}\n\n", rule.code);
        text += &format!("**{}** ({})\n\n", shown(rule.summary), rule.severity);
        text += &format!("{}\n\nWhat to do: {}.\n", shown(rule.explanation), shown(rule.help));
    }
    text
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    shown(text).replace('|', "\\|")
}

/// A text that holds `*`, `<` and `_` outside of backticks only as themselves.
fn shown(text: &str) -> String {
    let pieces = text.split('`').enumerate().map(|(number, piece)| {
        if number % 2 == 1 {
            return piece.to_owned();
        }
        piece.replace('*', "\\*").replace('<', "\\<")
    });
    pieces.collect::<Vec<_>>().join("`")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Codes that begin with the same two letters.
struct Family {
    prefix: &'static str,
    /// The name of its page.
    page: &'static str,
    title: &'static str,
    /// Where its findings come from.
    about: &'static str,
}

const FAMILIES: [Family; 4] = [
    Family {
        prefix: "PF",
        page: "preflight",
        title: "pre-flight findings",
        about: "What `crosstrust preflight` and `crosstrust report` say of certificates, their chains and their names: whether \
                Elasticsearch would accept them, and what will go wrong later or elsewhere.",
    },
    Family {
        prefix: "RC",
        page: "remote",
        title: "findings on remote clusters",
        about: "What `crosstrust remote check` says of a connection before it is made, and `crosstrust remote verify` afterwards.",
    },
    Family {
        prefix: "RO",
        page: "rotate",
        title: "findings on a CA that follows another",
        about: "What `crosstrust rotate plan` says of one CA that is to follow another: every state in between is tried.",
    },
    Family {
        prefix: "TR",
        page: "restrictions",
        title: "findings on trust restrictions",
        about: "What `crosstrust restrictions lint` says of a trust restrictions file.",
    },
];

const INDEX: &str =
    "# Findings\n\nEvery finding has a code. The first two letters say where it comes from:\n\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_those_of_the_rules() {
        crate::pages::check(FOLDER, &render().unwrap());
    }

    #[test]
    fn a_star_is_a_star() {
        assert_eq!(shown("write `*.a` for *, or a<b"), "write `*.a` for \\*, or a\\<b");
    }
}
