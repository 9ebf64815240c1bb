//! The owner's own lines since the last meeting: what was done, learned, got wrong and asked. A mentor hears all of them;
//! others only what names them.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::index::ledger::Fact;
use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId, PersonRecord};
use crate::index::steps::steps;
use crate::model::moves::MoveKind;
use crate::model::note::NoteKind;
use crate::model::today::Today;
use crate::report::reason::Source;

/// How far back one looks without an earlier meeting.
const FIRST_DAYS: u64 = 30;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnLine {
    /// `work`, `learned`, `mistake` or `question`.
    pub kind: &'static str,
    /// Its day.
    pub date: NaiveDate,
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// The lines after the day of the last meeting, by kind and then by day.
pub(super) fn own_lines(
    index: &Index,
    options: &IndexOptions,
    (id, record): (PersonId, &PersonRecord),
    last: Option<NaiveDate>,
    today: Today,
) -> Vec<OwnLine> {
    let hears_all = steps(record, options).before.is_some();
    let since = last.or_else(|| today.0.checked_sub_days(Days::new(FIRST_DAYS))).unwrap_or(today.0);
    let recent = index.ledger.after(since).take_while(|fact| fact.date <= today.0);
    let wanted = recent.filter(|fact| {
        let is_own = matches!(fact.note, NoteKind::Daily | NoteKind::Owner | NoteKind::Dated | NoteKind::Periodic);
        fact.people.contains(&id) || hears_all && is_own
    });
    let mut lines: Vec<(usize, OwnLine)> = wanted.filter_map(line).collect();
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn line(fact: &Fact) -> Option<(usize, OwnLine)> {
    let (place, kind) = match fact.kind {
        MoveKind::Work => (0, "work"),
        MoveKind::Learned => (1, "learned"),
        MoveKind::Mistake => (2, "mistake"),
        MoveKind::Question => (3, "question"),
        _ => return None,
    };
    let source = Source { path: fact.path.as_str().to_owned(), line: fact.line };
    Some((place, OwnLine { kind, date: fact.date, text: fact.words().to_owned(), source }))
}
