//! JSON with a line for each item of the outer lists, so that it can be read, compared and searched line
//! by line and stays small.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A value as text, with a line end. Nothing where it cannot be written, as no document of ours can.
pub(crate) fn lines(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let layout = Layout { depth: 0, is_filled: false };
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, layout));
    bytes.push(b'\n');
    written.ok().and_then(|()| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Indents to the depth of the items of the outer lists.
struct Layout {
    depth: usize,
    is_filled: bool,
}

impl Layout {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth = self.depth.saturating_add(1);
        self.is_filled = false;
        writer.write_all(bracket)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.is_filled && self.depth < DEEPEST {
            self.line(writer)?;
        }
        self.is_filled = true;
        writer.write_all(bracket)
    }

    fn item<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= DEEPEST { self.line(writer) } else { Ok(()) }
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b" "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.item(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.item(writer, first)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> Result<()> {
        self.is_filled = true;
        Ok(())
    }
}

/// The items of the lists in the document's own keys stand on lines of their own.
const DEEPEST: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_items_of_the_outer_lists_have_a_line_each() {
        let value = serde_json::json!({"a": [{"b": [1, 2]}, {}], "c": [], "d": null});
        let expected = "{\n \"a\":[\n  {\"b\":[1,2]},\n  {}\n ],\n \"c\":[],\n \"d\":null\n}\n";
        assert_eq!(lines(&value), expected);
    }
}
