//! What all makers of lines share: the people, the options, and which section a day falls into.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::index::suggested::Suggested;
use crate::model::today::Today;
use crate::report::facts::{Subject, subjects};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{PersonRef, Reason, Source};

use super::AgendaOptions;

/// How many days after today are the coming week.
const WEEK: u64 = 7;

/// The day an agenda is for.
pub(super) struct Day<'d, 'i> {
    pub(super) index: &'i Index,
    pub(super) index_options: &'i IndexOptions,
    pub(super) options: &'d AgendaOptions,
    pub(super) today: Today,
    /// Everyone, in path order.
    pub(super) subjects: Vec<Subject<'i>>,
    /// Who offers what, shared by the reports of the day.
    pub(super) suggested: &'d Suggested<'i>,
}

impl<'d, 'i> Day<'d, 'i> {
    pub(super) fn new(suggested: &'d Suggested<'i>, options: &'d AgendaOptions) -> Self {
        let Suggested { index, options: index_options, today, .. } = *suggested;
        Day { index, index_options, options, today, subjects: subjects(index, index_options, today), suggested }
    }

    /// The section of a day; none for one beyond the agenda's reach. What has passed is today's.
    pub(super) fn section(&self, date: NaiveDate) -> Option<Section> {
        match date {
            date if date <= self.today.0 => Some(Section::Today),
            date if date <= self.after(WEEK.min(u64::from(self.options.days))) => Some(Section::Week),
            date if date <= self.last_day() => Some(Section::Later),
            _ => None,
        }
    }

    /// The last day the agenda looks at.
    pub(super) fn last_day(&self) -> NaiveDate {
        self.after(u64::from(self.options.days))
    }

    /// The day so many days after today.
    pub(super) fn after(&self, days: u64) -> NaiveDate {
        self.today.0.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
    }

    pub(super) fn subject(&self, id: PersonId) -> Option<&Subject<'i>> {
        self.subjects.get(usize::try_from(id.0).ok()?)
    }

    /// Names and notes of some people, all but one.
    pub(super) fn references(&self, people: &[PersonId], but: PersonId) -> Vec<PersonRef> {
        let mut seen = BTreeSet::from([but]);
        let others = people.iter().filter(|id| seen.insert(**id));
        others.filter_map(|id| self.subject(*id)).map(Subject::reference).collect()
    }
}

/// A line about someone; its id comes last, when all lines are known.
pub(super) fn item(
    subject: &Subject<'_>,
    place: (Section, ItemKind),
    date: NaiveDate,
    reason: Reason,
    source: Option<Source>,
) -> AgendaItem {
    let about_nobody = item_about_nobody(place, date, reason, source);
    AgendaItem { person: Some(subject.name()), path: Some(subject.path()), ..about_nobody }
}

/// A line about no one person: a festival, an event, what the owner does alone.
pub(super) fn item_about_nobody(
    (section, kind): (Section, ItemKind),
    date: NaiveDate,
    reason: Reason,
    source: Option<Source>,
) -> AgendaItem {
    AgendaItem {
        id: String::new(),
        section,
        kind,
        person: None,
        path: None,
        date,
        late_days: 0,
        day_mark: None,
        folded: false,
        reason,
        next_move: None,
        source,
    }
}
