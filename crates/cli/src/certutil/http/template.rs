//! Texts with variables: `${NAME}`, and lines that stand there only if a variable has a value.

use std::collections::BTreeMap;

/// Variables and their values.
pub(super) type Variables = BTreeMap<&'static str, String>;

/// Fills a text in. A line `#if NAME` keeps those after it, up to `#else` or `#endif`, only if the
/// variable has a value that is not empty; those after `#else` only if not. Such blocks do not
/// stand in one another. A variable that is not known stays as it is written.
pub(super) fn fill(text: &str, variables: &Variables) -> String {
    let mut out = String::new();
    let mut kept = true;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("#if ") {
            kept = variables.get(name.trim()).is_some_and(|value| !value.is_empty());
        } else if line == "#else" {
            kept = !kept;
        } else if line == "#endif" {
            kept = true;
        } else if kept {
            out.push_str(&replace(line, variables));
            out.push('\n');
        }
    }
    out
}

fn replace(line: &str, variables: &Variables) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let known =
            after.split_once('}').and_then(|(name, tail)| Some((variables.get(name)?, tail)));
        if let Some((value, tail)) = known {
            out.push_str(value);
            rest = tail;
        } else {
            out.push_str("${");
            rest = after;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C12 of elasticsearch-certutil's tests.
    #[test]
    fn variables_are_replaced_and_blocks_kept_or_left_out() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let variables =
                [("A", "1"), ("B", "two ${A}"), ("EMPTY", "")].map(|(k, v)| (k, v.to_owned()));
            assert_eq!(fill(text, &variables.into_iter().collect()), expected, "{text}");
        }

        check("a ${A} ${B} ${NONE} ${", "a 1 two ${A} ${NONE} ${\n");
        check("#if A\nyes\n#else\nno\n#endif\nend", "yes\nend\n");
        check("#if EMPTY\nyes ${A}\n#else\nno ${A}\n#endif\nend", "no 1\nend\n");
        check("#if NONE\nyes\n#endif\nend", "end\n");
        check("#if A\n1\n#endif\n#if NONE\n2\n#endif\n# 3", "1\n# 3\n");
    }
}
