//! The meetings with someone, held and ahead, and what the role they have asks for around them: a topic or a goal
//! before, a summary or a summary with thanks after.
//!
//! What is held is read from the days of contact, what lies ahead from the meeting rule, meeting notes and entries.
//! Reminders, the agenda and briefs read both here.

use chrono::{NaiveDate, NaiveTime};

use crate::model::entry::Channel;
use crate::model::moves::MoveKind;
use crate::model::note::{Held, NoteKind};
use crate::model::today::Today;

use super::meetings::next_meetings;
use super::options::{After, Before, IndexOptions, RolePreset};
use super::record::{AnchorSource, Evidence, Index, MeetingRecord, PersonId, PersonRecord, PlanKind};

/// Ways of contact in which people sit together, if only on a screen.
const TOGETHER: [&str; 7] = ["met", "video", "meeting", "lunch", "dinner", "meal", "coffee"];

/// A meeting that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldMeeting<'i> {
    /// Its day.
    pub date: NaiveDate,
    /// The line that tells of it.
    pub evidence: &'i Evidence,
    /// Its own note, if it has one.
    pub note: Option<&'i MeetingRecord>,
}

/// A meeting that lies ahead, or is today and not told of yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingAhead<'i> {
    /// Its day.
    pub date: NaiveDate,
    /// The time of day, if known.
    pub time: Option<NaiveTime>,
    /// Its own note, if it has one.
    pub note: Option<&'i MeetingRecord>,
    /// The line that arranges it; none for the meeting rule.
    pub evidence: Option<&'i Evidence>,
    /// The day from which the rule's occurrence was moved.
    pub moved_from: Option<NaiveDate>,
}

/// What a role asks for around meetings, of several roles the first that says anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// What is to be done before.
    pub before: Option<Before>,
    /// And after.
    pub after: Option<After>,
}

/// What the roles of someone ask for.
pub fn steps(record: &PersonRecord, options: &IndexOptions) -> Steps {
    let first = |found: fn(&RolePreset) -> Option<Before>| roles(record, options).find_map(found);
    Steps { before: first(|role| role.before), after: roles(record, options).find_map(|role| role.after) }
}

/// For how many minutes they are usually met: as their note says, else by role.
pub fn meeting_length(record: &PersonRecord, options: &IndexOptions) -> Option<u32> {
    record.person.meeting_length.or_else(|| roles(record, options).find_map(|role| role.length))
}

/// The form in which their role has them met; what their own note says is words and stands above it.
pub fn role_form(record: &PersonRecord, options: &IndexOptions) -> Option<Channel> {
    roles(record, options).find_map(|role| role.form)
}

/// The last meeting up to today.
pub fn last_meeting<'i>(
    index: &'i Index,
    options: &IndexOptions,
    person: PersonId,
    today: Today,
) -> Option<HeldMeeting<'i>> {
    let record = index.person(person)?;
    let form = role_form(record, options);
    let past = record.contacts.partition_point(|contact| contact.date <= today.0);
    record.contacts.get(..past)?.iter().rev().find_map(|contact| {
        let is_together =
            |told: &&Evidence| told.channel.is_some_and(|way| TOGETHER.contains(&way) || form == Some(way));
        let told = contact.evidence.iter().find(is_together);
        let note = meeting_note(index, person, contact.date);
        let by_note = || {
            let met =
                |day: &&super::record::MeetingDay| day.date == contact.date && day.source == AnchorSource::MeetingNote;
            record.meeting_days.iter().rev().find(met).and(contact.evidence.first())
        };
        Some(HeldMeeting { date: contact.date, evidence: told.or_else(by_note)?, note })
    })
}

/// The next meeting from today on. One of today that was told of already took place.
pub fn next_meeting<'i>(index: &'i Index, person: PersonId, today: Today) -> Option<MeetingAhead<'i>> {
    meetings_ahead(index, person, today).into_iter().next()
}

/// The next occurrence of the rule and all that is arranged from today on, by day, one a day.
pub fn meetings_ahead<'i>(index: &'i Index, person: PersonId, today: Today) -> Vec<MeetingAhead<'i>> {
    let Some(record) = index.person(person) else { return Vec::new() };
    let is_told = record.was_contacted_on(today.0);
    let ahead = |date: NaiveDate, evidence: &'i Evidence| MeetingAhead {
        date,
        time: evidence.time,
        note: meeting_note(index, person, date),
        evidence: Some(evidence),
        moved_from: None,
    };
    let is_event = |evidence: &Evidence, date: NaiveDate| {
        notes_of(index, date).any(|note| note.kind == NoteKind::Event && note.path == evidence.path)
    };
    let first = record.contacts.partition_point(|contact| contact.date <= today.0);
    let entries = record.contacts.iter().skip(first).filter_map(|contact| {
        let evidence = contact.evidence.iter().find(|told| !is_event(told, contact.date))?;
        Some(ahead(contact.date, evidence))
    });
    let plans = record.plans.iter().filter(|plan| plan.date >= today.0 && plan.kind != PlanKind::NextContact);
    let plans = plans.filter(|plan| !is_event(&plan.evidence, plan.date));
    let mut found: Vec<MeetingAhead<'i>> = plans.map(|plan| ahead(plan.date, &plan.evidence)).chain(entries).collect();
    found.extend(next_meetings(record, today, 2).into_iter().map(|meeting| MeetingAhead {
        date: meeting.date,
        time: meeting.time,
        note: meeting_note(index, person, meeting.date),
        evidence: None,
        moved_from: meeting.moved_from,
    }));
    found.retain(|meeting| meeting.date > today.0 || !is_told);
    found.sort_by_key(|meeting| (meeting.date, meeting.evidence.is_none()));
    let mut once: Vec<MeetingAhead<'i>> = Vec::with_capacity(found.len());
    for meeting in found {
        match once.last_mut().filter(|last| last.date == meeting.date) {
            Some(last) => {
                last.time = last.note.and_then(|note| note.time).or(last.time).or(meeting.time);
                last.moved_from = last.moved_from.or(meeting.moved_from);
            }
            None => {
                once.push(MeetingAhead { time: meeting.note.and_then(|note| note.time).or(meeting.time), ..meeting });
            }
        }
    }
    once
}

/// Whether what the role asks for before the meeting of `ahead` was done: something was sent since the last meeting, or
/// the meeting's note says goal or preparation.
pub fn is_prepared(
    index: &Index,
    person: PersonId,
    last: Option<NaiveDate>,
    ahead: &MeetingAhead<'_>,
    today: Today,
) -> bool {
    let noted = ahead.note.is_some_and(|note| note.goal.is_some() || note.prep.is_some());
    noted || has_move_since(index, person, &[MoveKind::Prepared], today, |date| last.is_none_or(|last| date > last))
}

/// Whether the last meeting was summed up, or thanks were said for it.
pub fn is_summed_up(index: &Index, person: PersonId, held: &HeldMeeting<'_>, today: Today) -> bool {
    let noted = held.note.is_some_and(|note| note.is_summed_up || note.thanked.is_some());
    let kinds = [MoveKind::Summary, MoveKind::Thanked];
    noted || has_move_since(index, person, &kinds, today, |date| date >= held.date)
}

/// The note of a meeting with someone on a day; of several the first that is not called off.
pub fn meeting_note(index: &Index, person: PersonId, date: NaiveDate) -> Option<&MeetingRecord> {
    notes_of(index, date)
        .find(|note| note.kind == NoteKind::Meeting && note.held != Held::Cancelled && note.people.contains(&person))
}

/// Meeting and event notes of a day.
pub fn notes_of(index: &Index, date: NaiveDate) -> impl Iterator<Item = &MeetingRecord> {
    let first = index.meetings.partition_point(|note| note.date < date);
    index.meetings.iter().skip(first).take_while(move |note| note.date == date)
}

fn roles<'o>(record: &'o PersonRecord, options: &'o IndexOptions) -> impl Iterator<Item = &'o RolePreset> {
    record.person.presets.iter().filter_map(|preset| options.presets.get(&preset.value))
}

fn has_move_since(
    index: &Index,
    person: PersonId,
    kinds: &[MoveKind],
    today: Today,
    is_since: impl Fn(NaiveDate) -> bool,
) -> bool {
    let facts = index.ledger.of(person).rev().skip_while(|fact| fact.date > today.0);
    facts.take_while(|fact| is_since(fact.date)).any(|fact| kinds.contains(&fact.kind))
}
