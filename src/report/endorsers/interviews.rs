//! Interviewers with whom nobody got in touch after joining.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::interviews::{Interview, interview};
use crate::index::record::{Index, PersonRecord};
use crate::model::today::Today;

/// An interview and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InterviewLine {
    /// Who interviewed.
    pub person: String,
    /// Their note.
    pub path: String,
    /// The day.
    pub date: NaiveDate,
    /// The first contact after joining.
    pub followed_up: Option<NaiveDate>,
    /// Whether it is time for one.
    pub is_missed: bool,
}

impl InterviewLine {
    pub(super) fn new(record: &PersonRecord, met: Interview) -> Self {
        InterviewLine {
            person: record.person.name.to_string(),
            path: record.path.as_str().to_owned(),
            date: met.on,
            followed_up: met.followed_up,
            is_missed: met.is_missed,
        }
    }
}

/// Those to get in touch with, the newest interview first.
pub(super) fn missed(index: &Index, today: Today) -> Vec<InterviewLine> {
    let found = index.people.iter().filter_map(|record| Some((record, interview(index, record, today)?)));
    let missed = found.filter(|(_, met)| met.is_missed);
    let mut lines: Vec<_> = missed.map(|(record, met)| InterviewLine::new(record, met)).collect();
    lines.sort_by(|a, b| (b.date, &a.path).cmp(&(a.date, &b.path)));
    lines
}
