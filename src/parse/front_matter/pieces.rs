//! A block that does not parse, cut at each `key:` in column 0.

use std::ops::Range;

use super::blanks::{is_odd_blank, trimmed_range};
use super::split::{Line, Lines};
use crate::model::span::Span;

/// Bytes a key may have. Longer ones are sentences with a colon in them.
const KEY_BYTES: usize = 200;

/// One key with the lines below it, up to the next key.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// `None` for what stands before the first key.
    pub(super) key: Option<Key>,
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
}

/// A key at the start of a line.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The key, quotes included.
    pub(super) span: Span,
    /// How it is set off from its value.
    pub(super) colon: Colon,
    /// The byte of its colon.
    pub(super) colon_at: usize,
    /// The byte after its colon.
    pub(super) value_at: usize,
}

/// How a key is set off from its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colon {
    /// `key: value`.
    Usual,
    /// `key:value`, which YAML does not read; taken for known keys only.
    WithoutBlank,
    /// `key：value`, which YAML does not read; taken for known keys only.
    FullWidth,
}

/// Cuts the bytes `range` of `text`, whose start is a line start.
pub(super) fn pieces(text: &str, range: Range<usize>, known_key: &dyn Fn(&str) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let block = text.get(..range.end).unwrap_or(text);
    for line in (Lines { text: block, at: range.start }) {
        let key = key_of(line, known_key);
        match pieces.last_mut() {
            Some(last) if key.is_none() => last.range.end = line.end(),
            _ => pieces.push(Piece { key, range: line.start..line.end() }),
        }
    }
    pieces
}

fn key_of(line: Line<'_>, known_key: &dyn Fn(&str) -> bool) -> Option<Key> {
    let visible = line.text.trim_start_matches(is_odd_blank);
    let is_outdented = visible.len() == line.text.len();
    let start = line.end() - visible.len();
    let found = match visible.as_bytes() {
        [] | [b' ' | b'\t' | b'#' | b'[' | b'{' | b'}' | b']' | b'|' | b'>' | b'%', ..] | [b'-' | b'?'] => None,
        [b'-' | b'?', b' ' | b'\t', ..] => None,
        [quote @ (b'"' | b'\''), ..] => quoted(visible, *quote).map(|end| (end, Colon::Usual)),
        _ => plain(visible, known_key),
    };
    let (colon_at, colon) = found?;
    let key = trimmed_range(visible.get(..colon_at)?);
    // An indent of odd blanks may belong to running text, so only a known key counts behind it.
    if key.is_empty() || !(is_outdented || known_key(visible.get(key.clone())?)) {
        return None;
    }
    let width = if colon == Colon::FullWidth { '：'.len_utf8() } else { 1 };
    Some(Key {
        span: Span::new(start + key.start, start + key.end),
        colon,
        colon_at: start + colon_at,
        value_at: start + colon_at + width,
    })
}

/// The colon behind a quoted key.
fn quoted(line: &str, quote: u8) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => break,
            _ => at += 1,
        }
    }
    at += 1;
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    (bytes.get(at) == Some(&b':') && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'))).then_some(at)
}

/// The colon behind a plain key: the first that ends one.
fn plain(line: &str, known_key: &dyn Fn(&str) -> bool) -> Option<(usize, Colon)> {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        if at > KEY_BYTES || (c == '#' && before.is_whitespace()) {
            return None;
        }
        let is_known = || line.get(..at).is_some_and(|key| known_key(super::blanks::trimmed(key)));
        match c {
            ':' => match line.get(at + 1..).and_then(|rest| rest.chars().next()) {
                None | Some(' ' | '\t') => return Some((at, Colon::Usual)),
                Some(next) if is_odd_blank(next) => return Some((at, Colon::Usual)),
                Some(_) if is_known() => return Some((at, Colon::WithoutBlank)),
                Some(_) => {}
            },
            '：' if is_known() => return Some((at, Colon::FullWidth)),
            _ => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Colon, pieces};

    #[test]
    fn keys_start_pieces_and_other_lines_join_the_one_before() {
        let known = |key: &str| matches!(key, "姓名" | "name");
        let table: &[(&str, Option<(&str, Colon)>)] = &[
            ("a: 1", Some(("a", Colon::Usual))),
            ("a:", Some(("a", Colon::Usual))),
            ("my key : x", Some(("my key", Colon::Usual))),
            ("http://x: y", Some(("http://x", Colon::Usual))),
            ("\"EMAIL[HOME]\": x", Some(("\"EMAIL[HOME]\"", Colon::Usual))),
            ("'it''s': x", Some(("'it''s'", Colon::Usual))),
            ("姓名：张三", Some(("姓名", Colon::FullWidth))),
            ("姓名:张三", Some(("姓名", Colon::WithoutBlank))),
            ("姓名:\u{a0}张三", Some(("姓名", Colon::Usual))),
            ("\u{200b}name: x", Some(("name", Colon::Usual))),
            ("\u{3000}其他: x", None),
            ("其他：张三", None),
            ("其他:张三", None),
            ("text #a: b", None),
            (" a: 1", None),
            ("- a: 1", None),
            ("? a: 1", None),
            ("# a: 1", None),
            ("{a: 1}", None),
            ("\"open: 1", None),
            (": x", None),
            ("", None),
        ];
        for (line, expected) in table {
            let text = format!("first: 0\n{line}\n");
            let pieces = pieces(&text, 0..text.len(), &known);
            let found =
                pieces.get(1).and_then(|piece| piece.key.as_ref()).map(|key| (&text[key.span.range()], key.colon));
            assert_eq!(found, *expected, "{line:?}");
        }
    }
}
