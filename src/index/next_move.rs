//! The next move with someone who is due: one thing to do for them, of the three ways to keep a tie. Tell them something,
//! push a matter of theirs, bring them together with somebody. What is promised or waits comes before what is only
//! possible, and without evidence there is none.

use std::collections::BTreeMap;

use crate::model::today::Today;

use super::introductions::Candidate;
use super::ledger::Queued;
use super::matching::{Match, Matches};
use super::record::{FollowUp, Index, PersonId};
use super::share_queue::{share_queue, waits};

/// One thing to do for someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextMove<'i> {
    /// Tell them what was kept for them.
    Tell(&'i Queued),
    /// Do what is open between the two: a part of their affair, or a task about them that is late or due.
    Push(&'i FollowUp),
    /// Make an introduction that was promised.
    Introduce(&'i FollowUp),
    /// Offer them what they need.
    Offer(Match<'i>),
    /// Bring them together with somebody.
    Suggest(Candidate<'i>),
}

/// What next moves are chosen from; made once for a day.
#[derive(Debug)]
pub struct NextMoves<'m, 'i> {
    index: &'i Index,
    matches: &'m Matches<'i>,
    queued: BTreeMap<PersonId, &'i Queued>,
    tasks: BTreeMap<PersonId, Vec<&'i FollowUp>>,
    candidates: BTreeMap<PersonId, &'m Candidate<'i>>,
    today: Today,
}

impl<'m, 'i> NextMoves<'m, 'i> {
    /// `candidates` are the introductions of that day, the best first.
    pub fn new(index: &'i Index, matches: &'m Matches<'i>, candidates: &'m [Candidate<'i>], today: Today) -> Self {
        let (mut queued, mut tasks) = (BTreeMap::new(), BTreeMap::<PersonId, Vec<&FollowUp>>::new());
        for kept in share_queue(index, today).iter().filter(|kept| waits(index, kept)) {
            queued.entry(kept.person).or_insert(kept.item);
        }
        for task in &index.follow_ups {
            for person in &task.people {
                tasks.entry(*person).or_default().push(task);
            }
        }
        let mut best = BTreeMap::new();
        for candidate in candidates.iter().filter(|candidate| candidate.is_open) {
            for person in [candidate.needs, candidate.offers] {
                best.entry(person).or_insert(candidate);
            }
        }
        NextMoves { index, matches, queued, tasks, candidates: best, today }
    }

    /// The one to make with `person`.
    pub fn of(&self, person: PersonId) -> Option<NextMove<'i>> {
        let tasks = || self.tasks.get(&person).into_iter().flatten().copied();
        let day = |task: &FollowUp| task.due.or(task.scheduled);
        let is_due = |task: &&FollowUp| day(task).is_some_and(|day| day <= self.today.0);
        let is_free = |task: &&FollowUp| task.start.is_none_or(|start| start <= self.today.0);
        if let Some(queued) = self.queued.get(&person) {
            return Some(NextMove::Tell(queued));
        }
        if let Some(task) = tasks().filter(is_due).find(|task| task.introduces) {
            return Some(NextMove::Introduce(task));
        }
        // Whose affair it is comes first among its people.
        let theirs = |task: &&FollowUp| task.affair.is_some() && self.is_theirs(task, person);
        if let Some(task) = tasks().filter(is_due).min_by_key(|task| day(task)) {
            return Some(NextMove::Push(task));
        }
        if let Some(task) = tasks().filter(theirs).filter(is_free).min_by_key(|task| (day(task).is_none(), day(task))) {
            return Some(NextMove::Push(task));
        }
        if let Some(found) = self.matches.of_owner_for(person).into_iter().max_by_key(|found| found.score) {
            return Some(NextMove::Offer(found));
        }
        self.candidates.get(&person).map(|candidate| NextMove::Suggest((*candidate).clone()))
    }

    fn is_theirs(&self, task: &FollowUp, person: PersonId) -> bool {
        let affair = task.affair.and_then(|number| self.index.affairs.get(number as usize));
        affair.is_some_and(|affair| affair.people.contains(&person))
    }
}
