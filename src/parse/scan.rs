//! A cursor over the text of one value. It is `Copy`: a reader that fails goes back by dropping its own.

use crate::vocabulary::time::TimeWords;
use crate::vocabulary::words::Table;

/// The text not yet read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'t> {
    pub(super) rest: &'t str,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Scan { rest: text }
    }

    pub(super) fn is_at_end(self) -> bool {
        self.rest.is_empty()
    }

    /// Skips blanks.
    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes the longest word of `table` that stands here.
    pub(super) fn word<T: Copy>(&mut self, table: &Table<T>) -> Option<T> {
        let (value, rest) = table.at_start(self.rest)?;
        self.rest = rest;
        Some(value)
    }

    /// Whether one of `table` stands here; takes it.
    pub(super) fn takes(&mut self, table: &Table<()>) -> bool {
        self.word(table).is_some()
    }

    /// Whether `mark` stands here; takes it.
    pub(super) fn mark(&mut self, mark: char) -> bool {
        match self.rest.strip_prefix(mark) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// The next character, not taken.
    pub(super) fn peek(self) -> Option<char> {
        self.rest.chars().next()
    }

    /// A whole run of ASCII digits, at most `most` long: its value and length.
    pub(super) fn digits(&mut self, most: usize) -> Option<(u32, usize)> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > most.min(9) {
            return None;
        }
        let (digits, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some((digits.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')), length))
    }

    /// A Chinese numeral up to 99 (十五, 二十, 廿一, 〇五).
    pub(super) fn numeral(&mut self, words: &TimeWords) -> Option<u32> {
        let numerals = &words.numerals;
        let mut scan = *self;
        let tens = if scan.takes(&numerals.ten) {
            Some(1)
        } else if scan.takes(&numerals.twenty) {
            Some(2)
        } else if scan.takes(&numerals.thirty) {
            Some(3)
        } else {
            None
        };
        let value = match tens {
            Some(tens) => tens * 10 + scan.word(&numerals.digits).filter(|d| *d > 0).unwrap_or(0),
            None => {
                let first = scan.word(&numerals.digits)?;
                if first > 0 && scan.takes(&numerals.ten) {
                    first * 10 + scan.word(&numerals.digits).filter(|d| *d > 0).unwrap_or(0)
                } else if first == 0 {
                    scan.word(&numerals.digits).unwrap_or(0)
                } else {
                    first
                }
            }
        };
        *self = scan;
        Some(value)
    }

    /// Digits, at most `most`, or a Chinese numeral.
    pub(super) fn number(&mut self, most: usize, words: &TimeWords) -> Option<u32> {
        match self.digits(most) {
            Some((value, _)) => Some(value),
            None => self.numeral(words),
        }
    }

    /// A year of four Chinese digits (二〇二六).
    pub(super) fn year_in_digits(&mut self, words: &TimeWords) -> Option<u32> {
        let mut scan = *self;
        let mut year = 0;
        for _ in 0..4 {
            year = year * 10 + scan.word(&words.numerals.digits)?;
        }
        *self = scan;
        Some(year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_up_to_99_are_read() {
        let words = TimeWords::built_in();
        let table = [
            ("零", 0),
            ("一", 1),
            ("两", 2),
            ("九", 9),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("廿", 20),
            ("廿九", 29),
            ("三十", 30),
            ("卅", 30),
            ("卅一", 31),
            ("九十九", 99),
            ("〇五", 5),
        ];
        for (text, value) in table {
            let mut scan = Scan::new(text);
            assert_eq!((scan.numeral(&words), scan.rest), (Some(value), ""), "{text}");
        }
        assert_eq!(Scan::new("周").numeral(&words), None);
    }
}
