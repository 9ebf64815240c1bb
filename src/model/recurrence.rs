//! The text of a recurrence rule: reading and writing `FREQ=…;BYDAY=…` as RFC 5545 §3.3.10 has it.
//!
//! Reading checks what the RFC asks: each part once, values in range, parts that do not go together. Which days a
//! rule gives is the business of `occurrences`.

use std::fmt::{self, Display};
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use super::diagnostic::Finding;
use super::meeting_rule::{ByDay, Frequency, Recurrence};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

impl Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        })
    }
}

impl Display for ByDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ordinal) = self.ordinal {
            write!(f, "{ordinal}")?;
        }
        f.write_str(weekday_code(self.weekday))
    }
}

impl Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.frequency)?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            write!(f, ";UNTIL={}", until.format("%Y%m%d"))?;
        }
        write_list(f, "BYMONTH", &self.by_month)?;
        write_list(f, "BYWEEKNO", &self.by_week_number)?;
        write_list(f, "BYYEARDAY", &self.by_year_day)?;
        write_list(f, "BYMONTHDAY", &self.by_month_day)?;
        write_list(f, "BYDAY", &self.by_day)?;
        write_list(f, "BYSETPOS", &self.by_set_position)?;
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", weekday_code(self.week_start))?;
        }
        Ok(())
    }
}

impl FromStr for Recurrence {
    type Err = Finding;

    /// Reads `FREQ=…` or `RRULE:FREQ=…` in any case. The error says which part is wrong, or that the rule repeats
    /// more often than daily.
    fn from_str(text: &str) -> Result<Self, Finding> {
        let upper = text.trim().to_ascii_uppercase();
        let rule = upper.strip_prefix("RRULE:").unwrap_or(&upper).trim_end_matches(';');
        let mut read = Recurrence::every(1, Frequency::Daily);
        let mut seen: Vec<&str> = Vec::new();
        for part in rule.split(';') {
            let (name, value) = part.split_once('=').ok_or_else(|| bad_part(text, part))?;
            if seen.contains(&name) {
                return Err(Finding::new("rule-part-twice", [text, name]));
            }
            seen.push(name);
            read_part(&mut read, name, value, text)
                .map_err(|finding| finding.unwrap_or_else(|| bad_part(text, part)))?;
        }
        if !seen.contains(&"FREQ") {
            return Err(Finding::new("rule-without-frequency", [text]));
        }
        match conflict(&read, &seen) {
            Some((first, second)) => Err(Finding::new("rule-parts-conflict", [text, first, second])),
            None => Ok(read),
        }
    }
}

fn bad_part(text: &str, part: &str) -> Finding {
    Finding::new("rule-part-unread", [text, part])
}

/// Reads one part; `Err(None)` when its value is out of range or the part is unknown.
fn read_part(rule: &mut Recurrence, name: &str, value: &str, text: &str) -> Result<(), Option<Finding>> {
    match name {
        "FREQ" => rule.frequency = frequency(value, text)?,
        "INTERVAL" => rule.interval = number(value, 1..=9999).ok_or(None)?,
        "COUNT" => rule.count = Some(number(value, 1..=99_999).ok_or(None)?),
        "UNTIL" => rule.until = Some(until(value).ok_or(None)?),
        "BYMONTH" => rule.by_month = list(value, |v| number(v, 1..=12)).ok_or(None)?,
        "BYWEEKNO" => rule.by_week_number = list(value, |v| signed(v, 53)).ok_or(None)?,
        "BYYEARDAY" => rule.by_year_day = list(value, |v| signed(v, 366)).ok_or(None)?,
        "BYMONTHDAY" => rule.by_month_day = list(value, |v| signed(v, 31)).ok_or(None)?,
        "BYDAY" => rule.by_day = list(value, by_day).ok_or(None)?,
        "BYSETPOS" => rule.by_set_position = list(value, |v| signed(v, 366)).ok_or(None)?,
        "WKST" => rule.week_start = weekday(value).ok_or(None)?,
        "BYHOUR" | "BYMINUTE" | "BYSECOND" => return Err(Some(Finding::new("rule-finer-than-daily", [text, name]))),
        _ => return Err(None),
    }
    Ok(())
}

fn frequency(value: &str, text: &str) -> Result<Frequency, Option<Finding>> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        "HOURLY" | "MINUTELY" | "SECONDLY" => Err(Some(Finding::new("rule-finer-than-daily", [text, value]))),
        _ => Err(None),
    }
}

/// Two parts that RFC 5545 does not allow together, if the rule has such a pair.
fn conflict(rule: &Recurrence, seen: &[&str]) -> Option<(&'static str, &'static str)> {
    let has = |name| seen.contains(&name);
    let numbered = rule.by_day.iter().any(|day| day.ordinal.is_some());
    let frequency = rule.frequency;
    let by_parts = ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY"];
    [
        (has("COUNT") && has("UNTIL"), "COUNT", "UNTIL"),
        (numbered && frequency < Frequency::Monthly, "BYDAY", if_weekly(frequency)),
        (numbered && has("BYWEEKNO"), "BYDAY", "BYWEEKNO"),
        (has("BYWEEKNO") && frequency != Frequency::Yearly, "BYWEEKNO", "FREQ"),
        (has("BYYEARDAY") && frequency != Frequency::Yearly, "BYYEARDAY", "FREQ"),
        (has("BYMONTHDAY") && frequency == Frequency::Weekly, "BYMONTHDAY", "FREQ=WEEKLY"),
        (has("BYSETPOS") && !by_parts.into_iter().any(has), "BYSETPOS", "FREQ"),
    ]
    .into_iter()
    .find_map(|(holds, first, second)| holds.then_some((first, second)))
}

fn if_weekly(frequency: Frequency) -> &'static str {
    if frequency == Frequency::Weekly { "FREQ=WEEKLY" } else { "FREQ=DAILY" }
}

fn list<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(',').map(read).collect()
}

fn number<T: TryFrom<u32>>(value: &str, range: std::ops::RangeInclusive<u32>) -> Option<T> {
    let number: u32 = value.bytes().all(|b| b.is_ascii_digit()).then_some(value)?.parse().ok()?;
    range.contains(&number).then_some(number).and_then(|n| T::try_from(n).ok())
}

fn signed<T: TryFrom<i32>>(value: &str, most: u32) -> Option<T> {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    T::try_from(sign * number::<i32>(digits, 1..=most)?).ok()
}

fn by_day(value: &str) -> Option<ByDay> {
    let (ordinal, code) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let ordinal = if ordinal.is_empty() { None } else { Some(signed(ordinal, 53)?) };
    Some(ByDay { ordinal, weekday: weekday(code)? })
}

fn weekday(code: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find_map(|(name, weekday)| (*name == code).then_some(*weekday))
}

fn weekday_code(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find_map(|(name, day)| (*day == weekday).then_some(*name)).unwrap_or_default()
}

/// `20270101`, with or without a time, which a rule by days does not need.
fn until(value: &str) -> Option<NaiveDate> {
    let (day, time) = value.split_at_checked(8)?;
    let time = time.strip_suffix('Z').unwrap_or(time);
    let timed = time.strip_prefix('T').is_some_and(|t| t.len() == 6 && t.bytes().all(|b| b.is_ascii_digit()));
    let whole = day.bytes().all(|b| b.is_ascii_digit()) && (time.is_empty() || timed);
    if whole { NaiveDate::parse_from_str(day, "%Y%m%d").ok() } else { None }
}

fn write_list<T: Display>(f: &mut fmt::Formatter<'_>, name: &str, values: &[T]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        if at == 0 {
            write!(f, ";{name}={value}")?;
        } else {
            write!(f, ",{value}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_written_in_upper_case_in_one_order_without_defaults() {
        let table = [
            ("FREQ=MONTHLY;BYDAY=2FR", "FREQ=MONTHLY;BYDAY=2FR"),
            ("rrule:freq=monthly;byday=-1fr;bymonth=3,6,9,12", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR"),
            ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH;WKST=MO", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("FREQ=DAILY;COUNT=3;", "FREQ=DAILY;COUNT=3"),
            ("WKST=SU;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
            ("FREQ=YEARLY;UNTIL=20271231T235959Z;BYYEARDAY=+1,-1", "FREQ=YEARLY;UNTIL=20271231;BYYEARDAY=1,-1"),
            ("FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1"),
            ("FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO"),
        ];
        for (text, written) in table {
            assert_eq!(text.parse::<Recurrence>().unwrap().to_string(), written, "{text}");
        }
    }

    #[test]
    fn a_rule_against_the_rfc_is_refused_with_its_reason() {
        let table = [
            ("FREQ=HOURLY", "rule-finer-than-daily"),
            ("FREQ=DAILY;BYHOUR=9", "rule-finer-than-daily"),
            ("BYDAY=MO", "rule-without-frequency"),
            ("FREQ=DAILY;FREQ=WEEKLY", "rule-part-twice"),
            ("FREQ=SOMETIMES", "rule-part-unread"),
            ("FREQ=DAILY;INTERVAL=0", "rule-part-unread"),
            ("FREQ=MONTHLY;BYMONTHDAY=32", "rule-part-unread"),
            ("FREQ=MONTHLY;BYMONTHDAY=0", "rule-part-unread"),
            ("FREQ=MONTHLY;BYDAY=XX", "rule-part-unread"),
            ("FREQ=MONTHLY;BYDAY=五", "rule-part-unread"),
            ("FREQ=DAILY;UNTIL=20270230", "rule-part-unread"),
            ("FREQ=DAILY;RSCALE=CHINESE", "rule-part-unread"),
            ("FREQ=", "rule-part-unread"),
            ("", "rule-part-unread"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "rule-parts-conflict"),
            ("FREQ=WEEKLY;BYDAY=2FR", "rule-parts-conflict"),
            ("FREQ=WEEKLY;BYMONTHDAY=2", "rule-parts-conflict"),
            ("FREQ=MONTHLY;BYWEEKNO=2", "rule-parts-conflict"),
            ("FREQ=MONTHLY;BYYEARDAY=2", "rule-parts-conflict"),
            ("FREQ=YEARLY;BYWEEKNO=2;BYDAY=2FR", "rule-parts-conflict"),
            ("FREQ=MONTHLY;BYSETPOS=1", "rule-parts-conflict"),
        ];
        for (text, code) in table {
            assert_eq!(text.parse::<Recurrence>().unwrap_err().code, code, "{text}");
        }
    }
}
