//! Scans blocks of text, which `|` and `>` begin.

use super::character::ends_line;
use super::character::ends_word;
use super::scanner::Scanner;
use super::token::TokenKind;
use crate::cursor::END;
use crate::cursor::Mark;
use crate::cursor::Span;
use crate::error::ErrorKind;
use crate::event::Fault;
use crate::event::Style;

/// What becomes of the line breaks at the end of a block.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Chomping {
    #[default]
    Clip,
    Keep,
    Strip,
}

/// What the first line of a block says of it.
#[derive(Clone, Copy, Debug)]
struct Block {
    folded: bool,
    indent: usize,
    chomping: Chomping,
}

/// Empty lines between the lines of a block.
#[derive(Debug)]
struct Gap {
    breaks: String,
    /// Where the last of them ends.
    end: Mark,
}

impl Scanner<'_> {
    /// A block of text, `|` or `>` first.
    pub(super) fn scan_block_scalar(&mut self) -> Result<(), Fault> {
        let start = self.cursor.mark();
        let folded = self.cursor.peek() == '>';
        self.cursor.advance();
        let (chomping, increment) = self.take_block_header()?;
        self.end_header_line()?;
        let least = self.indent.map_or(0, |indent| indent.saturating_add(1)).max(1);
        let (indent, gap) = match increment {
            None => {
                let (deepest, gap) = self.take_leading_lines();
                (least.max(deepest), gap)
            }
            Some(increment) => {
                let indent = least.saturating_add(increment).saturating_sub(1);
                (indent, self.take_gap(indent))
            }
        };
        let block = Block { folded, indent, chomping };
        let (text, end) = self.take_block_lines(block, gap);
        let style = if folded { Style::Folded } else { Style::Literal };
        self.push_spanned(TokenKind::Scalar { text, style }, Span::new(start, end));
        Ok(())
    }

    /// The lines of a block, from the first that is not empty.
    fn take_block_lines(&mut self, block: Block, mut gap: Gap) -> (String, Mark) {
        let Block { folded, indent, chomping } = block;
        let mut text = String::new();
        let mut line_break = None;
        while self.in_block(indent) {
            text.push_str(&gap.breaks);
            let leading_blank = matches!(self.cursor.peek(), ' ' | '\t');
            text.push_str(self.cursor.take_while(|character| !ends_line(character)));
            line_break = self.take_break();
            gap = self.take_gap(indent);
            if !self.in_block(indent) {
                break;
            }
            let joins = folded
                && line_break == Some('\n')
                && !leading_blank
                && !matches!(self.cursor.peek(), ' ' | '\t');
            match line_break {
                _ if joins && gap.breaks.is_empty() => text.push(' '),
                Some(character) if !joins => text.push(character),
                _ => {}
            }
        }
        if chomping != Chomping::Strip {
            text.extend(line_break);
        }
        if chomping == Chomping::Keep {
            text.push_str(&gap.breaks);
        }
        (text, gap.end)
    }

    fn in_block(&self, indent: usize) -> bool {
        self.cursor.mark().column == indent && self.cursor.peek() != END
    }

    /// The `+`, `-` and digit after the first character, in either order.
    fn take_block_header(&mut self) -> Result<(Chomping, Option<usize>), Fault> {
        let mut chomping = self.take_chomping();
        let increment = self.take_increment()?;
        if chomping.is_none() {
            chomping = self.take_chomping();
        }
        let character = self.cursor.peek();
        if !ends_word(character) {
            return Err(self.fault(ErrorKind::BlockHeader { character }));
        }
        Ok((chomping.unwrap_or_default(), increment))
    }

    fn take_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.cursor.peek() {
            '+' => Chomping::Keep,
            '-' => Chomping::Strip,
            _ => return None,
        };
        self.cursor.advance();
        Some(chomping)
    }

    fn take_increment(&mut self) -> Result<Option<usize>, Fault> {
        let character = self.cursor.peek();
        let Some(digit) = character.to_digit(10) else { return Ok(None) };
        if digit == 0 {
            return Err(self.fault(ErrorKind::BlockHeader { character }));
        }
        self.cursor.advance();
        Ok(usize::try_from(digit).ok())
    }

    fn end_header_line(&mut self) -> Result<(), Fault> {
        self.cursor.take_while(|character| character == ' ');
        self.skip_comment();
        let character = self.cursor.peek();
        if self.take_break().is_none() && character != END {
            let tab = character == '\t';
            return Err(self.fault(if tab {
                ErrorKind::Tab
            } else {
                ErrorKind::BlockHeader { character }
            }));
        }
        Ok(())
    }

    /// The empty lines before a block's text, and the deepest column that blanks reach.
    fn take_leading_lines(&mut self) -> (usize, Gap) {
        let mut gap = Gap { breaks: String::new(), end: self.cursor.mark() };
        let mut deepest = 0;
        loop {
            if self.cursor.peek() == ' ' {
                self.cursor.advance();
                deepest = self.cursor.mark().column.max(deepest);
            } else if let Some(character) = self.take_break() {
                gap.breaks.push(character);
                gap.end = self.cursor.mark();
            } else {
                return (deepest, gap);
            }
        }
    }

    /// The empty lines here, and the indentation of the line after them.
    fn take_gap(&mut self, indent: usize) -> Gap {
        let mut gap = Gap { breaks: String::new(), end: self.cursor.mark() };
        loop {
            while self.cursor.mark().column < indent && self.cursor.peek() == ' ' {
                self.cursor.advance();
            }
            match self.take_break() {
                Some(character) => gap.breaks.push(character),
                None => return gap,
            }
            gap.end = self.cursor.mark();
        }
    }
}
