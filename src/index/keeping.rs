//! What was planned with someone over some days, and what of it was kept: the periods of their cadence that have gone by,
//! each kept when there was contact in it; or the days of their meeting rule, each kept when they met on it or within a week,
//! before the next one.
//!
//! The plan is the one that stands today, applied to those days; how it read before is nowhere written. So it begins the
//! day after the contact from which on it was kept once, else after the first one noted down, and with nobody before notes
//! were kept without a break: a plan says nothing about the time before anybody followed it. What was skipped, put off or paused counts for nobody and against nobody, and
//! neither does what is still running.

use chrono::{Days, NaiveDate};

use crate::model::today::Today;

use super::meetings;
use super::record::{CadenceRule, Contact, Index, PersonRecord};

/// A meeting held so many days later is still that meeting.
const MEETING_SLACK: u64 = 6;
/// After so many days without a contact with anybody noted down, notes were not kept.
const BREAK: i64 = 31;

/// How one planned contact turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// There was contact, first on this day.
    Kept(NaiveDate),
    /// There was none.
    Missed,
    /// There was none, as it was skipped, put off or paused.
    Excused,
}

/// One planned contact: the days in which it could be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Planned {
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// How it turned out.
    pub outcome: Outcome,
}

/// Planned contacts counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tally {
    /// Those that were kept or missed.
    pub planned: usize,
    /// Those kept.
    pub kept: usize,
    /// Those left out on purpose, which are not among the planned.
    pub excused: usize,
}

impl Tally {
    /// Of a list.
    pub fn of(planned: &[Planned]) -> Tally {
        let count = |wanted: fn(&Outcome) -> bool| planned.iter().filter(|one| wanted(&one.outcome)).count();
        let excused = count(|outcome| *outcome == Outcome::Excused);
        let kept = count(|outcome| matches!(outcome, Outcome::Kept(_)));
        Tally { planned: planned.len() - excused, kept, excused }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            planned: self.planned + other.planned,
            kept: self.kept + other.kept,
            excused: self.excused + other.excused,
        }
    }

    /// Kept of planned in whole per cent, rounded; `None` when nothing was planned.
    pub fn per_cent(self) -> Option<usize> {
        (self.planned > 0).then(|| (self.kept * 200 + self.planned) / (self.planned * 2))
    }
}

/// Whether someone is in the plan: by a meeting rule, or a cadence that somebody chose for them. The default is nobody's
/// choice. Who died, was let go or archived is in no plan.
pub fn is_in_plan(record: &PersonRecord) -> bool {
    let is_chosen = match record.cadence.rule {
        CadenceRule::Own | CadenceRule::Preset | CadenceRule::Tag | CadenceRule::Closeness => true,
        CadenceRule::Default | CadenceRule::None => false,
    };
    record.silence().is_none() && (record.person.meeting.is_some() || is_chosen && record.cadence.period.is_some())
}

/// Since when contacts have been noted down without a break of more than a month, as far as it lies before `year`, the
/// first day of a year: in an earlier one, what is not in the notes says nothing.
pub fn noted_since(index: &Index, year: NaiveDate) -> NaiveDate {
    let noted = index.people.iter().flat_map(|record| record.contacts.iter().filter(|contact| is_noted(contact)));
    let mut days: Vec<NaiveDate> = noted.map(|contact| contact.date).filter(|day| *day < year).collect();
    days.sort_unstable();
    days.dedup();
    let mut since = year;
    for day in days.into_iter().rev() {
        if (since - day).num_days() > BREAK {
            break;
        }
        since = day;
    }
    since
}

/// What was planned with someone from `from` through `to` and has come to its end before `today`, oldest first; for people
/// in the plan.
pub fn planned_contacts(record: &PersonRecord, from: NaiveDate, to: NaiveDate, today: Today) -> Vec<Planned> {
    let begun = begun(record, today).and_then(|day| day.succ_opt());
    let Some(start) = begun.map(|day| day.max(from)) else { return Vec::new() };
    if !is_in_plan(record) || start > to {
        return Vec::new();
    }
    let spans = match &record.person.meeting {
        Some(_) => meeting_spans(record, start, to, today),
        None => cadence_spans(record, start, to, today),
    };
    settled(record, &spans, today)
}

/// The contact with which the plan began: the first that the next one followed in time, but not at once, as a letter
/// follows a meeting; else the first of all. A day that only a key tells, such as that of meeting first, begins nothing.
fn begun(record: &PersonRecord, today: Today) -> Option<NaiveDate> {
    let period = match &record.person.meeting {
        Some(rule) => Some(rule.value.recurrence.period()),
        None => record.cadence.period,
    };
    let past = record.contacts.iter().take_while(|contact| contact.date < today.0);
    let days: Vec<NaiveDate> = past.filter(|contact| is_noted(contact)).map(|contact| contact.date).collect();
    let in_time = |from: NaiveDate, next: NaiveDate| {
        period.is_some_and(|period| {
            let waited = (next - from).num_days() * 4 >= i64::from(period.days());
            waited && period.after(from, 1).is_some_and(|due| next <= due)
        })
    };
    let followed = days.iter().zip(days.iter().skip(1)).find(|(from, next)| in_time(**from, **next));
    followed.map(|(from, _)| *from).or_else(|| days.first().copied())
}

fn is_noted(contact: &Contact) -> bool {
    contact.evidence.iter().any(|evidence| evidence.key.is_none())
}

/// The whole periods since `start` whose last day has passed.
fn cadence_spans(record: &PersonRecord, start: NaiveDate, to: NaiveDate, today: Today) -> Vec<(NaiveDate, NaiveDate)> {
    let Some(period) = record.cadence.period else { return Vec::new() };
    let begins = (0..).map_while(|times| period.after(start, times));
    let ends = (1..).map_while(|times| period.after(start, times)?.pred_opt());
    begins.zip(ends).take_while(|(_, last)| *last <= to && *last < today.0).collect()
}

/// From each meeting the days on which it could still be held.
fn meeting_spans(record: &PersonRecord, start: NaiveDate, to: NaiveDate, today: Today) -> Vec<(NaiveDate, NaiveDate)> {
    let end = to.min(today.0).checked_add_days(Days::new(MEETING_SLACK + 1)).unwrap_or(to);
    let days: Vec<NaiveDate> = meetings::past(record, today, start, end).iter().map(|meeting| meeting.date).collect();
    let next = days.iter().skip(1).map(chrono::NaiveDate::pred_opt).chain([None]);
    let last = |day: &NaiveDate, before_next: Option<NaiveDate>| {
        let latest = day.checked_add_days(Days::new(MEETING_SLACK)).unwrap_or(*day);
        before_next.map_or(latest, |before| before.min(latest)).max(*day)
    };
    let spans = days.iter().zip(next).map(|(day, before)| (*day, last(day, before)));
    spans.filter(|(day, _)| *day <= to && *day < today.0).collect()
}

fn settled(record: &PersonRecord, spans: &[(NaiveDate, NaiveDate)], today: Today) -> Vec<Planned> {
    let settled = spans.iter().filter_map(|(from, to)| {
        let at = record.contacts.partition_point(|contact| contact.date < *from);
        let met = record.contacts.get(at).map(|contact| contact.date).filter(|day| day <= to && *day <= today.0);
        let outcome = match met {
            Some(day) => Outcome::Kept(day),
            None if is_excused(record, *from, *to, today) => Outcome::Excused,
            // A meeting of the past days may still be made up for.
            None if *to >= today.0 => return None,
            None => Outcome::Missed,
        };
        Some(Planned { from: *from, to: *to, outcome })
    });
    settled.collect()
}

/// Whether someone was left out on purpose in these days: skipped in them, or hidden on the last of them.
fn is_excused(record: &PersonRecord, from: NaiveDate, to: NaiveDate, today: Today) -> bool {
    let at = record.skips.partition_point(|skip| skip.date < from);
    if record.skips.get(at).is_some_and(|skip| skip.date <= to) {
        return true;
    }
    // Keys tell no day on which a snooze or a pause began: since the last contact before its end.
    let since_last = |until: NaiveDate| {
        let before = record.contacts.partition_point(|contact| contact.date <= until.min(today.0));
        let last = before.checked_sub(1).and_then(|at| record.contacts.get(at));
        to <= until && last.is_none_or(|contact| contact.date < from)
    };
    let hidden = |(begun, until): (Option<NaiveDate>, NaiveDate)| match begun {
        Some(begun) => begun <= to && to <= until,
        None => since_last(until),
    };
    let mut snoozes = record
        .snoozes
        .iter()
        .filter_map(|snooze| Some((snooze.evidence.key.is_none().then_some(snooze.date), snooze.until?)));
    let paused = match (&record.person.paused_until, &record.person.paused) {
        (Some(until), _) => Some(until.value),
        (None, Some(paused)) if paused.value => Some(NaiveDate::MAX),
        _ => None,
    };
    snoozes.any(hidden) || paused.is_some_and(since_last)
}

#[cfg(test)]
mod tests;
