//! The rules by which someone's state follows from their record on a day, in the order in which they silence each other:
//! silent people, pauses, snoozes, planned days, and then the due day.

use chrono::{Datelike, NaiveDate};

use crate::index::meetings::next_meetings;
use crate::index::options::IndexOptions;
use crate::index::record::{PersonRecord, PlanKind};
use crate::model::cadence::Period;
use crate::model::today::Today;

use super::{PlannedBy, Silence, Standing, State, Step};

/// A first contact is proposed again after this many days at least, so that a whole circle of people newly noted down
/// with a short cadence does not fall in one week.
const STAGGER_AT_LEAST: u32 = 28;
/// And once in this many days at most.
const STAGGER_AT_MOST: u32 = 364;

/// Where the person of `record` stands on `today`.
pub fn standing(record: &PersonRecord, today: Today, options: &IndexOptions) -> Standing {
    let last_contact = record.last_contact(today);
    let mut standing = Standing {
        state: State::Untracked,
        last_contact,
        due: None,
        late_days: 0,
        lost_on: None,
        planned: None,
        steps: vec![last_contact.map_or(Step::NeverContacted, Step::LastContact)],
    };
    if let Some(silence) = record.silence() {
        standing.state = if silence == Silence::LetGo { State::LetGo } else { State::Untracked };
        standing.steps.push(Step::Silent(silence));
        return standing;
    }
    let due_state = reckon(record, today, options, &mut standing);
    standing.planned = planned(record, today);
    standing.state = silenced(record, today, due_state, &mut standing).unwrap_or(due_state);
    if matches!(standing.state, State::Late | State::Lost) {
        standing.late_days = standing.due.map_or(0, |due| today.days_since(due).max(0));
    }
    standing
}

/// The due day and the state it alone would give.
fn reckon(record: &PersonRecord, today: Today, options: &IndexOptions, standing: &mut Standing) -> State {
    let mut original = None;
    match (record.cadence.period, standing.last_contact) {
        (None, _) => standing.steps.push(Step::NoCadence(record.cadence.rule)),
        (Some(period), None) => standing.steps.push(Step::Cadence(period, record.cadence.rule)),
        (Some(period), Some(last)) => {
            standing.steps.push(Step::Cadence(period, record.cadence.rule));
            original = period.after(last, 1);
            standing.steps.extend(original.map(Step::DueOn));
            standing.due = original;
            let mut times = 1;
            for skip in skips_since(record, today, last) {
                times = passed_over(period, last, times, skip);
                standing.due = period.after(last, times);
                standing.steps.extend(standing.due.map(|due| Step::Skipped(skip, due)));
            }
            let limit = options.lost_after.max(1).saturating_add(times - 1);
            standing.lost_on = period.after(last, limit).and_then(|day| day.succ_opt());
        }
    }
    if let Some(day) = missed_next_contact(record, today).filter(|day| standing.due.is_none_or(|due| *day < due)) {
        standing.due = Some(day);
        standing.steps.push(Step::Planned(day, PlannedBy::Plan(PlanKind::NextContact)));
        standing.steps.push(Step::DueOn(day));
    }
    match (standing.due, record.cadence.period) {
        (None, None) => State::Untracked,
        (None, Some(period)) if standing.last_contact.is_none() => {
            standing.due = first_contact(record, today, period);
            standing.steps.extend(standing.due.map(Step::FirstContactOn));
            State::Never
        }
        (None, Some(_)) => State::Ok, // due past the end of the calendar
        (Some(due), _) if due > today.0 => match original.is_some_and(|day| day <= today.0) {
            true => State::Skipped,
            false => State::Ok,
        },
        (Some(due), _) if due == today.0 => State::Due,
        _ if standing.lost_on.is_some_and(|day| day <= today.0) => State::Lost,
        _ => State::Late,
    }
}

/// The state that silences the due one, if any.
fn silenced(record: &PersonRecord, today: Today, due_state: State, standing: &mut Standing) -> Option<State> {
    if let Some(until) = paused(record, today) {
        standing.steps.push(Step::Paused(until));
        return Some(State::Paused);
    }
    if let Some(until) = snoozed(record, today).filter(|_| due_state != State::Untracked) {
        standing.steps.push(Step::SnoozedThrough(until));
        return Some(State::Snoozed);
    }
    // past the hard limit the rule is evidently not kept, and its next day promises nothing
    if standing.planned.is_none() && matches!(due_state, State::Due | State::Late | State::Never) {
        standing.planned = by_meeting_rule(record, today);
    }
    let (day, by) = standing.planned?;
    standing.steps.push(Step::Planned(day, by));
    Some(State::Planned)
}

/// Days skipped after the last contact, up to today, each once.
fn skips_since(record: &PersonRecord, today: Today, last: NaiveDate) -> Vec<NaiveDate> {
    let days = record.skips.iter().map(|skip| skip.date);
    let mut days: Vec<NaiveDate> = days.filter(|day| *day > last && *day <= today.0).collect();
    days.dedup();
    days
}

/// How many periods after the last contact the next one is due once `skip` passed one over: one more, and none that was
/// missed before that day, as whoever leaves somebody out today is not asked about them again tomorrow.
fn passed_over(period: Period, last: NaiveDate, times: u32, skip: NaiveDate) -> u32 {
    /// Longer ago than anybody is still asked about.
    const MOST: u32 = 10_000;
    let more = (times + 1..times + MOST).find(|times| period.after(last, *times).is_none_or(|due| due > skip));
    more.unwrap_or(times + 1)
}

/// A `next_contact` whose day has come, with neither contact nor skip since.
fn missed_next_contact(record: &PersonRecord, today: Today) -> Option<NaiveDate> {
    let day = record.plans.iter().find(|plan| plan.kind == PlanKind::NextContact)?.date;
    let answered = record.contacts.iter().map(|contact| contact.date).chain(record.skips.iter().map(|skip| skip.date));
    let mut since = answered.filter(|answer| *answer >= day && *answer <= today.0);
    (day <= today.0 && since.next().is_none()).then_some(day)
}

/// `paused_until` tells the end where both keys are there.
fn paused(record: &PersonRecord, today: Today) -> Option<Option<NaiveDate>> {
    match (&record.person.paused_until, &record.person.paused) {
        (Some(until), _) => (today.0 <= until.value).then_some(Some(until.value)),
        (None, Some(paused)) if paused.value => Some(None),
        _ => None,
    }
}

/// The last day of a snooze that still holds: its end has not passed and no contact is newer than it.
fn snoozed(record: &PersonRecord, today: Today) -> Option<NaiveDate> {
    let last = record.last_contact(today);
    let holds = record.snoozes.iter().filter(|snooze| {
        let is_set = snooze.evidence.key.is_some() || snooze.date <= today.0;
        is_set && last.is_none_or(|last| last <= snooze.date)
    });
    holds.filter_map(|snooze| snooze.until).filter(|until| *until >= today.0).max()
}

/// The next day set: an entry dated ahead, or a plan from today on not answered yet. A `next_contact` is no meeting:
/// on its day it reminds.
fn planned(record: &PersonRecord, today: Today) -> Option<(NaiveDate, PlannedBy)> {
    let entry = record.contacts.iter().map(|contact| contact.date).find(|date| *date > today.0);
    let plans = record.plans.iter().filter(|plan| {
        let from_today = plan.date > today.0 || plan.date == today.0 && plan.kind != PlanKind::NextContact;
        from_today && !record.was_contacted_on(plan.date)
    });
    let plan = plans.map(|plan| (plan.date, PlannedBy::Plan(plan.kind))).min();
    entry.map(|date| (date, PlannedBy::Entry)).into_iter().chain(plan).min()
}

/// An occurrence of the meeting rule, when it comes within one cadence from today.
fn by_meeting_rule(record: &PersonRecord, today: Today) -> Option<(NaiveDate, PlannedBy)> {
    let end = record.cadence.period?.after(today.0, 1)?;
    let meeting = next_meetings(record, today, 1).into_iter().next()?;
    (meeting.date <= end).then_some((meeting.date, PlannedBy::MeetingRule))
}

/// A day of their own for someone never contacted. It comes back once a cadence and depends on nothing but the path of
/// their note and the cadence, so an import of five hundred people spreads by itself, and a new note moves nobody.
fn first_contact(record: &PersonRecord, today: Today, period: Period) -> Option<NaiveDate> {
    let cycle = i64::from(period.days().clamp(STAGGER_AT_LEAST, STAGGER_AT_MOST));
    let skipped = record.skips.iter().map(|skip| skip.date).filter(|day| *day <= today.0).max();
    let from = skipped.and_then(|day| day.succ_opt()).map_or(today.0, |day| day.max(today.0));
    let own_day = (fnv1a(record.path.as_str()) % cycle as u64) as i64;
    let ahead = (own_day - i64::from(from.num_days_from_ce())).rem_euclid(cycle);
    from.checked_add_signed(chrono::TimeDelta::try_days(ahead)?)
}

/// FNV-1a: small, and the same on every machine and in every version, which the hasher of `std` does not promise.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
