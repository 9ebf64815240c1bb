//! How much came from its source, year by year, and from whom.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::information::{Share, informed, nearness, shares};
use crate::index::ledger::Fact;
use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::model::person::InfoPosition;
use crate::model::today::Today;
use crate::report::told::Told;

/// Information got in one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearShare {
    /// The year, by the calendar year in which it began.
    pub year: i32,
    /// From its source.
    pub source: usize,
    /// Passed on.
    pub relayed: usize,
    /// Neither said.
    pub unsaid: usize,
    /// Whether most of what is marked was passed on, and it is more than a few.
    pub mostly_relayed: bool,
}

/// Someone who tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Teller {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// Whether their note says where they stand.
    pub by_note: bool,
    /// How often they told at first hand.
    pub source: usize,
    /// How often they passed something on.
    pub relayed: usize,
    /// How often neither was said.
    pub unsaid: usize,
    /// What they told last.
    pub last: Option<Told>,
}

pub(super) fn years(index: &Index, options: &IndexOptions, today: Today) -> Vec<YearShare> {
    let line = |(year, share): (i32, Share)| YearShare {
        year,
        source: share.source,
        relayed: share.relayed,
        unsaid: share.unsaid,
        mostly_relayed: share.is_mostly_relayed(),
    };
    shares(index, options.year_starts, today).into_iter().rev().map(line).collect()
}

/// Who is near the source, and who told several things and passed on each of them; who told most comes first.
pub(super) fn tellers(index: &Index, today: Today) -> (Vec<Teller>, Vec<Teller>) {
    let mut told: BTreeMap<PersonId, (Share, &Fact)> = BTreeMap::new();
    for fact in informed(index, today) {
        for person in &fact.people {
            let (share, last) = told.entry(*person).or_insert((Share::default(), fact));
            share.add(nearness(index, fact));
            *last = fact;
        }
    }
    let (mut sources, mut relayers) = (Vec::new(), Vec::new());
    for (id, record) in (0..).map(PersonId).zip(&index.people) {
        let position = record.person.info_position;
        let (share, last) = told.get(&id).map_or((Share::default(), None), |(share, last)| (*share, Some(*last)));
        let list = match position {
            _ if record.silence().is_some() => continue,
            Some(InfoPosition::Source) => &mut sources,
            _ if share.source > 0 => &mut sources,
            Some(InfoPosition::Relayed) => &mut relayers,
            None if share.relayed > 1 => &mut relayers,
            None => continue,
        };
        let line = Teller {
            person: record.person.name.to_string(),
            path: record.path.as_str().to_owned(),
            by_note: position.is_some(),
            source: share.source,
            relayed: share.relayed,
            unsaid: share.unsaid,
            last: last.map(Told::of),
        };
        list.push((record.sort_key.clone(), line));
    }
    let sorted = |mut list: Vec<(Box<[u8]>, Teller)>| {
        list.sort_by(|(a_key, a), (b_key, b)| {
            (b.source + b.relayed).cmp(&(a.source + a.relayed)).then_with(|| a_key.cmp(b_key))
        });
        list.into_iter().map(|(_, line)| line).collect()
    };
    (sorted(sources), sorted(relayers))
}
