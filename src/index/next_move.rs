//! The next move with someone who is due: one thing to do for them, of the three ways to keep a tie. Tell them something,
//! push a matter of theirs, bring them together with somebody. What is promised or waits comes before what is only
//! possible, and without evidence there is none.

use std::collections::BTreeMap;

use crate::model::today::Today;

use super::affairs::affair_of;
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
        affair_of(self.index, task).is_some_and(|affair| affair.people.contains(&person))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::introductions::introductions;
    use crate::index::support::{at, day, indexed, log, note, open_task, options, person, wiki};
    use crate::model::moves::{MoveField, MoveFieldKind};
    use crate::model::note::{Note, NoteKind};
    use crate::model::span::Span;

    fn next(notes: Vec<Note>) -> Option<String> {
        let (index, options, today) = (indexed(notes), options(), Today(day("2026-11-20")));
        let matches = Matches::new(&index, &options);
        let candidates = introductions(&index, &options, &matches, today);
        let moves = NextMoves::new(&index, &matches, &candidates, today);
        moves.of(PersonId(0)).map(|next| match next {
            NextMove::Tell(kept) => format!("tell {}", kept.text),
            NextMove::Push(task) => format!("push {}", task.text),
            NextMove::Introduce(task) => format!("promised {}", task.text),
            NextMove::Offer(found) => format!("offer {}", found.offered.text),
            NextMove::Suggest(candidate) => format!("with {}", candidate.offers.0),
        })
    }

    #[test]
    fn what_waits_or_was_promised_comes_before_what_is_only_possible() {
        let needy = || person("A.md").with(|person| person.needs = vec![at("冷库盘点".into())]);
        let giving = person("B.md").with(|person| person.offers = vec![at("冷库盘点".into())]).build();
        let owner = note("Me.md", NoteKind::Owner).with(|person| person.offers = vec![at("冷库盘点".into())]).build();
        let due = |on: &str, introduces| {
            let mut note = needy().build();
            let mut task = open_task("办事", 30);
            (task.due, task.introduces) = (Some(day(on)), introduces);
            note.tasks.push(task);
            note
        };
        let mut entry = log("2026-11-01");
        entry.0.text = "新闻".into();
        let text = "[[A]]".into();
        let field =
            MoveField { kind: MoveFieldKind::For, links: vec![wiki("A")], date: None, text, span: Span::default() };
        entry.0.fields.push(field);
        let kept = person("C.md").entry(entry).build();
        assert_eq!(next(vec![person("A.md").build()]), None);
        assert_eq!(next(vec![needy().build()]), None);
        assert_eq!(next(vec![needy().build(), giving.clone()]).as_deref(), Some("with 1"));
        assert_eq!(next(vec![needy().build(), giving.clone(), owner.clone()]).as_deref(), Some("offer 冷库盘点"));
        let all = |first: Note| vec![first, giving.clone(), owner.clone()];
        assert_eq!(next(all(due("2026-11-20", false))).as_deref(), Some("push 办事"));
        assert_eq!(next(all(due("2026-11-21", false))).as_deref(), Some("offer 冷库盘点"));
        assert_eq!(next(all(due("2026-11-20", true))).as_deref(), Some("promised 办事"));
        let mut with_news = all(due("2026-11-20", true));
        with_news.push(kept);
        assert_eq!(next(with_news).as_deref(), Some("tell 新闻"));
    }
}
