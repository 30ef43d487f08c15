//! What the usages of a node's certificate allow: the same for both roles (PF016, PF017).

use crosstrust_report::{Report, Rule};

use crate::error::PathError;
use crate::examination::Examination;
use crate::role::Role;

/// Reports a leaf whose usages do not allow a role: also where its path is refused for another
/// reason, so that one run tells both.
pub(super) fn check_role(
    breached: &'static Rule,
    role: Role,
    node: &Examination<'_>,
    report: &mut Report,
) {
    let netscape = node
        .path_errors()
        .into_iter()
        .find(|error| matches!(error, PathError::NetscapeType { role: of, .. } if *of == role));
    let plays = node.node.roles().contains(&role);
    let message = match node.leaf.extended_key_usage() {
        Some(usage)
            if plays && node.is_leaf_judged() && !crate::path::has_purpose(node.leaf, role) =>
        {
            format!("extendedKeyUsage is {usage}, without {}", role.purpose())
        }
        _ => match netscape {
            Some(error) => error.to_string(),
            None => return,
        },
    };
    report.push(node.finding(breached, message));
}
