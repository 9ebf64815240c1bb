//! A report written down as bytes by which it is known again, as a whole and line by line. Two reports of one kind that
//! are written the same are the same to a template: everything is written with its length and its name.

use std::fmt::{self, Write as _};

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use sha2::{Digest as _, Sha256};

/// A hash over data.
pub(super) type Key = [u8; 32];

/// A report written down.
#[derive(Debug)]
pub(super) struct Written {
    /// Over all of it.
    pub(super) key: Key,
    lists: Vec<List>,
}

/// A list right in the report or in an object right in it, with the hashes over its items.
#[derive(Debug)]
struct List {
    /// The field, or both with a point between.
    name: String,
    /// How deep the braces around it are.
    depth: usize,
    items: Vec<Key>,
}

impl Written {
    /// Writes a report down; `None` for data that fails to be told.
    pub(super) fn new<R: Serialize>(report: &R) -> Option<Self> {
        let mut pen = Pen { bytes: Vec::with_capacity(4096), depth: 0, lists: Vec::new() };
        report.serialize(&mut pen).ok()?;
        Some(Written { key: Sha256::digest(&pen.bytes).into(), lists: pen.lists })
    }

    /// The hashes over the items of the list in a field of the report, or in a field of an object in it (`a.b`).
    pub(super) fn items(&self, field: &str) -> &[Key] {
        self.lists.iter().find(|list| list.name == field).map_or(&[], |list| &list.items)
    }
}

/// The depth between the braces of the report.
const FIELDS: usize = 1;
/// The depth between the braces of an object right in it.
const INNER: usize = 2;

/// Writes values one behind the other. Of an item of a list whose items are known by their hash only that stays.
struct Pen {
    bytes: Vec<u8>,
    /// How many lists and objects are open.
    depth: usize,
    lists: Vec<List>,
}

impl Pen {
    fn tagged(&mut self, tag: u8, bytes: &[u8]) -> Result<(), Unwritten> {
        self.bytes.push(tag);
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn text(&mut self, tag: u8, text: &[u8]) -> Result<(), Unwritten> {
        self.tagged(tag, &text.len().to_le_bytes())?;
        self.bytes.extend_from_slice(text);
        Ok(())
    }

    fn open(&mut self, tag: u8, name: &str) -> Result<&mut Self, Unwritten> {
        self.depth += 1;
        self.text(tag, name.as_bytes())?;
        Ok(self)
    }

    fn close(&mut self) -> Result<(), Unwritten> {
        self.depth -= 1;
        self.tagged(b'.', &[])
    }

    fn field<T: ?Sized + Serialize>(&mut self, name: &str, value: &T) -> Result<(), Unwritten> {
        let outer = self.lists.iter().rfind(|list| list.depth == FIELDS);
        let name_of_list = match self.depth {
            FIELDS => Some(name.to_owned()),
            INNER => outer.map(|outer| format!("{}.{name}", outer.name)),
            _ => None,
        };
        if let Some(name) = name_of_list {
            self.lists.push(List { name, depth: self.depth, items: Vec::new() });
        }
        self.text(b':', name.as_bytes())?;
        value.serialize(self)
    }

    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Unwritten> {
        self.bytes.push(b',');
        let begun = self.bytes.len();
        value.serialize(&mut *self)?;
        if let (Some(list), Some(item)) = (self.lists.last_mut(), self.bytes.get(begun..))
            && self.depth == list.depth + 1
        {
            let key: Key = Sha256::digest(item).into();
            list.items.push(key);
            self.bytes.truncate(begun);
            self.bytes.extend_from_slice(&key);
        }
        Ok(())
    }
}

/// Data that failed to be told.
#[derive(Debug)]
struct Unwritten;

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written")
    }
}

impl std::error::Error for Unwritten {}

impl serde::ser::Error for Unwritten {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unwritten
    }
}

/// Numbers by their bytes.
macro_rules! numbers {
    ($($name:ident: $number:ty, $tag:literal;)*) => {
        $(fn $name(self, value: $number) -> Result<(), Unwritten> {
            self.tagged($tag, &value.to_le_bytes())
        })*
    };
}

impl<'p> Serializer for &'p mut Pen {
    type Ok = ();
    type Error = Unwritten;
    type SerializeSeq = &'p mut Pen;
    type SerializeTuple = &'p mut Pen;
    type SerializeTupleStruct = &'p mut Pen;
    type SerializeTupleVariant = &'p mut Pen;
    type SerializeMap = &'p mut Pen;
    type SerializeStruct = &'p mut Pen;
    type SerializeStructVariant = &'p mut Pen;

    numbers! {
        serialize_i8: i8, b'a'; serialize_i16: i16, b'b'; serialize_i32: i32, b'c'; serialize_i64: i64, b'd';
        serialize_u8: u8, b'e'; serialize_u16: u16, b'f'; serialize_u32: u32, b'g'; serialize_u64: u64, b'h';
        serialize_i128: i128, b'i'; serialize_u128: u128, b'j'; serialize_f32: f32, b'k'; serialize_f64: f64, b'l';
    }

    fn serialize_bool(self, value: bool) -> Result<(), Unwritten> {
        self.tagged(if value { b'y' } else { b'n' }, &[])
    }

    fn serialize_char(self, value: char) -> Result<(), Unwritten> {
        self.text(b's', value.encode_utf8(&mut [0; 4]).as_bytes())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritten> {
        self.text(b's', value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Unwritten> {
        self.text(b'x', value)
    }

    fn serialize_none(self) -> Result<(), Unwritten> {
        self.tagged(b'0', &[])
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Unwritten> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritten> {
        self.tagged(b'0', &[])
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritten> {
        self.tagged(b'0', &[])
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unwritten> {
        self.text(b's', variant.as_bytes())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Unwritten> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritten> {
        self.text(b'v', variant.as_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'[', "")
    }

    fn serialize_tuple(self, _: usize) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'[', "")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'[', "")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'[', variant)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'{', "")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'{', "")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<&'p mut Pen, Unwritten> {
        self.open(b'{', variant)
    }

    /// Days and the like, written where they stand.
    fn collect_str<T: ?Sized + fmt::Display>(self, value: &T) -> Result<(), Unwritten> {
        self.tagged(b's', &[0; size_of::<usize>()])?;
        let begun = self.bytes.len();
        write!(Tail(&mut self.bytes), "{value}").map_err(|_| Unwritten)?;
        let length = (self.bytes.len() - begun).to_le_bytes();
        if let Some(place) = self.bytes.get_mut(begun - length.len()..begun) {
            place.copy_from_slice(&length);
        }
        Ok(())
    }
}

/// The end of a text that is being written.
struct Tail<'b>(&'b mut Vec<u8>);

impl fmt::Write for Tail<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// What is written item by item.
macro_rules! items {
    ($($kind:ident::$name:ident;)*) => {
        $(impl $kind for &mut Pen {
            type Ok = ();
            type Error = Unwritten;

            fn $name<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Unwritten> {
                self.item(value)
            }

            fn end(self) -> Result<(), Unwritten> {
                self.close()
            }
        })*
    };
}

/// What is written field by field.
macro_rules! fields {
    ($($kind:ident;)*) => {
        $(impl $kind for &mut Pen {
            type Ok = ();
            type Error = Unwritten;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritten> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Unwritten> {
                self.close()
            }
        })*
    };
}

items! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

fields! {
    SerializeStruct;
    SerializeStructVariant;
}

impl SerializeMap for &mut Pen {
    type Ok = ();
    type Error = Unwritten;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Unwritten> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Unwritten> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Unwritten> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Clone, Serialize)]
    struct Report {
        today: &'static str,
        items: Vec<Item>,
        one: Option<Item>,
    }

    #[derive(Serialize)]
    struct Deeper {
        title: &'static str,
        inner: Report,
    }

    #[derive(Clone, Default, Serialize)]
    struct Item {
        name: &'static str,
        more: Vec<Option<i64>>,
        kind: Option<Kind>,
    }

    #[derive(Clone, Serialize)]
    #[serde(tag = "kind")]
    enum Kind {
        A { a: &'static str },
        B { b: &'static str },
        C(Inner),
    }

    #[derive(Clone, Serialize)]
    struct Inner {
        b: &'static str,
    }

    fn item(name: &'static str) -> Item {
        Item { name, ..Item::default() }
    }

    #[test]
    fn no_two_values_are_written_the_same() {
        let kind = |kind| Item { kind: Some(kind), ..item("") };
        let more = |more: &[Option<i64>]| Item { more: more.to_vec(), ..item("") };
        let items = [
            item(""),
            item("a"),
            item("ab"),
            more(&[None]),
            more(&[Some(0)]),
            more(&[Some(0), None]),
            more(&[Some(-1)]),
            kind(Kind::A { a: "" }),
            kind(Kind::B { b: "" }),
            kind(Kind::C(Inner { b: "" })),
            kind(Kind::A { a: "a" }),
        ];
        let keys: Vec<Key> = items.iter().map(|item| Written::new(item).unwrap().key).collect();
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
        }
        let date = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        assert_ne!(Written::new(&[date(1), date(2)]).unwrap().key, Written::new(&[date(1), date(1)]).unwrap().key);
        assert_ne!(Written::new(&("a", "bc")).unwrap().key, Written::new(&("ab", "c")).unwrap().key);
    }

    #[test]
    fn items_are_those_of_the_lists_right_in_the_report_and_count_for_the_whole() {
        let report = Report { today: "x", items: vec![item("a"), item("b"), item("a")], one: Some(item("a")) };
        let written = Written::new(&report).unwrap();
        let [a, b, again] = written.items("items") else { panic!("three items") };
        assert!(a == again && a != b);
        let below = Written::new(&(Deeper { title: "t", inner: report.clone() })).unwrap();
        assert_eq!(below.items("inner.items"), written.items("items"));
        assert!(below.items("items").is_empty() && below.items("inner").is_empty() && below.items("title").is_empty());
        let mut other = report.clone();
        other.items[2].name = "c";
        assert_ne!(Written::new(&(Deeper { title: "t", inner: other })).unwrap().key, below.key);
        for without in ["today", "one", "more", "other"] {
            assert!(written.items(without).is_empty(), "{without}");
        }
        for change in [
            |report: &mut Report| report.items[1].name = "c",
            |report: &mut Report| report.items[1].more.push(None),
            |report: &mut Report| drop(report.items.pop()),
            |report: &mut Report| report.today = "y",
            |report: &mut Report| report.one = None,
        ] {
            let mut other = report.clone();
            change(&mut other);
            assert_ne!(Written::new(&other).unwrap().key, written.key);
        }
        assert_eq!(Written::new(&report.clone()).unwrap().key, written.key);
    }
}
