//! How the program knows its own lines again: the sum comments just above the end marker.
//!
//! Lines a person adds between the markers must be found at the next run, on another device, without any memory but
//! the file. So each sum comment holds, for every line written, five characters: 30 bits of SHA-256 over the line.
//! A line inside that no sum covers is the person's. Thirty bits let one changed line in ten million go astray in a
//! report of a hundred lines, for half a kilobyte of text that reading view hides. Fewer bits would lose lines that
//! somebody wrote; a single hash of the whole could not tell which lines are theirs; a stored copy would be state.
//!
//! A key leaves out blanks, counts a row of hyphens as one and takes each bullet for a hyphen, since editors pad table
//! cells, trim lines, write other bullets and change line endings on their own. Sums are a set: where git or a sync client left two versions in one region there are
//! two sets of sums, and together they cover the lines of both.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use super::markers::{OURS, content};

/// Keys in one comment, so that the line stays short enough for every editor and a diff.
const KEYS_PER_LINE: usize = 32;
const KEY_LENGTH: usize = 5;
/// Base 64 without the hyphen, two of which may not stand in a comment.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The written form of one line's hash.
type Key = [u8; KEY_LENGTH];

/// The lines known to be generated.
#[derive(Debug, Default)]
pub(super) struct Sums<'t> {
    keys: HashSet<Key>,
    /// Some of them as they are written, which is cheaper to compare than a sum is to make.
    lines: HashSet<&'t str>,
}

impl<'t> Sums<'t> {
    /// Takes up what every sum comment among `lines` covers.
    pub(super) fn of_comments(lines: &str) -> Self {
        let mut sums = Sums::default();
        sums.add_comments(lines);
        sums
    }

    /// Takes up a generated text with its sum comments.
    pub(super) fn add_generated(&mut self, text: &'t str) {
        self.add_comments(text);
        self.lines.extend(text.lines());
    }

    /// Whether the program wrote `line`; blank lines count as its own.
    pub(super) fn cover(&self, line: &str) -> bool {
        self.lines.contains(content(line)) || key(line).is_none_or(|key| self.keys.contains(&key))
    }

    fn add_comments(&mut self, lines: &str) {
        for keys in lines.lines().filter_map(keys_of) {
            self.keys.extend(keys.as_bytes().as_chunks::<KEY_LENGTH>().0);
        }
    }
}

/// Whether a line is a sum comment.
pub(super) fn is_sum(line: &str) -> bool {
    keys_of(line).is_some()
}

/// The sum comments of `text`, each with its newline.
pub(super) fn sum_comments(text: &str) -> String {
    let mut seen = HashSet::new();
    let keys: Vec<Key> = text.lines().filter_map(key).filter(|key| seen.insert(*key)).collect();
    let mut comments = String::with_capacity(keys.len() * (KEY_LENGTH + 1));
    for keys in keys.chunks(KEYS_PER_LINE) {
        comments.push_str(OURS);
        comments.push_str("sum ");
        comments.extend(keys.iter().flatten().map(|digit| char::from(*digit)));
        comments.push_str(" -->\n");
    }
    comments
}

fn keys_of(line: &str) -> Option<&str> {
    content(line).strip_prefix(OURS)?.strip_prefix("sum ")?.strip_suffix(" -->")
}

/// The key of a line, or none for a blank one.
fn key(line: &str) -> Option<Key> {
    let mut hash = Sha256::new();
    let mut blank = true;
    let mut after_hyphen = false;
    let mut at_bullet = true;
    for word in line.split_whitespace() {
        let word = if at_bullet && matches!(word, "*" | "+") { "-" } else { word };
        at_bullet = at_bullet && word.bytes().all(|byte| byte == b'>');
        for part in word.split_inclusive('-') {
            if part != "-" || !after_hyphen {
                hash.update(part);
            }
            after_hyphen = part.ends_with('-');
        }
        blank = false;
    }
    if blank {
        return None;
    }
    let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
    let bits = u32::from_be_bytes([a, b, c, d]);
    Some([26, 20, 14, 8, 2].map(|shift: u32| DIGITS.get((bits >> shift) as usize % 64).copied().unwrap_or(b'A')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_again_and_another_is_not() {
        let sums = Sums::of_comments(&sum_comments("- [ ] 张三 ^vs-1\n\n| a | - |\n> - b * c\n"));
        for line in ["* [ ] 张三 ^vs-1", "\t+ [ ] 张三 ^vs-1", "> * b * c"] {
            assert!(sums.cover(line), "{line:?}");
        }
        for line in ["- [ ] 张三 ^vs-1", "- [ ] 张三 ^vs-1  \r\n", "  - [ ] 张三 ^vs-1", "|  a | --- |", "", " \t"]
        {
            assert!(sums.cover(line), "{line:?}");
        }
        for line in
            ["- [x] 张三 ^vs-1", "- [ ] 张三 ^vs-2", "- [ ] 张三", "> - b - c", "|a|", "<!-- vault-scan:sum AAAAA -->"]
        {
            assert!(!sums.cover(line), "{line:?}");
        }
    }

    #[test]
    fn the_key_of_a_line_never_changes() {
        // printf 'abc' | sha256sum: ba7816bf…, first 30 bits in base 64.
        assert_eq!(key("abc"), Some(*b"ungWv"));
        assert_eq!(key("a b\tc"), Some(*b"ungWv"));
    }

    #[test]
    fn long_texts_get_several_comments_and_equal_lines_one_key() {
        let text: String = (0..100).map(|n| format!("{n}\n")).collect();
        let comments = sum_comments(&text);
        assert_eq!(comments.lines().count(), 4);
        assert!(comments.lines().all(|line| is_sum(line) && line.len() < 200));
        let sums = Sums::of_comments(&comments);
        assert!(text.lines().all(|line| sums.cover(line)) && !sums.cover("100"));
        assert_eq!(sum_comments("a\na\n").len(), OURS.len() + "sum 12345 -->\n".len());
        assert_eq!(sum_comments("\n \n"), "");
    }

    #[test]
    fn a_spoilt_comment_is_still_ours_and_covers_what_it_can() {
        assert!(is_sum("<!-- vault-scan:sum ungWvxx -->") && is_sum("<!-- vault-scan:sum 张 -->\r\n"));
        assert!(Sums::of_comments("<!-- vault-scan:sum ungWvxx -->").cover("abc"));
        assert!(!is_sum("<!-- vault-scan:sum"));
    }
}
