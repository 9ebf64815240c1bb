//! What the body parser asks about words and dates. Every word comes in folded, but for dates; every answer is a
//! canonical id.

use chrono::{NaiveDate, NaiveTime};

use crate::model::diagnostic::Finding;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::time::TimeWords;

use super::dates::wrong_weekday;
use super::leading_date::{leading_date, refused_leading_date};

/// The words that give the lines of a body their meaning, those of time among them.
#[derive(Clone, Copy)]
pub struct BodyWords<'a> {
    /// The words of both languages.
    pub words: &'a Vocabulary,
    /// The words of time.
    pub time: &'a TimeWords,
}

impl BodyWords<'_> {
    /// Whether a heading opens the interaction log.
    pub fn is_log_heading(&self, heading: &str) -> bool {
        self.words.is_log_heading(heading)
    }

    /// What a table column holds: `date`, `channel` or `text`.
    pub fn log_column(&self, heading: &str) -> Option<&'static str> {
        self.words.log_column(heading)
    }

    /// Whether an inline field of this key dates its line (`IN::`, `date::`).
    pub fn is_log_date_field(&self, key: &str) -> bool {
        self.words.is_log_date_field(key)
    }

    /// The channel a word means: `call`, `lunch` …
    pub fn channel(&self, word: &str) -> Option<&'static str> {
        self.words.channel(word)
    }

    /// The move a tag without `#` means: `got/info/source`.
    pub fn move_tag(&self, tag: &str) -> Option<&'static str> {
        self.words.move_tag(tag).map(|found| found.id)
    }

    /// Whether a tag is a move that goes on with a kind nobody knows: `gave/money`.
    pub fn is_move_of_unknown_kind(&self, tag: &str) -> bool {
        self.words.move_tag(tag).is_some_and(|found| found.unknown_leaf)
    }

    /// Whether the words of a task say that someone is to be thanked.
    pub fn is_task_of_thanks(&self, words: &str) -> bool {
        self.words.is_task_of_thanks(words)
    }

    /// The move field a key means: `for`, `until`, `expires` or `cc`.
    pub fn move_field(&self, key: &str) -> Option<&'static str> {
        self.words.move_field(key)
    }

    /// The whole day a text, not folded, begins with, the time of day behind it, and the bytes both take with their
    /// weekday.
    pub fn leading_date(&self, text: &str) -> Option<(NaiveDate, Option<NaiveTime>, usize)> {
        leading_date(text, self.time).map(|found| (found.date, found.time, found.length))
    }

    /// What is wrong with the date a text begins with: no such day, or not the weekday beside it. `None` for a good
    /// date and for a text that begins with none.
    pub fn date_warning(&self, text: &str) -> Option<Finding> {
        match leading_date(text, self.time) {
            Some(found) => {
                let written = text.get(..found.length).unwrap_or(text);
                found.wrong_weekday.map(|_| wrong_weekday(written, found.date))
            }
            None => refused_leading_date(text, self.time),
        }
    }
}
