//! TR062: everybody may change the file, or Elasticsearch may not read it.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

pub(crate) const RULE: Rule = Rule {
    code: "TR062",
    severity: Severity::Note,
    summary: "everybody may change the file, or Elasticsearch may not read it",
    explanation: "Whoever may write the file decides who is let into the cluster. And a file that only \
        root may read keeps the node from starting, since Elasticsearch does not run as root. \
        That others may read the file does no harm: there is no secret in it.",
    help: "chown root:elasticsearch and chmod 640, or 644",
};

/// Who may do what with a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Permissions {
    /// The permission bits of Unix.
    pub mode: u32,
    /// Whether its owner is root.
    pub owned_by_root: bool,
}

/// What is wrong with the permissions of a file, if something is.
pub(crate) fn check(permissions: Permissions) -> Option<String> {
    let Permissions { mode, owned_by_root } = permissions;
    if mode & WRITE_BY_OTHERS != 0 {
        return Some(format!("everybody may change the file: its mode is {:03o}", mode & 0o777));
    }
    let unreadable = owned_by_root && mode & (READ_BY_GROUP | READ_BY_OTHERS) == 0;
    unreadable.then(|| "only root may read the file, and Elasticsearch does not run as root".into())
}

const WRITE_BY_OTHERS: u32 = 0o002;
const READ_BY_GROUP: u32 = 0o040;
const READ_BY_OTHERS: u32 = 0o004;

#[cfg(test)]
mod tests {
    use super::Permissions;
    use super::check;

    #[test]
    fn what_everybody_may_write_or_only_root_may_read_is_told() {
        #[track_caller]
        fn wrong(mode: u32, owned_by_root: bool, expected: bool) {
            assert_eq!(check(Permissions { mode, owned_by_root }).is_some(), expected, "{mode:o}");
        }

        wrong(0o100_644, true, false);
        wrong(0o100_640, true, false);
        wrong(0o100_600, true, true);
        wrong(0o100_600, false, false);
        wrong(0o100_666, false, true);
        wrong(0o100_662, true, true);
    }
}
