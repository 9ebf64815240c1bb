//! Give and take with each person.

use std::cmp::Reverse;

use serde::Serialize;

use crate::index::record::Index;
use crate::model::today::Today;
use crate::report::exchange::{Exchange, exchange};

use super::Account;

/// How many people the table shows; a longer one nobody reads.
const SHOWN: usize = 200;
/// How often things went one way only before that is worth a line.
const OFTEN: usize = 2;

/// Give and take with someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithPerson {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// How often, of which kinds, and the last of each side.
    #[serde(flatten)]
    pub exchange: Exchange,
    /// Whether things went one way only, and more than once, with someone who is kept in touch with.
    pub one_sided: bool,
    /// Whether the table has room for them: the two hundred with whom most passed.
    pub shown: bool,
}

/// Everyone with whom something passed, by name.
pub(super) fn people(index: &Index, accounts: &[Account<'_>], today: Today) -> Vec<WithPerson> {
    let mut found: Vec<WithPerson> = accounts
        .iter()
        .filter_map(|Account { subject: person, .. }| {
            let exchange = exchange(index, person.id, today)?;
            let one_sided = exchange.side != "both" && times(&exchange) >= OFTEN && !person.is_silent();
            Some(WithPerson { person: person.name(), path: person.path(), exchange, one_sided, shown: true })
        })
        .collect();
    let mut places: Vec<usize> = (0..found.len()).collect();
    places.sort_by_key(|place| Reverse(found.get(*place).map(|with| times(&with.exchange))));
    for place in places.into_iter().skip(SHOWN) {
        if let Some(with) = found.get_mut(place) {
            with.shown = false;
        }
    }
    found
}

fn times(exchange: &Exchange) -> usize {
    exchange.gave.times + exchange.got.times
}
