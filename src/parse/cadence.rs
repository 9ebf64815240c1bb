//! Cadences in words of both languages: how long after a contact the next is due.
//!
//! Blanks between the parts are free, so they are dropped first and words are matched whole: what is left of a part
//! must be exactly a unit or a number. A meeting rule found here gives its period.

use super::meeting::read_meeting;
use super::read::Read;
use super::scan::Scan;
use crate::model::cadence::{Cadence, Period, Precision, Unit};
use crate::model::diagnostic::Finding;
use crate::model::fold::{fold, trim_blanks};
use crate::vocabulary::time::{CadenceWords, TimeWords, UnitWord};
use crate::vocabulary::words::Words;

/// What a cadence key says, as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CadenceRead {
    /// The cadence.
    pub cadence: Cadence,
    /// Whether the length is exact.
    pub precision: Precision,
}

/// Reads a cadence. A hint tells which of two readings was taken (`biweekly`, 每隔两周) or that a meeting rule gave its
/// period; the finding says why a text is no cadence.
pub fn read_cadence(text: &str, words: &TimeWords) -> Result<Read<CadenceRead>, Finding> {
    let text = trim_blanks(text);
    let folded = fold(text);
    match words.cadence.own.get(folded.replace(' ', "").as_str()) {
        Some(meaning) => built_in(meaning, &fold(meaning), words),
        None => built_in(text, &folded, words),
    }
}

/// Reads a cadence by the words of the program alone, so that no word of the user's can stand for itself.
fn built_in(text: &str, folded: &str, words: &TimeWords) -> Found {
    // two numbers with a blank between them are no length: 每周一 9:00 may still be a meeting rule
    if let Some(joined) = without_blanks(folded, words) {
        let body = body(&joined, words);
        if let Some(found) = fixed_word(body, text, words).or_else(|| length(body, text, words)) {
            return found;
        }
        if let Some(problem) = refusal(&joined, body, words) {
            return Err(Finding::new(problem, [text]));
        }
    }
    match read_meeting(text, words) {
        Ok(rule) => {
            let period = rule.value.recurrence.period();
            let hint = Finding::new("cadence-from-meeting", [text, &period.to_string()]);
            Ok(Read { value: exact(period), hints: vec![hint] })
        }
        Err(_) => Err(Finding::new("cadence-unread", [text])),
    }
}

type Found = Result<Read<CadenceRead>, Finding>;

fn exact(period: Period) -> CadenceRead {
    CadenceRead { cadence: Cadence::Every(period), precision: Precision::Exact }
}

fn plain(period: Period) -> Found {
    Ok(Read::plain(exact(period)))
}

fn hinted(period: Period, code: &'static str, text: &str) -> Found {
    Ok(Read { value: exact(period), hints: vec![Finding::new(code, [text, &period.to_string()])] })
}

/// The text without blanks; `None` when a blank parts two numbers, which together would be another one.
fn without_blanks(folded: &str, words: &TimeWords) -> Option<String> {
    let is_number = |part: &str| Scan::new(part).number(9, words).is_some();
    let mut joined = String::with_capacity(folded.len());
    for part in folded.split(' ') {
        let last = joined.char_indices().next_back().and_then(|(at, _)| joined.get(at..));
        if last.is_some_and(is_number) && is_number(part) {
            return None;
        }
        joined.push_str(part);
    }
    Some(joined)
}

/// Drops the final stop and a trailing 一次, unless a number runs into it (十一次).
fn body<'t>(joined: &'t str, words: &TimeWords) -> &'t str {
    let table = &words.cadence;
    let text = table.stop.all_at_end(joined).next().map_or(joined, |((), rest)| rest);
    let Some(((), rest)) = table.tail.all_at_end(text).next() else { return text };
    let last = rest.char_indices().next_back().and_then(|(at, _)| rest.get(at..)).unwrap_or_default();
    // 每周一十一次 and 21次 are numbers; 一 in 周一 is not at the end here, for 次 follows it
    if Scan::new(last).number(9, words).is_some() { text } else { rest }
}

fn fixed_word(body: &str, text: &str, words: &TimeWords) -> Option<Found> {
    let table = &words.cadence;
    if table.none.whole(body).is_some() {
        let value = CadenceRead { cadence: Cadence::Untracked, precision: Precision::Exact };
        return Some(Ok(Read::plain(value)));
    }
    let fixed: [(&Words, u32, Unit); 9] = [
        (&table.daily, 1, Unit::Day),
        (&table.weekly, 1, Unit::Week),
        (&table.biweekly, 2, Unit::Week),
        (&table.half_monthly, 15, Unit::Day),
        (&table.monthly, 1, Unit::Month),
        (&table.bimonthly, 2, Unit::Month),
        (&table.quarterly, 3, Unit::Month),
        (&table.half_yearly, 6, Unit::Month),
        (&table.yearly, 1, Unit::Year),
    ];
    let (_, count, unit) = fixed.into_iter().find(|(word, ..)| word.whole(body).is_some())?;
    let period = Period::new(count, unit);
    let doubtful = table.two_readings.whole(body).is_some();
    Some(if doubtful { hinted(period, "cadence-two-readings", text) } else { plain(period) })
}

/// Every form made of numbers and units.
fn length(body: &str, text: &str, words: &TimeWords) -> Option<Found> {
    if let Some(count) = whole_digits(body, 4) {
        return Some(counted(count, UnitWord::Day, text));
    }
    if let Some(period) = iso_period(body) {
        return Some(period.map_or_else(|| Err(Finding::new("cadence-zero", [text])), plain));
    }
    every(body, text, words).or_else(|| times(body, text, words))
}

/// So many units; a count of 0 is refused.
fn counted(count: u32, unit: UnitWord, text: &str) -> Found {
    if count == 0 {
        return Err(Finding::new("cadence-zero", [text]));
    }
    plain(match unit {
        UnitWord::Day => Period::new(count, Unit::Day),
        UnitWord::Week => Period::new(count, Unit::Week),
        UnitWord::Month => Period::new(count, Unit::Month),
        UnitWord::Quarter => Period::new(count * 3, Unit::Month),
        UnitWord::HalfYear => Period::new(count * 6, Unit::Month),
        UnitWord::Year => Period::new(count, Unit::Year),
    })
}

fn whole_digits(text: &str, most: usize) -> Option<u32> {
    let mut scan = Scan::new(text);
    scan.digits(most).filter(|_| scan.is_at_end()).map(|(value, _)| value)
}

/// `P2W`; the inner `None` is a count of 0.
fn iso_period(body: &str) -> Option<Option<Period>> {
    let mut scan = Scan::new(body.strip_prefix('p')?);
    let (count, _) = scan.digits(3)?;
    let unit = match scan.rest {
        "d" => Unit::Day,
        "w" => Unit::Week,
        "m" => Unit::Month,
        "y" => Unit::Year,
        _ => return None,
    };
    Some((count > 0).then(|| Period::new(count, unit)))
}

/// 每两周, `every 2 weeks`, `every week`, 隔周, 每隔两周, `2w`
fn every(body: &str, text: &str, words: &TimeWords) -> Option<Found> {
    let table = &words.cadence;
    // longest first, so 每隔一 and 每个 are tried before 每
    for ((), rest) in table.every_other.all_at_start(body) {
        if let Some(unit) = calendar_unit(rest, words) {
            return Some(counted(2, unit, text));
        }
    }
    for ((), rest) in table.every_gap.all_at_start(body) {
        if let Some((count @ 2.., unit)) = count_and_unit(rest, words) {
            let period = match counted(count, unit, text) {
                Ok(read) => read.value.cadence,
                Err(finding) => return Some(Err(finding)),
            };
            return match period {
                Cadence::Every(period) => Some(hinted(period, "cadence-two-readings", text)),
                Cadence::Untracked => None,
            };
        }
    }
    for ((), rest) in table.every.all_at_start(body) {
        if let Some(unit) = calendar_unit(rest, words) {
            return Some(counted(1, unit, text));
        }
        if let Some((count, unit)) = count_and_unit(rest, words) {
            return Some(counted(count, unit, text));
        }
    }
    let (count, unit) = count_and_unit(body, words)?;
    Some(counted(count, unit, text))
}

/// A unit that is one word and the whole text; half a year is no unit to count.
fn calendar_unit(text: &str, words: &TimeWords) -> Option<UnitWord> {
    words.units.whole(text).filter(|unit| *unit != UnitWord::HalfYear)
}

fn count_and_unit(text: &str, words: &TimeWords) -> Option<(u32, UnitWord)> {
    let mut scan = Scan::new(text);
    if let Some(count) = scan.number(3, words)
        && let Some(unit) = calendar_unit(scan.rest, words)
    {
        return Some((count, unit));
    }
    // blanks are gone, so `a` may run into `year`: the unit decides
    words.numbers.all_at_start(text).find_map(|(count, rest)| Some((count, calendar_unit(rest, words)?)))
}

/// So many times in a unit: `twice a year`, `3x/week`, 一周两次.
fn times(body: &str, text: &str, words: &TimeWords) -> Option<Found> {
    let (times, unit) = english_times(body, words).or_else(|| chinese_times(body, words))?;
    Some(share(times, unit, text))
}

fn english_times(body: &str, words: &TimeWords) -> Option<(u32, UnitWord)> {
    let table = &words.cadence;
    let fixed = [(&table.once, 1), (&table.twice, 2), (&table.thrice, 3)];
    let counted =
        fixed.iter().find_map(|(word, times)| word.all_at_start(body).next().map(|((), rest)| (*times, rest)));
    let (times, rest) = match counted {
        Some(found) => found,
        None => {
            let (times, rest) = number_word(body, words)?;
            if let Some(((), rest)) = table.times_short.all_at_start(rest).next() {
                let ((), unit) = table.slash.all_at_start(rest).next()?;
                return Some((times, calendar_unit(unit, words)?));
            }
            (times, table.times.all_at_start(rest).next()?.1)
        }
    };
    table.per.all_at_start(rest).find_map(|((), unit)| Some((times, calendar_unit(unit, words)?)))
}

fn number_word<'t>(text: &'t str, words: &TimeWords) -> Option<(u32, &'t str)> {
    let mut scan = Scan::new(text);
    match scan.number(3, words) {
        Some(count) => Some((count, scan.rest)),
        None => words.numbers.all_at_start(text).next(),
    }
}

/// 一周两次, 每年2次, 每个月三次
fn chinese_times(body: &str, words: &TimeWords) -> Option<(u32, UnitWord)> {
    let table = &words.cadence;
    let ((), counted) = table.times_after.all_at_end(body).next()?;
    table.each_number.all_at_start(counted).find_map(|((), rest)| {
        words.units.all_at_start(rest).filter(|(unit, _)| *unit != UnitWord::HalfYear).find_map(|(unit, times)| {
            let mut scan = Scan::new(times);
            let times = scan.number(3, words)?;
            scan.is_at_end().then_some((times, unit))
        })
    })
}

/// The share of a unit that one of `times` contacts gets: whole months of a year or quarter, else days.
fn share(times: u32, unit: UnitWord, text: &str) -> Found {
    if times < 2 {
        return counted(times, unit, text);
    }
    let (months, days) = match unit {
        UnitWord::Year => (12, 365),
        UnitWord::HalfYear => (6, 182),
        UnitWord::Quarter => (3, 90),
        UnitWord::Month => (0, 30),
        UnitWord::Week => (0, 7),
        UnitWord::Day => (0, 1),
    };
    if months > 0 && months % times == 0 {
        return plain(Period::new(months / times, Unit::Month));
    }
    let period = Period::new((days / times).max(1), Unit::Day);
    let value = CadenceRead { cadence: Cadence::Every(period), precision: Precision::Approximate };
    Ok(Read::plain(value))
}

/// Why a text is no cadence, where the reason is known.
fn refusal(joined: &str, body: &str, words: &TimeWords) -> Option<&'static str> {
    let table = &words.cadence;
    if table.vague.whole(body).is_some() || table.vague.whole(joined).is_some() {
        return Some("cadence-vague");
    }
    if is_negative(body) {
        return Some("cadence-zero");
    }
    let after_every = table.every.all_at_start(body).chain(table.every_other.all_at_start(body)).map(|((), rest)| rest);
    let counted: Vec<&str> = std::iter::once(body).chain(after_every).collect();
    if counted.iter().any(|rest| number_then(rest, words, |tail| table.minutes.whole(tail).is_some())) {
        return Some("cadence-minutes");
    }
    if is_mixed(body, words) {
        return Some("cadence-not-whole");
    }
    if ends_like_once_a_week(joined, table, words) {
        return Some("cadence-is-monday");
    }
    let bare = |rest: &str| rest.is_empty() || number_then(rest, words, str::is_empty);
    if counted.into_iter().any(bare) && !body.is_empty() {
        return Some("cadence-without-unit");
    }
    None
}

fn number_then(text: &str, words: &TimeWords, rest: impl Fn(&str) -> bool) -> bool {
    number_word(text, words).is_some_and(|(_, tail)| rest(tail))
}

fn is_negative(body: &str) -> bool {
    body.strip_prefix(['-', '−']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `2-3周`, 两三周, 一年半, `1.5mo`, `P1Y6M`: more than one whole length.
fn is_mixed(body: &str, words: &TimeWords) -> bool {
    let table = &words.cadence;
    let starts = std::iter::once(body)
        .chain(table.every.all_at_start(body).map(|((), rest)| rest))
        .chain(body.strip_prefix('p'));
    starts.into_iter().any(|text| {
        let mut scan = Scan::new(text);
        // a number of more digits than a count has
        let Some(_) = scan.number(9, words) else { return false };
        let mut tail = scan;
        // 两三周, 2-3周, 2~3周, 2到3周, 1.5mo
        let joint = tail.mark('-')
            || tail.mark('–')
            || tail.mark('~')
            || tail.mark('.')
            || tail.mark('/')
            || tail.takes(&words.meeting.range);
        let second = tail.number(9, words).is_some();
        if second && (calendar_unit(tail.rest, words).is_some() || (joint && tail.rest.is_empty())) {
            return true;
        }
        // 一年半, 1年6个月, 两个半月
        words
            .units
            .all_at_start(scan.rest)
            .any(|(_, rest)| table.half.whole(rest).is_some() || Scan::new(rest).number(3, words).is_some())
            || half_inside(scan.rest, words)
    })
}

/// 两个半月: a half between the number and its unit.
fn half_inside(text: &str, words: &TimeWords) -> bool {
    let text = words.meeting.filler.all_at_start(text).next().map_or(text, |((), rest)| rest);
    words.cadence.half.all_at_start(text).any(|((), rest)| words.units.whole(rest).is_some())
}

/// 每周一: either every Monday or 每周一次 cut short.
fn ends_like_once_a_week(joined: &str, table: &CadenceWords, words: &TimeWords) -> bool {
    table.every.all_at_start(joined).any(|((), rest)| {
        words.units.all_at_start(rest).any(|(unit, rest)| {
            unit == UnitWord::Week && words.weekdays.chinese.whole(rest) == Some(chrono::Weekday::Mon)
        })
    })
}

#[cfg(test)]
#[path = "cadence_tests.rs"]
mod tests;
