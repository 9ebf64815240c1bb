//! Someone the network is made of, with what all sections ask about them.

use chrono::NaiveDate;

use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId, PersonRecord};
use crate::index::standing::{State, standing};
use crate::index::tie::{TieStanding, tie_standing};
use crate::model::today::Today;
use crate::report::facts::{reference, told};
use crate::report::reason::{LastContact, PersonRef};

/// Someone with whom there is a tie to keep.
pub(super) struct Member<'i> {
    /// Number in the index.
    pub(super) id: PersonId,
    /// What is known.
    pub(super) record: &'i PersonRecord,
    /// How the tie stands.
    pub(super) tie: TieStanding,
    /// Where they stand by their cadence.
    pub(super) state: State,
    /// The newest day of contact.
    pub(super) last_contact: Option<NaiveDate>,
}

/// Everyone but those who are archived, let go or no longer alive, in path order.
pub(super) fn members<'i>(index: &'i Index, options: &IndexOptions, today: Today) -> Vec<Member<'i>> {
    let everyone = (0..).map(PersonId).zip(&index.people);
    let living = everyone.filter(|(_, record)| record.silence().is_none());
    living
        .map(|(id, record)| Member {
            id,
            record,
            tie: tie_standing(index, id, today),
            state: standing(record, today, options).state,
            last_contact: record.last_contact(today),
        })
        .collect()
}

impl Member<'_> {
    pub(super) fn name(&self) -> String {
        self.record.person.name.to_string()
    }

    pub(super) fn path(&self) -> String {
        self.record.path.as_str().to_owned()
    }

    pub(super) fn reference(&self) -> PersonRef {
        reference(self.record)
    }

    pub(super) fn last(&self, today: Today) -> Option<LastContact> {
        let past = self.record.contacts.partition_point(|contact| contact.date <= today.0);
        let contact = self.record.contacts.get(past.checked_sub(1)?)?;
        Some(told(contact, today))
    }
}
