//! What the body parser asks about words and dates. Every word comes in folded; every answer is a canonical id.
//!
//! The program answers from its vocabulary and its reader of dates; tests of the body answer from a few lines, so that
//! they do not change with the words.

use chrono::{NaiveDate, NaiveTime};

use crate::model::diagnostic::Finding;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::time::TimeWords;

use super::dates::wrong_weekday;
use super::leading_date::{leading_date, refused_leading_date};

/// The words that give the lines of a body their meaning.
pub trait Words: Sync {
    /// Whether a heading opens the interaction log.
    fn is_log_heading(&self, heading: &str) -> bool;

    /// What a table column holds: `date`, `channel` or `text`.
    fn log_column(&self, heading: &str) -> Option<&'static str>;

    /// Whether an inline field of this key dates its line (`IN::`, `date::`).
    fn is_log_date_field(&self, key: &str) -> bool;

    /// The channel a word means: `call`, `lunch` …
    fn channel(&self, word: &str) -> Option<&'static str>;

    /// The move a tag without `#` means: `got/info/source`.
    fn move_tag(&self, tag: &str) -> Option<&'static str>;

    /// Whether a tag is a move that goes on with a kind nobody knows: `gave/money`.
    fn is_move_of_unknown_kind(&self, _tag: &str) -> bool {
        false
    }

    /// The move field a key means: `for`, `until`, `expires` or `cc`.
    fn move_field(&self, key: &str) -> Option<&'static str>;

    /// The whole day a text, not folded, begins with, the time of day behind it, and the bytes both take with their
    /// weekday.
    fn leading_date(&self, text: &str) -> Option<(NaiveDate, Option<NaiveTime>, usize)>;

    /// What is wrong with the date a text begins with: no such day, or not the weekday beside it. `None` for a good
    /// date and for a text that begins with none.
    fn date_warning(&self, text: &str) -> Option<Finding>;
}

/// The words of the program, those of time among them.
#[derive(Clone, Copy)]
pub struct ProgramWords<'a> {
    /// The words of both languages.
    pub words: &'a Vocabulary,
    /// The words of time.
    pub time: &'a TimeWords,
}

impl Words for ProgramWords<'_> {
    fn is_log_heading(&self, heading: &str) -> bool {
        self.words.is_log_heading(heading)
    }

    fn log_column(&self, heading: &str) -> Option<&'static str> {
        self.words.log_column(heading)
    }

    fn is_log_date_field(&self, key: &str) -> bool {
        self.words.is_log_date_field(key)
    }

    fn channel(&self, word: &str) -> Option<&'static str> {
        self.words.channel(word)
    }

    fn move_tag(&self, tag: &str) -> Option<&'static str> {
        self.words.move_tag(tag).map(|found| found.id)
    }

    fn is_move_of_unknown_kind(&self, tag: &str) -> bool {
        self.words.move_tag(tag).is_some_and(|found| found.unknown_leaf)
    }

    fn move_field(&self, key: &str) -> Option<&'static str> {
        self.words.move_field(key)
    }

    fn leading_date(&self, text: &str) -> Option<(NaiveDate, Option<NaiveTime>, usize)> {
        leading_date(text, self.time).map(|found| (found.date, found.time, found.length))
    }

    fn date_warning(&self, text: &str) -> Option<Finding> {
        match leading_date(text, self.time) {
            Some(found) => {
                let written = text.get(..found.length).unwrap_or(text);
                found.wrong_weekday.map(|_| wrong_weekday(written, found.date))
            }
            None => refused_leading_date(text, self.time),
        }
    }
}
