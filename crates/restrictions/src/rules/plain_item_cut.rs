//! TR008: YAML takes part of an unquoted item for its own.

use crosstrust_pattern::Pattern;
use crosstrust_report::Rule;
use crosstrust_report::Severity;

use crate::examine::Edit;
use crate::examine::Remark;
use crate::examine::Remarks;
use crate::examine::Subject;
use crosstrust_settings::Item;
use crosstrust_settings::Style;

pub(super) const RULE: Rule = Rule {
    code: "TR008",
    severity: Severity::Warning,
    summary: "YAML takes part of an unquoted item for its own",
    explanation: "At the start of an unquoted item `!` begins a tag, and a `#` after a blank begins a \
        comment, wherever it is. Both swallow what follows: `- !node` is the empty text, and \
        `- /a #b/` is `/a`. Quote the item; or if a comment is meant, put a blank behind its `#`.",
    help: "put the item in single quotes",
};

pub(super) fn check(subject: &Subject<'_>, remarks: &mut Remarks) {
    for item in subject.items() {
        let before = if item.decorated { super::anchor::property(subject, item) } else { "" };
        if before.starts_with('!') {
            let message =
                format!("`{before}` is a tag to YAML, and what is left is `{}`", item.text);
            remarks.push(Remark::new(&RULE, message).at(item.place));
            continue;
        }
        let Some(comment) = close_comment(subject, item) else { continue };
        let (message, whole) = (
            format!("the item ends before `{comment}`, and is `{}`", item.text),
            format!("{} {comment}", item.text),
        );
        let end = item.place.end.saturating_add(1).saturating_add(comment.len());
        // What is a pattern without it may well be followed by a comment.
        let meant = Pattern::parse(&item.text).is_err() && Pattern::parse(&whole).is_ok();
        let fix = (meant && subject.is_list())
            .then(|| Edit::new(item.place.start, end, subject.quoted(&whole)));
        remarks.push(Remark::new(&RULE, message).at(item.place).with_fix(fix));
    }
}

/// What follows an unquoted item after one blank and looks like a part of it: `#`, not `# `.
fn close_comment<'a>(subject: &Subject<'a>, item: &Item) -> Option<&'a str> {
    if item.style != Style::Plain {
        return None;
    }
    let rest = subject.loaded.text().get(item.place.end..)?.strip_prefix(' ')?;
    let line = rest.starts_with('#').then(|| rest.lines().next())??.trim_end();
    let word = line.strip_prefix('#')?;
    let comment = word.is_empty()
        || word.starts_with([' ', '#', '!', '-', '='])
        || word.starts_with("crosstrust:");
    (!comment).then_some(line)
}
