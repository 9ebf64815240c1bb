//! The steps around a meeting with someone in a role: what is to be sent or thought of before it, the summary after it.
//! One line a person; who was let go, is paused or died is not asked about.
//!
//! A task of one's own for the days before the meeting takes the place of the reminder: nothing is asked twice. A summary
//! is asked for from the day of the meeting until the next one took place, for a month at most.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::index::options::After;
use crate::index::record::{FollowUp, PersonId, PersonRecord};
use crate::index::standing::{State, standing};
use crate::index::steps::{Steps, is_prepared, is_summed_up, last_meeting, next_meeting, steps};
use crate::index::thanks::{DebtState, Thanks};
use crate::model::today::Today;

use super::{Asked, Draft, Ground, Reminder, ReminderKind};

/// For how many days a summary is asked for.
const SUMMARY_DAYS: u64 = 30;
/// From how many days after the meeting on it is late.
const SUMMARY_LATE: u64 = 2;

/// The reminders, done or not.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    let thanks = Thanks::new(asked.index, asked.today);
    let mut tasks: Option<BTreeMap<PersonId, Vec<&FollowUp>>> = None;
    for (id, record) in (0..).map(PersonId).zip(&asked.index.people) {
        let wanted = steps(record, asked.options);
        if wanted == Steps::default() || is_left_alone(asked, record) {
            continue;
        }
        let tasks = tasks.get_or_insert_with(|| tasks_by_person(asked));
        let tasks = tasks.get(&id).map(Vec::as_slice).unwrap_or_default();
        before(asked, (id, record), wanted, tasks, drafts);
        after(asked, (id, record), wanted, &thanks, drafts);
    }
}

/// A summary that is to go out with thanks stands for all that is owed to them: one line, not two.
pub(super) fn join_thanks(reminders: &mut [Reminder<'_>], today: Today) {
    let asked = reminders.iter().filter(|reminder| reminder.is_open && reminder.date <= today.0);
    let joined: BTreeSet<PersonId> = asked
        .filter(|reminder| matches!(reminder.ground, Ground::Held(_, After::Thanks)))
        .filter_map(|reminder| reminder.person)
        .collect();
    for reminder in reminders.iter_mut().filter(|reminder| reminder.kind == ReminderKind::Thanks) {
        if reminder.person.is_some_and(|person| joined.contains(&person)) {
            reminder.ground = Ground::Behind;
        }
    }
}

fn before<'i>(
    asked: &Asked<'i>,
    (id, record): (PersonId, &'i PersonRecord),
    wanted: Steps,
    tasks: &[&FollowUp],
    drafts: &mut Vec<Draft<'i>>,
) {
    let (Some(before), Some(ahead)) = (wanted.before, next_meeting(asked.index, id, asked.today)) else { return };
    let from = back(ahead.date, asked.options.prepare_before.into());
    let last = last_meeting(asked.index, asked.options, id, asked.today).map(|held| held.date);
    let is_own_task = |task: &&&FollowUp| {
        [task.due, task.scheduled].into_iter().flatten().any(|day| from <= day && day <= ahead.date)
    };
    let is_done =
        is_prepared(asked.index, id, last, &ahead, asked.today) || tasks.iter().any(|task| is_own_task(&task));
    drafts.push(Draft {
        kind: ReminderKind::Prepare,
        person: Some(id),
        date: from,
        late_after: None,
        ground: Ground::Ahead(ahead, before),
        source: ahead.note.map(|note| (&note.path, 1)).or_else(|| ahead.evidence.map(|told| (&told.path, told.line))),
        name: (record.path.as_str(), ahead.date, ""),
        is_open: from <= asked.today.0 && !is_done,
    });
}

fn after<'i>(
    asked: &Asked<'i>,
    (id, record): (PersonId, &'i PersonRecord),
    wanted: Steps,
    thanks: &Thanks<'i>,
    drafts: &mut Vec<Draft<'i>>,
) {
    let held = last_meeting(asked.index, asked.options, id, asked.today);
    let (Some(after), Some(held)) = (wanted.after, held) else { return };
    let owes = thanks.debts(id).iter().any(|debt| debt.favour.date == held.date && debt.state == DebtState::Owed);
    let after = if owes { After::Thanks } else { after };
    drafts.push(Draft {
        kind: ReminderKind::Summary,
        person: Some(id),
        date: held.date,
        late_after: Some(ahead_of(held.date, SUMMARY_LATE)),
        ground: Ground::Held(held, after),
        source: Some((&held.evidence.path, held.evidence.line)),
        name: (record.path.as_str(), held.date, ""),
        is_open: asked.today.0 <= ahead_of(held.date, SUMMARY_DAYS)
            && !is_summed_up(asked.index, id, &held, asked.today),
    });
}

fn is_left_alone(asked: &Asked<'_>, record: &PersonRecord) -> bool {
    record.silence().is_some() || standing(record, asked.today, asked.options).state == State::Paused
}

fn tasks_by_person<'i>(asked: &Asked<'i>) -> BTreeMap<PersonId, Vec<&'i FollowUp>> {
    let mut tasks: BTreeMap<PersonId, Vec<&FollowUp>> = BTreeMap::new();
    for task in &asked.index.follow_ups {
        for person in &task.people {
            tasks.entry(*person).or_default().push(task);
        }
    }
    tasks
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn ahead_of(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
