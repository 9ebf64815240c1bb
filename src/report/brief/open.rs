//! What is open between the two: tasks about someone, promised introductions among them, and what was kept to be told.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::{FollowUp, Index, PersonId};
use crate::index::share_queue::{share_queue, waits};
use crate::model::today::Today;
use crate::report::facts::reference;
use crate::report::reason::{PersonRef, Source};

/// An open task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenTask {
    /// Its words.
    pub text: String,
    /// Due day.
    pub due: Option<NaiveDate>,
    /// Day it is scheduled for.
    pub scheduled: Option<NaiveDate>,
    /// Whom else it names.
    pub with: Vec<PersonRef>,
    /// Where it stands.
    pub source: Source,
}

/// Something kept to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its words.
    pub text: String,
    /// The day it was written for.
    pub date: NaiveDate,
    /// Where it stands.
    pub source: Source,
}

/// The open tasks at `places` of the index, by their day.
pub(super) fn tasks(index: &Index, id: PersonId, places: &[usize]) -> Vec<OpenTask> {
    let mut tasks: Vec<&FollowUp> = places.iter().filter_map(|place| index.follow_ups.get(*place)).collect();
    tasks.sort_by_key(|task| {
        let day = task.due.or(task.scheduled);
        (day.is_none(), day)
    });
    let task = |task: &FollowUp| OpenTask {
        text: task.text.to_string(),
        due: task.due,
        scheduled: task.scheduled,
        with: task
            .people
            .iter()
            .filter(|other| **other != id)
            .filter_map(|id| index.person(*id))
            .map(reference)
            .collect(),
        source: Source { path: task.path.as_str().to_owned(), line: task.line },
    };
    tasks.into_iter().map(task).collect()
}

/// What waits to be told to each.
pub(super) fn kept(index: &Index, today: Today) -> BTreeMap<PersonId, Vec<Kept>> {
    let mut kept: BTreeMap<PersonId, Vec<Kept>> = BTreeMap::new();
    for found in share_queue(index, today).iter().filter(|kept| waits(index, kept)) {
        let source = Source { path: found.item.path.as_str().to_owned(), line: found.item.line };
        let told = Kept { text: found.item.text.to_string(), date: found.item.date, source };
        kept.entry(found.person).or_default().push(told);
    }
    kept
}
