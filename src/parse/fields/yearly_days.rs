//! Days that come round every year: birthdays, and important dates with what they are for.

use crate::model::date::{PartialDate, SolarDay, WrittenDate, YearlyDay};
use crate::model::diagnostic::Finding;
use crate::model::fold::{fold, trim_blanks};
use crate::model::person::LabelledDay;
use crate::parse::dates::{ReadDate, read_date};
use crate::parse::front_matter::tree::{Node, NodeKind};
use crate::parse::read::Read;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::time::TimeWords;

use super::person::PersonContext;
use super::values::{LIST_SEPARATORS, as_text, raw_text};

/// The most bytes a date in front of its label takes.
const DATE_BYTES: usize = 64;

/// A day of every year, in either calendar.
pub(super) fn yearly(read: ReadDate, text: &str) -> Result<Read<YearlyDay>, Finding> {
    let value = match read.value {
        WrittenDate::Civil(PartialDate::Day(day)) => YearlyDay::Solar(SolarDay::of(day)),
        WrittenDate::YearLess(day) => YearlyDay::Solar(day),
        WrittenDate::Lunar(day) => YearlyDay::Lunar(day),
        WrittenDate::Civil(_) => return Err(Finding::new("date-not-whole", [text])),
    };
    Ok(Read { value, hints: read.hints })
}

/// The date texts of one item of `dates`, each with its label where that stands apart.
pub(super) fn labelled_parts(item: &Node, context: &PersonContext<'_>) -> Vec<(String, Option<String>)> {
    let NodeKind::Map(entries) = &item.kind else {
        let text = as_text(item).filter(|text| !context.words.absent(&fold(text))).unwrap_or_default();
        return dated_parts(&text, context.time).into_iter().map(|part| (part.to_owned(), None)).collect();
    };
    let is_date = |key: &str| context.words.key(KeyScope::Meeting, &fold(key)) == Some("date");
    let (dates, others): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| is_date(&key.text));
    match dates.first().and_then(|(_, value)| raw_text(value)) {
        Some(date) => vec![(date.to_owned(), others.first().and_then(|(_, label)| as_text(label)))],
        // `2019-06-01: wedding` reads as a map
        None => others.iter().map(|(key, value)| (key.text.to_string(), as_text(value))).collect(),
    }
}

/// `2019-06-01 wedding, 05-20 met` in parts: at each separator behind which another date stands, so that
/// `June 1, 2019 wedding` and a label with a comma stay whole.
fn dated_parts<'t>(text: &'t str, time: &TimeWords) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, separator) in text.match_indices(LIST_SEPARATORS) {
        let (before, after) = (text.get(start..at), text.get(at + separator.len()..));
        if let (Some(before), Some(after)) = (before, after)
            && leading_yearly(before, time).is_ok()
            && leading_yearly(after, time).is_ok()
        {
            parts.push(trim_blanks(before));
            start = at + separator.len();
        }
    }
    parts.extend(text.get(start..).map(trim_blanks));
    parts.retain(|part| !part.is_empty());
    parts
}

/// `2019-06-01 wedding`: a day and the rest.
pub(super) fn labelled(text: &str, time: &TimeWords) -> Result<Read<LabelledDay>, Finding> {
    let (read, end) = leading_yearly(text, time)?;
    let label = trim_blanks(text.get(end..).unwrap_or_default().trim_start_matches(['：', ':'])).into();
    Ok(Read { value: LabelledDay { day: read.value, label }, hints: read.hints })
}

/// The longest beginning of a text that is a day of every year, and where it ends.
fn leading_yearly(text: &str, time: &TimeWords) -> Result<(Read<YearlyDay>, usize), Finding> {
    let text = text.trim_end();
    let start = text.len() - text.trim_start().len();
    let ends = text.char_indices().filter(|(at, c)| *at > start && (c.is_whitespace() || *c == '：'));
    let mut ends: Vec<usize> = ends.map(|(at, _)| at).take_while(|at| *at <= start + DATE_BYTES).collect();
    if text.len() <= start + DATE_BYTES {
        ends.push(text.len());
    }
    let mut refused: Option<Finding> = None;
    for end in ends.into_iter().rev() {
        let date = text.get(..end).unwrap_or_default();
        match read_date(date, time).and_then(|read| yearly(read, date)) {
            Ok(read) => return Ok((read, end)),
            // Of all beginnings the longest that is nearly a date says best what is the matter.
            Err(finding) => {
                let is_vague = refused.as_ref().is_some_and(|before| before.code == "date-unread");
                if refused.is_none() || (is_vague && finding.code != "date-unread") {
                    refused = Some(finding);
                }
            }
        }
    }
    Err(refused.unwrap_or_else(|| Finding::new("date-unread", [text])))
}
