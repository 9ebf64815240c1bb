//! Skips and snoozes of a birthday or a festival; those of another reminder say so (`#skip/thanks`). Whoever leaves a greeting out does not mean to be in touch later for
//! it, so they answer that line of the agenda and put off no contact.

use chrono::{Days, NaiveDate};

use crate::model::item_id::ItemId;

use super::birthdays::yearly_days;
use super::festivals::festivals_between;
use super::item_ids::{About, about_festival, about_yearly};
use super::options::IndexOptions;
use super::record::{Deferral, PersonRecord};

/// How long after a line was answered its day may lie ahead.
const YEAR: u64 = 366;
/// How often a greeting may be put off and still be known.
const ROUNDS: u32 = 8;

/// Moves them out of those that put off a contact.
pub(super) fn set_waived_apart(record: &mut PersonRecord, options: &IndexOptions) {
    let answers = |deferral: &Deferral| deferral.id.is_some();
    if !record.skips.iter().chain(&record.snoozes).any(answers) {
        return;
    }
    let waives = |deferral: &Deferral| deferral.id.is_some_and(|id| is_yearly(record, id, deferral.date, options));
    let (skips, snoozes) = (record.skips.clone(), record.snoozes.clone());
    let (waived, skips): (Vec<_>, Vec<_>) = skips.into_iter().partition(waives);
    let (more, snoozes): (Vec<_>, Vec<_>) = snoozes.into_iter().partition(waives);
    record.waived.extend(waived);
    record.waived.extend(more);
    record.waived.sort_by_key(|deferral| deferral.date);
    (record.skips, record.snoozes) = (skips, snoozes);
}

/// Whether `id`, answered on `on`, is that of a yearly day of theirs or of a festival.
fn is_yearly(record: &PersonRecord, id: ItemId, on: NaiveDate, options: &IndexOptions) -> bool {
    let last = on.checked_add_days(Days::new(YEAR)).unwrap_or(NaiveDate::MAX);
    let is = |about: About<'_>| (1..=ROUNDS).any(|round| about.id(round) == id);
    festivals_between(on, last).into_iter().any(|(date, festival)| is(about_festival(festival, date)))
        || yearly_days(record, on, last, options).iter().any(|found| is(about_yearly(record.path.as_str(), found)))
}
