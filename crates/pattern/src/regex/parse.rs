//! The parser of Lucene's regular expressions.
//!
//! The grammar, loosest first: `|`, `&`, concatenation, the repetitions `? * + {n,m}`, `~`, then
//! classes and simple expressions. The first item of a concatenation is taken whatever it is, so
//! `/|a/` is the text `|a`, and an operator with nothing after it is an error.

use std::mem;

use super::Expression;
use super::Part;
use super::class::Ranges;
use super::class::class;
use super::class::escape;
use super::cursor::Cursor;
use super::interval::interval;
use super::repetition::repetition;
use crate::automaton::MAX_CODE_POINT;
use crate::difference::Difference;
use crate::error::Error;
use crate::error::ErrorKind;

/// Parses an expression that starts at character `offset` of its pattern.
pub(crate) fn parse(text: &str, offset: usize) -> Result<Expression, Error> {
    parse_with_differences(text, offset).1
}

/// Parses an expression, and notes where versions of Lucene differ about it.
pub(crate) fn parse_with_differences(
    text: &str,
    offset: usize,
) -> (Vec<Difference>, Result<Expression, Error>) {
    let mut parser = Parser {
        cursor: Cursor::new(text, offset),
        expression: Expression::default(),
        outer: Vec::new(),
        group: Group::new(offset, 0),
    };
    let parsed = if text.is_empty() {
        parser.expression.add(Part::Text(String::new()));
        Ok(())
    } else {
        parser.run()
    };
    let Parser { cursor, expression, .. } = parser;
    (cursor.differences, parsed.map(|()| expression))
}

/// A group that is being read: the whole expression, or what follows a `(`.
struct Group {
    /// The place of the `(`.
    offset: usize,
    /// How many `~` stood before the `(`.
    complements: usize,
    /// Finished operands of `|`.
    branches: Vec<usize>,
    /// The finished operands of `&`, already made one.
    factor: Option<usize>,
    /// Items of the current concatenation.
    items: Vec<usize>,
}

impl Group {
    fn new(offset: usize, complements: usize) -> Self {
        Self { offset, complements, branches: Vec::new(), factor: None, items: Vec::new() }
    }
}

/// What comes after an item.
enum Next {
    /// Another item.
    Item,
    /// An operator that has been read, and an item.
    Operand(char),
    /// Nothing.
    End,
}

struct Parser {
    cursor: Cursor,
    expression: Expression,
    /// The groups around the current one, outermost first.
    outer: Vec<Group>,
    group: Group,
}

impl Parser {
    /// Reads items and what joins them, up to the end.
    fn run(&mut self) -> Result<(), Error> {
        let mut operator = None;
        loop {
            operator = if let Some(part) = self.item(operator)? {
                self.push(part);
                match self.next()? {
                    Next::Item => None,
                    Next::Operand(found) => Some(found),
                    Next::End => return Ok(()),
                }
            } else {
                None
            };
        }
    }

    /// Reads an item with its complements and repetitions; none, when it opens a group.
    fn item(&mut self, mut operator: Option<char>) -> Result<Option<usize>, Error> {
        let mut complements = 0_usize;
        while self.cursor.take('~') {
            complements = complements.saturating_add(1);
            self.check_depth(complements)?;
            operator = Some('~');
        }
        let offset = self.cursor.offset();
        let Some(first) = self.cursor.next() else { return Err(self.nothing_after(operator)) };
        if first == '(' && !self.cursor.take(')') {
            self.check_depth(0)?;
            let group = mem::replace(&mut self.group, Group::new(offset, complements));
            self.outer.push(group);
            return Ok(None);
        }
        let part = self.simple(first, offset)?;
        let part = self.expression.add(part);
        self.decorate(part, complements).map(Some)
    }

    /// Reads what starts with `first`, which is neither a complement nor a filled group.
    fn simple(&mut self, first: char, offset: usize) -> Result<Part, Error> {
        Ok(match first {
            '[' => one_of(class(&mut self.cursor)?),
            '.' => Part::OneOf(vec![(0, MAX_CODE_POINT)]),
            '#' => Part::Nothing,
            '@' => Part::AnyString,
            '"' => {
                let text = self.cursor.until('"');
                Part::Text(text.ok_or(Error { offset, kind: ErrorKind::UnclosedQuote })?)
            }
            '(' => Part::Text(String::new()),
            '<' => interval(&mut self.cursor)?,
            '\\' => {
                if let Some(ranges) = escape(&mut self.cursor)? {
                    return Ok(Part::OneOf(ranges));
                }
                let trailing = Error { offset, kind: ErrorKind::TrailingBackslash };
                Part::Text(self.cursor.next().ok_or(trailing)?.into())
            }
            literal => Part::Text(literal.into()),
        })
    }

    /// Applies complements, which bind tighter, and the repetitions that follow.
    fn decorate(&mut self, mut part: usize, complements: usize) -> Result<usize, Error> {
        for _ in 0..complements {
            part = self.expression.add(Part::Complement(part));
        }
        while let Some(repeated) = repetition(&mut self.cursor, part)? {
            part = self.expression.add_repetition(part, repeated);
        }
        Ok(part)
    }

    /// Adds an item to the current concatenation; text joins text.
    fn push(&mut self, part: usize) {
        if let Some(&last) = self.group.items.last()
            && self.expression.join_text(last, part)
        {
            return;
        }
        self.group.items.push(part);
    }

    /// Reads what comes after an item: closes groups, and reads an operator.
    fn next(&mut self) -> Result<Next, Error> {
        loop {
            match self.cursor.peek() {
                Some(operator @ ('|' | '&')) => {
                    self.cursor.next();
                    self.end_factor();
                    if operator == '|' {
                        self.end_branch();
                    }
                    return Ok(Next::Operand(operator));
                }
                Some(')') => self.close()?,
                Some(_) => return Ok(Next::Item),
                None if self.outer.is_empty() => {
                    self.end_group();
                    return Ok(Next::End);
                }
                None => return Err(self.unclosed_group()),
            }
        }
    }

    /// Closes the current group, whose `)` is next, and makes it an item of the one around it.
    fn close(&mut self) -> Result<(), Error> {
        let offset = self.cursor.offset();
        let Some(outer) = self.outer.pop() else {
            return Err(Error { offset, kind: ErrorKind::UnmatchedGroupEnd });
        };
        self.cursor.next();
        let part = self.end_group();
        let inner = mem::replace(&mut self.group, outer);
        let part = self.decorate(part, inner.complements)?;
        self.push(part);
        Ok(())
    }

    /// Makes one part of the items read so far, and of the operand of `&` before them.
    fn end_factor(&mut self) {
        let items = mem::take(&mut self.group.items);
        let part = self.one_of(items, Part::Concatenation);
        let part = match self.group.factor.take() {
            Some(factor) => self.expression.add(Part::Intersection(factor, part)),
            None => part,
        };
        self.group.factor = Some(part);
    }

    /// Ends an operand of `|`.
    fn end_branch(&mut self) {
        self.group.branches.extend(self.group.factor.take());
    }

    /// Ends the current group and gives the part that it is.
    fn end_group(&mut self) -> usize {
        self.end_factor();
        self.end_branch();
        let branches = mem::take(&mut self.group.branches);
        self.one_of(branches, Part::Union)
    }

    /// The only part of a list, or a new part made of all.
    fn one_of(&mut self, parts: Vec<usize>, join: fn(Vec<usize>) -> Part) -> usize {
        match *parts.as_slice() {
            [part] => part,
            _ => self.expression.add(join(parts)),
        }
    }

    /// Refuses nesting that Lucene's recursive parser would not survive.
    fn check_depth(&self, complements: usize) -> Result<(), Error> {
        if self.outer.len().saturating_add(complements) < MAX_NESTING {
            return Ok(());
        }
        let offset = self.cursor.offset().saturating_sub(1);
        Err(Error { offset, kind: ErrorKind::NestedTooDeeply { limit: MAX_NESTING } })
    }

    /// The error for an end of text where an item must come.
    fn nothing_after(&self, operator: Option<char>) -> Error {
        let offset = self.cursor.offset().saturating_sub(1);
        operator.map_or_else(
            || self.unclosed_group(),
            |operator| Error { offset, kind: ErrorKind::DanglingOperator { operator } },
        )
    }

    /// The error for an end of text inside a group.
    fn unclosed_group(&self) -> Error {
        Error { offset: self.group.offset, kind: ErrorKind::UnclosedGroup }
    }
}

/// A class; one of a single character is that character.
fn one_of(ranges: Ranges) -> Part {
    let single = match *ranges.as_slice() {
        [(first, last)] if first == last => char::from_u32(first),
        _ => None,
    };
    single.map_or(Part::OneOf(ranges), |character| Part::Text(character.into()))
}

/// The deepest nesting that is read; Lucene's recursive parser runs out of stack beyond it.
pub(crate) const MAX_NESTING: usize = 1_000;
