//! Gifts: on what occasion one changed hands, which of them was not returned, and the next day on which a gift is fitting.

use chrono::{Days, NaiveDate};

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::birthdays::{YearlyKind, next_birthday, yearly_days};
use super::festivals::{Audience, Festival, festivals_between};
use super::ledger::Fact;
use super::options::IndexOptions;
use super::record::{Index, PersonId, PersonRecord};

/// How far ahead a fitting day is looked for.
const YEAR: u64 = 366;

/// What a gift is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// Their birthday.
    Birthday,
    /// A festival.
    Festival(Festival),
}

impl Occasion {
    /// Its word in data: `birthday`, or the id of the festival.
    pub fn as_str(self) -> &'static str {
        match self {
            Occasion::Birthday => "birthday",
            Occasion::Festival(festival) => festival.id(),
        }
    }

    /// How many days before the day a gift is for it, and how many after. Spring Festival is visited for two weeks on
    /// either side.
    fn span(self) -> (i64, i64) {
        match self {
            Occasion::Birthday => (7, 3),
            Occasion::Festival(Festival::SpringFestival) => (15, 15),
            Occasion::Festival(_) => (10, 3),
        }
    }

    fn is_near(self, day: NaiveDate, gift: NaiveDate) -> bool {
        let (before, after) = self.span();
        (-after..=before).contains(&(day - gift).num_days())
    }
}

/// The occasion on which a gift passed between the owner and someone on `day`: the nearest of those around it.
pub fn occasion(record: &PersonRecord, day: NaiveDate, options: &IndexOptions) -> Option<Occasion> {
    let (from, to) = (day.checked_sub_days(Days::new(15))?, day.checked_add_days(Days::new(15))?);
    let birthdays =
        yearly_days(record, from, to, options).into_iter().filter(|found| found.what == YearlyKind::Birthday);
    let birthdays = birthdays.map(|found| (found.date, Occasion::Birthday));
    let festivals =
        festivals_between(from, to).into_iter().filter(|(_, festival)| is_fitting(*festival, record, options));
    let festivals = festivals.map(|(date, festival)| (date, Occasion::Festival(festival)));
    let near = birthdays.chain(festivals).filter(|(date, occasion)| occasion.is_near(*date, day));
    near.min_by_key(|(date, occasion)| ((*date - day).num_days().abs(), *occasion)).map(|(_, occasion)| occasion)
}

/// The next day after `today` on which a gift to someone is fitting; none for who died.
pub fn next_occasion(record: &PersonRecord, today: Today, options: &IndexOptions) -> Option<(NaiveDate, Occasion)> {
    if record.silence().is_some() {
        return None;
    }
    let (from, to) = (today.0.succ_opt()?, today.0.checked_add_days(Days::new(YEAR))?);
    let birthday = next_birthday(record, from, options).map(|found| (found.date, Occasion::Birthday));
    let mut festivals = festivals_between(from, to).into_iter();
    let festival = festivals.find(|(_, festival)| is_fitting(*festival, record, options));
    birthday.into_iter().chain(festival.map(|(date, festival)| (date, Occasion::Festival(festival)))).min()
}

/// The last gift someone gave up to `today`, if nothing was given back since.
pub fn unreturned(index: &Index, person: PersonId, today: Today) -> Option<&Fact> {
    let gifts = |kind| index.ledger.of(person).rev().filter(move |fact| fact.date <= today.0 && fact.is(kind, "gift"));
    let received = gifts(MoveKind::Got).next()?;
    gifts(MoveKind::Gave).next().is_none_or(|given| given.date < received.date).then_some(received)
}

fn is_fitting(festival: Festival, record: &PersonRecord, options: &IndexOptions) -> bool {
    let is_for_gifts = matches!(
        festival,
        Festival::NewYear
            | Festival::SpringFestival
            | Festival::DragonBoat
            | Festival::TeachersDay
            | Festival::MidAutumn
    );
    let is_for_them = festival.audience() != Audience::Mentors || record.teaches();
    is_for_gifts && is_for_them && options.festivals.contains(festival.id())
}
