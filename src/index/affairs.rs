//! Affairs: which part comes next, who may be asked about it, and which part has waited so long that it is better cut
//! into smaller ones.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::path::NotePath;
use crate::model::today::Today;

use super::matching::{Match, Matches, Said, Whom};
use super::record::{AffairRecord, FollowUp, Index, PersonId};

/// A part that waits longer than this many days and hangs together is too big a step.
const TOO_LONG: i64 = 30;
/// How many people are named for one part.
const ASKED: usize = 3;

/// The affair a task is a part of.
pub fn affair_of<'i>(index: &'i Index, part: &FollowUp) -> Option<&'i AffairRecord> {
    let line = part.affair?;
    let at = index.affairs.binary_search_by(|affair| (&affair.path, affair.line).cmp(&(&part.path, line))).ok()?;
    index.affairs.get(at)
}

/// The first open part of each affair none of whose open parts has a day: without it nobody would be reminded.
pub fn undated_next(index: &Index) -> Vec<&FollowUp> {
    // Tasks stand in path and line order, so those of a note are together; a note has few affairs.
    let mut next = Vec::new();
    for tasks in index.follow_ups.chunk_by(|a, b| a.path == b.path) {
        let mut of_affair: BTreeMap<u32, Option<&FollowUp>> = BTreeMap::new();
        for part in tasks {
            let Some(line) = part.affair else { continue };
            let first = of_affair.entry(line).or_insert(Some(part));
            if part.due.or(part.scheduled).or(part.start).is_some() {
                *first = None;
            }
        }
        next.extend(of_affair.into_values().flatten());
    }
    next
}

/// Who offers what a part needs, a few; nobody whose affair it is.
pub fn whom_to_ask<'i>(matches: &Matches<'i>, part: &'i FollowUp) -> Vec<Match<'i>> {
    let by = part.people.first().map_or(Whom::Owner, |id| Whom::Person(*id));
    let asked = Said { by, text: &part.text, path: &part.path, line: part.line };
    let mut found = matches.offers_for(asked);
    // What the owner can do alone needs nobody asked, and whose affair it is knows best what they need.
    let is_asker = |id: PersonId| part.people.first() == Some(&id);
    found.retain(|found| matches!(found.offered.by, Whom::Person(id) if !is_asker(id)));
    found.truncate(ASKED);
    found
}

/// For how many days a part has waited without being cut into smaller ones; `None` where that is not too long. It waits
/// from the day it was written down, else from the day the affair was brought up.
pub fn better_split(index: &Index, part: &FollowUp, today: Today) -> Option<i64> {
    let affair = affair_of(index, part)?;
    let since: NaiveDate = part.created.or(affair.asked_on)?;
    let days = today.days_since(since);
    let is_ahead = |day: Option<NaiveDate>| day.is_some_and(|day| day >= today.0);
    let waits = days >= TOO_LONG && !is_ahead(part.due) && !is_ahead(part.scheduled) && !is_ahead(part.start);
    let hangs_on = |task: &FollowUp| task.parent == Some(part.line);
    let has_parts = of_note(&index.follow_ups, &part.path).chain(of_note(&index.closed, &part.path)).any(hangs_on);
    (waits && !has_parts).then_some(days)
}

/// The tasks of one note among all, which are in path order.
fn of_note<'i>(tasks: &'i [FollowUp], path: &'i NotePath) -> impl Iterator<Item = &'i FollowUp> {
    let first = tasks.partition_point(|task| task.path < *path);
    tasks.get(first..).unwrap_or_default().iter().take_while(move |task| task.path == *path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{day, indexed, open_task, other, person, wiki};
    use crate::model::affair::Affair;
    use crate::model::note::Note;
    use crate::model::task::{Task, TaskState};

    /// An affair of A brought up on 1 October, with these tasks.
    fn affair(tasks: Vec<Task>) -> Index {
        let mut note = other("Affairs/x.md").build();
        note.affairs.push(Affair {
            title: "x".into(),
            people: vec![wiki("A")],
            asked_on: Some(day("2026-10-01")),
            line: 2,
            first_line: 4,
            last_line: u32::MAX,
        });
        note.tasks = tasks;
        let notes: [Note; 2] = [person("A.md").build(), note];
        indexed(notes)
    }

    fn dated(text: &str, line: u32, due: &str) -> Task {
        Task { due: Some(day(due)), ..open_task(text, line) }
    }

    #[test]
    fn the_first_open_part_is_asked_for_only_where_none_has_a_day() {
        let next = |tasks| undated_next(&affair(tasks)).iter().map(|part| part.text.to_string()).collect::<Vec<_>>();
        assert_eq!(next(vec![open_task("a", 5), open_task("b", 6)]), ["a"]);
        assert_eq!(next(vec![open_task("a", 5), dated("b", 6, "2026-12-01"), open_task("c", 7)]), Vec::<String>::new());
        assert_eq!(next(vec![dated("b", 5, "2026-12-01"), open_task("c", 6)]), Vec::<String>::new());
        let done = Task { state: TaskState::Done, ..open_task("a", 5) };
        assert_eq!(next(vec![done.clone(), open_task("b", 6)]), ["b"]);
        assert_eq!(next(vec![done]), Vec::<String>::new());
    }

    #[test]
    fn a_part_that_hangs_together_for_a_month_is_better_split() {
        let split = |tasks, on: &str| better_split(&affair(tasks), &affair_part(), Today(day(on)));
        fn affair_part() -> FollowUp {
            affair(vec![open_task("a", 5)]).follow_ups.remove(0)
        }
        let whole = || vec![open_task("a", 5)];
        assert_eq!(["2026-10-30", "2026-10-31", "2026-11-01"].map(|on| split(whole(), on)), [None, Some(30), Some(31)]);
        let below = |state| Task { parent: Some(5), state, ..open_task("b", 6) };
        assert_eq!(split(vec![open_task("a", 5), below(TaskState::Open)], "2026-11-20"), None);
        assert_eq!(split(vec![open_task("a", 5), below(TaskState::Done)], "2026-11-20"), None);
        let index = affair(vec![dated("a", 5, "2026-11-20")]);
        let on = |day_of: &str| better_split(&index, &index.follow_ups[0], Today(day(day_of)));
        assert_eq!((on("2026-11-20"), on("2026-11-21")), (None, Some(51)));
    }
}
