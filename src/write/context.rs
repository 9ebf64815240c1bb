//! What the text of a vault is written by.

use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::vocabulary::Vocabulary;

/// Words, language and settings of the vault that is written to.
#[derive(Clone, Copy, Debug)]
pub struct WriteContext<'a> {
    /// The words of both languages.
    pub words: &'a Vocabulary,
    /// The language of the vault.
    pub language: Language,
    /// How task fields are written.
    pub tasks: &'a TasksSettings,
}
