//! Files that import each other in a circle.

use std::collections::BTreeSet;

use super::crate_files::Imports;

/// The groups of files of which each imports every other one, be it through third ones.
///
/// A `mod.rs` which holds what the files of its folder share, and calls them, is ordinary Rust: a
/// group is none if it falls apart without the `mod.rs` of the one folder that holds all of it.
pub(super) fn circles(imports: &Imports) -> Vec<BTreeSet<String>> {
    let mut circles = Vec::new();
    let mut pending = groups(imports);
    while let Some(group) = pending.pop() {
        let root = group.iter().find(|file| {
            let folder = file.strip_suffix("mod.rs");
            folder.is_some_and(|folder| group.iter().all(|other| other.starts_with(folder)))
        });
        let Some(root) = root else {
            circles.push(group);
            continue;
        };
        let rest: Imports = (imports.iter())
            .filter(|(file, _)| group.contains(*file) && *file != root)
            .map(|(file, targets)| {
                let inside = targets.intersection(&group).filter(|target| *target != root);
                (file.clone(), inside.cloned().collect())
            })
            .collect();
        pending.extend(groups(&rest));
    }
    circles.sort();
    circles
}

/// The groups of two files or more that reach each other.
fn groups(imports: &Imports) -> Vec<BTreeSet<String>> {
    let reached: Vec<(&String, BTreeSet<&String>)> =
        imports.keys().map(|file| (file, reached(imports, file))).collect();
    let mut groups = BTreeSet::new();
    for (file, targets) in &reached {
        let back = reached
            .iter()
            .filter(|(other, theirs)| targets.contains(*other) && theirs.contains(*file));
        let group: BTreeSet<String> = back.map(|(other, _)| (*other).clone()).collect();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    groups.into_iter().collect()
}

/// Every file that a file imports, be it through others.
fn reached<'a>(imports: &'a Imports, file: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut pending = vec![file];
    while let Some(file) = pending.pop() {
        for target in imports.get(file).into_iter().flatten() {
            if reached.insert(target) {
                pending.push(target);
            }
        }
    }
    reached
}
