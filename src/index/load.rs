//! How much comes due in each week ahead, and how much there is room for. A contact that comes due is taken as made on its
//! day, so the next one follows a cadence later; a meeting is contact too.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::holidays::{Holidays, StatutoryDay};
use crate::model::today::Today;

use super::meetings::upcoming;
use super::record::{PersonRecord, PlanKind};
use super::standing::{Standing, State, Step};

/// What comes due in a week. A person counts once, however often they are due or met in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeekDue {
    /// Its Monday.
    pub monday: NaiveDate,
    /// People to get in touch with whom no meeting of the week is with.
    pub contacts: usize,
    /// People to meet.
    pub meetings: usize,
}

impl WeekDue {
    /// All of them.
    pub fn people(self) -> usize {
        self.contacts + self.meetings
    }
}

/// What someone is due for on a day ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Due {
    Contact,
    Meeting,
}

/// The weeks that begin up to `last`, this one first; what is overdue counts in it. Who is silent comes in none, who is
/// paused from the day the pause ends.
pub fn weeks<'r>(
    people: impl Iterator<Item = (&'r PersonRecord, &'r Standing)>,
    today: Today,
    last: NaiveDate,
) -> Vec<WeekDue> {
    let mut weeks = BTreeMap::new();
    let mut week = monday(today.0);
    while week <= last {
        weeks.insert(week, WeekDue { monday: week, contacts: 0, meetings: 0 });
        let Some(next) = week.checked_add_days(Days::new(7)) else { break };
        week = next;
    }
    for (record, standing) in people {
        let mut theirs: BTreeMap<NaiveDate, Due> = BTreeMap::new();
        for (date, due) in days_of(record, standing, today, week) {
            let kept = theirs.entry(monday(date)).or_insert(due);
            *kept = due.max(*kept);
        }
        for (week, due) in theirs {
            let Some(load) = weeks.get_mut(&week) else { continue };
            match due {
                Due::Contact => load.contacts += 1,
                Due::Meeting => load.meetings += 1,
            }
        }
    }
    weeks.into_values().collect()
}

/// The days before `end` on which someone is due or met, in order.
fn days_of(record: &PersonRecord, standing: &Standing, today: Today, end: NaiveDate) -> Vec<(NaiveDate, Due)> {
    let Some(from) = begins(record, standing, today) else { return Vec::new() };
    let mut arranged = arranged(record, today, end);
    arranged.retain(|(date, _)| *date >= from && *date < end);
    let mut arranged = arranged.into_iter().peekable();
    let mut due = first_due(standing, today, from);
    let mut days = Vec::new();
    loop {
        let (date, kind) = match (arranged.peek().copied(), due) {
            (Some((date, kind)), due) if due.is_none_or(|due| date <= due) => {
                arranged.next();
                (date, kind)
            }
            (_, Some(due)) if due < end => (due, Due::Contact),
            _ => return days,
        };
        days.push((date, kind));
        due = record.cadence.period.and_then(|period| period.after(date, 1));
    }
}

/// The first day on which someone may be due: today, after a pause its end. `None` for those never reminded about.
fn begins(record: &PersonRecord, standing: &Standing, today: Today) -> Option<NaiveDate> {
    if record.silence().is_some() {
        return None;
    }
    let pause = standing.steps.iter().find_map(|step| match step {
        Step::Paused(until) => Some(*until),
        _ => None,
    });
    match pause {
        Some(until) => until?.succ_opt(),
        None => Some(today.0),
    }
}

fn first_due(standing: &Standing, today: Today, from: NaiveDate) -> Option<NaiveDate> {
    match standing.state {
        State::Due | State::Late | State::Lost => Some(today.0),
        State::Never | State::Ok | State::Skipped | State::Paused => standing.due.map(|due| due.max(from)),
        State::Snoozed => {
            let through = standing.steps.iter().find_map(|step| match step {
                Step::SnoozedThrough(day) => Some(*day),
                _ => None,
            });
            through.and_then(|day| day.succ_opt()).max(standing.due)
        }
        // The next day that is set comes first, and the rest follows from it.
        State::Planned | State::LetGo | State::Untracked => None,
    }
}

/// What is set for days ahead: entries, meetings to be confirmed, occurrences of the rule; one a day.
fn arranged(record: &PersonRecord, today: Today, end: NaiveDate) -> Vec<(NaiveDate, Due)> {
    let written = record.contacts.iter().rev().map(|contact| contact.date).take_while(|date| *date > today.0);
    let plans = record.plans.iter().filter(|plan| plan.date >= today.0 && !record.was_contacted_on(plan.date));
    let plans = plans.map(|plan| match plan.kind {
        PlanKind::NextContact => (plan.date, Due::Contact),
        PlanKind::DatedTask | PlanKind::MeetingNote => (plan.date, Due::Meeting),
    });
    let days = u32::try_from(today.days_until(end)).unwrap_or(0);
    let by_rule = upcoming(record, today, days).into_iter().map(|meeting| meeting.date);
    let by_rule = by_rule.filter(|date| !record.was_contacted_on(*date));
    let met = written.chain(by_rule).map(|date| (date, Due::Meeting));
    let mut days: Vec<(NaiveDate, Due)> = met.chain(plans).collect();
    days.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
    days.dedup_by_key(|(date, _)| *date);
    days
}

/// How many days from `from` through `to` are worked on: by the notices of statutory days where they are known, else
/// Monday to Friday.
pub fn working_days(holidays: &Holidays, from: NaiveDate, to: NaiveDate) -> usize {
    let is_worked = |day: &NaiveDate| match holidays.on(*day) {
        StatutoryDay::Off(_) => false,
        StatutoryDay::MakeUpWork(_) => true,
        StatutoryDay::Ordinary | StatutoryDay::Unknown => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
    };
    from.iter_days().take_while(|day| *day <= to).filter(is_worked).count()
}

/// The Monday of a day's week.
pub fn monday(date: NaiveDate) -> NaiveDate {
    let back = Days::new(u64::from(date.weekday().num_days_from_monday()));
    date.checked_sub_days(back).unwrap_or(date)
}

#[cfg(test)]
mod tests;
