//! The length of a meeting in minutes.

use crate::model::fold::fold;
use crate::parse::scan::Scan;
use crate::vocabulary::time::{LengthUnit, TimeWords};

/// A day, in minutes: no meeting is longer.
const LONGEST: u32 = 24 * 60;

/// Reads `60`, `60min`, `1h`, `1.5h`, `1小时30分`, `半小时`, `一个半小时`, `30-60分钟` (the larger); a bare number is
/// minutes.
pub fn minutes(text: &str, words: &TimeWords) -> Option<u32> {
    let folded = fold(text);
    let mut scan = Scan::new(&folded);
    let mut total = 0;
    loop {
        scan.blanks();
        if scan.is_at_end() {
            break;
        }
        if scan.takes(&words.length.range) {
            total = 0; // the larger end follows
            continue;
        }
        total += part(&mut scan, words)?;
    }
    (1..=LONGEST).contains(&total).then_some(total)
}

/// A number with its unit, in minutes.
fn part(scan: &mut Scan<'_>, words: &TimeWords) -> Option<u32> {
    let (tenths, had_number) = match tenths(scan, words) {
        Some(tenths) => (tenths, true),
        None => (0, false),
    };
    scan.blanks();
    let before = *scan;
    scan.takes(&words.length.filler);
    let half = if scan.takes(&words.length.half) { 5 } else { 0 };
    if !had_number && half == 0 {
        return None;
    }
    scan.takes(&words.length.filler);
    scan.blanks();
    let unit = match scan.word(&words.length_units) {
        Some(unit) => unit,
        None if half == 0 => {
            *scan = before;
            LengthUnit::Minute
        }
        None => return None,
    };
    let minutes = match unit {
        LengthUnit::Minute => (tenths + half) / 10,
        LengthUnit::Hour => (tenths + half) * 6,
    };
    // 一小时半
    let more = if unit == LengthUnit::Hour && scan.takes(&words.length.half) { 30 } else { 0 };
    Some(minutes + more)
}

/// A number in tenths: `60`, `1.5`, 两.
fn tenths(scan: &mut Scan<'_>, words: &TimeWords) -> Option<u32> {
    let whole = scan.number(4, words)?;
    let mut at = *scan;
    if at.mark('.')
        && let Some((decimal, 1)) = at.digits(1)
    {
        *scan = at;
        return Some(whole * 10 + decimal);
    }
    Some(whole * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_spelling() {
        let table = [
            ("60", Some(60)),
            ("60min", Some(60)),
            ("90 minutes", Some(90)),
            ("1h", Some(60)),
            ("1.5h", Some(90)),
            ("1h30m", Some(90)),
            ("2 hours", Some(120)),
            ("1小时", Some(60)),
            ("1 个小时", Some(60)),
            ("一小时", Some(60)),
            ("两小时", Some(120)),
            ("半小时", Some(30)),
            ("半个小时", Some(30)),
            ("1个半小时", Some(90)),
            ("一小时半", Some(90)),
            ("1小时30分", Some(90)),
            ("45分钟", Some(45)),
            ("30-60分钟", Some(60)),
            ("30~60", Some(60)),
            ("1到2小时", Some(120)),
            ("24h", Some(1440)),
            ("25h", None),
            ("0", None),
            ("", None),
            ("-60", Some(60)),
            ("半", None),
            ("60 bananas", None),
            ("长", None),
        ];
        for (text, expected) in table {
            assert_eq!(minutes(text, &TimeWords::built_in()), expected, "{text}");
        }
    }
}
