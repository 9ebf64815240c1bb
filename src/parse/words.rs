//! What the body parser asks of the vocabulary. Every word comes in folded; every answer is a canonical id.
//!
//! The vocabulary of the program answers these questions; tests answer them from a few lines.

use crate::vocabulary::Vocabulary;

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

    /// The move field a key means: `for`, `until`, `expires` or `cc`.
    fn move_field(&self, key: &str) -> Option<&'static str>;
}

impl Words for Vocabulary {
    fn is_log_heading(&self, heading: &str) -> bool {
        Vocabulary::is_log_heading(self, heading)
    }

    fn log_column(&self, heading: &str) -> Option<&'static str> {
        Vocabulary::log_column(self, heading)
    }

    fn is_log_date_field(&self, key: &str) -> bool {
        Vocabulary::is_log_date_field(self, key)
    }

    fn channel(&self, word: &str) -> Option<&'static str> {
        Vocabulary::channel(self, word)
    }

    fn move_tag(&self, tag: &str) -> Option<&'static str> {
        Vocabulary::move_tag(self, tag).map(|found| found.id)
    }

    fn move_field(&self, key: &str) -> Option<&'static str> {
        Vocabulary::move_field(self, key)
    }
}
