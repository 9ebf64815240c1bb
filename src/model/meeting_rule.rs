//! A fixed recurring appointment: an RFC 5545 recurrence rule by days, with an optional time of day.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::cadence::{Period, Unit};

/// How often a rule repeats (RFC 5545 `FREQ`); nothing finer than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// `DAILY`
    Daily,
    /// `WEEKLY`
    Weekly,
    /// `MONTHLY`
    Monthly,
    /// `YEARLY`
    Yearly,
}

/// One `BYDAY` value: a weekday, with an ordinal such as 2 (second) or -1 (last) where the rule has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByDay {
    /// Counted within the month (or year); `None` means every such weekday.
    pub ordinal: Option<i8>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A recurrence rule (RFC 5545 §3.3.10). Empty lists mean "not given". Its `Display` writes the parts in the
/// order FREQ, INTERVAL, COUNT, UNTIL, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYSETPOS, WKST, without `RRULE:`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Recurrence {
    /// `FREQ`
    pub frequency: Frequency,
    /// `INTERVAL`, at least 1.
    pub interval: u32,
    /// `COUNT`
    pub count: Option<u32>,
    /// `UNTIL`, a civil date, inclusive.
    pub until: Option<NaiveDate>,
    /// `BYMONTH`, 1–12.
    pub by_month: Vec<u8>,
    /// `BYWEEKNO`, ±1–53.
    pub by_week_number: Vec<i8>,
    /// `BYYEARDAY`, ±1–366.
    pub by_year_day: Vec<i16>,
    /// `BYMONTHDAY`, ±1–31.
    pub by_month_day: Vec<i8>,
    /// `BYDAY`
    pub by_day: Vec<ByDay>,
    /// `BYSETPOS`, ±1–366.
    pub by_set_position: Vec<i16>,
    /// `WKST`; Monday unless given.
    pub week_start: Weekday,
}

impl Recurrence {
    /// A rule of `frequency` every `interval` periods with no other part; weeks start on Monday.
    pub fn every(interval: u32, frequency: Frequency) -> Self {
        Recurrence {
            frequency,
            interval: interval.max(1),
            count: None,
            until: None,
            by_month: Vec::new(),
            by_week_number: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_position: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// How long from one meeting to the next, taken as a cadence: a monthly rule held in four or two months of the
    /// year is by quarter (`P3M`) or half year (`P6M`), any other counts its own frequency.
    pub fn period(&self) -> Period {
        match self.frequency {
            Frequency::Daily => Period::new(self.interval, Unit::Day),
            Frequency::Weekly => Period::new(self.interval, Unit::Week),
            Frequency::Monthly => match u32::try_from(self.by_month.len()) {
                Ok(months @ (1 | 2 | 3 | 4 | 6 | 12)) => Period::new(12 / months, Unit::Month),
                _ => Period::new(self.interval, Unit::Month),
            },
            Frequency::Yearly => Period::new(self.interval, Unit::Year),
        }
    }
}

/// A meeting rule: when it recurs and at what time; no time means all day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MeetingRule {
    /// The days.
    pub recurrence: Recurrence,
    /// The time of day, if the rule names one.
    pub time: Option<NaiveTime>,
}

/// One exception to a meeting rule: an occurrence moved or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MeetingMove {
    /// The occurrence it is about.
    pub from: NaiveDate,
    /// The new day and, if given, time; `None` when the occurrence falls away.
    pub to: Option<(NaiveDate, Option<NaiveTime>)>,
}

/// One meeting a rule and its moves lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meeting {
    /// The day it is held.
    pub date: NaiveDate,
    /// The time of day, if known.
    pub time: Option<NaiveTime>,
    /// The occurrence it was moved from, if it was.
    pub moved_from: Option<NaiveDate>,
}

impl MeetingRule {
    /// The next `count` meetings on or after `from`, by date, moves applied. A move counts only when its left side
    /// is an occurrence; two meetings at one day and time are one. `anchor` is where counting starts
    /// (see [`Recurrence::occurrences`]).
    pub fn next_meetings(
        &self,
        anchor: Option<NaiveDate>,
        moves: &[MeetingMove],
        from: NaiveDate,
        count: usize,
    ) -> Vec<Meeting> {
        let applied = self.applied(anchor, moves);
        let unmoved = self.unmoved(&applied, anchor, from).take(count);
        let mut meetings = self.with_moved(unmoved, &applied, |date| date >= from);
        meetings.truncate(count);
        meetings
    }

    /// All meetings from `from` through `to`, as [`MeetingRule::next_meetings`] gives them.
    pub fn meetings_between(
        &self,
        anchor: Option<NaiveDate>,
        moves: &[MeetingMove],
        from: NaiveDate,
        to: NaiveDate,
    ) -> Vec<Meeting> {
        let applied = self.applied(anchor, moves);
        let unmoved = self.unmoved(&applied, anchor, from).take_while(|day| *day <= to);
        self.with_moved(unmoved, &applied, |date| date >= from && date <= to)
    }

    fn applied<'m>(&self, anchor: Option<NaiveDate>, moves: &'m [MeetingMove]) -> Vec<&'m MeetingMove> {
        moves.iter().filter(|m| self.recurrence.is_occurrence(anchor, m.from)).collect()
    }

    fn unmoved(
        &self,
        applied: &[&MeetingMove],
        anchor: Option<NaiveDate>,
        from: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        self.recurrence.occurrences(anchor, from).filter(|day| applied.iter().all(|m| m.from != *day))
    }

    fn with_moved(
        &self,
        unmoved: impl Iterator<Item = NaiveDate>,
        applied: &[&MeetingMove],
        is_asked: impl Fn(NaiveDate) -> bool,
    ) -> Vec<Meeting> {
        let moved = applied.iter().filter_map(|m| {
            let (date, time) = m.to?;
            is_asked(date).then_some(Meeting { date, time: time.or(self.time), moved_from: Some(m.from) })
        });
        let mut meetings: Vec<Meeting> = moved.collect();
        meetings.extend(unmoved.map(|date| Meeting { date, time: self.time, moved_from: None }));
        // a moved meeting sorts before a regular one at its day and time, so the note about the move is kept
        meetings.sort_by_key(|m| (m.date, m.time, m.moved_from.is_none(), m.moved_from));
        meetings.dedup_by_key(|m| (m.date, m.time));
        meetings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn second_friday() -> MeetingRule {
        let recurrence: Recurrence = "FREQ=MONTHLY;BYDAY=2FR".parse().unwrap();
        MeetingRule { recurrence, time: NaiveTime::from_hms_opt(12, 0, 0) }
    }

    #[test]
    fn a_moved_meeting_takes_its_new_day_and_a_cancelled_one_falls_away() {
        let moves = [
            MeetingMove { from: day("2026-12-11"), to: Some((day("2026-12-18"), NaiveTime::from_hms_opt(9, 0, 0))) },
            MeetingMove { from: day("2027-01-08"), to: None },
            MeetingMove { from: day("2027-02-13"), to: Some((day("2027-02-14"), None)) }, // no occurrence
        ];
        let next = second_friday().next_meetings(None, &moves, day("2026-11-20"), 2);
        assert_eq!(next.len(), 2);
        assert_eq!((next[0].date, next[0].moved_from), (day("2026-12-18"), Some(day("2026-12-11"))));
        assert_eq!(next[0].time, NaiveTime::from_hms_opt(9, 0, 0));
        assert_eq!((next[1].date, next[1].moved_from), (day("2027-02-12"), None));
    }

    #[test]
    fn a_meeting_moved_from_the_past_is_still_ahead_on_its_day_and_gone_after() {
        let moves = [MeetingMove { from: day("2026-11-13"), to: Some((day("2026-11-23"), None)) }];
        let first = |from| second_friday().next_meetings(None, &moves, day(from), 1)[0].date;
        assert_eq!(first("2026-11-22"), day("2026-11-23"));
        assert_eq!(first("2026-11-23"), day("2026-11-23"));
        assert_eq!(first("2026-11-24"), day("2026-12-11"));
    }

    #[test]
    fn a_meeting_moved_onto_a_regular_one_is_listed_once() {
        let weekly = MeetingRule { recurrence: "FREQ=WEEKLY;BYDAY=FR".parse().unwrap(), time: None };
        let moves = [MeetingMove { from: day("2026-11-20"), to: Some((day("2026-11-27"), None)) }];
        let next = weekly.next_meetings(None, &moves, day("2026-11-20"), 2);
        assert_eq!(next.iter().map(|m| m.date).collect::<Vec<_>>(), [day("2026-11-27"), day("2026-12-04")]);
        assert_eq!(next[0].moved_from, Some(day("2026-11-20")));
    }

    #[test]
    fn the_period_of_a_rule_follows_its_frequency_and_its_months() {
        let table = [
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "P2W"),
            ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "P3M"),
            ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR", "P3M"),
            ("FREQ=MONTHLY;BYMONTH=1,7;BYDAY=1MO", "P6M"),
            ("FREQ=MONTHLY;BYDAY=2FR", "P1M"),
            ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=10", "P1Y"),
            ("FREQ=DAILY;INTERVAL=2", "P2D"),
        ];
        for (rule, period) in table {
            assert_eq!(rule.parse::<Recurrence>().unwrap().period().to_string(), period, "{rule}");
        }
    }
}
