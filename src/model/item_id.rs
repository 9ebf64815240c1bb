//! The name of one line of the agenda.

use std::fmt;
use std::str::FromStr;

/// What every name of an agenda line begins with.
const PREFIX: &str = "vs-";
const DIGITS: usize = 8;

/// The name of one line of the agenda, `vs-1a2b3c4d`: the first 32 bits of a hash over what the line is about. A log
/// line written from it carries the same name, so that it is never logged a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The name that stands in a line as `^vs-1a2b3c4d`, wherever an editor or a plugin has put it; the last one if
    /// there are several.
    pub fn in_line(line: &str) -> Option<Self> {
        Self::places(line).last().map(|(_, id)| id)
    }

    /// Every name in a line, with the byte its `^` stands at.
    pub fn places(line: &str) -> impl Iterator<Item = (usize, Self)> + '_ {
        line.match_indices("^vs-").filter_map(|(at, caret)| {
            let before = line.get(..at)?;
            let name = line.get(at + 1..at + caret.len() + DIGITS)?;
            let after = line.get(at + caret.len() + DIGITS..)?;
            let stands_alone = before.is_empty() || before.ends_with(char::is_whitespace);
            let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
            (stands_alone && ends).then(|| Some((at, name.parse().ok()?))).flatten()
        })
    }

    /// How many bytes `^vs-1a2b3c4d` takes in a line.
    pub const MARK_LENGTH: usize = 1 + PREFIX.len() + DIGITS;
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{:08x}", self.0)
    }
}

/// The text is no name of an agenda line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoItemId;

impl FromStr for ItemId {
    type Err = NoItemId;

    fn from_str(text: &str) -> Result<Self, NoItemId> {
        let digits = text.strip_prefix(PREFIX).ok_or(NoItemId)?;
        let is_hex = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits.len() != DIGITS || !is_hex {
            return Err(NoItemId);
        }
        u32::from_str_radix(digits, 16).map(ItemId).map_err(|_| NoItemId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_printed() {
        for id in [ItemId(0), ItemId(0x1a2b_3c4d), ItemId(u32::MAX)] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!(ItemId(0xab).to_string(), "vs-000000ab");
        for text in ["", "vs-", "vs-1a2b3c4", "vs-1a2b3c4d5", "vs-1A2B3C4D", "1a2b3c4d", "vs-1a2b3c4g", "vs-+a2b3c4d"] {
            assert_eq!(text.parse::<ItemId>(), Err(NoItemId), "{text}");
        }
    }

    #[test]
    fn a_name_is_found_wherever_it_stands_alone() {
        for (line, expected) in [
            ("- 2026-11-20 call ^vs-1a2b3c4d", Some(0x1a2b_3c4d)),
            ("^vs-1a2b3c4d", Some(0x1a2b_3c4d)),
            ("- [x] A ^vs-1a2b3c4d ✅ 2026-11-20", Some(0x1a2b_3c4d)),
            ("- [x] ^vs-1a2b3c4d A", Some(0x1a2b_3c4d)),
            ("- A ^vs-00000001 ^vs-00000002", Some(2)),
            ("- A ^vs-1a2b3c4d\r", Some(0x1a2b_3c4d)),
            ("- A^vs-1a2b3c4d", None),
            ("- A ^vs-1a2b3c4de", None),
            ("- A ^vs-1a2b3c4d-2", None),
            ("- A ^vs-1a2b3c4", None),
            ("- A ^note", None),
            ("", None),
        ] {
            assert_eq!(ItemId::in_line(line), expected.map(ItemId), "{line}");
        }
    }
}
