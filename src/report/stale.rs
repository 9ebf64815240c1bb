//! The stale-contact report: late and lost by severity, who once helped and has gone silent, broken rhythms, weak ties
//! worth a call, never contacted, snoozed and paused, and whom one might let go. Everyone stands in one group: that which
//! says most about them.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::index::kept_warm::{Cooling, LettingGo, cooling, help};
use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::standing::State;
use crate::model::today::Today;

use super::facts::{Subject, deed, subjects};
use super::reason::{CadenceReason, Deed, LastContact};

/// The group a person stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaleGroup {
    /// Past the hard limit.
    Lost,
    /// Once helped, and silent for nine months, or three of their rhythms where that is longer.
    Benefactor,
    /// Past due.
    Late,
    /// No cadence of their own, but the rhythm broke.
    Drifting,
    /// Seldom met, not late, and gave or could give something.
    WeakTie,
    /// Tracked, never contacted.
    Never,
    /// Hidden for now.
    Snoozed,
    /// Paused.
    Paused,
    /// Lost for long, and nothing ever came of it.
    LetGoCandidate,
}

/// A rhythm observed from past contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rhythm {
    /// Median days between the last contacts.
    pub median_days: i64,
    /// How many gaps it rests on.
    pub gaps: usize,
}

/// What someone did for the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Helped {
    /// How often.
    pub times: usize,
    /// What says most: the last large favour, else the last.
    pub deed: Deed,
}

/// What speaks for letting someone go, beside their silence: nothing given, nothing got, no cooperation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetGoEvidence {
    /// Days of contact so far.
    pub contacts: usize,
    /// The first of them.
    pub first: NaiveDate,
    /// How often a contact was skipped or put off since the last.
    pub skipped: usize,
}

/// One person of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleItem {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// Group.
    pub group: StaleGroup,
    /// State word of the contract.
    pub state: &'static str,
    /// Last contact day.
    pub last_contact: Option<NaiveDate>,
    /// Days since.
    pub days_silent: Option<i64>,
    /// ISO 8601 period.
    pub cadence: Option<String>,
    /// Winning rule.
    pub cadence_rule: &'static str,
    /// Rule and its detail.
    pub rule: CadenceReason,
    /// Due day.
    pub due: Option<NaiveDate>,
    /// Days past due.
    pub late_days: i64,
    /// The last contact with its words.
    pub last: Option<LastContact>,
    /// For drifting people.
    pub rhythm: Option<Rhythm>,
    /// For never contacted people, their first day; for snoozed and paused ones, the last hidden day.
    pub until: Option<NaiveDate>,
    /// How they were met, or why paused.
    pub note: Option<String>,
    /// What they did for the owner; `null` for nothing.
    pub helped: Option<Helped>,
    /// What a weak tie could give.
    pub offers: Vec<String>,
    /// What speaks for letting them go; `null` in the other groups.
    pub letting_go: Option<LetGoEvidence>,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleContacts {
    /// `vault-scan/stale/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Its people, by group and severity.
    pub items: Vec<StaleItem>,
    /// How many people the vault has a note about.
    pub people: usize,
}

/// Options of the stale-contact report.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct StaleOptions {
    /// Only these groups; all when empty.
    pub groups: Vec<StaleGroup>,
}

/// Whom the owner is losing on `today`: who is late or lost, whose rhythm broke, who was never contacted, who is
/// hidden for now. Who is due today is not stale.
pub fn stale_contacts(
    index: &Index,
    index_options: &IndexOptions,
    options: &StaleOptions,
    today: Today,
) -> StaleContacts {
    let everyone = subjects(index, index_options, today);
    let mut found: Vec<_> =
        everyone.par_iter().filter_map(|subject| Some((item(index, subject, today)?, subject))).collect();
    found.retain(|(item, _)| options.groups.is_empty() || options.groups.contains(&item.group));
    found.sort_by(|(a, a_subject), (b, b_subject)| {
        a.group
            .cmp(&b.group)
            .then_with(|| by_severity(a, a_subject, b, b_subject))
            .then_with(|| (a.until.is_none(), a.until).cmp(&(b.until.is_none(), b.until)))
            .then_with(|| a_subject.record.sort_key.cmp(&b_subject.record.sort_key))
            .then_with(|| a_subject.record.path.cmp(&b_subject.record.path))
    });
    let items = found.into_iter().map(|(item, _)| item).collect();
    StaleContacts { schema: "vault-scan/stale/1", today: today.0, items, people: index.people.len() }
}

fn item(index: &Index, subject: &Subject<'_>, today: Today) -> Option<StaleItem> {
    let cooling = cooling(index, subject.id, subject.standing.state, today);
    let group = match (&cooling, subject.standing.state) {
        (Some(Cooling::Missed(_)), _) => StaleGroup::Benefactor,
        (Some(Cooling::NothingCame(_)), _) => StaleGroup::LetGoCandidate,
        (Some(Cooling::Broken(_)), _) => StaleGroup::Drifting,
        (Some(Cooling::WorthACall), _) => StaleGroup::WeakTie,
        (None, State::Lost) => StaleGroup::Lost,
        (None, State::Late) => StaleGroup::Late,
        (None, State::Never) => StaleGroup::Never,
        (None, State::Snoozed) => StaleGroup::Snoozed,
        (None, State::Paused) => StaleGroup::Paused,
        _ => return None,
    };
    let rhythm = match cooling {
        Some(Cooling::Broken(found)) => Some(Rhythm { median_days: found.median_days, gaps: found.gaps }),
        _ => None,
    };
    let letting_go = match cooling {
        Some(Cooling::NothingCame(LettingGo { contacts, first, skipped })) => {
            Some(LetGoEvidence { contacts, first, skipped })
        }
        _ => None,
    };
    let person = &subject.record.person;
    let rule = subject.cadence();
    let until = match group {
        StaleGroup::Never => subject.first_day().or(subject.standing.due),
        StaleGroup::Snoozed => subject.snoozed_through(),
        StaleGroup::Paused => person.paused_until.as_ref().map(|until| until.value),
        _ => None,
    };
    let note = match group {
        StaleGroup::Never => subject.met(),
        StaleGroup::Paused => person.pause_reason.as_deref().map(str::to_owned),
        _ => None,
    };
    Some(StaleItem {
        person: subject.name(),
        path: subject.path(),
        group,
        state: subject.standing.state.as_str(),
        last_contact: subject.standing.last_contact,
        days_silent: subject.standing.last_contact.map(|last| today.days_since(last)),
        cadence: rule.cadence.clone(),
        cadence_rule: rule.rule,
        rule,
        due: subject.standing.due,
        late_days: subject.standing.late_days,
        last: subject.last(today),
        rhythm,
        until,
        note,
        helped: help(index, subject.id, today).map(|help| Helped { times: help.times, deed: deed(index, help.told) }),
        offers: person.offers.iter().map(|offer| offer.value.to_string()).collect(),
        letting_go,
    })
}

/// The longer silent for the pace, the earlier: days late over days of the cadence, or silence over the median.
fn by_severity(a: &StaleItem, a_subject: &Subject<'_>, b: &StaleItem, b_subject: &Subject<'_>) -> Ordering {
    let (over_a, per_a) = severity(a, a_subject);
    let (over_b, per_b) = severity(b, b_subject);
    (over_b * per_a).cmp(&(over_a * per_b))
}

fn severity(item: &StaleItem, subject: &Subject<'_>) -> (i128, i128) {
    let days = |count: i64| i128::from(count.max(0));
    match (item.group, &item.rhythm) {
        (StaleGroup::Lost | StaleGroup::Late | StaleGroup::LetGoCandidate, _) => {
            let period = subject.record.cadence.period.map_or(1, |period| period.days().max(1));
            (days(item.late_days), i128::from(period))
        }
        (StaleGroup::Drifting, Some(rhythm)) => (days(item.days_silent.unwrap_or(0)), days(rhythm.median_days).max(1)),
        (StaleGroup::Benefactor | StaleGroup::WeakTie, _) => (days(item.days_silent.unwrap_or(0)), 1),
        _ => (0, 1),
    }
}

#[cfg(test)]
mod tests;
