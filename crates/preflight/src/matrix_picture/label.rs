//! Short names for files: as little of the path as tells them apart.

use std::collections::BTreeSet;

/// The last part of each path without its extension; with as many parts before it as are needed for
/// all to differ, and the whole paths where that does not help.
pub(super) fn short(paths: &[&str]) -> Vec<String> {
    for parts in 1..=MOST_PARTS {
        let labels = paths.iter().map(|path| tail(path, parts)).collect::<Vec<_>>();
        if labels.iter().collect::<BTreeSet<_>>().len() == labels.len() {
            return labels;
        }
    }
    paths.iter().map(|path| (*path).to_owned()).collect()
}

fn tail(path: &str, parts: usize) -> String {
    // The alias of one of several keys stands in brackets behind the file.
    let (file, alias) = match path.find(" (") {
        Some(at) => path.split_at(at),
        None => (path, ""),
    };
    let stem = match file.rsplit_once('.') {
        Some((stem, extension))
            if !extension.contains('/') && !stem.is_empty() && !stem.ends_with('/') =>
        {
            stem
        }
        _ => file,
    };
    let mut last = stem.rsplit('/').take(parts).collect::<Vec<_>>();
    last.reverse();
    format!("{}{alias}", last.join("/"))
}

const MOST_PARTS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_as_short_as_they_can_be() {
        #[track_caller]
        fn check(paths: &[&str], expected: &[&str]) {
            assert_eq!(short(paths), expected);
        }

        check(&["a/node1.p12", "b/node2.p12"], &["node1", "node2"]);
        check(&["a/node.p12", "b/node.p12"], &["a/node", "b/node"]);
        check(&["a.crt", "a.crt"], &["a.crt", "a.crt"]);
        check(&["s.p12 (one)", "s.p12 (two)"], &["s (one)", "s (two)"]);
        check(&["v1.2/node", "v1.2/.hidden"], &["node", ".hidden"]);
        check(&[], &[]);
    }
}
