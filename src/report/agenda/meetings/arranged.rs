//! Meetings somebody arranged in writing: which are ahead, which have passed unconfirmed, and who is in them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use crate::index::meetings::questions;
use crate::index::record::{Evidence, MeetingRecord, PersonId, PlanKind};
use crate::index::standing::PlannedBy;
use crate::report::facts::{Subject, source};
use crate::report::reason::Source;

use super::super::day::Day;

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// A meeting or event note.
    Note,
    /// A plain entry dated ahead.
    Entry,
    /// An unchecked task that starts with a date.
    Task,
    /// The key of a person note.
    Key,
    /// A meeting rule; only those that have passed are gathered here.
    Rule,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Arranged {
    pub(super) date: NaiveDate,
    pub(super) by: By,
    pub(super) time: Option<NaiveTime>,
    /// Its words; for a note, those of its first person's line.
    pub(super) text: String,
    /// Where it is written.
    pub(super) source: Source,
    /// Who is in it, in path order.
    pub(super) people: Vec<PersonId>,
}

impl Arranged {
    fn new(date: NaiveDate, by: By, evidence: &Evidence) -> Self {
        let text = evidence.text.to_string();
        Arranged { date, by, time: evidence.time, text, source: source(evidence), people: Vec::new() }
    }
}

/// All that lie ahead, and all past ones that ask for an answer. Who is no longer alive is in none.
pub(super) fn arranged(day: &Day<'_, '_>, notes: &BTreeMap<&str, &MeetingRecord>) -> Vec<Arranged> {
    let mut found: BTreeMap<(NaiveDate, By, String, u32), Arranged> = BTreeMap::new();
    for person in day.subjects.iter().filter(|person| person.record.person.deceased.is_none()) {
        for meeting in ahead(day, person, notes).into_iter().chain(passed(day, person)) {
            // The people of a note stand on lines of their own; what makes it one meeting is the note.
            let line = if meeting.by == By::Note { 0 } else { meeting.source.line };
            let key = (meeting.date, meeting.by, meeting.source.path.clone(), line);
            let people = &mut found.entry(key).or_insert(meeting).people;
            if people.last() != Some(&person.id) {
                people.push(person.id);
            }
        }
    }
    found.into_values().collect()
}

/// What is written for today or later. A key gives way to whatever else is written for its day, and an entry to a
/// meeting note.
fn ahead(day: &Day<'_, '_>, person: &Subject<'_>, notes: &BTreeMap<&str, &MeetingRecord>) -> Vec<Arranged> {
    let (record, today) = (person.record, day.today.0);
    let has_plan = |date: NaiveDate, wanted: fn(PlanKind) -> bool| {
        record.plans.iter().any(|plan| plan.date == date && wanted(plan.kind))
    };
    let is_of_note =
        |date: NaiveDate, evidence: &Evidence| notes.get(evidence.path.as_str()).is_some_and(|note| note.date == date);
    let entries = record.contacts.iter().rev().take_while(|contact| contact.date > today);
    let entries = entries.filter(|contact| !has_plan(contact.date, |kind| kind == PlanKind::MeetingNote));
    let entries = entries.filter_map(|contact| {
        let note = contact.evidence.iter().find(|evidence| is_of_note(contact.date, evidence));
        let by = if note.is_some() { By::Note } else { By::Entry };
        Some(Arranged::new(contact.date, by, note.or_else(|| contact.evidence.first())?))
    });
    let plans = record.plans.iter().filter(|plan| {
        let is_free = !record.was_contacted_on(plan.date);
        let is_double = plan.kind == PlanKind::NextContact && has_plan(plan.date, |kind| kind != PlanKind::NextContact);
        plan.date >= today && is_free && !is_double
    });
    entries.chain(plans.map(|plan| Arranged::new(plan.date, by(plan.kind), &plan.evidence))).collect()
}

/// What has passed with nobody saying whether it took place.
fn passed(day: &Day<'_, '_>, person: &Subject<'_>) -> Vec<Arranged> {
    let asked =
        questions(person.record, day.today).into_iter().map(|question| match (question.by, question.evidence) {
            (PlannedBy::Plan(kind), Some(evidence)) => Arranged::new(question.date, by(kind), &evidence),
            (PlannedBy::Entry, Some(evidence)) => Arranged::new(question.date, By::Entry, &evidence),
            _ => Arranged {
                date: question.date,
                by: By::Rule,
                time: question.time,
                text: String::new(),
                source: rule_source(person),
                people: Vec::new(),
            },
        });
    asked.collect()
}

/// Where the meeting rule is written.
pub(super) fn rule_source(person: &Subject<'_>) -> Source {
    let line = person.record.person.meeting.as_ref().map_or(1, |rule| rule.line);
    Source { path: person.path(), line }
}

fn by(kind: PlanKind) -> By {
    match kind {
        PlanKind::DatedTask => By::Task,
        PlanKind::MeetingNote => By::Note,
        PlanKind::NextContact => By::Key,
    }
}
