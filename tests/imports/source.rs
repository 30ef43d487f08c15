//! One source read for its imports: words and signs, without comments, texts and tests.

/// A word, `::`, or a sign of one character.
pub(super) type Token = String;

/// A name that a file imports or hands on: the path that is meant, and the name it has here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// The name in this file; `*` for all that the path has.
    pub(super) name: String,
}

/// What a source names and what it declares.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) imports: Vec<Import>,
    /// `pub use`, which hands a name on.
    pub(super) exports: Vec<Import>,
    /// Paths of two words or more in the code itself.
    pub(super) paths: Vec<Vec<String>>,
    /// Functions that are declared here.
    pub(super) functions: Vec<String>,
    /// Other items that are declared here.
    pub(super) items: Vec<String>,
}

impl Source {
    /// Reads the production code of a file.
    pub(super) fn read(text: &str) -> Self {
        let tokens = without_tests(&tokens(text));
        let mut source = Self::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token.as_str() {
                "use" => at = source.read_use(&tokens, at),
                word if is_word(word) => at = source.read_word(&tokens, at),
                _ => at += 1,
            }
        }
        source
    }

    /// Reads a `use` up to its semicolon.
    fn read_use(&mut self, tokens: &[Token], start: usize) -> usize {
        let end = (start..tokens.len()).find(|at| tokens[*at] == ";").unwrap_or(tokens.len());
        let mut imports = Vec::new();
        read_tree(&tokens[start + 1..end], &mut 0, &[], &mut imports);
        let before = start.checked_sub(1).map_or("", |at| &tokens[at]);
        if before == "pub" || before == ")" {
            self.exports.extend(imports);
        } else {
            self.imports.extend(imports);
        }
        end + 1
    }

    /// Reads a declaration or a path, which begins with this word.
    fn read_word(&mut self, tokens: &[Token], start: usize) -> usize {
        let before = start.checked_sub(1).map_or("", |at| &tokens[at]);
        if DECLARE.contains(&before) || (before == "!" && tokens[start - 2] == "macro_rules") {
            let declared = if before == "fn" { &mut self.functions } else { &mut self.items };
            declared.push(tokens[start].clone());
            return start + 1;
        }
        let mut path = vec![tokens[start].clone()];
        let mut at = start + 1;
        while tokens.get(at).is_some_and(|sign| sign == "::")
            && tokens.get(at + 1).is_some_and(|word| is_word(word))
        {
            path.push(tokens[at + 1].clone());
            at += 2;
        }
        if path.len() > 1 && before != "::" {
            self.paths.push(path);
        }
        at
    }
}

/// Reads one branch of a `use`, such as `a::{b, c as d, e::*}`.
fn read_tree(tokens: &[Token], at: &mut usize, stem: &[String], found: &mut Vec<Import>) {
    let mut path = stem.to_vec();
    loop {
        match tokens.get(*at).map(String::as_str) {
            Some("{") => {
                *at += 1;
                while tokens.get(*at).is_some_and(|token| token != "}") {
                    read_tree(tokens, at, &path, found);
                    if tokens.get(*at).is_some_and(|token| token == ",") {
                        *at += 1;
                    }
                }
                *at += 1;
                return;
            }
            Some("::") => *at += 1,
            Some("*") => {
                *at += 1;
                found.push(Import { path, name: "*".to_owned() });
                return;
            }
            Some("as") => {
                let name = tokens.get(*at + 1).cloned().unwrap_or_default();
                *at += 2;
                found.push(Import { path, name });
                return;
            }
            Some(word) if is_word(word) => {
                if word != "self" || path.is_empty() {
                    path.push(word.to_owned());
                }
                *at += 1;
            }
            _ => {
                let name = path.last().cloned().unwrap_or_default();
                found.push(Import { path, name });
                return;
            }
        }
    }
}

/// Leaves out each item behind `#[cfg(test)]`.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].iter().map(String::as_str).take(mark.len()).eq(mark) {
            at = end_of_item(tokens, at + mark.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Where an item ends: behind its semicolon or its closing brace.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                // The attributes that follow end in a bracket, too.
                if depth == 0 && token == "}" && tokens.get(at + 1).is_none_or(|next| next != ";") {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// The words and signs of a source, without comments and texts.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest);
        if skipped > 0 {
            rest = &rest[skipped..];
            continue;
        }
        let is_part = |character: char| character.is_alphanumeric() || character == '_';
        let length = match first {
            _ if is_part(first) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            _ if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        if !first.is_whitespace() {
            tokens.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    tokens
}

/// The length of the comment, text or character that the source begins with.
fn skipped(text: &str) -> usize {
    let end = |close: &str, from: usize| {
        text[from..].find(close).map_or(text.len(), |at| from + at + close.len())
    };
    if text.starts_with("//") {
        return end("\n", 2);
    }
    if text.starts_with("/*") {
        return end("*/", 2);
    }
    let prefix = ["br", "r", "b", ""]
        .into_iter()
        .find(|prefix| text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(['"', '#'])));
    match prefix {
        Some(prefix) if prefix.contains('r') => {
            let hashes = text[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
            let open = prefix.len() + hashes;
            let is_text = text[open..].starts_with('"');
            if is_text { end(&format!("\"{}", "#".repeat(hashes)), open + 1) } else { 0 }
        }
        Some(prefix) if text[prefix.len()..].starts_with('"') => {
            quoted(text, prefix.len() + 1, '"')
        }
        _ => character(text),
    }
}

/// The length of a character in single quotes; a lifetime is none.
fn character(text: &str) -> usize {
    let start = if text.starts_with("b'") { 2 } else { 1 };
    if !text.starts_with('\'') && start == 1 {
        return 0;
    }
    let mut inside = text[start..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), _) => quoted(text, start, '\''),
        (Some(one), Some('\'')) => start + one.len_utf8() + 1,
        _ => 0,
    }
}

/// Where a text ends whose escapes begin with a backslash.
fn quoted(text: &str, start: usize, close: char) -> usize {
    let mut escaped = false;
    for (at, character) in text[start..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == close => return start + at + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The words before the name of an item.
const DECLARE: [&str; 8] = ["const", "enum", "fn", "mod", "static", "struct", "trait", "type"];
