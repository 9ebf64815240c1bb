//! A calendar of the days ahead for other programs: meeting rules with what was moved or called off, other meetings and
//! events, and yearly days where they are wanted.
//!
//! Every event has a name that stays the same, so that a calendar that is read in again changes and doubles nothing.
//! Times are the owner's own, without a zone.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use sha2::{Digest, Sha256};

use crate::index::birthdays::{YearlyKind, remind_before, yearly_days};
use crate::index::meetings::{anchor, next_meetings};
use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId, PersonRecord};
use crate::index::steps::{meeting_length, meetings_ahead};
use crate::model::note::{Held, NoteKind};
use crate::model::today::Today;

use super::facts::short_title;

/// How long a meeting is entered for where nothing says it, in minutes.
const LENGTH: u32 = 60;

/// Whether birthdays and other yearly days are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearlyDays {
    /// They are.
    Told,
    /// They are not.
    LeftOut,
}

/// A day, with a time or as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: NaiveDate,
    /// The time; none for all day.
    pub time: Option<NaiveTime>,
}

/// What an event is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A meeting with these people.
    Meeting(Vec<String>),
    /// An event, by its title.
    Event(String),
    /// Someone's birthday.
    Birthday(String),
    /// Another yearly day of someone, with its label.
    YearlyDay(String, String),
}

/// One event, or a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name in all calendars.
    pub uid: String,
    /// What it is.
    pub kind: EventKind,
    /// When it starts; of a series the first.
    pub start: Moment,
    /// Minutes; none for all day.
    pub length: Option<u32>,
    /// The rule (RFC 5545) of a series.
    pub rule: Option<String>,
    /// Which of the series fall away.
    pub without: Vec<Moment>,
    /// Which of its series this one was, before it was moved.
    pub instead_of: Option<Moment>,
    /// Where.
    pub place: Option<String>,
    /// What it is for, or what is talked about.
    pub about: Vec<String>,
    /// Whether the standing invitation goes with it.
    pub invites: bool,
    /// Days ahead at which to be reminded, for yearly days.
    pub remind_before: Option<u32>,
}

/// The events of today and `days` after it, by their first day and name.
pub fn calendar(index: &Index, options: &IndexOptions, today: Today, days: u32, yearly: YearlyDays) -> Vec<Event> {
    let last = today.0.checked_add_days(Days::new(days.into())).unwrap_or(today.0);
    let mut events = Vec::new();
    let mut told = BTreeSet::new();
    for (id, record) in (0..).map(PersonId).zip(&index.people).filter(|(_, record)| record.silence().is_none()) {
        if next_meetings(record, today, 1).iter().any(|meeting| meeting.date <= last) {
            series(record, options, today, &mut events);
        }
        arranged(index, options, (id, record), (today, last), &mut told, &mut events);
        if yearly == YearlyDays::Told {
            yearly_of(record, options, (today, last), &mut events);
        }
    }
    let ahead = index.meetings.iter().filter(|note| today.0 <= note.date && note.date <= last);
    for note in ahead.filter(|note| note.kind == NoteKind::Event && note.held != Held::Cancelled) {
        let start = Moment { date: note.date, time: note.time };
        let title = short_title(&note.title, note.date, "").to_owned();
        let mut event = plain(uid(note.path.as_str(), "event", &note.date.to_string()), EventKind::Event(title), start);
        event.place = note.place.as_deref().map(str::to_owned);
        event.about = note.goal.iter().map(ToString::to_string).collect();
        events.push(event);
    }
    events.sort_by(|a, b| (a.start, &a.uid, a.instead_of).cmp(&(b.start, &b.uid, b.instead_of)));
    events
}

/// The series of a meeting rule, and its meetings that were moved as events of their own.
fn series(record: &PersonRecord, options: &IndexOptions, today: Today, events: &mut Vec<Event>) {
    let Some(rule) = record.person.meeting.as_ref().map(|rule| &rule.value) else { return };
    let anchor = anchor(record, today).map(|(date, _)| date);
    let first_known = record.person.meeting_start.as_ref().map(|start| start.value);
    let since = first_known.or(anchor).or_else(|| Some(record.contacts.first()?.date)).unwrap_or(today.0);
    let Some(first) = rule.recurrence.occurrences(anchor, since).next() else { return };
    let at = |date: NaiveDate, time: Option<NaiveTime>| Moment { date, time };
    let moves = record.person.meeting_moved.iter().map(|moved| moved.value);
    let moves: Vec<_> =
        moves.filter(|moved| rule.recurrence.is_occurrence(anchor, moved.from) && moved.from >= first).collect();
    let skipped = record.skips.iter().map(|skip| skip.date);
    let skipped = skipped.filter(|date| *date >= first && rule.recurrence.is_occurrence(anchor, *date));
    let mut without: Vec<NaiveDate> =
        moves.iter().filter(|moved| moved.to.is_none()).map(|moved| moved.from).chain(skipped).collect();
    without.sort_unstable();
    without.dedup();
    let uid = uid(named(record), "meeting", &first.to_string());
    let kind = EventKind::Meeting(vec![record.person.name.to_string()]);
    let one = |start: Moment| Event {
        length: start.time.map(|_| meeting_length(record, options).unwrap_or(LENGTH)),
        about: record.person.topics.iter().map(ToString::to_string).collect(),
        invites: true,
        ..plain(uid.clone(), kind.clone(), start)
    };
    events.push(Event {
        rule: Some(rule.recurrence.to_string()),
        without: without.into_iter().map(|date| at(date, rule.time)).collect(),
        ..one(at(first, rule.time))
    });
    events.extend(moves.into_iter().filter_map(|moved| {
        let (date, time) = moved.to?;
        // A meeting keeps to whole days or to times, as its series does.
        let time = rule.time.map(|usual| time.unwrap_or(usual));
        Some(Event { instead_of: Some(at(moved.from, rule.time)), ..one(at(date, time)) })
    }));
}

/// Meetings in notes, entries and dated tasks, each once, but for those of the rule.
fn arranged(
    index: &Index,
    options: &IndexOptions,
    (id, record): (PersonId, &PersonRecord),
    (today, last): (Today, NaiveDate),
    told: &mut BTreeSet<String>,
    events: &mut Vec<Event>,
) {
    let ruled: BTreeSet<NaiveDate> = match &record.person.meeting {
        Some(_) => next_meetings(record, today, 400).into_iter().map(|meeting| meeting.date).collect(),
        None => BTreeSet::new(),
    };
    let ahead = meetings_ahead(index, id, today).into_iter().filter(|meeting| meeting.date <= last);
    for meeting in ahead.filter(|meeting| meeting.evidence.is_some() && !ruled.contains(&meeting.date)) {
        let (path, people) = match meeting.note {
            Some(note) => (note.path.as_str(), note.people.as_slice()),
            None => (named(record), std::slice::from_ref(&id)),
        };
        let uid = uid(path, "meeting", &meeting.date.to_string());
        if !told.insert(uid.clone()) {
            continue;
        }
        let names = people.iter().filter_map(|id| index.person(*id)).map(|other| other.person.name.to_string());
        let start = Moment { date: meeting.date, time: meeting.time };
        let words = meeting.note.map_or(meeting.evidence.map(|told| &told.text), |note| note.goal.as_ref());
        events.push(Event {
            length: start.time.map(|_| meeting_length(record, options).unwrap_or(LENGTH)),
            place: meeting.note.and_then(|note| note.place.as_deref()).map(str::to_owned),
            about: words.filter(|words| !words.is_empty()).map(ToString::to_string).into_iter().collect(),
            ..plain(uid, EventKind::Meeting(names.collect()), start)
        });
    }
}

fn yearly_of(
    record: &PersonRecord,
    options: &IndexOptions,
    (today, last): (Today, NaiveDate),
    events: &mut Vec<Event>,
) {
    let name = record.person.name.to_string();
    for found in yearly_days(record, today.0, last, options) {
        let (word, kind) = match &found.what {
            YearlyKind::Birthday => ("birthday".to_owned(), EventKind::Birthday(name.clone())),
            YearlyKind::Labelled(label) => {
                (format!("day-{}", short_hash(label)), EventKind::YearlyDay(name.clone(), label.to_string()))
            }
        };
        let start = Moment { date: found.date, time: None };
        let uid = uid(named(record), &word, &found.date.year().to_string());
        events.push(Event { remind_before: Some(remind_before(record, options)), ..plain(uid, kind, start) });
    }
}

fn plain(uid: String, kind: EventKind, start: Moment) -> Event {
    Event {
        uid,
        kind,
        start,
        length: start.time.map(|_| LENGTH),
        rule: None,
        without: Vec::new(),
        instead_of: None,
        place: None,
        about: Vec::new(),
        invites: false,
        remind_before: None,
    }
}

/// What the names of someone's events are made of: the id their note gives, else its path.
fn named(record: &PersonRecord) -> &str {
    record.person.uid.as_deref().unwrap_or(record.path.as_str())
}

fn uid(of: &str, kind: &str, date: &str) -> String {
    format!("{}-{kind}-{date}@vault-scan", short_hash(of))
}

/// The first 16 hex digits of SHA-256.
fn short_hash(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
