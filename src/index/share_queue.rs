//! What waits to be told to someone: the lines with `[for:: [[A]]]`. One is told once the log says so: by answering its
//! agenda line, by a later line that gave that person something and speaks of the same, or by one that gave them news
//! while it was the only one that waited.

use std::collections::BTreeMap;

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::item_ids::About;
use super::ledger::{Fact, Queued};
use super::record::{Index, PersonId};
use super::shared_words::TextWords;

/// A line kept for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept<'i> {
    /// For whom.
    pub person: PersonId,
    /// The line.
    pub item: &'i Queued,
    /// What told it, as far as the ledger says.
    pub told_by: Option<&'i Fact>,
}

/// All lines kept for people up to `today`, by person and day; those that were told are among them.
pub fn share_queue(index: &Index, today: Today) -> Vec<Kept<'_>> {
    let mut of_people: BTreeMap<PersonId, Vec<&Queued>> = BTreeMap::new();
    for item in index.ledger.queue.iter().filter(|item| item.date <= today.0) {
        for person in &item.people {
            of_people.entry(*person).or_default().push(item);
        }
    }
    of_people.into_iter().flat_map(|(person, items)| of_person(index, person, &items, today)).collect()
}

/// Whether a kept line still waits, by the answers to its agenda line too.
pub fn waits(index: &Index, kept: &Kept<'_>) -> bool {
    let Some(record) = index.person(kept.person) else { return false };
    let (_, answer) = about(record.path.as_str(), kept.item).open(index, [kept.person]);
    kept.told_by.is_none() && answer.is_none_or(|answer| answer.until.is_some()) && record.silence().is_none()
}

/// What the agenda line of a kept line is about, for the note at `path`.
pub(super) fn about<'a>(path: &'a str, item: &'a Queued) -> About<'a> {
    About { path, kind: "share", day: item.date, words: &item.text }
}

fn of_person<'i>(index: &'i Index, person: PersonId, items: &[&'i Queued], today: Today) -> Vec<Kept<'i>> {
    let mut kept: Vec<(Kept<'i>, TextWords)> =
        items.iter().map(|item| (Kept { person, item, told_by: None }, TextWords::of(&item.text))).collect();
    let first = items.first().map(|item| item.date);
    let given = index.ledger.of(person).filter(|fact| fact.kind == MoveKind::Gave && fact.date <= today.0);
    for fact in given.filter(|fact| first.is_some_and(|first| fact.date >= first)) {
        let words = TextWords::of(fact.words());
        let mut waiting: Vec<&mut (Kept<'i>, TextWords)> =
            kept.iter_mut().filter(|(kept, _)| kept.told_by.is_none() && kept.item.date <= fact.date).collect();
        let mut spoke_of_one = false;
        for (kept, _) in waiting.iter_mut().filter(|(_, own)| own.meet(&words)) {
            kept.told_by = Some(fact);
            spoke_of_one = true;
        }
        // On the day itself nobody knows what came first.
        if let [(only, _)] = waiting.as_mut_slice()
            && !spoke_of_one
            && tells(fact)
            && only.item.date < fact.date
        {
            only.told_by = Some(fact);
        }
    }
    kept.into_iter().map(|(kept, _)| kept).collect()
}

/// Whether what was given may have been news.
fn tells(fact: &Fact) -> bool {
    fact.detail.is_none() || ["info", "share"].into_iter().any(|leaf| fact.is(MoveKind::Gave, leaf))
}
