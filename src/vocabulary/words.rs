//! A small table of words that text is matched against: the longest word that fits wins.

use serde::{Deserialize, Deserializer};

/// Words and what each means, longest first. ASCII letters match in any case.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: Vec<(Box<str>, T)>,
}

/// Words that all mean one thing.
pub type Words = Table<()>;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { rows: Vec::new() }
    }
}

impl<T: Copy> Table<T> {
    /// A table of these words.
    pub fn new(rows: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut rows: Vec<(Box<str>, T)> = rows.into_iter().map(|(word, value)| (word.into(), value)).collect();
        rows.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        Table { rows }
    }

    /// What `text` as a whole means.
    pub fn whole(&self, text: &str) -> Option<T> {
        self.rows.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
    }

    /// The longest word `text` begins with: its meaning, and the text after it. A word of Latin letters must end
    /// there, so `mon` does not begin `month`.
    pub fn at_start<'t>(&self, text: &'t str) -> Option<(T, &'t str)> {
        self.rows.iter().find_map(|(word, value)| {
            let (head, rest) = text.split_at_checked(word.len())?;
            let cut = word.ends_with(|c: char| c.is_ascii_alphabetic())
                && rest.starts_with(|c: char| c.is_ascii_alphabetic());
            (!cut && head.eq_ignore_ascii_case(word)).then_some((*value, rest))
        })
    }

    /// Every word `text` begins with, longest first, also within a longer Latin word: for text without blanks.
    pub fn all_at_start<'t>(&self, text: &'t str) -> impl Iterator<Item = (T, &'t str)> {
        self.rows.iter().filter_map(move |(word, value)| {
            let (head, rest) = text.split_at_checked(word.len())?;
            head.eq_ignore_ascii_case(word).then_some((*value, rest))
        })
    }

    /// Every word `text` ends with, longest first, and the text before it.
    pub fn all_at_end<'t>(&self, text: &'t str) -> impl Iterator<Item = (T, &'t str)> {
        self.rows.iter().filter_map(move |(word, value)| {
            let (rest, tail) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
            tail.eq_ignore_ascii_case(word).then_some((*value, rest))
        })
    }

    /// Whether one of the words stands anywhere in `text`, which is lower case.
    pub fn within(&self, text: &str) -> bool {
        self.rows.iter().any(|(word, _)| text.contains(&**word))
    }

    /// The words, longest first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(word, _)| &**word)
    }

    /// A word that stands in the table twice, if there is one.
    pub fn twice(&self) -> Option<&str> {
        let pairs = self.rows.iter().zip(self.rows.iter().skip(1));
        pairs.filter(|(a, b)| a.0 == b.0).map(|(a, _)| &*a.0).next()
    }
}

impl<'d> Deserialize<'d> for Table<()> {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        Ok(Table::new(Vec::<String>::deserialize(from)?.into_iter().map(|word| (word, ()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_fits_and_a_latin_word_is_not_cut() {
        let table = Table::new([("mon".to_owned(), 1), ("monday".to_owned(), 2), ("周".to_owned(), 3)]);
        assert_eq!(table.at_start("Monday 9:00"), Some((2, " 9:00")));
        assert_eq!(table.at_start("mon,"), Some((1, ",")));
        assert_eq!(table.at_start("month"), None);
        assert_eq!(table.at_start("周五"), Some((3, "五")));
        assert_eq!(table.all_at_end("on monday").next(), Some((2, "on ")));
        assert_eq!(table.whole("MON"), Some(1));
    }
}
