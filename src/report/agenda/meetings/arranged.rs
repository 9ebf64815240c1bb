//! Meetings somebody arranged in writing: which are ahead, which have passed unconfirmed, and who is in them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::index::record::{Evidence, MeetingRecord, PersonId, Plan, PlanKind};
use crate::report::facts::Subject;

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
}

/// One of them.
pub(super) struct Arranged<'i> {
    pub(super) date: NaiveDate,
    pub(super) by: By,
    /// Where it is written; for a note, where its first person stands.
    pub(super) evidence: &'i Evidence,
    /// Who is in it, in path order.
    pub(super) people: Vec<PersonId>,
}

/// All that lie ahead, and all past ones that ask for an answer. Who is no longer alive is in none.
pub(super) fn arranged<'i>(day: &Day<'i>, notes: &BTreeMap<&str, &MeetingRecord>) -> Vec<Arranged<'i>> {
    let mut found: BTreeMap<(NaiveDate, By, &str, u32), Arranged<'i>> = BTreeMap::new();
    for person in day.subjects.iter().filter(|person| person.record.person.deceased.is_none()) {
        for (date, by, evidence) in of_person(day, person, notes) {
            // The people of a note stand on lines of their own; what makes it one meeting is the note.
            let line = if by == By::Note { 0 } else { evidence.line };
            let meeting = found.entry((date, by, evidence.path.as_str(), line)).or_insert_with(|| Arranged {
                date,
                by,
                evidence,
                people: Vec::new(),
            });
            if meeting.people.last() != Some(&person.id) {
                meeting.people.push(person.id);
            }
        }
    }
    found.into_values().collect()
}

fn of_person<'i>(
    day: &Day<'i>,
    person: &Subject<'i>,
    notes: &BTreeMap<&str, &MeetingRecord>,
) -> Vec<(NaiveDate, By, &'i Evidence)> {
    let today = day.today.0;
    let record = person.record;
    let has_note =
        |date: NaiveDate| record.plans.iter().any(|plan| plan.date == date && plan.kind == PlanKind::MeetingNote);
    let ahead = record.contacts.iter().filter(|contact| contact.date > today && !has_note(contact.date));
    let written = ahead.filter_map(|contact| {
        let is_note =
            |evidence: &&Evidence| notes.get(evidence.path.as_str()).is_some_and(|note| note.date == contact.date);
        let note = contact.evidence.iter().find(is_note).map(|evidence| (By::Note, evidence));
        let (by, evidence) = note.or_else(|| Some((By::Entry, contact.evidence.first()?)))?;
        Some((contact.date, by, evidence))
    });
    let open = record.plans.iter().filter(|plan| is_open(person, plan, today));
    written.chain(open.map(|plan| (plan.date, by(plan.kind), &plan.evidence))).collect()
}

/// Whether a plan is still to come or still asks for an answer. A task or note asks until something is written for
/// its day; a key, which nobody ticks, until anything later is.
fn is_open(person: &Subject<'_>, plan: &Plan, today: NaiveDate) -> bool {
    let others = || person.record.plans.iter().filter(|other| other.kind != PlanKind::NextContact);
    let deferred = || person.record.skips.iter().chain(&person.record.snoozes);
    match plan.kind {
        _ if person.was_contacted_on(plan.date) => false,
        PlanKind::NextContact if others().any(|other| other.date == plan.date) => false,
        _ if plan.date >= today => true,
        _ if deferred().any(|deferral| deferral.date >= plan.date) => false,
        PlanKind::NextContact => person.standing.last_contact.is_none_or(|last| last < plan.date),
        PlanKind::DatedTask | PlanKind::MeetingNote => true,
    }
}

fn by(kind: PlanKind) -> By {
    match kind {
        PlanKind::DatedTask => By::Task,
        PlanKind::MeetingNote => By::Note,
        PlanKind::NextContact => By::Key,
    }
}
