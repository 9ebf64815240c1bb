//! Stand-ins until the index brings these facts.
#![allow(missing_docs)]
use crate::index::options::IndexOptions;
use crate::index::record::*;

use crate::model::date::YearlyDay;

use crate::model::today::Today;
use chrono::{Datelike, NaiveDate};

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
