//! The length of a meeting in minutes.

use crate::model::fold::fold;
use crate::vocabulary::time::TimeWords;

/// Reads `60`, `60min`, `1h`, `1.5h`, `1小时`, `半小时`, `30-60分钟` (the larger); a bare number is minutes.
pub fn minutes(text: &str, time: &TimeWords) -> Option<u32> {
    let words = &time.length;
    let folded = fold(text);
    let is_range = |c: char| words.range.whole(c.encode_utf8(&mut [0; 4])).is_some();
    let last = folded.rsplit(is_range).next()?.trim();
    if words.half_hour.whole(last).is_some() {
        return Some(30);
    }
    let digits = last.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(last.len());
    let (number, unit) = last.split_at(digits);
    let scale = match unit.trim() {
        "" => 1.0,
        unit if words.minute.whole(unit).is_some() => 1.0,
        unit if words.hour.whole(unit).is_some() => 60.0,
        _ => return None,
    };
    let minutes = number.parse::<f64>().ok()? * scale;
    (1.0..=1440.0).contains(&minutes).then_some(minutes as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_both_languages_and_nonsense_is_not() {
        let time = TimeWords::built_in();
        for (text, read) in [
            ("60", Some(60)),
            ("60min", Some(60)),
            ("45 minutes", Some(45)),
            ("1h", Some(60)),
            ("1.5 H", Some(90)),
            ("1小时", Some(60)),
            ("2个小时", Some(120)),
            ("半小时", Some(30)),
            ("半个钟头", Some(30)),
            ("30-60分钟", Some(60)),
            ("30至45分钟", Some(45)),
            ("24h", Some(1440)),
            ("25h", None),
            ("0", None),
            ("", None),
            ("小时", None),
            ("half a day", None),
        ] {
            assert_eq!(minutes(text, &time), read, "{text}");
        }
    }
}
