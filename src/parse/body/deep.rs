//! Lines nested beyond reason, taken out before the Markdown parser sees them.
//!
//! Each line below a quote of depth *n* costs the parser *n* steps, so 4 MB of `>` followed by short lines would take
//! hours. Nobody writes a hundred levels by hand.

use std::borrow::Cow;
use std::ops::Range;

const DEEPEST: usize = 100;
const WIDEST: usize = 1_000;

/// The text with each line nested too deep made blank, at the same length, and where those lines stood.
pub(super) fn without_deep_lines(text: &str) -> (Cow<'_, str>, Vec<Range<usize>>) {
    let mut deep = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_deep(line.as_bytes()) {
            deep.push(start..start + line.trim_end_matches(['\n', '\r']).len());
        }
        start += line.len();
    }
    if deep.is_empty() {
        return (Cow::Borrowed(text), deep);
    }
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for range in &deep {
        masked.push_str(text.get(from..range.start).unwrap_or_default());
        masked.extend(std::iter::repeat_n(' ', range.len()));
        from = range.end;
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    (Cow::Owned(masked), deep)
}

fn is_deep(line: &[u8]) -> bool {
    let (mut at, mut levels) = (0, 0);
    while let Some(byte) = line.get(at) {
        match byte {
            b' ' | b'\t' => {}
            b'>' => levels += 1,
            b'-' | b'*' | b'+' | b'.' | b')' if is_blank(line.get(at + 1)) => levels += 1,
            b'0'..=b'9' => {}
            _ => break,
        }
        at += 1;
        if levels > DEEPEST || at > WIDEST {
            return true;
        }
    }
    false
}

fn is_blank(byte: Option<&u8>) -> bool {
    byte.is_none_or(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_levels_are_read_and_one_more_is_blanked_at_the_same_length() {
        let hundred = format!("{}a\n", "> ".repeat(100));
        assert!(without_deep_lines(&hundred).1.is_empty());
        let text = format!("x\n{}深\r\ny", "- ".repeat(101));
        let (masked, deep) = without_deep_lines(&text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(deep, vec![2..2 + 202 + 3]);
        assert_eq!(masked.trim_end(), format!("x\n{}\r\ny", " ".repeat(205)));
    }

    #[test]
    fn ordinary_lines_of_digits_and_rules_are_not_deep() {
        assert!(without_deep_lines("20261120 1 2 3\n---\n    - a\n").1.is_empty());
    }
}
