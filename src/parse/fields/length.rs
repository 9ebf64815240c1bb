//! The length of a meeting in minutes.

use crate::model::fold::fold;

/// Reads `60`, `60min`, `1h`, `1.5h`, `1小时`, `半小时`, `30-60分钟` (the larger); a bare number is minutes.
pub fn minutes(text: &str) -> Option<u32> {
    let folded = fold(text);
    let last = folded.rsplit(['-', '~', '–', '—', '至', '到']).next()?.trim();
    let digits = last.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(last.len());
    let (number, unit) = last.split_at(digits);
    let unit = unit.trim();
    let half_hour = number.is_empty() && unit.starts_with('半');
    let scale = match unit.trim_start_matches('半').trim_start_matches('个') {
        "" if !half_hour => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分钟" => 1.0,
        "h" | "hr" | "hrs" | "hour" | "hours" | "小时" | "钟头" => 60.0,
        _ => return None,
    };
    let count: f64 = if half_hour { 0.5 } else { number.parse().ok()? };
    let minutes = count * scale;
    (1.0..=1440.0).contains(&minutes).then_some(minutes as u32)
}
