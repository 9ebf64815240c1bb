//! What the role of someone still asks for around meetings with them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::index::reminders::{Ground, Reminder, reminders};
use crate::model::today::Today;
use crate::report::reason::Source;

/// A step that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenStep {
    /// `prepare` or `summary`.
    pub kind: &'static str,
    /// The day of the meeting.
    pub date: NaiveDate,
    /// The line that tells of the meeting; `null` for one by rule.
    pub source: Option<Source>,
}

/// The steps that are open on `today`.
pub(super) fn open(index: &Index, options: &IndexOptions, id: PersonId, today: Today) -> Vec<OpenStep> {
    let found = reminders(index, options, today);
    let asked = found.iter().filter(|one| one.person == Some(id) && one.is_open && one.date <= today.0);
    asked.filter_map(step).collect()
}

fn step(reminder: &Reminder<'_>) -> Option<OpenStep> {
    let (kind, date) = match reminder.ground {
        Ground::Ahead(ahead, _) => ("prepare", ahead.date),
        Ground::Held(held, _) => ("summary", held.date),
        _ => return None,
    };
    let source = reminder.source.map(|(path, line)| Source { path: path.as_str().to_owned(), line });
    Some(OpenStep { kind, date, source })
}
