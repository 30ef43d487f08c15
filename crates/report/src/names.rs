//! What nodes and files are called where there is room for a word only.

use std::collections::{BTreeMap, BTreeSet};

/// A short name for each path: that of the file, where these differ; else what differs in the path.
pub fn short_names<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let paths: BTreeSet<&str> = paths.into_iter().collect();
    let named = |name: &dyn Fn(&str) -> String| {
        let names: BTreeMap<&str, String> = paths.iter().map(|path| (*path, name(path))).collect();
        let different: BTreeSet<&String> = names.values().collect();
        let told_apart =
            different.len() == names.len() && names.values().all(|name| !name.is_empty());
        told_apart.then_some(names)
    };
    let (before, after) = common(&paths);
    named(&|path| stem(path).to_owned())
        .or_else(|| named(&|path| inner(path, before, after)))
        .unwrap_or_else(|| paths.iter().map(|path| (*path, (*path).to_owned())).collect())
}

/// The name of a file without the ending that its kind has.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    ending.filter(|stem| !stem.is_empty()).unwrap_or(name)
}

/// How many parts all paths begin and end with.
fn common(paths: &BTreeSet<&str>) -> (usize, usize) {
    let mut all = paths.iter();
    let Some(first) = all.next() else { return (0, 0) };
    let (mut before, mut after) = (usize::MAX, usize::MAX);
    for path in all {
        let same = |(one, other): &(&str, &str)| one == other;
        before = before.min(first.split('/').zip(path.split('/')).take_while(same).count());
        after = after.min(first.rsplit('/').zip(path.rsplit('/')).take_while(same).count());
    }
    (before, after)
}

/// A path without the parts that all have.
fn inner(path: &str, before: usize, after: usize) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let end = parts.len().saturating_sub(after);
    parts.get(before..end).unwrap_or_default().join("/")
}

/// Endings that say what a file is, and not whose.
const ENDINGS: [&str; 10] =
    [".crt", ".pem", ".p12", ".pfx", ".cer", ".der", ".jks", ".yml", ".yaml", ".json"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_no_two_are_the_same() {
        #[track_caller]
        fn check(paths: &[&str], expected: &[&str]) {
            let names = short_names(paths.iter().copied());
            let found: Vec<&str> = paths.iter().map(|path| names[path].as_str()).collect();
            assert_eq!(found, expected);
        }

        check(&["certs/node-01/node-01.crt", "certs/node-02/node-02.crt"], &["node-01", "node-02"]);
        check(&["a/elasticsearch.yml", "b/elasticsearch.yml"], &["a", "b"]);
        check(&["x/a/es/node.p12", "x/b/es/node.p12"], &["a", "b"]);
        check(
            &["a/node.p12", "b/node.p12", "b/other.p12"],
            &["a/node.p12", "b/node.p12", "b/other.p12"],
        );
        check(&["a.crt", "a.pem"], &["a.crt", "a.pem"]);
        check(
            &["node1.example.com", "node2.example.com"],
            &["node1.example.com", "node2.example.com"],
        );
        check(&["es1:9300"], &["es1:9300"]);
        check(&["a/b.crt", "b.crt"], &["a/b.crt", "b.crt"]);
    }
}
