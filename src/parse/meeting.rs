//! Meeting rules in words of both languages or as RFC 5545 rules, and the list of moved meetings.
//!
//! The order is free where people write it freely: 每月第二个周五中午, `second Friday of the month 12:00`,
//! `monthly on the second Friday at noon`. What was read is an ordinary recurrence rule.

use chrono::{NaiveDate, Weekday};

use super::clock::{Certainty, Clock, clock};
use super::dates::read_date;
use super::meeting_days::{DayWords, Pace, Reading, Repeat, days, filler, pace};
use super::read::Read;
use super::scan::Scan;
use crate::model::date::{PartialDate, WrittenDate};
use crate::model::diagnostic::Finding;
use crate::model::fold::{fold, trim_blanks};
use crate::model::meeting_rule::{ByDay, Frequency, MeetingMove, MeetingRule, Recurrence};
use crate::vocabulary::time::{TimeWords, UnitWord};

/// Reads a meeting rule with its optional time. The hints warn of days some months lack and tell which of two readings
/// was taken; the finding says why a text is no rule.
pub fn read_meeting(text: &str, words: &TimeWords) -> Result<Read<MeetingRule>, Finding> {
    let text = trim_blanks(text);
    let folded = fold(text);
    let folded = words.cadence.stop.all_at_end(&folded).next().map_or(folded.as_str(), |((), rest)| rest);
    if ["rrule:", "freq="].iter().any(|start| folded.starts_with(start)) {
        return rfc_rule(folded, text, words);
    }
    let Written { pace, days, clock } = written(folded, text, words)?;
    let recurrence = recurrence(pace, &days, text)?;
    let mut hints = skipped_days(&recurrence, text);
    if let Some(Pace { interval, unit: Some(_), reading: Reading::Gap }) = pace {
        hints.push(Finding::new("interval-two-readings", [text, &interval.to_string()]));
    }
    Ok(with_time(recurrence, clock, hints, text))
}

/// Reads one moved meeting: `2026-12-11 -> 2026-12-18 14:00`, `2026-12-11 -> none`. Whether the left side is an
/// occurrence is for the caller to say.
pub fn read_move(text: &str, words: &TimeWords) -> Result<MeetingMove, Finding> {
    let unread = || Finding::new("meeting-move-unread", [trim_blanks(text)]);
    let (left, right) = words.meeting.arrow.words().find_map(|arrow| text.split_once(arrow)).ok_or_else(unread)?;
    let day = |side: &str| {
        let read = read_date(side, words)?;
        match read.value {
            WrittenDate::Civil(PartialDate::Day(day)) => Ok((day, read.time)),
            _ => Err(unread()),
        }
    };
    let (from, _): (NaiveDate, _) = day(left)?;
    let cancelled = words.meeting.cancelled.whole(&fold(right)).is_some();
    Ok(MeetingMove { from, to: if cancelled { None } else { Some(day(right)?) } })
}

struct Written {
    pace: Option<Pace>,
    days: Option<DayWords>,
    clock: Option<Clock>,
}

fn rfc_rule(folded: &str, text: &str, words: &TimeWords) -> Result<Read<MeetingRule>, Finding> {
    let (rule, rest) = folded.split_once(' ').unwrap_or((folded, ""));
    let recurrence: Recurrence = rule.parse().map_err(|mut finding: Finding| {
        // name the rule as the user wrote it
        if let Some(first) = finding.arguments.first_mut() {
            *first = text.into();
        }
        finding
    })?;
    let mut scan = Scan::new(rest);
    let clock = time(&mut scan, text, words)?;
    if !scan.is_at_end() {
        return Err(Finding::new("rule-part-unread", [text, rest]));
    }
    let hints = skipped_days(&recurrence, text);
    Ok(with_time(recurrence, clock, hints, text))
}

fn with_time(recurrence: Recurrence, clock: Option<Clock>, mut hints: Vec<Finding>, text: &str) -> Read<MeetingRule> {
    if let Some(Clock { time, certainty: Certainty::SmallHour }) = clock {
        hints.push(Finding::new("time-small-hour", [text, &time.format("%H:%M").to_string()]));
    }
    Read { value: MeetingRule { recurrence, time: clock.map(|clock| clock.time) }, hints }
}

fn time(scan: &mut Scan<'_>, text: &str, words: &TimeWords) -> Result<Option<Clock>, Finding> {
    let mut at = *scan;
    filler(&mut at, words);
    at.takes(&words.meeting.separator);
    filler(&mut at, words);
    let read = clock(&mut at, words).map_err(|problem| problem.finding(text))?;
    at.blanks();
    if read.is_some() || at.is_at_end() {
        *scan = at;
    }
    Ok(read)
}

/// Splits the text into how often, which days and when.
fn written(folded: &str, text: &str, words: &TimeWords) -> Result<Written, Finding> {
    let mut scan = Scan::new(folded);
    let early = time(&mut scan, text, words).unwrap_or(None);
    let start = pace(&mut scan, words);
    let mut problem = None;
    for (days, after) in days(scan, start, words) {
        match rest(after, start, early, text, words) {
            Ok(Some(Ending { pace, clock })) => return Ok(Written { pace, days: Some(days), clock }),
            Ok(None) => {}
            Err(finding) => problem = problem.or(Some(finding)),
        }
    }
    if problem.is_none()
        && let Some(Ending { pace, clock }) = rest(scan, start, early, text, words)?
    {
        return Ok(Written { pace, days: None, clock });
    }
    Err(problem.unwrap_or_else(|| refusal(folded, text, words)))
}

/// What followed the days, taken together with what stood before them.
struct Ending {
    pace: Option<Pace>,
    clock: Option<Clock>,
}

/// What may follow the days: how often, as in `of every month`, and the time. `None` when more follows.
fn rest(
    mut scan: Scan<'_>,
    start: Option<Pace>,
    early: Option<Clock>,
    text: &str,
    words: &TimeWords,
) -> Result<Option<Ending>, Finding> {
    let mut at = scan;
    filler(&mut at, words);
    let later = match pace(&mut at, words) {
        Some(later) => Some(later),
        // `of the month`: only units of Latin letters, 月 never stands behind the days
        None if at.rest.starts_with(|c: char| c.is_ascii()) => {
            at.word(&words.units).map(|unit| Pace { interval: 1, unit: Some(unit), reading: Reading::Plain })
        }
        None => None,
    };
    let pace = match (start, later) {
        (start, None) => start,
        (None | Some(Pace { interval: 1, unit: None, .. }), later) => later,
        (Some(start), Some(later)) if start.unit == later.unit => Some(start),
        _ => return Ok(None),
    };
    if later.is_some() {
        scan = at;
    }
    let late = time(&mut scan, text, words)?;
    if !scan.is_at_end() || (late.is_some() && early.is_some()) {
        return Ok(None);
    }
    Ok(Some(Ending { pace, clock: late.or(early) }))
}

fn refusal(folded: &str, text: &str, words: &TimeWords) -> Finding {
    let code = if words.meeting.weekend.within(folded) {
        "meeting-weekend"
    } else if words.meeting.mid_month.within(folded) {
        "meeting-mid-month"
    } else {
        "meeting-unread"
    };
    Finding::new(code, [text])
}

/// Puts how often and which days together into a rule, or says why they do not fit.
fn recurrence(pace: Option<Pace>, days: &Option<DayWords>, text: &str) -> Result<Recurrence, Finding> {
    let interval = pace.map_or(1, |pace| pace.interval);
    let unit = pace.and_then(|pace| pace.unit);
    let unread = || Finding::new("meeting-unread", [text]);
    match (days, unit) {
        (None, Some(UnitWord::Day)) => Ok(Recurrence::every(interval, Frequency::Daily)),
        (None, _) => Err(Finding::new("meeting-without-day", [text])),
        (Some(DayWords::Workdays), None | Some(UnitWord::Week)) => {
            use Weekday::{Fri, Mon, Thu, Tue, Wed};
            Ok(weekly(interval, &[Mon, Tue, Wed, Thu, Fri]))
        }
        (Some(DayWords::Weekdays(list, repeat)), None | Some(UnitWord::Week)) => {
            let repeats = pace.is_some() || *repeat == Repeat::Plural;
            if repeats { Ok(weekly(interval, list)) } else { Err(Finding::new("meeting-once", [text])) }
        }
        (Some(DayWords::Ordinal(places, list)), _) => {
            if places.iter().any(|place| !matches!(place, -5..=-1 | 1..=5)) {
                return Err(Finding::new("meeting-ordinal", [text]));
            }
            let side = side(places);
            let mut rule = monthly(pace, side, text).ok_or_else(unread)??;
            let long = matches!(unit, Some(UnitWord::Quarter | UnitWord::HalfYear));
            if long && places.iter().any(|place| place.abs() == 5) {
                return Err(Finding::new("meeting-fifth-of-quarter", [text]));
            }
            let by_day = |place: &i8| {
                let place = *place;
                list.iter().map(move |weekday| ByDay { ordinal: Some(place), weekday: *weekday })
            };
            rule.by_day = places.iter().flat_map(by_day).collect();
            Ok(rule)
        }
        (Some(DayWords::MonthDays(list)), Some(_)) => {
            let mut rule = monthly(pace, side(list), text).ok_or_else(unread)??;
            rule.by_month_day = list.iter().map(|day| month_day(*day, text)).collect::<Result<_, _>>()?;
            Ok(rule)
        }
        (Some(DayWords::YearDay(month, day)), Some(UnitWord::Year)) => {
            // a leap year, so that 29 February is a day
            NaiveDate::from_ymd_opt(2000, *month, *day).ok_or_else(|| Finding::new("date-no-such-day", [text]))?;
            let mut rule = Recurrence::every(interval, Frequency::Yearly);
            rule.by_month = vec![u8::try_from(*month).map_err(|_| unread())?];
            rule.by_month_day = vec![i8::try_from(*day).map_err(|_| unread())?];
            Ok(rule)
        }
        (Some(DayWords::MonthDays(_) | DayWords::YearDay(..)), None) => Err(Finding::new("meeting-once", [text])),
        (Some(_), _) => Err(unread()),
    }
}

fn weekly(interval: u32, list: &[Weekday]) -> Recurrence {
    let mut rule = Recurrence::every(interval, Frequency::Weekly);
    for weekday in list {
        let day = ByDay { ordinal: None, weekday: *weekday };
        if !rule.by_day.contains(&day) {
            rule.by_day.push(day);
        }
    }
    rule
}

/// From which end of the month all places are counted.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Start,
    End,
    Both,
}

fn side<T: Copy + Into<i32>>(places: &[T]) -> Side {
    let any = |holds: fn(i32) -> bool| places.iter().any(|place| holds((*place).into()));
    match (any(|place| place > 0), any(|place| place < 0)) {
        (true, true) => Side::Both,
        (_, true) => Side::End,
        _ => Side::Start,
    }
}

/// A rule by months for this pace. A quarter or half year is held in its first month, or in its last when the day is
/// counted from the end.
fn monthly(pace: Option<Pace>, side: Side, text: &str) -> Option<Result<Recurrence, Finding>> {
    let interval = pace.map_or(1, |pace| pace.interval);
    let unit = match pace {
        None => UnitWord::Month,
        Some(Pace { interval: 1, unit: None, .. }) => UnitWord::Month,
        Some(pace) => pace.unit?,
    };
    let months: &[u8] = match (unit, side) {
        (UnitWord::Month, _) => return Some(Ok(Recurrence::every(interval, Frequency::Monthly))),
        (UnitWord::Quarter | UnitWord::HalfYear, _) if interval > 1 => return None,
        (UnitWord::Quarter | UnitWord::HalfYear, Side::Both) => {
            return Some(Err(Finding::new("meeting-both-ends", [text])));
        }
        (UnitWord::Quarter, Side::Start) => &[1, 4, 7, 10],
        (UnitWord::Quarter, Side::End) => &[3, 6, 9, 12],
        (UnitWord::HalfYear, Side::Start) => &[1, 7],
        (UnitWord::HalfYear, Side::End) => &[6, 12],
        _ => return None,
    };
    let mut rule = Recurrence::every(1, Frequency::Monthly);
    rule.by_month = months.to_vec();
    Some(Ok(rule))
}

fn month_day(day: i32, text: &str) -> Result<i8, Finding> {
    match i8::try_from(day) {
        Ok(known @ (-31..=-1 | 1..=31)) => Ok(known),
        _ => Err(Finding::new("meeting-day-over-31", [text])),
    }
}

/// One warning when some months of the rule lack its day.
fn skipped_days(rule: &Recurrence, text: &str) -> Vec<Finding> {
    let fifth = rule.by_day.iter().any(|day| day.ordinal.is_some_and(|place| place.abs() == 5));
    let late = rule.by_month_day.iter().any(|day| day.abs() > 28) && some_month_is_shorter(rule);
    match (fifth && rule.frequency == Frequency::Monthly, late) {
        (true, _) => vec![Finding::new("meeting-fifth-weekday", [text])],
        (_, true) => vec![Finding::new("meeting-day-skipped", [text])],
        _ => Vec::new(),
    }
}

fn some_month_is_shorter(rule: &Recurrence) -> bool {
    let all: Vec<u8> = (1..=12).collect();
    let months = if rule.by_month.is_empty() { &all } else { &rule.by_month };
    let lacks =
        |month: u8, day: i8| NaiveDate::from_ymd_opt(2001, u32::from(month), u32::from(day.unsigned_abs())).is_none();
    months.iter().any(|month| rule.by_month_day.iter().any(|day| lacks(*month, *day)))
}

#[cfg(test)]
#[path = "meeting_tests.rs"]
mod tests;
