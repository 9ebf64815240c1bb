//! The names of agenda lines, the same on every device and every run.
//!
//! A name is a hash over what makes the line this one and no other, so that a line can be found again by making the
//! names of all it might be. What several lines can share (a note may hold many tasks, a day many meetings) takes the
//! line's words in. Once a name has been answered it is never given again: what is asked anew, as after a snooze, is
//! asked in another round and has another name.

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::model::item_id::ItemId;
use crate::model::path::NotePath;
use crate::model::task::Task;

use super::birthdays::{YearlyDate, YearlyKind};
use super::festivals::Festival;
use super::record::{Answer, FollowUp, Index, PersonId, PersonRecord};

/// More rounds than anybody puts one thing off.
const ROUNDS: u32 = 200;

/// The hash over `path`, `kind` and what else tells the line from others, joined by LF: its first 32 bits.
fn hashed(path: &str, kind: &str, rest: &str) -> ItemId {
    let mut hash = Sha256::new();
    for (part, end) in [(path, "\n"), (kind, "\n"), (rest, "")] {
        hash.update(part);
        hash.update(end);
    }
    let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
    ItemId(u32::from_be_bytes([a, b, c, d]))
}

/// What an agenda line is about, as far as its name depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    /// The note of whom it is about, or where it is written; for a festival its id.
    pub path: &'a str,
    /// The word of the kind, `contact`.
    pub kind: &'a str,
    /// The day it is for.
    pub day: NaiveDate,
    /// What tells it from other lines of this note, kind and day; empty where there can be only one.
    pub words: &'a str,
}

impl About<'_> {
    /// Its name in a round, from 1.
    pub fn id(&self, round: u32) -> ItemId {
        let mut rest = self.day.to_string();
        if !self.words.is_empty() || round > 1 {
            rest.push('\n');
            rest.push_str(self.words);
        }
        if round > 1 {
            rest.push_str(&format!("\n{round}"));
        }
        hashed(self.path, self.kind, &rest)
    }

    /// The name that has not been answered yet for all of `people`, and the newest answer to those before it. Without
    /// people one answer is enough.
    pub fn open(&self, index: &Index, people: impl IntoIterator<Item = PersonId>) -> (ItemId, Option<Answer>) {
        let people: Vec<PersonId> = people.into_iter().collect();
        let mut newest = None;
        for round in 1..ROUNDS {
            let id = self.id(round);
            let answers = index.answers(id);
            let has_answered = |person: &PersonId| answers.iter().any(|answer| answer.person == Some(*person));
            match answers.iter().max_by_key(|answer| answer.until) {
                Some(answer) if people.iter().all(has_answered) => newest = Some(*answer),
                _ => return (id, newest),
            }
        }
        (self.id(ROUNDS), newest)
    }

    /// Whether `id` is one of its names up to the one that is open.
    pub fn had(&self, id: ItemId, index: &Index) -> bool {
        (1..ROUNDS).map(|round| self.id(round)).find(|name| *name == id || index.answers(*name).is_empty()) == Some(id)
    }
}

/// What the agenda line of someone's yearly day is about.
pub fn about_yearly<'a>(path: &'a str, found: &'a YearlyDate) -> About<'a> {
    let words = match &found.what {
        YearlyKind::Birthday => "",
        YearlyKind::Labelled(label) => label,
    };
    About { path, kind: "birthday", day: found.date, words }
}

/// What the suggestion to introduce two people is about, who stand in path order. It has no day: a no holds for good.
pub fn about_introduction<'a>(first: &'a PersonRecord, second: &'a PersonRecord) -> About<'a> {
    let (path, words) = (first.path.as_str(), second.path.as_str());
    About { path, kind: "introduction", day: NaiveDate::default(), words }
}

/// What the agenda line of a festival is about. New Year's Eve shares that of the day after it.
pub fn about_festival(festival: Festival, date: NaiveDate) -> About<'static> {
    let line = festival.line();
    let day = if line == festival { Some(date) } else { date.succ_opt() };
    About { path: line.id(), kind: "festival", day: day.unwrap_or(date), words: "" }
}

/// The name of an open or closed task. It takes in the days the task has, so that a task put off has another one.
pub fn follow_up_id(task: &FollowUp) -> ItemId {
    task_id(&task.path, &task.text, (task.due, task.scheduled), task.nth)
}

/// The name a task would have with these days.
pub fn follow_up_id_with(task: &FollowUp, due: Option<NaiveDate>, scheduled: Option<NaiveDate>) -> ItemId {
    task_id(&task.path, &task.text, (due, scheduled), task.nth)
}

/// The names of all tasks of one note, in their order.
pub fn task_ids(path: &NotePath, tasks: &[Task]) -> Vec<ItemId> {
    let name = |(task, nth): (&Task, u32)| task_id(path, &task.text, (task.due, task.scheduled), nth);
    tasks.iter().zip(numbers(tasks)).map(name).collect()
}

/// For each task of a note the how-manieth of its words and days it is, from 1. Closed ones count, so that ticking one
/// gives its name to no other.
pub(super) fn numbers(tasks: &[Task]) -> Vec<u32> {
    let mut seen = HashMap::new();
    let mut numbers = Vec::with_capacity(tasks.len());
    for Task { text, due, scheduled, .. } in tasks {
        let count = seen.entry((text, due, scheduled)).or_insert(0);
        *count += 1;
        numbers.push(*count);
    }
    numbers
}

fn task_id(path: &NotePath, text: &str, (due, scheduled): (Option<NaiveDate>, Option<NaiveDate>), nth: u32) -> ItemId {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let nth = if nth > 1 { format!("\n{nth}") } else { String::new() };
    hashed(path.as_str(), "follow-up", &format!("{}\n{}\n{text}{nth}", day(due), day(scheduled)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{day, open_task};

    #[test]
    fn the_name_is_that_of_sha256sum() {
        // printf 'a\nb\nc' | sha256sum, and the same of the second row.
        assert_eq!(hashed("a", "b", "c").to_string(), "vs-ea7fb08b");
        assert_ne!(hashed("a\nb", "c", "d"), hashed("a", "b", "c"));
        let contact = About { path: "People/张三.md", kind: "contact", day: day("2026-11-20"), words: "" };
        assert_eq!(contact.id(1).to_string(), "vs-9a1b206b");
    }

    #[test]
    fn words_and_rounds_give_other_names() {
        let about = About { path: "A.md", kind: "meeting", day: day("2026-11-20"), words: "" };
        let worded = About { words: "lunch", ..about };
        let names = [about.id(1), about.id(2), about.id(3), worded.id(1), worded.id(2)];
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn tasks_of_the_same_words_are_told_apart_by_their_days_and_then_by_their_order() {
        let path = NotePath::new("A.md");
        let task = |text: &str, due: Option<&str>| Task { due: due.map(day), ..open_task(text, 1) };
        let tasks = [
            task("call", None),
            task("call", Some("2026-11-20")),
            task("call", None),
            task("write", None),
            task("call", Some("2026-11-20")),
        ];
        assert_eq!(numbers(&tasks), [1, 1, 2, 1, 2]);
        let ids: std::collections::BTreeSet<_> = task_ids(&path, &tasks).into_iter().collect();
        assert_eq!(ids.len(), tasks.len());
        let mut ticked = tasks.clone();
        ticked[0].state = crate::model::task::TaskState::Done;
        assert_eq!(task_ids(&path, &ticked), task_ids(&path, &tasks));
    }
}
