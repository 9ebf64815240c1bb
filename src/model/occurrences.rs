//! The days a recurrence rule gives (RFC 5545 §3.3.10), by filtering the days of each of its periods.
//!
//! A period is a day, week, month or year of the rule. That of the anchor is number 0 and every `interval`-th one
//! counts. Nothing past 2100 is looked at, so a rule that never fires ends too.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::date::YEARS;
use super::meeting_rule::{Frequency, Recurrence};

impl Recurrence {
    /// Whether the rule says nothing until it is known where counting starts: an interval over 1, a COUNT, or a day
    /// that only the start can give (`FREQ=MONTHLY` alone).
    pub fn needs_anchor(&self) -> bool {
        self.interval > 1 || self.count.is_some() || self.day_from_anchor()
    }

    /// The days on or after both `from` and `anchor`, in order, each once. Empty when the rule needs an anchor and
    /// has none.
    pub fn occurrences(&self, anchor: Option<NaiveDate>, from: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        let start = match anchor {
            Some(anchor) => Some(anchor),
            None if self.needs_anchor() => None,
            None => Some(from),
        };
        start.into_iter().flat_map(move |start| Walk::new(self, start, from)).skip_while(move |day| *day < from)
    }

    /// Whether `date` is a day of the rule. Days before the anchor count too, in step with it, unless the rule has a
    /// COUNT: a moved meeting may lie before the newest one.
    pub fn is_occurrence(&self, anchor: Option<NaiveDate>, date: NaiveDate) -> bool {
        if anchor.is_none() && self.needs_anchor() {
            return false;
        }
        if self.count.is_some() {
            return self.occurrences(anchor, date).next() == Some(date);
        }
        let start = anchor.unwrap_or(date);
        let steps = self.period_of(date) - self.period_of(start);
        steps.rem_euclid(i64::from(self.interval)) == 0
            && self.until.is_none_or(|until| date <= until)
            && self.days_of(self.period_of(date), start).contains(&date)
    }

    /// Whether the day within a period comes from the anchor, because no part names one.
    fn day_from_anchor(&self) -> bool {
        self.frequency != Frequency::Daily
            && self.by_week_number.is_empty()
            && self.by_year_day.is_empty()
            && self.by_month_day.is_empty()
            && self.by_day.is_empty()
    }

    /// The number of the period that holds `day`, counted from a fixed day long past.
    fn period_of(&self, day: NaiveDate) -> i64 {
        let days = i64::from(day.num_days_from_ce());
        let months = i64::from(day.year()) * 12 + i64::from(day.month0());
        match self.frequency {
            Frequency::Daily => days,
            // day 1 of the count was a Monday
            Frequency::Weekly => (days - 1 - i64::from(self.week_start.num_days_from_monday())).div_euclid(7),
            Frequency::Monthly => months,
            Frequency::Yearly => i64::from(day.year()),
        }
    }

    /// First and last day of a period.
    fn bounds(&self, period: i64) -> Option<(NaiveDate, NaiveDate)> {
        let number = i32::try_from(period).ok()?;
        match self.frequency {
            Frequency::Daily => NaiveDate::from_num_days_from_ce_opt(number).map(|day| (day, day)),
            Frequency::Weekly => {
                let offset = 1 + i32::try_from(self.week_start.num_days_from_monday()).ok()?;
                let first = NaiveDate::from_num_days_from_ce_opt(number.checked_mul(7)?.checked_add(offset)?)?;
                Some((first, first.checked_add_days(Days::new(6))?))
            }
            Frequency::Monthly => {
                let first =
                    NaiveDate::from_ymd_opt(number.div_euclid(12), number.rem_euclid(12).unsigned_abs() + 1, 1)?;
                Some((first, first.with_day(u32::from(first.num_days_in_month()))?))
            }
            Frequency::Yearly => {
                Some((NaiveDate::from_ymd_opt(number, 1, 1)?, NaiveDate::from_ymd_opt(number, 12, 31)?))
            }
        }
    }

    /// The days of one period that the BY parts leave, in order.
    fn days_of(&self, period: i64, start: NaiveDate) -> Vec<NaiveDate> {
        let Some((first, last)) = self.bounds(period) else { return Vec::new() };
        let days = first.iter_days().take_while(|day| *day <= last);
        let days: Vec<NaiveDate> = days.filter(|day| self.holds(*day, start)).collect();
        if self.by_set_position.is_empty() {
            return days;
        }
        let mut chosen: Vec<NaiveDate> =
            self.by_set_position.iter().filter_map(|position| at_position(&days, *position)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn holds(&self, day: NaiveDate, start: NaiveDate) -> bool {
        if self.day_from_anchor() && !self.matches_anchor(day, start) {
            return false;
        }
        let end_of_month = i32::from(day.num_days_in_month());
        (self.by_month.is_empty() || self.by_month.iter().any(|month| u32::from(*month) == day.month()))
            && (self.by_month_day.is_empty() || within(&self.by_month_day, day.day() as i32, end_of_month))
            && (self.by_year_day.is_empty() || within(&self.by_year_day, day.ordinal() as i32, days_in_year(day)))
            && (self.by_week_number.is_empty() || self.in_week_number(day))
            && (self.by_day.is_empty() || self.on_weekday(day))
    }

    fn matches_anchor(&self, day: NaiveDate, start: NaiveDate) -> bool {
        match self.frequency {
            Frequency::Daily => true,
            Frequency::Weekly => day.weekday() == start.weekday(),
            Frequency::Monthly => day.day() == start.day(),
            Frequency::Yearly => {
                day.day() == start.day() && (!self.by_month.is_empty() || day.month() == start.month())
            }
        }
    }

    /// Whether a BYDAY value names this day; an ordinal counts within the month, in a yearly rule without BYMONTH
    /// within the year.
    fn on_weekday(&self, day: NaiveDate) -> bool {
        let by_year = self.frequency == Frequency::Yearly && self.by_month.is_empty();
        let (place, length) = if by_year {
            (day.ordinal() as i32, days_in_year(day))
        } else {
            (day.day() as i32, i32::from(day.num_days_in_month()))
        };
        self.by_day.iter().filter(|by| by.weekday == day.weekday()).any(|by| match by.ordinal.map(i32::from) {
            None => true,
            Some(ordinal) if ordinal > 0 => (place - 1) / 7 + 1 == ordinal,
            Some(ordinal) => -((length - place) / 7 + 1) == ordinal,
        })
    }

    /// Whether the week of `day` has one of the numbers; week 1 is the first with four days in its year.
    fn in_week_number(&self, day: NaiveDate) -> bool {
        let Some((number, weeks)) = week_number(day, self.week_start) else { return false };
        within(&self.by_week_number, number, weeks)
    }
}

/// Whether `place` (from 1) is named in `values`, where -1 is the last of `length` places.
fn within<T: Copy + Into<i32>>(values: &[T], place: i32, length: i32) -> bool {
    values.iter().any(|value| (*value).into() == place || (*value).into() == place - length - 1)
}

fn at_position(days: &[NaiveDate], position: i16) -> Option<NaiveDate> {
    let from_end = usize::from(position.unsigned_abs());
    let at = if position > 0 { from_end.checked_sub(1)? } else { days.len().checked_sub(from_end)? };
    days.get(at).copied()
}

fn days_in_year(day: NaiveDate) -> i32 {
    if day.leap_year() { 366 } else { 365 }
}

/// The number of the week that holds `day`, and how many weeks its year has.
fn week_number(day: NaiveDate, week_start: Weekday) -> Option<(i32, i32)> {
    let year = day.year();
    let (start, end) = match (first_week(year, week_start)?, first_week(year + 1, week_start)?) {
        (_, next) if day >= next => (next, first_week(year + 2, week_start)?),
        (this, _) if day < this => (first_week(year - 1, week_start)?, this),
        (this, next) => (this, next),
    };
    let weeks = |days: i64| i32::try_from(days / 7).ok();
    Some((weeks((day - start).num_days())? + 1, weeks((end - start).num_days())?))
}

/// The first day of week 1: the week that holds 4 January.
fn first_week(year: i32, week_start: Weekday) -> Option<NaiveDate> {
    let fourth = NaiveDate::from_ymd_opt(year, 1, 4)?;
    fourth.checked_sub_days(Days::new(u64::from(fourth.weekday().days_since(week_start))))
}

/// Walks the periods of a rule from its start, or from a later day when nothing is counted.
struct Walk<'r> {
    rule: &'r Recurrence,
    start: NaiveDate,
    period: i64,
    last_period: i64,
    days: std::vec::IntoIter<NaiveDate>,
    left: Option<u32>,
}

impl<'r> Walk<'r> {
    fn new(rule: &'r Recurrence, start: NaiveDate, from: NaiveDate) -> Self {
        let base = rule.period_of(start);
        let interval = i64::from(rule.interval.max(1));
        let skipped = (rule.period_of(from) - base).div_euclid(interval).max(0);
        // a COUNT is counted from the start, so nothing may be skipped
        let period = if rule.count.is_some() { base } else { base + skipped * interval };
        let horizon = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(NaiveDate::MAX);
        let end = rule.until.map_or(horizon, |until| until.min(horizon));
        Walk { rule, start, period, last_period: rule.period_of(end), days: Vec::new().into_iter(), left: rule.count }
    }
}

impl Iterator for Walk<'_> {
    type Item = NaiveDate;

    fn next(&mut self) -> Option<NaiveDate> {
        if self.left == Some(0) {
            return None;
        }
        loop {
            if let Some(day) = self.days.next() {
                if day < self.start {
                    continue;
                }
                if self.rule.until.is_some_and(|until| day > until) || day.year() > *YEARS.end() {
                    return None;
                }
                self.left = self.left.map(|left| left - 1);
                return Some(day);
            }
            if self.period > self.last_period {
                return None;
            }
            self.days = self.rule.days_of(self.period, self.start).into_iter();
            self.period += i64::from(self.rule.interval.max(1));
        }
    }
}

#[cfg(test)]
#[path = "occurrences_tests.rs"]
mod tests;
