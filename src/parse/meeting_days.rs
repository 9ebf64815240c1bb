//! The parts of a meeting rule at the cursor: how often (每月, 隔周, `every 3 months`) and which days (第二个周五, 15号,
//! `Mondays`).

use chrono::Weekday;

use super::dates::chinese_weekday;
use super::scan::Scan;
use crate::vocabulary::time::{TimeWords, UnitWord};

/// How often, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    pub(super) interval: u32,
    /// `None` after a bare `every`.
    pub(super) unit: Option<UnitWord>,
    pub(super) reading: Reading,
}

/// Whether the interval can be taken in one way only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Plain,
    /// 每隔两周, which some mean as every third week.
    Gap,
}

/// Which days, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DayWords {
    /// 周一、四; `Plural` when the words themselves say every such day.
    Weekdays(Vec<Weekday>, Repeat),
    /// 第一、三个周五: ordinals, from the end when negative, and their weekdays.
    Ordinal(Vec<i8>, Vec<Weekday>),
    /// Days of the month; -1 is the last.
    MonthDays(Vec<i32>),
    /// A month and a day.
    YearDay(u32, u32),
    /// Monday to Friday.
    Workdays,
}

/// Whether a weekday repeats by its own form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    Single,
    /// `Mondays`
    Plural,
}

/// Skips blanks and words that mean nothing (的, 个, `on`, `the`, `of`).
pub(super) fn filler(scan: &mut Scan<'_>, words: &TimeWords) {
    loop {
        scan.blanks();
        if !scan.takes(&words.meeting.filler) {
            return;
        }
    }
}

/// Takes how often: 每, 每两周, 隔周, `every other`, `monthly`.
pub(super) fn pace(scan: &mut Scan<'_>, words: &TimeWords) -> Option<Pace> {
    let table = &words.meeting;
    filler(scan, words);
    let plain = |interval, unit| Some(Pace { interval, unit, reading: Reading::Plain });
    if scan.takes(&table.double_week) {
        return plain(2, Some(UnitWord::Week));
    }
    let adverbs = [
        (&table.daily, UnitWord::Day),
        (&table.weekly, UnitWord::Week),
        (&table.monthly, UnitWord::Month),
        (&table.quarterly, UnitWord::Quarter),
        (&table.yearly, UnitWord::Year),
    ];
    if let Some(unit) = adverbs.into_iter().find_map(|(word, unit)| scan.takes(word).then_some(unit)) {
        return plain(1, Some(unit));
    }
    let every = scan.takes(&table.every);
    filler(scan, words);
    let gap = if scan.takes(&table.gap) { Gap::Written } else { Gap::Absent };
    if !every && gap == Gap::Absent {
        return None;
    }
    filler(scan, words);
    if scan.takes(&table.other) {
        filler(scan, words);
        let unit = scan.word(&words.units);
        return plain(2, unit);
    }
    Some(counted(scan, gap, words))
}

fn counted(scan: &mut Scan<'_>, gap: Gap, words: &TimeWords) -> Pace {
    let mut at = *scan;
    let number = at.number(3, words).or_else(|| at.word(&words.numbers));
    filler(&mut at, words);
    if let (Some(interval @ 1..), Some(unit)) = (number, at.word(&words.units)) {
        *scan = at;
        return match (gap, interval) {
            (Gap::Absent, _) => Pace { interval, unit: Some(unit), reading: Reading::Plain },
            (Gap::Written, 1) => Pace { interval: 2, unit: Some(unit), reading: Reading::Plain },
            (Gap::Written, _) => Pace { interval, unit: Some(unit), reading: Reading::Gap },
        };
    }
    // 每月底 keeps 月底 for the day
    let unit = if month_end(*scan, words) { Some(UnitWord::Month) } else { scan.word(&words.units) };
    Pace { interval: if gap == Gap::Written { 2 } else { 1 }, unit, reading: Reading::Plain }
}

/// Whether 隔 was written.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    Absent,
    Written,
}

fn month_end(mut scan: Scan<'_>, words: &TimeWords) -> bool {
    scan.takes(&words.meeting.month_end)
}

/// Takes which days. Where a list of weekdays may end in more than one place (每周一、三点), all are given, the longest
/// first, each with the cursor after it; the caller takes the first that leads to the end.
pub(super) fn days<'t>(scan: Scan<'t>, pace: Option<Pace>, words: &TimeWords) -> Vec<(DayWords, Scan<'t>)> {
    let table = &words.meeting;
    let mut at = scan;
    filler(&mut at, words);
    if at.takes(&table.workdays) {
        return vec![(DayWords::Workdays, at)];
    }
    let unit = pace.and_then(|pace| pace.unit);
    let ends = matches!(unit, Some(UnitWord::Month | UnitWord::Quarter | UnitWord::HalfYear));
    if at.takes(&table.last_day) || at.takes(&table.month_end) || (ends && at.takes(&table.month_end_short)) {
        return vec![(DayWords::MonthDays(vec![-1]), at)];
    }
    if let Some(found) = ordinals(at, words) {
        return found;
    }
    if let Some(found) = numbered_days(at, words) {
        return vec![found];
    }
    weekdays(at, unit, words)
        .into_iter()
        .map(|(list, repeat, after)| (DayWords::Weekdays(list, repeat), after))
        .collect()
}

/// 第一、第三个周五, `first and third Monday`, `15th`, `last`, 倒数第二天
fn ordinals<'t>(scan: Scan<'t>, words: &TimeWords) -> Option<Vec<(DayWords, Scan<'t>)>> {
    let mut at = scan;
    let mut found = vec![ordinal(&mut at, words)?];
    loop {
        let mut next = at;
        filler(&mut next, words);
        if !next.takes(&words.meeting.separator) {
            break;
        }
        filler(&mut next, words);
        // 第一、三个周五: the mark need not be repeated
        let mut bare = next;
        let number = ordinal(&mut next, words).or_else(|| {
            let number = bare.numeral(words).or_else(|| bare.digits(2).map(|(number, _)| number))?;
            next = bare;
            i32::try_from(number).ok()
        });
        let Some(number) = number else { break };
        found.push(number);
        at = next;
    }
    filler(&mut at, words);
    let after = weekdays(at, None, words);
    if !after.is_empty() {
        let places: Vec<i8> = found.iter().map(|n| i8::try_from(*n).unwrap_or(i8::MAX)).collect();
        let days = |(list, _, after)| (DayWords::Ordinal(places.clone(), list), after);
        return Some(after.into_iter().map(days).collect());
    }
    let from_end = found.iter().all(|place| *place < 0);
    if from_end && at.rest.starts_with(|c: char| !c.is_ascii()) && at.word(&words.units) != Some(UnitWord::Day) {
        return None;
    }
    Some(vec![(DayWords::MonthDays(found), at)])
}

fn ordinal(scan: &mut Scan<'_>, words: &TimeWords) -> Option<i32> {
    let table = &words.meeting;
    let mut at = *scan;
    filler(&mut at, words);
    let place = if let Some(place) = at.word(&table.ordinals) {
        i32::try_from(place).ok()?
    } else if at.takes(&table.last) {
        -1
    } else if at.takes(&table.from_end) {
        -i32::try_from(at.number(2, words)?).ok()?
    } else if at.takes(&table.ordinal_mark) {
        i32::try_from(at.number(2, words)?).ok()?
    } else {
        let (number, _) = at.digits(2)?;
        if !at.takes(&words.date.ordinal_suffix) {
            return None;
        }
        i32::try_from(number).ok()?
    };
    *scan = at;
    Some(place)
}

/// 15号, 1号、15号, 9月10日, `September 10`, `10 September`
fn numbered_days<'t>(scan: Scan<'t>, words: &TimeWords) -> Option<(DayWords, Scan<'t>)> {
    let mut at = scan;
    if let Some(month) = at.word(&words.months.names) {
        at.blanks();
        let (day, _) = at.digits(2)?;
        at.takes(&words.date.ordinal_suffix);
        return Some((DayWords::YearDay(month, day), at));
    }
    let first = at.number(2, words)?;
    at.blanks();
    if at.takes(&words.date.month) {
        at.blanks();
        let day = at.number(2, words)?;
        at.takes(&words.date.day);
        return Some((DayWords::YearDay(first, day), at));
    }
    let mut name = at;
    if let Some(month) = name.word(&words.months.names) {
        return Some((DayWords::YearDay(month, first), name));
    }
    let mut found = vec![i32::try_from(first).ok()?];
    let mut closed = at.takes(&words.date.day);
    loop {
        let mut next = at;
        next.blanks();
        if !next.takes(&words.meeting.separator) {
            break;
        }
        next.blanks();
        let Some(number) = next.number(2, words) else { break };
        next.blanks();
        let day = next.takes(&words.date.day);
        // after 1号、 a number without 号 is a time
        if closed && !day {
            break;
        }
        closed = day;
        found.push(i32::try_from(number).ok()?);
        at = next;
    }
    closed.then_some((DayWords::MonthDays(found), at))
}

type WeekdayList<'t> = (Vec<Weekday>, Repeat, Scan<'t>);

/// A list of weekdays in every length it may have, longest first.
fn weekdays<'t>(scan: Scan<'t>, unit: Option<UnitWord>, words: &TimeWords) -> Vec<WeekdayList<'t>> {
    let table = &words.meeting;
    let mut at = scan;
    // right after 每周 the bare character is the weekday, before it can belong to a time
    let bare = if unit == Some(UnitWord::Week) { Bare::Allowed } else { Bare::Refused };
    let Some((first, repeat)) = weekday(&mut at, bare, words) else { return Vec::new() };
    let mut list = vec![first];
    let mut found = vec![(list.clone(), repeat, at)];
    loop {
        let mut next = at;
        filler(&mut next, words);
        let range = next.takes(&table.range);
        if !range && !next.takes(&table.separator) {
            break;
        }
        filler(&mut next, words);
        next.takes(&table.separator); // `Monday, and Friday`
        filler(&mut next, words);
        let Some((day, _)) = weekday(&mut next, Bare::Allowed, words) else { break };
        if range {
            let Some(last) = list.last().copied() else { break };
            list.extend((1..=day.days_since(last)).map(|step| (0..step).fold(last, |d, _| d.succ())));
        } else {
            list.push(day);
        }
        at = next;
        found.push((list.clone(), repeat, at));
    }
    found.reverse();
    found
}

/// One weekday: 周五, 周周五, `Friday`, `Fridays`, and where `bare` allows it 五.
fn weekday(scan: &mut Scan<'_>, bare: Bare, words: &TimeWords) -> Option<(Weekday, Repeat)> {
    if let Some(day) = chinese_weekday(scan, words) {
        return Some((day, Repeat::Single));
    }
    if let Some(day) = scan.word(&words.weekdays.plural) {
        return Some((day, Repeat::Plural));
    }
    if let Some(day) = scan.word(&words.weekdays.english) {
        return Some((day, Repeat::Single));
    }
    let day = if bare == Bare::Allowed { scan.word(&words.weekdays.chinese)? } else { return None };
    Some((day, Repeat::Single))
}

/// Whether 五 alone is Friday here.
#[derive(Clone, Copy, PartialEq)]
enum Bare {
    Allowed,
    Refused,
}
