//! People to get in touch with, today and ahead, and those contacted today. One line a person at most.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::index::record::{Deferral, Evidence};
use crate::index::standing::State;
use crate::report::facts::{Subject, source};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::Reason;

use super::day::{Day, item};
use super::rank::{by_name, by_rank};

/// The lines. `meetings` are those of the meetings: who is met needs no second line, neither today nor ahead, as a
/// day that is set silences the reminder.
pub(super) fn items(day: &Day<'_, '_>, meetings: &[AgendaItem]) -> Vec<AgendaItem> {
    let met_today = met(meetings, |section| section == Section::Today);
    let met_ahead = met(meetings, |_| true);
    let free = || day.subjects.iter().filter(|subject| !met_today.contains(subject.record.path.as_str()));
    let mut items = due_now(day, free());
    items.extend(first_contacts(day, free(), &items));
    // What was answered today was asked today: a line that is done makes no room for another.
    fold(&mut items, day.options.max_per_day.saturating_sub(answered(day)));
    items.extend(ahead(day, free().filter(|person| !met_ahead.contains(person.record.path.as_str()))));
    items.extend(done(day));
    items
}

/// Notes of people whom meetings of some sections are about.
fn met(meetings: &[AgendaItem], wanted: fn(Section) -> bool) -> BTreeSet<&str> {
    let mut paths = BTreeSet::new();
    for item in meetings.iter().filter(|item| wanted(item.section) && item.kind == ItemKind::Meeting) {
        // An event is about nobody: being expected there is not an appointment with each other.
        let Some(path) = item.path.as_deref() else { continue };
        paths.insert(path);
        if let Reason::Planned { with, .. } = &item.reason {
            paths.extend(with.iter().map(|person| person.path.as_str()));
        }
    }
    paths
}

/// Due, late and lost people by rank.
fn due_now<'d, 'i: 'd>(day: &Day<'_, '_>, people: impl Iterator<Item = &'d Subject<'i>>) -> Vec<AgendaItem> {
    let mut due: Vec<_> =
        people.filter(|person| matches!(person.standing.state, State::Due | State::Late | State::Lost)).collect();
    due.sort_by(|a, b| by_rank(a, b));
    let lines = due.into_iter().filter_map(|person| Some(contact(day, person, Section::Today, person.standing.due?)));
    lines.collect()
}

/// People never contacted whose first day has come, after those who are waiting.
fn first_contacts<'d, 'i: 'd>(
    day: &Day<'_, '_>,
    people: impl Iterator<Item = &'d Subject<'i>>,
    due: &[AgendaItem],
) -> Vec<AgendaItem> {
    let come = |person: &&Subject<'_>| first_day(person).is_some_and(|first| first <= day.today.0);
    let mut new: Vec<_> = people.filter(come).collect();
    new.sort_by(|a, b| first_day(a).cmp(&first_day(b)).then_with(|| by_rank(a, b)));
    let mut lines: Vec<_> =
        new.into_iter().filter_map(|person| Some(first(person, Section::Today, first_day(person)?))).collect();
    // A vault that was just begun holds many of them: one a day is enough, whatever room is left.
    let room = day.options.max_per_day.saturating_sub(due.len()).min(1);
    for line in lines.iter_mut().skip(room) {
        line.folded = true;
    }
    lines
}

fn fold(lines: &mut [AgendaItem], cap: usize) {
    for line in lines.iter_mut().skip(cap) {
        line.folded = true;
    }
}

/// People who come due within the agenda's reach, by day and rank. Of those never contacted, a section shows no more
/// than a day asks for; the rest are folded.
fn ahead<'d, 'i: 'd>(day: &Day<'_, '_>, people: impl Iterator<Item = &'d Subject<'i>>) -> Vec<AgendaItem> {
    let mut coming: Vec<_> = people
        .filter_map(|person| Some((upcoming(person, day.today.0)?, person)))
        .filter_map(|(date, person)| Some((date, day.section(date)?, person)))
        .collect();
    coming.sort_by(|(a_date, _, a), (b_date, _, b)| a_date.cmp(b_date).then_with(|| by_rank(a, b)));
    let mut new = BTreeMap::new();
    let lines = coming.into_iter().map(|(date, section, person)| match person.standing.state {
        State::Never => {
            let shown = new.entry(section).or_insert(0);
            *shown += 1;
            AgendaItem { folded: *shown > day.options.max_per_day, ..first(person, section, date) }
        }
        _ => contact(day, person, section, date),
    });
    lines.collect()
}

/// The day after `today` on which someone comes due; of a snooze, the first day it no longer hides.
pub(super) fn upcoming(person: &Subject<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let day = match person.standing.state {
        State::Ok | State::Skipped => person.standing.due,
        State::Snoozed => person.snoozed_through().and_then(|last| last.succ_opt()).max(person.standing.due),
        State::Never => first_day(person),
        _ => None,
    };
    day.filter(|day| *day > today)
}

/// The day of the first contact, for those never contacted.
pub(super) fn first_day(person: &Subject<'_>) -> Option<NaiveDate> {
    (person.standing.state == State::Never).then(|| person.first_day().or(person.standing.due)).flatten()
}

/// What was done about people today, by name: who was contacted, and who was skipped or snoozed.
fn done(day: &Day<'_, '_>) -> Vec<AgendaItem> {
    let mut people: Vec<_> = day.subjects.iter().collect();
    people.retain(|person| has_news(day, person));
    people.sort_by(|a, b| by_name(a, b));
    let lines = people.into_iter().flat_map(|person| {
        let met = was_met(day, person).then(|| contact(day, person, Section::Done, day.today.0));
        met.into_iter().chain(put_off(day, person))
    });
    lines.collect()
}

fn has_news(day: &Day<'_, '_>, person: &Subject<'_>) -> bool {
    person.record.was_contacted_on(day.today.0) || deferrals(day, person).next().is_some()
}

/// Whether there was contact today. A task ticked today has a line of its own, so it alone is none here.
fn was_met(day: &Day<'_, '_>, person: &Subject<'_>) -> bool {
    let today = person.record.contacts.iter().filter(|contact| contact.date == day.today.0);
    let is_task = |evidence: &Evidence| {
        let place = (&evidence.path, evidence.line);
        let closed = day.index.closed.binary_search_by(|task| (&task.path, task.line).cmp(&place));
        closed.ok().and_then(|at| day.index.closed.get(at)).is_some_and(|task| task.closed_on == Some(day.today.0))
    };
    today.flat_map(|contact| &contact.evidence).any(|evidence| !is_task(evidence))
}

/// How many people today's lines asked for have been answered.
fn answered(day: &Day<'_, '_>) -> usize {
    let by_contact = |person: &Subject<'_>| {
        let mut today = person.record.contacts.iter().filter(|contact| contact.date == day.today.0);
        today.any(|contact| contact.evidence.iter().any(|evidence| evidence.id.is_some()))
    };
    let put_off = |person: &Subject<'_>| {
        let mut all = person.record.skips.iter().chain(&person.record.snoozes);
        all.any(|deferral| deferral.date == day.today.0 && deferral.id.is_some())
    };
    day.subjects.iter().filter(|person| by_contact(person) || put_off(person)).count()
}

/// Skips and snoozes written today.
fn deferrals<'d>(day: &Day<'_, '_>, person: &'d Subject<'_>) -> impl Iterator<Item = &'d Deferral> {
    let today = day.today.0;
    let record = person.record;
    let all = record.skips.iter().chain(&record.snoozes).chain(&record.waived);
    all.filter(move |deferral| deferral.date == today && deferral.evidence.key.is_none())
}

fn put_off(day: &Day<'_, '_>, person: &Subject<'_>) -> Vec<AgendaItem> {
    let line = |deferral: &Deferral| {
        let reason = Reason::PutOff { until: deferral.until, text: deferral.evidence.text.to_string() };
        let place = (Section::Done, ItemKind::Contact);
        item(person, place, day.today.0, reason, Some(source(&deferral.evidence)))
    };
    deferrals(day, person).map(line).collect()
}

fn contact(day: &Day<'_, '_>, person: &Subject<'_>, section: Section, date: NaiveDate) -> AgendaItem {
    let last = person.last(day.today);
    let source = last.as_ref().map(|last| last.source.clone());
    let waits = section != Section::Done;
    let reason = Reason::Contact {
        cadence: person.cadence(),
        last,
        late_days: day.today.days_since(date),
        skipped: if waits { person.skipped() } else { 0 },
    };
    let late_days = day.today.days_since(date).max(0);
    AgendaItem { late_days, ..item(person, (section, ItemKind::Contact), date, reason, source) }
}

fn first(person: &Subject<'_>, section: Section, date: NaiveDate) -> AgendaItem {
    let reason = Reason::FirstContact { cadence: person.cadence(), met: person.met() };
    item(person, (section, ItemKind::Contact), date, reason, None)
}
