//! Thanks that are owed. Every line that tells of a favour opens one debt of thanks, and the next line that says thanks to
//! the same person, on the same day or later, closes all that are open. So does a task to thank them, once it is done.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::moves::MoveKind;
use crate::model::task::Priority;
use crate::model::today::Today;

use super::item_ids::About;
use super::ledger::Fact;
use super::record::{FollowUp, Index, PersonId, PersonRecord};

/// How a debt of thanks stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebtState<'i> {
    /// To be thanked for.
    Owed,
    /// An open task asks for it already.
    Promised(&'i FollowUp),
    /// Put off through this day.
    PutOff(NaiveDate),
    /// Left out on this day, on purpose.
    LeftOut(NaiveDate),
    /// This said thanks.
    Thanked(&'i Fact),
}

/// What one line tells of something done for the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt<'i> {
    /// The favour; of several on the line the first.
    pub favour: &'i Fact,
    /// Whether one of them is so large that thanks are best said over a meal.
    pub is_large: bool,
    /// How it stands.
    pub state: DebtState<'i>,
}

/// The debts of thanks to everyone on a day.
pub struct Thanks<'i> {
    index: &'i Index,
    today: Today,
    /// By person the first open task to thank them.
    promised: BTreeMap<PersonId, &'i FollowUp>,
}

impl<'i> Thanks<'i> {
    /// Those of `index` on `today`.
    pub fn new(index: &'i Index, today: Today) -> Self {
        let mut promised = BTreeMap::new();
        for task in index.follow_ups.iter().filter(|task| task.is_thanks && is_asked_for(task)) {
            for person in thanked_by(index, task) {
                promised.entry(*person).or_insert(task);
            }
        }
        Thanks { index, today, promised }
    }

    /// All debts to someone up to the day, oldest first, those that were closed among them.
    pub fn debts(&self, person: PersonId) -> Vec<Debt<'i>> {
        let Some(record) = self.index.person(person) else { return Vec::new() };
        let past: Vec<&Fact> = self.index.ledger.of(person).filter(|fact| fact.date <= self.today.0).collect();
        let thanks: Vec<&Fact> = past.iter().copied().filter(|fact| fact.kind == MoveKind::Thanked).collect();
        let mut debts: Vec<Debt<'i>> = Vec::new();
        for favour in past.into_iter().filter(|fact| fact.kind == MoveKind::Got) {
            match debts.last_mut() {
                Some(debt) if (&debt.favour.path, debt.favour.line) == (&favour.path, favour.line) => {
                    debt.is_large |= is_large(favour);
                }
                _ => debts.push(Debt { favour, is_large: is_large(favour), state: DebtState::Owed }),
            }
        }
        let mut answered = None;
        for debt in &mut debts {
            let first = thanks.partition_point(|thanked| thanked.date < debt.favour.date);
            debt.state = match thanks.get(first) {
                Some(thanked) => DebtState::Thanked(thanked),
                None => {
                    answered = self.answer(person, record, debt.favour).or(answered);
                    self.open_state(person, debt.favour, answered)
                }
            };
        }
        debts
    }

    /// The answer of the agenda to a debt: its day, and for one that was put off the last day it is.
    fn answer(&self, person: PersonId, record: &PersonRecord, favour: &Fact) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let (_, answer) = about(record, favour).open(self.index, [person]);
        let answer = answer?;
        let told = record.waived.iter().find(|deferral| deferral.id == Some(answer.id));
        Some((told.map_or(favour.date, |deferral| deferral.date), answer.until))
    }

    /// One line of the agenda stands for all debts that were open, so its answer holds for the later ones too, up to its
    /// day.
    fn open_state(
        &self,
        person: PersonId,
        favour: &Fact,
        answered: Option<(NaiveDate, Option<NaiveDate>)>,
    ) -> DebtState<'i> {
        match answered.filter(|(day, _)| favour.date <= *day) {
            Some((day, None)) => return DebtState::LeftOut(day),
            Some((_, Some(until))) if until >= self.today.0 => return DebtState::PutOff(until),
            _ => {}
        }
        self.promised.get(&person).map_or(DebtState::Owed, |task| DebtState::Promised(task))
    }
}

/// What the agenda line about a favour is about.
pub(super) fn about<'a>(record: &'a PersonRecord, favour: &'a Fact) -> About<'a> {
    About { path: record.path.as_str(), kind: "thanks", day: favour.date, words: favour.words() }
}

/// What `person` gave up to `today` and was not thanked for since, oldest first.
pub fn owed(index: &Index, person: PersonId, today: Today) -> Vec<&Fact> {
    let past = || index.ledger.of(person).filter(|fact| fact.date <= today.0);
    let last_thanks = past().filter(|fact| fact.kind == MoveKind::Thanked).map(|fact| fact.date).max();
    past().filter(|fact| fact.kind == MoveKind::Got && last_thanks.is_none_or(|day| fact.date > day)).collect()
}

/// Whether a favour is so large that thanks are best said over a meal: an endorsement, an opportunity, an introduction.
pub fn is_large(favour: &Fact) -> bool {
    ["endorsement", "opportunity", "intro"].into_iter().any(|leaf| favour.is(MoveKind::Got, leaf))
}

/// Whom a task to say thanks is about: whose note it stands in, else all whom it names.
pub fn thanked_by<'i>(index: &'i Index, task: &'i FollowUp) -> &'i [PersonId] {
    let is_own = |id: &PersonId| index.person(*id).is_some_and(|record| record.path == task.path);
    match task.people.first() {
        Some(own) if is_own(own) => std::slice::from_ref(own),
        _ => &task.people,
    }
}

/// Whether the agenda shows the task some day: one without a day or a high priority never comes up.
fn is_asked_for(task: &FollowUp) -> bool {
    let day = task.due.or(task.scheduled).or(task.start);
    day.is_some() || matches!(task.priority, Some(Priority::Highest | Priority::High))
}
