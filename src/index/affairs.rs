//! Affairs: which part comes next, who may be asked about it, and which part has waited so long that it is better cut
//! into smaller ones.

use chrono::NaiveDate;

use crate::model::today::Today;

use super::matching::{Match, Matches, Said, Whom};
use super::record::{AffairRecord, FollowUp, Index, PersonId};

/// A part that waits longer than this many days and hangs together is too big a step.
const TOO_LONG: i64 = 30;
/// How many people are named for one part.
const ASKED: usize = 3;

/// The affair a task is a part of.
pub fn affair_of<'i>(index: &'i Index, part: &FollowUp) -> Option<&'i AffairRecord> {
    index.affairs.get(number_of(index, part)?)
}

/// Its place among all affairs, which stand by path and line.
fn number_of(index: &Index, part: &FollowUp) -> Option<usize> {
    let line = part.affair?;
    index.affairs.binary_search_by(|affair| (&affair.path, affair.line).cmp(&(&part.path, line))).ok()
}

/// The first open part of each affair none of whose open parts has a day: without it nobody would be reminded.
pub fn undated_next(index: &Index) -> Vec<&FollowUp> {
    let mut next: Vec<Option<&FollowUp>> = vec![None; index.affairs.len()];
    let mut is_dated = vec![false; index.affairs.len()];
    for part in &index.follow_ups {
        let Some(number) = number_of(index, part) else { continue };
        if let (Some(next), Some(dated)) = (next.get_mut(number), is_dated.get_mut(number)) {
            next.get_or_insert(part);
            *dated |= part.due.or(part.scheduled).or(part.start).is_some();
        }
    }
    next.into_iter().zip(is_dated).filter(|(_, dated)| !dated).filter_map(|(part, _)| part).collect()
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
    part.affair?;
    let since: NaiveDate = part.created.or_else(|| affair_of(index, part)?.asked_on)?;
    let days = today.days_since(since);
    let is_ahead = |day: Option<NaiveDate>| day.is_some_and(|day| day >= today.0);
    let waits = days >= TOO_LONG && !is_ahead(part.due) && !is_ahead(part.scheduled) && !is_ahead(part.start);
    let hangs_on =
        |task: &&FollowUp| task.path == part.path && task.affair == part.affair && task.parent == Some(part.line);
    let has_parts = index.follow_ups.iter().chain(&index.closed).any(|task| hangs_on(&task));
    (waits && !has_parts).then_some(days)
}
