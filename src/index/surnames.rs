//! How surnames are read where that is not how their characters are mostly read: 单 Shàn, 曾 Zēng, 仇 Qiú.
//! The list is data (`surnames.tsv`): surname, reading with tone numbers, and characters with just that reading.

use std::collections::HashMap;
use std::sync::LazyLock;

static SURNAMES: LazyLock<HashMap<&'static str, Surname>> = LazyLock::new(|| rows().collect());

/// One surname of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surname {
    /// Its reading, with tone numbers and blanks between syllables: `shan4`, `yu4 chi2`.
    pub(super) reading: &'static str,
    /// As many characters with that very reading, for sorting.
    pub(super) homophone: &'static str,
}

impl Surname {
    /// Its syllables without tones.
    pub(super) fn plain_syllables(self) -> impl Iterator<Item = &'static str> {
        self.reading.split(' ').map(|syllable| syllable.trim_end_matches(|c: char| c.is_ascii_digit()))
    }
}

/// The listed surname that `name` begins with, the longest first, and the rest of the name.
pub(super) fn surname_of(name: &str) -> Option<(Surname, &str)> {
    let ends = name.char_indices().map(|(at, c)| at + c.len_utf8()).take(2);
    let first = name.chars().next().filter(|c| is_han(*c))?;
    let whole = ends.last().unwrap_or_default();
    [whole, first.len_utf8()].into_iter().find_map(|end| {
        let (surname, rest) = name.split_at_checked(end)?;
        Some((*SURNAMES.get(surname)?, rest))
    })
}

/// Whether a character is a Chinese one.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn rows() -> impl Iterator<Item = (&'static str, Surname)> {
    include_str!("surnames.tsv").lines().filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, Surname { reading: cells.next()?, homophone: cells.next()? }))
    })
}

#[cfg(test)]
mod tests {
    use pinyin::{Pinyin, ToPinyin};

    use super::*;

    #[test]
    fn every_homophone_has_just_the_reading_of_its_surname() {
        for (written, surname) in rows() {
            let read: Vec<_> = surname.homophone.to_pinyin().flatten().map(Pinyin::with_tone_num_end).collect();
            assert_eq!(read.join(" "), surname.reading, "{written}");
            assert_eq!(written.chars().count(), surname.homophone.chars().count(), "{written}");
        }
    }

    #[test]
    fn the_longest_surname_wins() {
        assert_eq!(surname_of("尉迟恭").unwrap().1, "恭");
        assert_eq!(surname_of("尉缭").unwrap().1, "缭");
        assert_eq!(surname_of("张三"), None);
        assert_eq!(surname_of("Zoe"), None);
        assert_eq!(surname_of(""), None);
    }
}
