//! What a line starts with: a date, a time of day, a channel, and the marks that set them off.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use crate::model::entry::Channel;
use crate::model::fold::fold;
use crate::model::link::Link;
use crate::model::span::Span;

use super::BodyContext;
use super::outline::{Line, Outline, PieceKind};

/// The start of a line, read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lead {
    pub(super) date: Option<NaiveDate>,
    pub(super) time: Option<NaiveTime>,
    pub(super) channel: Option<Channel>,
    /// The link that is the date, where it is one.
    pub(super) link: Option<Span>,
    /// Where the words begin.
    pub(super) end: usize,
}

/// Reads the start of a line.
pub(super) fn lead(outline: &Outline<'_>, line: &Line, context: &BodyContext<'_>) -> Lead {
    let mut lead = Lead { end: line.span.start, ..Lead::default() };
    let start = after(outline, line.span.start..line.span.end, is_emphasis);
    if let Some((date, time, link)) = linked_day(outline, line, start, context) {
        lead = Lead { date: Some(date), time, link: Some(link), end: link.range().end, ..lead };
    } else if let Some((date, time, length)) = context.words.leading_date(outline.source(start..line.span.end)) {
        lead = Lead { date: Some(date), time, end: start + length, ..lead };
    }
    if lead.date.is_some() {
        lead.end = after(outline, lead.end..line.span.end, is_separator);
    }
    if lead.time.is_none() {
        let start = after(outline, lead.end..line.span.end, is_emphasis);
        if let Some((time, length)) = leading_time(outline.source(start..line.span.end)) {
            lead.time = Some(time);
            lead.end = after(outline, start + length..line.span.end, is_separator);
        }
    }
    (lead.channel, lead.end) = channel(outline, lead.end..line.span.end, context);
    lead
}

/// The channel that a stretch of text starts with, and where the words behind it begin.
pub(super) fn channel(
    outline: &Outline<'_>,
    range: Range<usize>,
    context: &BodyContext<'_>,
) -> (Option<Channel>, usize) {
    let start = after(outline, range.clone(), is_emphasis);
    let text = outline.source(start..range.end);
    let word = text.find(ends_word).unwrap_or(text.len());
    // A channel may be two words where a colon or bar ends it: `phone call: …`.
    let phrase = text.find([':', '：', '|', '\n']).filter(|end| *end > word && *end <= 40);
    for end in phrase.into_iter().chain([word]) {
        let name = text.get(..end).unwrap_or_default().trim_end_matches(['*', '_', ' ']);
        if !name.is_empty()
            && name.len() <= 40
            && let Some(channel) = context.words.channel(&fold(name))
        {
            return (Some(channel), after(outline, start + name.len()..range.end, is_separator));
        }
    }
    (None, range.start)
}

/// The day a link names: `[[2026-08-17]]`, `[[Daily/2026-08-17 Mon|yesterday]]`.
pub(super) fn day_of_link(link: &Link, context: &BodyContext<'_>) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let name = link.target.rsplit('/').next()?;
    let name = name.strip_suffix(".md").unwrap_or(name);
    let (date, time, length) = context.words.leading_date(name)?;
    // With more behind the date it is the name of another note (`2026-08-17 Kickoff`).
    name.get(length..)?.trim().is_empty().then_some((date, time))
}

fn linked_day(
    outline: &Outline<'_>,
    line: &Line,
    start: usize,
    context: &BodyContext<'_>,
) -> Option<(NaiveDate, Option<NaiveTime>, Span)> {
    let first = outline.pieces.get(line.pieces.clone())?.first()?;
    let PieceKind::Link(place) = first.kind else { return None };
    if first.span.start != start {
        return None;
    }
    let link = &outline.links.get(place)?.link;
    let (date, time) = day_of_link(link, context)?;
    Some((date, time, link.span))
}

/// `14:32`, `9:05:30`, `14:30-15:00` (its start).
fn leading_time(text: &str) -> Option<(NaiveTime, usize)> {
    let (time, mut length) = clock(text)?;
    let rest = text.get(length..)?;
    let dash = rest.len() - rest.trim_start_matches([' ', '-', '–', '—', '~', '～']).len();
    if dash > 0
        && let Some((_, more)) = rest.get(dash..).and_then(clock)
    {
        length += dash + more;
    }
    let next = text.get(length..)?.chars().next();
    next.is_none_or(|c| !c.is_ascii_alphanumeric()).then_some((time, length))
}

fn clock(text: &str) -> Option<(NaiveTime, usize)> {
    let (hour, mut length) = digits(text)?;
    let colon = text.get(length..)?.chars().next().filter(|c| matches!(c, ':' | '：'))?;
    length += colon.len_utf8();
    let (minute, two) = digits(text.get(length..)?).filter(|(_, count)| *count == 2)?;
    length += two;
    let seconds = text.get(length..).and_then(|rest| rest.strip_prefix(':')).and_then(digits);
    if let Some((_, 2)) = seconds {
        length += 3;
    }
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, length))
}

fn digits(text: &str) -> Option<(u32, usize)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..count)?.parse().ok()?;
    (count <= 2).then_some((value, count))
}

fn after(outline: &Outline<'_>, range: Range<usize>, skipped: fn(char) -> bool) -> usize {
    let text = outline.source(range.clone());
    range.start + text.len() - text.trim_start_matches(skipped).len()
}

/// Emphasis and blanks, which may stand before a date.
pub(super) fn is_emphasis(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '~' | '=' | '\u{200b}')
}

fn is_separator(c: char) -> bool {
    is_emphasis(c) || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | ',' | '，' | '、')
}

fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ':' | '：' | '|' | ',' | '，' | '、' | '。' | '.' | ';' | '；' | '*' | '(' | '（' | '[' | '#' | '–' | '—'
        )
}
