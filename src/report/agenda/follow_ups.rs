//! Tasks tied to people: the open ones, and those closed today. A task shows from the day it is scheduled or due, never before its start, and stays
//! until it is ticked. One without any day is somebody's list, not today's work: it is left out, unless its
//! priority is high, which asks for it every day.

use chrono::NaiveDate;

use crate::index::affairs::{affair_of, better_split, undated_next, whom_to_ask};
use crate::index::item_ids::follow_up_id;
use crate::index::matching::{Match, Whom};
use crate::index::record::{FollowUp, PersonId};
use crate::index::thanks::{Debt, DebtState, Thanks};
use crate::model::task::{Priority, TaskState};
use crate::report::facts::owed;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Owed, PartOf, Reason, Source};
use crate::report::suggestion::suggestion;

use super::day::{Day, item};

/// The lines, by day and priority, then as written.
pub(super) fn items(day: &Day<'_, '_>) -> Vec<AgendaItem> {
    let mut open: Vec<_> = day
        .index
        .follow_ups
        .iter()
        .filter_map(|task| Some((day.section(shown_from(task, day.today.0)?)?, task)))
        .collect();
    // An affair without any day is kept going by its first open part.
    let is_urgent = |task: &FollowUp| shown_from(task, day.today.0).is_some();
    open.extend(undated_next(day.index).into_iter().filter(|task| !is_urgent(task)).map(|task| (Section::Today, task)));
    open.sort_by_key(|(section, task)| (*section, own_day(task).unwrap_or(day.today.0), urgency(task.priority)));
    let thanks = OwedThanks(Thanks::new(day.index, day.today));
    let closed = day.index.closed.iter().filter(|task| task.closed_on == Some(day.today.0));
    let closed = closed.filter_map(|task| line(day, &thanks, Section::Done, task));
    open.into_iter().filter_map(|(section, task)| line(day, &thanks, section, task)).chain(closed).collect()
}

/// The day from which a task is shown.
fn shown_from(task: &FollowUp, today: NaiveDate) -> Option<NaiveDate> {
    let first = match (task.scheduled, task.due) {
        (Some(scheduled), Some(due)) => Some(scheduled.min(due)),
        (scheduled, due) => scheduled.or(due),
    };
    match first.max(task.start) {
        None if matches!(task.priority, Some(Priority::Highest | Priority::High)) => Some(today),
        shown => shown,
    }
}

/// The day the line names.
fn own_day(task: &FollowUp) -> Option<NaiveDate> {
    task.due.or(task.scheduled).or(task.start)
}

fn line<'i>(day: &Day<'_, 'i>, thanks: &OwedThanks<'i>, section: Section, task: &'i FollowUp) -> Option<AgendaItem> {
    let (first, id) = task.people.iter().find_map(|id| Some((day.subject(*id)?, *id)))?;
    let date = own_day(task).unwrap_or(day.today.0);
    let reason = Reason::FollowUp {
        text: task.text.to_string(),
        due: task.due,
        scheduled: task.scheduled,
        priority: task.priority.map(priority_word),
        recurrence: task.recurrence.as_deref().map(str::to_owned),
        with: day.references(&task.people, id),
        thanks_for: thanks.of(day, task, id),
        affair: part_of(day, task).map(Box::new),
        closed: match task.state {
            TaskState::Open => None,
            TaskState::Done => Some("done"),
            TaskState::Cancelled => Some("cancelled"),
        },
    };
    let (date, late_days) = match section {
        Section::Done => (day.today.0, 0),
        _ => (date, task.due.map_or(0, |due| day.today.days_since(due).max(0))),
    };
    let source = Source { path: task.path.as_str().to_owned(), line: task.line };
    let line = item(first, (section, kind(task)), date, reason, Some(source));
    Some(AgendaItem { id: follow_up_id(task).to_string(), late_days, ..line })
}

fn kind(task: &FollowUp) -> ItemKind {
    match task.affair {
        _ if task.introduces => ItemKind::Introduction,
        Some(_) => ItemKind::Affair,
        None => ItemKind::FollowUp,
    }
}

/// The affair a task is a part of, with whom to ask; of a part that is done only the affair.
fn part_of<'i>(day: &Day<'_, 'i>, task: &'i FollowUp) -> Option<PartOf> {
    let affair = affair_of(day.index, task)?;
    let is_open = task.state == TaskState::Open;
    let found = if is_open { whom_to_ask(day.suggested.matches(), task) } else { Vec::new() };
    let is_reachable = |found: &Match<'_>| match found.offered.by {
        Whom::Person(id) => day.subject(id).is_some_and(|subject| !subject.is_left_alone()),
        Whom::Owner => true,
    };
    Some(PartOf {
        title: affair.title.to_string(),
        ask: found.iter().filter(|found| is_reachable(found)).map(|found| suggestion(day.index, found)).collect(),
        waited_days: better_split(day.index, task, day.today).filter(|_| is_open),
        source: Source { path: affair.path.as_str().to_owned(), line: affair.line },
    })
}

/// What tasks to say thanks are for.
struct OwedThanks<'i>(Thanks<'i>);

impl<'i> OwedThanks<'i> {
    /// What `person` did and is to be thanked for by this task.
    fn of(&self, day: &Day<'_, 'i>, task: &FollowUp, person: PersonId) -> Option<Owed> {
        if !task.is_thanks || task.state != TaskState::Open {
            return None;
        }
        let debts = self.0.debts(person);
        let is_asked = |debt: &&Debt<'_>| matches!(debt.state, DebtState::Promised(asks) if std::ptr::eq(asks, task));
        owed(day.index, person, &debts.iter().filter(is_asked).collect::<Vec<_>>())
    }
}

/// A task without a priority stands between medium and low.
fn urgency(priority: Option<Priority>) -> u8 {
    match priority {
        Some(Priority::Highest) => 0,
        Some(Priority::High) => 1,
        Some(Priority::Medium) => 2,
        None => 3,
        Some(Priority::Low) => 4,
        Some(Priority::Lowest) => 5,
    }
}

fn priority_word(priority: Priority) -> &'static str {
    match priority {
        Priority::Highest => "highest",
        Priority::High => "high",
        Priority::Medium => "medium",
        Priority::Low => "low",
        Priority::Lowest => "lowest",
    }
}
