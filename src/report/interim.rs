//! Stand-ins until the index brings these facts.
#![allow(missing_docs)]
use crate::index::options::IndexOptions;
use crate::index::record::*;
use crate::index::standing::*;
use crate::model::date::YearlyDay;
use crate::model::person::Status;
use crate::model::today::Today;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};

pub(super) fn standing(_index: &Index, r: &PersonRecord, options: &IndexOptions, today: Today) -> Standing {
    let t = today.0;
    let last = r.contacts.iter().rev().find(|c| c.date <= t).map(|c| c.date);
    let mut s = Standing {
        state: State::Untracked,
        last_contact: last,
        due: None,
        late_days: 0,
        lost_on: None,
        planned: None,
        steps: vec![],
    };
    match last {
        Some(d) => s.steps.push(Step::LastContact(d)),
        None => s.steps.push(Step::NeverContacted),
    }
    let p = &r.person;
    if p.deceased.is_some() {
        s.steps.push(Step::Silent(Silence::Deceased));
        return s;
    }
    if p.status == Some(Status::Archived) {
        s.steps.push(Step::Silent(Silence::Archived));
        return s;
    }
    if p.status == Some(Status::LetGo) {
        s.state = State::LetGo;
        s.steps.push(Step::Silent(Silence::LetGo));
        return s;
    }
    if p.paused.as_ref().is_some_and(|a| a.value) {
        s.state = State::Paused;
        s.steps.push(Step::Paused(p.paused_until.as_ref().map(|a| a.value)));
        return s;
    }
    if let Some(d) = r.contacts.iter().find(|c| c.date > t) {
        s.state = State::Planned;
        s.planned = Some((d.date, PlannedBy::Entry));
        return s;
    }
    if let Some(d) = r.plans.iter().find(|c| c.date >= t) {
        s.state = State::Planned;
        s.planned = Some((d.date, PlannedBy::Plan(d.kind)));
        return s;
    }
    if let Some(m) = meetings(_index, r, t).next() {
        s.state = State::Planned;
        s.planned = Some((m.date, PlannedBy::MeetingRule));
        return s;
    }
    let Some(period) = r.cadence.period else {
        s.steps.push(Step::NoCadence(r.cadence.rule));
        return s;
    };
    s.steps.push(Step::Cadence(period, r.cadence.rule));
    let Some(last) = last else {
        let day = t + Days::new(u64::from(r.path.as_str().bytes().fold(0u8, u8::wrapping_add) % 14));
        let day = r.person.next_contact.as_ref().and_then(|n| n.value.date).unwrap_or(day);
        s.state = State::Never;
        s.due = Some(day);
        s.steps.push(Step::FirstContactOn(day));
        return s;
    };
    let mut n = 1;
    s.due = period.after(last, n);
    if let Some(d) = s.due {
        s.steps.push(Step::DueOn(d));
    }
    for skip in r.skips.iter().filter(|k| k.date > last) {
        n += 1;
        s.due = period.after(last, n);
        if let Some(d) = s.due {
            s.steps.push(Step::Skipped(skip.date, d));
        }
    }
    s.lost_on = period.after(last, options.lost_after);
    let due = s.due.unwrap_or(t);
    s.late_days = (t - due).num_days().max(0);
    s.state = if t < due {
        if n > 1 { State::Skipped } else { State::Ok }
    } else if t == due {
        State::Due
    } else if s.lost_on.is_some_and(|l| t >= l) {
        State::Lost
    } else {
        State::Late
    };
    let snooze = r.snoozes.iter().filter_map(|x| x.until).max().max(p.snooze_until.as_ref().map(|a| a.value));
    if let Some(until) = snooze.filter(|u| *u >= t && last < t) {
        s.state = State::Snoozed;
        s.steps.push(Step::SnoozedThrough(until));
    }
    s
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    pub(super) moved_from: Option<NaiveDate>,
}

pub(super) fn anchor(_index: &Index, r: &PersonRecord) -> Option<(AnchorSource, NaiveDate)> {
    r.person.meeting_start.as_ref().map(|a| (AnchorSource::Start, a.value))
}

pub(super) fn meetings<'i>(
    index: &'i Index,
    r: &'i PersonRecord,
    from: NaiveDate,
) -> Box<dyn Iterator<Item = Occurrence> + 'i> {
    let Some(rule) = &r.person.meeting else { return Box::new(std::iter::empty()) };
    let a = anchor(index, r).map(|(_, d)| d);
    Box::new(rule.value.recurrence.occurrences(a, from).filter_map(move |date| {
        let m = r.person.meeting_moved.iter().find(|m| m.value.from == date);
        match m {
            None => Some(Occurrence { date, time: rule.value.time, moved_from: None }),
            Some(m) => {
                m.value.to.map(|(d, t)| Occurrence { date: d, time: t.or(rule.value.time), moved_from: Some(date) })
            }
        }
    }))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Yearly {
    pub(super) date: NaiveDate,
    pub(super) label: Option<String>,
    pub(super) day: YearlyDay,
    pub(super) years: Option<i32>,
    pub(super) moved: bool,
    pub(super) line: Option<u32>,
}

pub(super) fn yearly(r: &PersonRecord, _options: &IndexOptions, today: Today) -> Vec<Yearly> {
    let birthday = r.person.birthday.iter().map(|b| (None, b.value));
    let dates = r.person.dates.iter().map(|d| (Some(d.value.label.to_string()), d.value.day));
    birthday
        .chain(dates)
        .filter_map(|(label, day)| {
            let YearlyDay::Solar(solar) = day else { return None };
            (today.0.year()..).take(2).find_map(|y| {
                let exact = NaiveDate::from_ymd_opt(y, solar.month, solar.day);
                let date = exact.or_else(|| NaiveDate::from_ymd_opt(y, solar.month, 28))?;
                (date >= today.0).then(|| Yearly {
                    date,
                    label: label.clone(),
                    day,
                    years: solar.year.map(|b| y - b),
                    moved: exact.is_none(),
                    line: None,
                })
            })
        })
        .collect()
}

pub(super) fn festivals(options: &IndexOptions, from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, &'static str)> {
    [(1, 1, "new-year"), (10, 1, "national-day"), (9, 10, "teachers-day")]
        .into_iter()
        .flat_map(|(m, d, id)| {
            [from.year(), from.year() + 1]
                .into_iter()
                .filter_map(move |y| NaiveDate::from_ymd_opt(y, m, d))
                .map(move |date| (date, id))
        })
        .filter(|(date, id)| *date >= from && *date <= to && options.festivals.contains(*id))
        .collect()
}

pub(super) fn rhythm(r: &PersonRecord, today: Today) -> Option<(i64, usize)> {
    let days: Vec<_> = r.contacts.iter().map(|c| c.date).filter(|d| *d <= today.0).collect();
    let mut gaps: Vec<i64> = days.windows(2).filter_map(|w| Some((*w.get(1)? - *w.first()?).num_days())).collect();
    if gaps.len() < 3 {
        return None;
    }
    gaps.sort_unstable();
    let median = *gaps.get(gaps.len() / 2)?;
    let silent = (today.0 - *days.last()?).num_days();
    (silent > median * 2 && silent > 30).then_some((median, gaps.len()))
}
