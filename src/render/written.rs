//! A report as bytes by which it is known again, as a whole and line by line. Two reports of one kind that are written the
//! same are the same to a template.

use std::cell::Cell;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A report written down.
#[derive(Debug)]
pub(super) struct Written {
    bytes: Vec<u8>,
    lists: Vec<List>,
}

/// A list right in the report, with the places of its items.
#[derive(Debug, Default)]
struct List {
    name: Range<usize>,
    items: Vec<Range<usize>>,
}

impl Written {
    /// Writes a report down; `None` for data that is none.
    pub(super) fn new<R: Serialize>(report: &R) -> Option<Self> {
        let at = Cell::new(0);
        let mut places = Places { at: &at, depth: 0, lists: Vec::new(), begun: 0 };
        let mut out = Out { bytes: Vec::with_capacity(4096), at: &at };
        report.serialize(&mut Serializer::with_formatter(&mut out, &mut places)).ok()?;
        Some(Written { bytes: out.bytes, lists: places.lists })
    }

    /// All of it.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The items of the list in a field of the report.
    pub(super) fn items(&self, field: &str) -> impl Iterator<Item = &[u8]> {
        let is_named = |list: &&List| self.bytes.get(list.name.clone()).is_some_and(|name| is_quoted(name, field));
        let items = self.lists.iter().find(is_named).map_or(&[][..], |list| &list.items);
        items.iter().map(|item| self.bytes.get(item.clone()).unwrap_or_default())
    }
}

fn is_quoted(name: &[u8], field: &str) -> bool {
    name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) == Some(field.as_bytes())
}

/// Where bytes go, counted.
struct Out<'c> {
    bytes: Vec<u8>,
    at: &'c Cell<usize>,
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.at.set(self.bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Compact JSON that remembers where the items of lists right in the report stand.
struct Places<'c> {
    at: &'c Cell<usize>,
    /// How many lists and objects are open.
    depth: usize,
    lists: Vec<List>,
    /// Where the name or item at hand begins.
    begun: usize,
}

/// The depth between the braces of the report.
const FIELDS: usize = 1;
/// The depth between the brackets of a list right in it.
const ITEMS: usize = 2;

impl Formatter for &mut Places<'_> {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth == ITEMS {
            self.begun = self.at.get();
        }
        Ok(())
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        if self.depth == ITEMS
            && let Some(list) = self.lists.last_mut()
        {
            list.items.push(self.begun..self.at.get());
        }
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth == FIELDS {
            self.begun = self.at.get();
        }
        Ok(())
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        if self.depth == FIELDS {
            self.lists.push(List { name: self.begun..self.at.get(), items: Vec::new() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_items_of_a_list_right_in_the_report_are_found_and_deeper_ones_are_parts_of_them() {
        let report = json!({
            "today": "x",
            "items": [{ "a": ["[", 1, { "b": [2] }], "c": "\"}," }, 7, [8, 9]],
            "none": [],
            "one": { "items": [3] },
        });
        let written = Written::new(&report).unwrap();
        let items = |field: &str| {
            written.items(field).map(|item| serde_json::from_slice(item).unwrap()).collect::<Vec<serde_json::Value>>()
        };
        assert_eq!(serde_json::from_slice::<serde_json::Value>(written.bytes()).unwrap(), report);
        assert_eq!(json!(items("items")), report["items"]);
        for without in ["today", "none", "one", "other"] {
            assert!(items(without).is_empty(), "{without}");
        }
    }
}
