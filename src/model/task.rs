//! A checkbox line, in the formats of the Obsidian Tasks and Dataview plugins.

use chrono::NaiveDate;

use super::entry::Setting;
use super::link::Link;
use super::span::Span;

/// What a checkbox says, by the vault's own list of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    /// `[ ]` and any mark that is neither done nor cancelled.
    Open,
    /// `[x]`, `[X]` and marks the settings call done.
    Done,
    /// `[-]` and marks the settings call cancelled.
    Cancelled,
}

/// How urgent a task calls itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// 🔺
    Highest,
    /// ⏫
    High,
    /// 🔼
    Medium,
    /// 🔽
    Low,
    /// ⏬
    Lowest,
}

/// One task line. Its fields are read backwards from the end of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What the box says.
    pub state: TaskState,
    /// The character in the box.
    pub mark: char,
    /// The words for a person: no fields, no block id, links by the words they show.
    pub text: Box<str>,
    /// Links in the words.
    pub links: Vec<Link>,
    /// 📅
    pub due: Option<NaiveDate>,
    /// ⏳
    pub scheduled: Option<NaiveDate>,
    /// 🛫
    pub start: Option<NaiveDate>,
    /// ✅
    pub done: Option<NaiveDate>,
    /// ❌
    pub cancelled: Option<NaiveDate>,
    /// ➕
    pub created: Option<NaiveDate>,
    /// Priority mark.
    pub priority: Option<Priority>,
    /// 🔁, kept as text; shown, never computed.
    pub recurrence: Option<Box<str>>,
    /// `^id` at the end of the line, without the caret.
    pub block_id: Option<Box<str>>,
    /// Whether it is to thank someone: its words say so, or a `#thanked` on it.
    pub is_thanks: bool,
    /// Whether the vault's global task filter lets it be a follow-up; true when there is no filter.
    pub passes_filter: bool,
    /// Where the line stands; code and comments hold no follow-ups.
    pub setting: Setting,
    /// The whole line, without its line end.
    pub span: Span,
    /// The line, from 1.
    pub line: u32,
}
