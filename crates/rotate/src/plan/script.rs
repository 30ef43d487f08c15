//! `check.sh` of each step: whether it was done right.

use crosstrust_report::shell::quoted;

use super::{Materials, NEW_CERTIFICATES, TRUST_BOTH, TRUST_NEW};

/// The script of a step.
pub(super) fn check(order: usize, folder: &str, materials: &Materials) -> String {
    let presented = match order {
        1 => "the certificates that nodes present now",
        2 => "the old and the new certificates",
        _ => "the new certificates",
    };
    let trusted = if folder == TRUST_NEW.folder { TRUST_NEW.folder } else { TRUST_BOTH.folder };
    let new = NEW_CERTIFICATES.folder;
    let options = options(materials);
    let mut script = format!(
        r#"#!/bin/sh
# Step {order} was done right if this ends with status 0: whether {presented}
# are accepted with {trusted}/ca.crt. Name the files that your nodes have now, and they are
# judged instead; options of `crosstrust preflight node`, such as --pass-file FILE for key
# stores, are passed on. CROSSTRUST names the program, where it is not on the PATH.
set -eu
plan=$(cd "$(dirname "$0")/.." && pwd)

judge() {{
    "${{CROSSTRUST:-crosstrust}}" preflight node "$@" --trust "$plan"/{trusted}/ca.crt{options}
}}

case "${{1-}}" in
"" | -*) ;;
*)
    judge "$@"
    exit
    ;;
esac
"#
    );
    if order < 3 {
        script.push_str("judge \"$plan\"/nodes/*.crt \"$@\"\n");
    }
    if order > 1 {
        script.push_str(&judge_new_certificates(new));
    }
    script
}

/// Judges the new certificates that are in the folder of the plan.
fn judge_new_certificates(new: &str) -> String {
    format!(
        r#"there=no
for file in "$plan"/{new}/*/*.crt "$plan"/{new}/*/*.p12; do
    if [ -e "$file" ]; then
        set -- "$file" "$@"
        there=yes
    fi
done
if [ "$there" = no ]; then
    echo "the new certificates are not in {new} yet: name their files" >&2
    exit 2
fi
judge "$@"
"#
    )
}

/// The options with which the cluster judges, as the end of a line.
fn options(materials: &Materials) -> String {
    let words = materials.check_options.iter().map(|word| format!(" {}", quoted(word)));
    let mut options = words.collect::<String>();
    if let Some((name, _)) = &materials.restrictions {
        options.push_str(&format!(" --restrictions \"$plan\"/restrictions/{}", quoted(name)));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_itself_to_the_shell() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }
}
