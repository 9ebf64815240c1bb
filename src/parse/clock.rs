//! A time of day: `14:30`, 下午3点半, `4pm`, 中午.

use chrono::NaiveTime;

use super::scan::Scan;
use crate::model::diagnostic::Finding;
use crate::vocabulary::time::{ClockWords, TimeWords};

/// A time as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    pub(super) certainty: Certainty,
}

/// Whether the half of the day is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Said by the text or the hour.
    Sure,
    /// An hour from 1 to 6 without a word for the part of the day: taken as before noon.
    SmallHour,
}

/// Why a time is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClockProblem {
    /// No such hour or minute, or one that does not fit its part of the day.
    NoSuchTime,
    /// An hour after midnight said with a word for the evening.
    EveningHour,
}

impl ClockProblem {
    pub(super) fn finding(self, text: &str) -> Finding {
        match self {
            ClockProblem::NoSuchTime => Finding::new("no-such-time", [text]),
            ClockProblem::EveningHour => Finding::new("time-after-midnight", [text]),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum DayPart {
    SmallHours,
    Morning,
    Afternoon,
    Evening,
    Noon,
    /// `am` after the hour.
    Am,
    /// `pm` after the hour.
    Pm,
}

/// Takes a time that stands at the cursor. `None`, and nothing taken, when there is none.
pub(super) fn clock(scan: &mut Scan<'_>, words: &TimeWords) -> Result<Option<Clock>, ClockProblem> {
    let table = &words.clock;
    let mut at = *scan;
    if at.takes(&table.at) {
        at.blanks();
    }
    let fixed = if at.takes(&table.midday) {
        Some(12)
    } else if at.takes(&table.midnight) {
        Some(0)
    } else {
        None
    };
    if let Some(hour) = fixed {
        *scan = at;
        return sure(hour, 0).map(Some);
    }
    let mut part = day_part(&mut at, table);
    at.blanks();
    let Some((hour, minute)) = hour_and_minute(&mut at, &mut part, words) else {
        // 中午 alone is a time, any other part of the day is not
        if part != Some(DayPart::Noon) {
            return Ok(None);
        }
        *scan = at;
        return sure(12, 0).map(Some);
    };
    *scan = at;
    let certainty = if part.is_none() && (1..=6).contains(&hour) { Certainty::SmallHour } else { Certainty::Sure };
    let clock = sure(on_24_hours(hour, part)?, minute)?;
    Ok(Some(Clock { certainty, ..clock }))
}

fn sure(hour: u32, minute: u32) -> Result<Clock, ClockProblem> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).ok_or(ClockProblem::NoSuchTime)?;
    Ok(Clock { time, certainty: Certainty::Sure })
}

fn day_part(scan: &mut Scan<'_>, table: &ClockWords) -> Option<DayPart> {
    let parts = [
        (&table.small_hours, DayPart::SmallHours),
        (&table.morning, DayPart::Morning),
        (&table.afternoon, DayPart::Afternoon),
        (&table.evening, DayPart::Evening),
        (&table.noon, DayPart::Noon),
    ];
    parts.into_iter().find_map(|(words, part)| scan.takes(words).then_some(part))
}

/// `9:30[:00]`, 9点半, 9点15分, `4pm`. A bare number is no time.
fn hour_and_minute(scan: &mut Scan<'_>, part: &mut Option<DayPart>, words: &TimeWords) -> Option<(u32, u32)> {
    let mut at = *scan;
    let hour = at.number(2, words)?;
    if let Some(minute) = after_colon(&mut at) {
        after_colon(&mut at); // seconds
        if at.mark('.') {
            at.digits(9)?;
        }
        half_of_day(&mut at, part, &words.clock);
        *scan = at;
        return Some((hour, minute));
    }
    if half_of_day(&mut at, part, &words.clock) {
        *scan = at;
        return Some((hour, 0));
    }
    at.blanks();
    if !at.takes(&words.clock.hour) {
        return None;
    }
    let minute = minute_word(&mut at, words);
    *scan = at;
    Some((hour, minute))
}

fn after_colon(scan: &mut Scan<'_>) -> Option<u32> {
    let mut at = *scan;
    if !at.mark(':') {
        return None;
    }
    let (value, 2) = at.digits(2)? else { return None };
    *scan = at;
    Some(value)
}

fn half_of_day(scan: &mut Scan<'_>, part: &mut Option<DayPart>, table: &ClockWords) -> bool {
    let mut at = *scan;
    at.blanks();
    let half = if at.takes(&table.am) {
        DayPart::Am
    } else if at.takes(&table.pm) {
        DayPart::Pm
    } else {
        return false;
    };
    *part = Some(half);
    *scan = at;
    true
}

fn minute_word(scan: &mut Scan<'_>, words: &TimeWords) -> u32 {
    let table = &words.clock;
    let fixed = [(&table.half, 30), (&table.quarter, 15), (&table.three_quarters, 45)];
    if let Some(minute) = fixed.into_iter().find_map(|(word, minute)| scan.takes(word).then_some(minute)) {
        return minute;
    }
    let mut at = *scan;
    let Some(minute) = at.number(2, words) else { return 0 };
    at.takes(&table.minute);
    *scan = at;
    minute
}

fn on_24_hours(hour: u32, part: Option<DayPart>) -> Result<u32, ClockProblem> {
    match (part, hour) {
        (None, _) => Ok(hour),
        (Some(DayPart::SmallHours), 12) | (Some(DayPart::Am), 12) => Ok(0),
        (Some(DayPart::Am), 1..=11) => Ok(hour),
        (Some(DayPart::Pm), 12) => Ok(12),
        (Some(DayPart::Pm), 1..=11) => Ok(hour + 12),
        (Some(DayPart::Am | DayPart::Pm), _) => Err(ClockProblem::NoSuchTime),
        (Some(DayPart::SmallHours | DayPart::Morning), _) => Ok(hour),
        (Some(DayPart::Afternoon), 1..=11) => Ok(hour + 12),
        (Some(DayPart::Afternoon), 12..) => Ok(hour),
        (Some(DayPart::Evening), 12 | 1..=4) => Err(ClockProblem::EveningHour),
        (Some(DayPart::Evening), 5..=11) => Ok(hour + 12),
        (Some(DayPart::Evening), 0 | 17..) => Ok(hour),
        (Some(DayPart::Noon), 11..=15) => Ok(hour),
        (Some(DayPart::Noon), 1..=3) => Ok(hour + 12),
        (Some(_), _) => Err(ClockProblem::NoSuchTime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Clock>, ClockProblem> {
        let mut scan = Scan::new(text);
        let read = clock(&mut scan, &TimeWords::built_in());
        if let Ok(Some(_)) = read {
            assert_eq!(scan.rest, "", "{text}");
        }
        read
    }

    #[test]
    fn times_are_read_by_their_part_of_the_day() {
        let table = [
            ("9:30", "09:30"),
            ("14:05", "14:05"),
            ("0:00", "00:00"),
            ("14:30:59", "14:30"),
            ("9点", "09:00"),
            ("9时", "09:00"),
            ("九点半", "09:30"),
            ("10点一刻", "10:15"),
            ("十点三刻", "10:45"),
            ("9点05分", "09:05"),
            ("十二点二十分", "12:20"),
            ("凌晨12点", "00:00"),
            ("凌晨3点", "03:00"),
            ("早上8点", "08:00"),
            ("早晨7:30", "07:30"),
            ("上午9点半", "09:30"),
            ("下午1点", "13:00"),
            ("下午4点", "16:00"),
            ("下午11点", "23:00"),
            ("下午12点", "12:00"),
            ("傍晚6点", "18:00"),
            ("下午3:15", "15:15"),
            ("晚上5点", "17:00"),
            ("晚上11点", "23:00"),
            ("晚8点", "20:00"),
            ("晚上20:00", "20:00"),
            ("中午", "12:00"),
            ("正午", "12:00"),
            ("中午11点半", "11:30"),
            ("中午12点", "12:00"),
            ("中午1点", "13:00"),
            ("中午3点", "15:00"),
            ("at 9:30", "09:30"),
            ("4pm", "16:00"),
            ("at 7pm", "19:00"),
            ("6:30 am", "06:30"),
            ("12am", "00:00"),
            ("12 pm", "12:00"),
            ("noon", "12:00"),
            ("midday", "12:00"),
            ("midnight", "00:00"),
            ("十点", "10:00"),
        ];
        for (text, expected) in table {
            let clock = read(text).unwrap().unwrap_or_else(|| panic!("{text} is not read"));
            assert_eq!(clock.time.format("%H:%M").to_string(), expected, "{text}");
            assert_eq!(clock.certainty, Certainty::Sure, "{text}");
        }
    }

    #[test]
    fn an_hour_from_1_to_6_without_a_part_of_the_day_is_doubtful() {
        for (text, expected) in
            [("3点", Certainty::SmallHour), ("6:30", Certainty::SmallHour), ("7:00", Certainty::Sure)]
        {
            assert_eq!(read(text).unwrap().unwrap().certainty, expected, "{text}");
        }
    }

    #[test]
    fn hours_that_do_not_fit_are_refused() {
        for text in ["晚上12点", "晚上1点", "晚上4点"] {
            assert_eq!(read(text), Err(ClockProblem::EveningHour), "{text}");
        }
        for text in ["25:00", "9:75", "13pm", "中午9点", "三十点"] {
            assert_eq!(read(text), Err(ClockProblem::NoSuchTime), "{text}");
        }
        for text in ["9", "下午", "abc", "", "4 people"] {
            assert_eq!(read(text), Ok(None), "{text}");
        }
    }
}
