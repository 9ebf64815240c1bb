//! The brief for an event: who will be there with one line on each, what they need and what they offer, and where that
//! meets what the owner has and needs.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::index::matching::Whom;
use crate::index::record::{Index, MeetingRecord, PersonId, TieOther};
use crate::model::moves::MoveKind;
use crate::report::facts::note_reference;
use crate::report::reason::{NoteRef, PersonRef, hours_and_minutes};

use super::{Briefs, Companion, Fitting, fitting};

/// Someone who will be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guest {
    /// One line on them.
    #[serde(flatten)]
    pub who: Companion,
    /// Whether there was no contact yet.
    pub is_new: bool,
    /// Their needs with what the owner has for them.
    pub for_them: Vec<Fitting>,
    /// The owner's needs with what they have for them.
    pub for_me: Vec<Fitting>,
    /// Of the others there, who has what they need.
    pub could_meet: Vec<Meeting>,
}

/// Two guests who could help each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// The other one.
    #[serde(flatten)]
    pub who: PersonRef,
    /// What the first needs and the other has.
    #[serde(flatten)]
    pub fitting: Fitting,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventBrief {
    /// `vault-scan/event-brief/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The event.
    pub event: NoteRef,
    /// Its day.
    pub date: NaiveDate,
    /// Time of day, `HH:MM`.
    #[serde(serialize_with = "hours_and_minutes")]
    pub time: Option<NaiveTime>,
    /// Where.
    pub place: Option<String>,
    /// What it is for.
    pub goal: Option<String>,
    /// What was prepared.
    pub prep: Option<String>,
    /// Who will be there, in the order of the note.
    pub guests: Vec<Guest>,
}

impl Briefs<'_, '_> {
    /// The brief for an event.
    pub fn event(&self, note: &MeetingRecord) -> EventBrief {
        EventBrief {
            schema: "vault-scan/event-brief/1",
            today: self.today.0,
            event: note_reference(note, ""),
            date: note.date,
            time: note.time,
            place: note.place.as_deref().map(str::to_owned),
            goal: note.goal.as_deref().map(str::to_owned),
            prep: note.prep.as_deref().map(str::to_owned),
            guests: self.guests(note),
        }
    }

    fn guests(&self, note: &MeetingRecord) -> Vec<Guest> {
        let there = self.companions(note);
        let could_meet = |id: PersonId| {
            let needs = self.matches.needs(Whom::Person(id)).into_iter();
            let found = needs.flat_map(|need| self.matches.offers_for(need));
            let found = found.filter_map(|found| {
                if let Whom::Person(other) = found.offered.by
                    && know_each_other(self.index, id, other)
                {
                    return None;
                }
                let other = there.iter().find(|(other, _)| found.offered.by == Whom::Person(*other))?;
                Some(Meeting { who: other.1.who.clone(), fitting: fitting(&found) })
            });
            found.collect()
        };
        let guest = |(id, who): &(PersonId, Companion)| Guest {
            who: who.clone(),
            is_new: who.last.is_none(),
            for_them: self.matches.of_owner_for(*id).iter().map(fitting).collect(),
            for_me: self.matches.for_owner_from(*id).iter().map(fitting).collect(),
            could_meet: could_meet(*id),
        };
        there.iter().map(guest).collect()
    }
}

/// Whether a tie is noted between two people, or somebody introduced them already.
fn know_each_other(index: &Index, one: PersonId, other: PersonId) -> bool {
    let ties = index.person(one).into_iter().flat_map(|record| &record.ties);
    let tied = ties.into_iter().any(|tie| tie.other == TieOther::Person(other));
    tied || index.ledger.of(one).any(|fact| fact.is(MoveKind::Gave, "intro") && fact.people.contains(&other))
}
