//! The lines that name someone: what counted, what did not, and by which rule.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::{Evidence, PassedOverReason, PersonRecord};
use crate::model::entry::EntrySource;
use crate::model::today::Today;

use super::steps::plan_word;

/// A line that names someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its day; `null` for a line that none applies to.
    pub date: Option<NaiveDate>,
    /// Its note.
    pub path: String,
    /// Its line, from 1.
    pub line: u32,
    /// What it counted as, or why it did not count.
    pub reason: &'static str,
    /// The front-matter key, where the line is one.
    pub key: Option<&'static str>,
    /// Canonical channel id.
    pub channel: Option<String>,
    /// Its words.
    pub text: String,
}

impl Line {
    fn new(date: impl Into<Option<NaiveDate>>, evidence: &Evidence, reason: &'static str) -> Self {
        Line {
            date: date.into(),
            path: evidence.path.as_str().to_owned(),
            line: evidence.line,
            reason,
            key: evidence.key,
            channel: evidence.channel.map(str::to_owned),
            text: evidence.text.to_string(),
        }
    }
}

/// What counted up to today, newest first.
pub(super) fn counted(record: &PersonRecord, today: Today) -> Vec<Line> {
    let past = record.contacts.iter().rev().filter(|contact| contact.date <= today.0);
    past.flat_map(|contact| contact.evidence.iter().map(|one| Line::new(contact.date, one, shape(one)))).collect()
}

/// What did not, newest first: entries that lie ahead, plans nobody confirmed, and lines the rules pass over.
pub(super) fn not_counted(record: &PersonRecord, today: Today) -> Vec<Line> {
    let ahead = record.contacts.iter().filter(|contact| contact.date > today.0);
    let ahead = ahead.flat_map(|contact| contact.evidence.iter().map(|one| Line::new(contact.date, one, "ahead")));
    let plans = record.plans.iter().map(|plan| {
        let passed = plan.date < today.0;
        Line::new(plan.date, &plan.evidence, if passed { "not-confirmed" } else { plan_word(plan.kind) })
    });
    let passed = record.passed_over.iter().map(|one| Line::new(one.date, &one.evidence, passed_over(one.reason)));
    let mut lines: Vec<Line> = ahead.chain(plans).chain(passed).collect();
    lines.sort_by(|a, b| {
        (Reverse(a.date), &a.path, a.line, a.reason).cmp(&(Reverse(b.date), &b.path, b.line, b.reason))
    });
    lines
}

/// The shape by which a line counted.
fn shape(evidence: &Evidence) -> &'static str {
    match evidence.source {
        None => "key",
        Some(EntrySource::LogItem) => "log-item",
        Some(EntrySource::DatedHeading) => "dated-heading",
        Some(EntrySource::TableRow) => "table-row",
        Some(EntrySource::LinkDate) => "link-date",
        Some(EntrySource::InlineField) => "inline-field",
        Some(EntrySource::Line) => "line",
        Some(EntrySource::Attendees) => "attendees",
        Some(EntrySource::Met) => "met",
        Some(EntrySource::FrontMatter) => "front-matter",
    }
}

fn passed_over(reason: PassedOverReason) -> &'static str {
    match reason {
        PassedOverReason::Quote => "quote",
        PassedOverReason::Code => "code",
        PassedOverReason::Comment => "comment",
        PassedOverReason::Struck => "struck",
        PassedOverReason::Embed => "embed",
        PassedOverReason::Field => "field",
        PassedOverReason::OpenTask => "open-task",
        PassedOverReason::CancelledTask => "cancelled-task",
        PassedOverReason::MeetingHasAttendees => "meeting-has-attendees",
        PassedOverReason::EventOnlyCountsMet => "event-only-counts-met",
        PassedOverReason::FrontMatter => "other-key",
        PassedOverReason::Periodic => "periodic",
        PassedOverReason::Undated => "undated",
        PassedOverReason::Skip => "skip",
        PassedOverReason::Snooze => "snooze",
        PassedOverReason::Prepared => "prepared",
        PassedOverReason::OwnerNote => "owner-note",
        PassedOverReason::OtherPersonsNote => "other-persons-note",
        PassedOverReason::Cancelled => "cancelled",
        PassedOverReason::Ambiguous => "ambiguous",
    }
}
