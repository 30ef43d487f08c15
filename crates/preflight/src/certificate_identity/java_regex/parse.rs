//! Java's grammar of patterns, written anew as it is read.

use super::PatternError;
use super::class::{self, Escape, Set};
use super::cursor::{Cursor, unsupported};

/// A pattern in the terms of the regex crate.
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) lone_dots: Vec<usize>,
}

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Parsed, PatternError> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(PatternError::TooLarge);
    }
    let mut parser = Parser { cursor: Cursor::new(pattern), fold: false, lone_dots: Vec::new() };
    let text = parser.alternatives(0)?;
    if parser.cursor.peek().is_some() {
        return parser.cursor.invalid("a `)` closes no group");
    }
    Ok(Parsed { text, lone_dots: parser.lone_dots })
}

struct Parser {
    cursor: Cursor,
    /// Whether letter case makes no difference, `(?i)`. Holds to the end of the group.
    fold: bool,
    lone_dots: Vec<usize>,
}

/// What an atom is, for what may follow it.
enum Atom {
    /// Something that can be repeated.
    Text(String),
    /// A modifier, after which no quantifier may stand.
    Nothing,
}

impl Parser {
    /// Up to a closing bracket or the end.
    fn alternatives(&mut self, depth: usize) -> Result<String, PatternError> {
        if depth > DEEPEST_NESTING {
            return Err(PatternError::TooLarge);
        }
        let mut out = String::new();
        while let Some(next) = self.cursor.peek() {
            match next {
                ')' => break,
                '|' => {
                    self.cursor.next();
                    out.push('|');
                }
                '*' | '+' | '?' => {
                    return self.cursor.invalid(format!("nothing stands before `{next}`"));
                }
                _ => self.repeated(depth, &mut out)?,
            }
        }
        Ok(out)
    }

    /// An atom and its quantifier.
    fn repeated(&mut self, depth: usize, out: &mut String) -> Result<(), PatternError> {
        let at = self.cursor.place();
        let is_dot = self.cursor.peek() == Some('.');
        let Atom::Text(atom) = self.atom(depth)? else { return Ok(()) };
        let quantifier = self.quantifier()?;
        if is_dot && quantifier.is_empty() {
            self.lone_dots.push(at);
        }
        out.push_str(&format!("(?:{atom}){quantifier}"));
        Ok(())
    }

    fn atom(&mut self, depth: usize) -> Result<Atom, PatternError> {
        // A quantifier in braces that follows nothing repeats the empty text.
        if self.cursor.peek() == Some('{') {
            return Ok(Atom::Text(String::new()));
        }
        let fold = self.fold;
        let text = match self.cursor.next() {
            Some('(') => return self.group(depth),
            Some('[') => class::class(&mut self.cursor, fold)?.text(),
            // A name has no line break, so that a dot is any character and a line is the name.
            Some('.') => "(?s:.)".to_owned(),
            Some('^') => r"\A".to_owned(),
            Some('$') => r"\z".to_owned(),
            Some('\\') => return self.escape().map(Atom::Text),
            Some(character) => Set::character(character, fold).text(),
            None => String::new(),
        };
        Ok(Atom::Text(text))
    }

    fn escape(&mut self) -> Result<String, PatternError> {
        match self.cursor.peek() {
            Some('A' | 'G') => {
                self.cursor.next();
                Ok(r"\A".to_owned())
            }
            Some('z' | 'Z') => {
                self.cursor.next();
                Ok(r"\z".to_owned())
            }
            _ => Ok(match class::escape(&mut self.cursor, self.fold)? {
                Escape::Character(character) => Set::character(character, self.fold).text(),
                Escape::Set(set) => set.text(),
            }),
        }
    }

    /// A group behind its opening bracket, or a modifier.
    fn group(&mut self, depth: usize) -> Result<Atom, PatternError> {
        let at = self.cursor.place().saturating_sub(1);
        let outer = self.fold;
        if self.cursor.take('?') {
            for (form, construct) in UNSUPPORTED_GROUPS {
                if self.cursor.take_text(form) {
                    return unsupported(construct, at);
                }
            }
            if self.cursor.take('<') {
                self.group_name()?;
            } else if !self.modifiers(at)? {
                return Ok(Atom::Nothing);
            }
        }
        let inner = self.alternatives(depth.saturating_add(1))?;
        self.fold = outer;
        if !self.cursor.take(')') {
            return self.cursor.invalid("a group `(…` is not closed");
        }
        Ok(Atom::Text(inner))
    }

    fn group_name(&mut self) -> Result<(), PatternError> {
        let mut is_first = true;
        loop {
            match self.cursor.next() {
                Some('>') if !is_first => return Ok(()),
                Some(c) if c.is_ascii_alphabetic() || (c.is_ascii_digit() && !is_first) => {}
                _ => return self.cursor.invalid("a group's name is malformed"),
            }
            is_first = false;
        }
    }

    /// Reads `i-s:` and its like. Whether a group follows; if not, they hold from here on.
    fn modifiers(&mut self, at: usize) -> Result<bool, PatternError> {
        let mut on = true;
        loop {
            match self.cursor.next() {
                Some(':') => return Ok(true),
                Some(')') => return Ok(false),
                Some('-') if on => on = false,
                Some('i') => self.fold = on,
                // Without line breaks these change nothing.
                Some('d' | 'm' | 's') => {}
                Some(flag @ ('u' | 'x' | 'U')) => {
                    return unsupported(format!("the modifier `(?{flag})`"), at);
                }
                _ => return self.cursor.invalid("a modifier that is not known"),
            }
        }
    }

    /// `?`, `*`, `+` or a count, or nothing.
    fn quantifier(&mut self) -> Result<String, PatternError> {
        let at = self.cursor.place();
        let quantifier = match self.cursor.peek() {
            Some(sign @ ('?' | '*' | '+')) => {
                self.cursor.next();
                sign.to_string()
            }
            Some('{') => self.count()?,
            _ => return Ok(String::new()),
        };
        if self.cursor.take('+') {
            return unsupported("a possessive quantifier", at);
        }
        self.cursor.take('?');
        Ok(quantifier)
    }

    fn count(&mut self) -> Result<String, PatternError> {
        self.cursor.next();
        let Some(least) = self.number()? else {
            return self.cursor.invalid("a count without digits");
        };
        let (text, most) = if self.cursor.take(',') {
            let most = self.number()?;
            (most.map_or(format!("{{{least},}}"), |most| format!("{{{least},{most}}}")), most)
        } else {
            (format!("{{{least}}}"), Some(least))
        };
        if !self.cursor.take('}') {
            return self.cursor.invalid("a count is not closed");
        }
        match most {
            Some(most) if most < least => {
                self.cursor.invalid("a count whose end is below its start")
            }
            _ => Ok(text),
        }
    }

    fn number(&mut self) -> Result<Option<u32>, PatternError> {
        let digits = self.cursor.digits(10, usize::MAX);
        if digits.is_empty() {
            return Ok(None);
        }
        match digits.parse::<u32>().ok().filter(|number| i32::try_from(*number).is_ok()) {
            Some(number) => Ok(Some(number)),
            None => self.cursor.invalid("a count beyond all bounds"),
        }
    }
}

/// Groups whose meaning is more than a set of texts.
const UNSUPPORTED_GROUPS: [(&str, &str); 5] = [
    ("=", "a look-ahead `(?=…)`"),
    ("!", "a look-ahead `(?!…)`"),
    ("<=", "a look-behind `(?<=…)`"),
    ("<!", "a look-behind `(?<!…)`"),
    (">", "an atomic group `(?>…)`"),
];

/// Groups within groups.
const DEEPEST_NESTING: usize = 60;

/// Bytes.
const LONGEST_PATTERN: usize = 16 << 10;
