//! TR039: a pattern looks like a regular expression and lacks the slashes.

use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;

pub(super) const RULE: Rule = Rule {
    code: "TR039",
    severity: Severity::Warning,
    summary: "a pattern looks like a regular expression and lacks the slashes",
    explanation: "Without slashes a pattern has two wildcards, `*` and `?`, and all else is text: \
        `node[0-9]+` matches exactly the characters `node[0-9]+`. Write `/node[0-9]+/`.",
    help: "write it between slashes, or as a wildcard pattern",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.wildcards() {
        let piece = PIECES.iter().find(|piece| item.text.contains(**piece));
        // Elsewhere `.*` is a dot and a star, but no label is empty or ends in a hyphen.
        let any_text = item.text.starts_with(".*") || item.text.contains("-.*");
        let Some(found) = piece.copied().or(any_text.then_some(".*")) else { continue };
        let message =
            format!("`{found}` in `{}` is plain text, since no slashes are around it", item.text);
        remarks.push(Remark::new(&RULE, message).at(item.place));
    }
}

/// What names do not have and regular expressions do.
const PIECES: &[&str] = &[
    "[0-9", "[a-z", "[A-Z", "[^", ")+", ")*", "]+", "]*", "|", "\\d", "\\w", "\\s", "\\.", ".+",
    "^", "$",
];
