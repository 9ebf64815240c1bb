//! The table of the plan: who, their post and work, how often, in what form, how long, about what.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::importance::{Pressure, by_name};
use crate::index::keeping::is_in_plan;
use crate::index::options::{IndexOptions, RolePreset};
use crate::model::meeting_rule::MeetingRule;
use crate::report::facts::{Subject, company};
use crate::report::reason::{CadenceReason, PersonRef, Source, hours_and_minutes};

use super::Gaps;

/// A day of a meeting rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeetingDay {
    /// The how-manieth of its month or year, from the end where negative; `null` for every one.
    pub nth: Option<i32>,
    /// 0 is Monday.
    pub weekday: u32,
}

/// A meeting rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// RFC 5545 rule.
    pub rule: String,
    /// About how often, ISO 8601.
    pub every: String,
    /// On which days of the week; may be empty.
    pub days: Vec<MeetingDay>,
    /// Time of day, `HH:MM`.
    #[serde(serialize_with = "hours_and_minutes")]
    pub time: Option<chrono::NaiveTime>,
}

/// One person of the plan. What is `null` or empty is a gap to fill, but for the meeting rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Weight in hundredths.
    pub weight: u32,
    /// Their post.
    pub post: Option<String>,
    /// Department and company.
    pub work: Vec<String>,
    /// How often, and by which rule.
    pub cadence: CadenceReason,
    /// The standing meeting, if there is one.
    pub meeting: Option<Meeting>,
    /// In which form, in the note's words.
    pub form: Option<String>,
    /// The form that goes with their role, as a canonical channel id, where the note says none.
    pub usual_form: Option<&'static str>,
    /// Minutes, by the note or by their role.
    pub length: Option<u32>,
    /// What to talk about.
    pub topics: Vec<String>,
    /// What is missing: `post`, `work`, `form`, `length`, `topic`.
    pub missing: Vec<&'static str>,
    /// Paused today.
    pub is_paused: bool,
    /// The last day of the pause.
    pub paused_until: Option<NaiveDate>,
    /// Their note.
    pub source: Source,
}

/// The people of the plan, who weighs most first, then by name: in an order that no day changes.
pub(super) fn planned<'s, 'i>(subjects: &'s [Subject<'i>]) -> Vec<&'s Subject<'i>> {
    let mut planned: Vec<_> = subjects.iter().filter(|subject| is_in_plan(subject.record)).collect();
    planned.sort_by(|a, b| {
        let weight = |subject: &Subject<'_>| Reverse(subject.record.weight);
        weight(a).cmp(&weight(b)).then_with(|| by_name(a.record, b.record))
    });
    planned
}

/// One line of the table.
pub(super) fn row(subject: &Subject<'_>, options: &IndexOptions) -> Row {
    let person = &subject.record.person;
    let presets = || person.presets.iter().filter_map(|preset| options.presets.get(&preset.value));
    let usual = |form: fn(&RolePreset) -> Option<&'static str>| presets().find_map(form);
    let form = person.form.as_deref().map(str::to_owned);
    let department = person.department.as_deref().map(str::to_owned);
    let mut row = Row {
        person: subject.reference(),
        weight: subject.record.weight,
        post: person.role.as_deref().map(str::to_owned),
        work: company(person).into_iter().chain(department).collect(),
        cadence: subject.cadence(),
        meeting: person.meeting.as_ref().map(|rule| meeting(&rule.value)),
        usual_form: if form.is_none() { usual(|preset| preset.form) } else { None },
        form,
        length: person.meeting_length.or_else(|| presets().find_map(|preset| preset.length)),
        topics: person.topics.iter().map(ToString::to_string).collect(),
        missing: Vec::new(),
        is_paused: subject.is_left_alone(),
        paused_until: subject.is_left_alone().then(|| person.paused_until.as_ref().map(|at| at.value)).flatten(),
        source: Source { path: subject.path(), line: 1 },
    };
    row.missing = missing(&row);
    row
}

fn missing(row: &Row) -> Vec<&'static str> {
    let cells = [
        ("post", row.post.is_none()),
        ("work", row.work.is_empty()),
        ("form", row.form.is_none() && row.usual_form.is_none()),
        ("length", row.length.is_none()),
        ("topic", row.topics.is_empty()),
    ];
    cells.into_iter().filter_map(|(cell, is_empty)| is_empty.then_some(cell)).collect()
}

/// Who has gaps, the most pressing contact first, then who weighs most. Who is paused can wait.
pub(super) fn gaps(planned: &[&Subject<'_>], options: &IndexOptions) -> Vec<Gaps> {
    let mut by_rank: Vec<_> = planned.iter().filter(|subject| !subject.is_left_alone()).collect();
    // The sort is stable: of equals, the order of the table stays.
    by_rank.sort_by(|a, b| {
        let pressure = |subject: &Subject<'_>| Pressure::of(subject.record, &subject.standing);
        pressure(b).compare(pressure(a))
    });
    let rows = by_rank.into_iter().map(|subject| row(subject, options)).filter(|row| !row.missing.is_empty());
    rows.map(|row| Gaps { person: row.person, missing: row.missing }).collect()
}

fn meeting(rule: &MeetingRule) -> Meeting {
    let days = rule.recurrence.by_day.iter();
    Meeting {
        rule: rule.recurrence.to_string(),
        every: rule.recurrence.period().to_string(),
        days: days
            .map(|day| MeetingDay { nth: day.ordinal.map(i32::from), weekday: day.weekday.num_days_from_monday() })
            .collect(),
        time: rule.time,
    }
}
