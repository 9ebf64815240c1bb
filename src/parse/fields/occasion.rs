//! A meeting or event note's fields, typed; text keys may also stand as headings.

use chrono::{NaiveDate, NaiveTime};

use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::link::Link;
use crate::model::note::{Held, Occasion};
use crate::model::span::Span;
use crate::parse::clock::clock;
use crate::parse::dates::read_dated_text;
use crate::parse::front_matter::tree::Node;
use crate::parse::scan::Scan;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::time::TimeWords;

use super::gather::Fields;
use super::person::whole_day;
use super::values::{as_links, as_text, present_text, shown_words};

/// A heading that names a key of the note, with the text below it.
pub struct HeadedText<'a> {
    /// Canonical key.
    pub key: &'a str,
    /// The text below, up to the next equal or higher heading; empty when there is none.
    pub text: &'a str,
    /// Its bytes.
    pub span: Span,
    /// The people its lines name, in file order, where the heading is about people.
    pub links: Vec<Link>,
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
            links.extend(headed.links.iter().cloned());
        }
        links
    };
    let thanked = value("thanked").and_then(|value| {
        let text = as_text(value)?;
        match read_dated_text(&text, time).and_then(|read| whole_day(read, &text)) {
            Ok(read) => {
                findings.extend(read.hints.into_iter().map(|hint| (value.span, hint)));
                Some(read.value)
            }
            Err(finding) => {
                findings.push((value.span, finding));
                None
            }
        }
    });
    // The date itself was read, and told of, before the body.
    let mut told = Vec::new();
    let clock = note_date(fields, words, time, &mut told).time;
    let mut occasion = Occasion {
        title: text("title").map(shown_words),
        place: text("place").map(shown_words),
        time: clock,
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

/// What the `date` key of a note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct NoteDate {
    /// The day and its place.
    pub date: Option<(NaiveDate, Span)>,
    /// The time of day, beside the date or under a key of its own (`time: 12:00`).
    pub time: Option<NaiveTime>,
}

/// Reads the `date` key of a note, and a time written under another of its spellings.
pub fn note_date(
    fields: &Fields,
    words: &Vocabulary,
    time: &TimeWords,
    findings: &mut Vec<(Span, Finding)>,
) -> NoteDate {
    let mut found = NoteDate::default();
    for field in fields.all("date") {
        let Some(text) = present_text(&field.value, words) else { continue };
        if let Some(clock) = read_clock(&text, time) {
            found.time = found.time.or(Some(clock));
            continue;
        }
        match read_dated_text(&text, time).and_then(|read| Ok((read.time, whole_day(read, &text)?))) {
            Ok((clock, day)) => {
                found.time = found.time.or(clock);
                found.date = found.date.or(Some((day.value, field.value.span)));
                findings.extend(day.hints.into_iter().map(|hint| (field.value.span, hint)));
            }
            Err(refused) => findings.push((field.value.span, refused)),
        }
    }
    found
}

/// A time of day alone.
fn read_clock(text: &str, time: &TimeWords) -> Option<NaiveTime> {
    let folded = fold(text);
    let mut scan = Scan::new(&folded);
    let found = clock(&mut scan, time).ok().flatten()?;
    scan.rest.trim().is_empty().then_some(found.time)
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
