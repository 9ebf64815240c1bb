//! What can be wrong with words that the configuration adds.

use std::ops::Range;

/// Why added words are refused, and where in their text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct AdditionError {
    /// The bytes of the added text, where known.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub fault: AdditionFault,
}

/// The kinds of fault in added words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdditionFault {
    /// The text is not TOML, or names a table or field that does not exist; the message of the TOML reader.
    #[error("{0}")]
    Syntax(Box<str>),
    /// The table has no such entry and takes no new ones.
    #[error("`{0}` is not an entry of this table")]
    UnknownEntry(Box<str>),
    /// The word already belongs to another entry of the table.
    #[error("the word `{word}` already means `{by}`")]
    Taken {
        /// The word, folded.
        word: Box<str>,
        /// The id of the entry that holds it.
        by: &'static str,
    },
}
