//! A meeting or event note's fields, typed; text keys may also stand as headings.

use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::note::{Held, Occasion};
use crate::model::span::Span;
use crate::parse::dates::read_date;
use crate::parse::front_matter::tree::Node;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::time::TimeWords;

use super::gather::Fields;
use super::person::whole_day;
use super::values::{as_links, as_text, present_text};

/// A heading that names a key of the note, with the text below it.
pub struct HeadedText<'a> {
    /// Canonical key.
    pub key: &'a str,
    /// The text below, up to the next equal or higher heading; empty when there is none.
    pub text: &'a str,
    /// Its bytes.
    pub span: Span,
}

/// Types the fields of a meeting or event. `rest` says whether the body holds anything outside goal and preparation.
pub fn read_occasion(
    fields: &Fields,
    headed: &[HeadedText<'_>],
    rest: BodyRest,
    words: &Vocabulary,
    time: &TimeWords,
    findings: &mut Vec<(Span, Finding)>,
) -> Occasion {
    let value = |key: &str| fields.first(key, words).map(|field| &field.value);
    let text = |key: &str| {
        let from_key = value(key).and_then(|value| present_text(value, words));
        from_key.or_else(|| {
            let headed = headed.iter().find(|headed| headed.key == key && !headed.text.trim().is_empty())?;
            (!words.absent(&fold(headed.text))).then(|| headed.text.trim().into())
        })
    };
    let links = |key: &str| {
        let mut links = value(key).map(as_links).unwrap_or_default();
        for headed in headed.iter().filter(|headed| headed.key == key) {
            links.extend(linked_below(headed));
        }
        links
    };
    let thanked = value("thanked").and_then(|value| {
        let text = as_text(value)?;
        match read_date(&text, time).and_then(|read| whole_day(read, &text)) {
            Ok(read) => Some(read.value),
            Err(finding) => {
                findings.push((value.span, finding));
                None
            }
        }
    });
    let clock = value("date").and_then(as_text).and_then(|text| read_date(&text, time).ok());
    let mut occasion = Occasion {
        title: text("title"),
        place: text("place"),
        time: clock.and_then(|read| read.time),
        attendees: links("attendees"),
        met: links("met"),
        goal: text("goal"),
        prep: text("prep"),
        minutes: text("minutes"),
        summary: text("summary"),
        follow_up: text("follow_up"),
        thanked,
        held: Held::Filled,
    };
    occasion.held = held(value("status"), &occasion, rest, words);
    occasion
}

/// Whether the body holds text that is neither goal nor preparation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyRest {
    /// It does not.
    Empty,
    /// It does.
    Written,
}

fn held(status: Option<&Node>, occasion: &Occasion, rest: BodyRest, words: &Vocabulary) -> Held {
    let word = status.and_then(as_text).and_then(|text| words.meeting_status(&fold(&text)));
    match word {
        Some("planned") => Held::Planned,
        Some("cancelled") => Held::Cancelled,
        Some(_) => Held::Filled,
        None => {
            let filled = rest == BodyRest::Written
                || occasion.minutes.is_some()
                || occasion.summary.is_some()
                || occasion.follow_up.is_some()
                || occasion.thanked.is_some()
                || !occasion.met.is_empty();
            if filled { Held::Filled } else { Held::Planned }
        }
    }
}

/// Links in the text below a heading, one line after the other.
fn linked_below(headed: &HeadedText<'_>) -> Vec<crate::model::link::Link> {
    let lines = headed.text.lines().map(|line| line.trim_start_matches(['-', '*', '+', ' ', '\t']));
    let linked = lines.filter(|line| line.contains("[[") || line.contains("]("));
    linked.flat_map(|line| super::values::links_in(line, headed.span)).collect()
}
