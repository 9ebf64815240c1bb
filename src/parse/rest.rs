//! Which of a meeting note's text stands under its known headings, and whether anything stands elsewhere.

use crate::model::entry::{EntrySource, Setting};
use crate::model::fold::fold;
use crate::model::link::Link;
use crate::model::span::Span;
use crate::model::task::TaskState;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::keys::KeyScope;

use super::body::Body;
use super::fields::occasion::{BodyRest, HeadedText};

/// Headings under which text does not yet mean that the meeting took place.
const BEFORE: [&str; 4] = ["goal", "prep", "attendees", "place"];

/// The texts under headings that name a key, in file order.
pub fn headed_texts<'t>(text: &'t str, body: &Body, words: &Vocabulary) -> Vec<HeadedText<'t>> {
    let headed = body.sections.iter().filter_map(|section| {
        let key = words.section(&fold(&section.heading))?;
        let content = if section.has_content { text.get(section.content.range())? } else { "" };
        Some(HeadedText { key, text: content, span: section.content, links: links_below(body, section.content) })
    });
    headed.collect()
}

/// Who is named below a heading by lines that may count: not in open or cancelled boxes, quotes, code and the like.
fn links_below(body: &Body, content: Span) -> Vec<Link> {
    let below = body.entries.iter().filter(|entry| content.range().contains(&(entry.span.start as usize)));
    let told = below.filter(|entry| {
        matches!(entry.source, EntrySource::Attendees | EntrySource::Met)
            && entry.setting == Setting::Plain
            && matches!(entry.task, None | Some(TaskState::Done))
    });
    let links = told.flat_map(|entry| entry.links.iter().chain(entry.nested.iter().flat_map(|item| &item.links)));
    links.filter(|found| found.setting == Setting::Plain).map(|found| found.link.clone()).collect()
}

/// Whether a meeting note's body says more than goal and preparation. Headings, known fields, open boxes, rules and
/// lines of tags alone say nothing about a meeting that took place.
pub fn body_rest(text: &str, at: Span, body: &Body, headed: &[HeadedText<'_>], words: &Vocabulary) -> BodyRest {
    let before: Vec<Span> =
        headed.iter().filter(|headed| BEFORE.contains(&headed.key)).map(|headed| headed.span).collect();
    let known_field = |start: usize, end: usize| {
        body.fields.iter().any(|field| {
            (start..end).contains(&(field.key_span.start as usize))
                && words.key(KeyScope::Event, &fold(&field.key)).is_some()
        })
    };
    let mut start = at.start as usize;
    let mut comment = false;
    for line in text.get(at.range()).unwrap_or_default().split_inclusive('\n') {
        let end = start + line.len();
        let inside = before.iter().any(|span| span.range().contains(&start));
        let content = line.trim();
        let opens = content.starts_with("<!--") || content.starts_with("%%");
        if opens && !comment {
            comment = true;
        }
        if !inside && !comment && says_something(content) && !known_field(start, end) {
            return BodyRest::Written;
        }
        if comment && (content.ends_with("-->") || (content.ends_with("%%") && (content.len() > 2 || !opens))) {
            comment = false;
        }
        start = end;
    }
    BodyRest::Empty
}

fn says_something(line: &str) -> bool {
    if line.starts_with('#') || line.contains("[ ]") {
        return false;
    }
    let word = |word: &str| !word.starts_with('#') && word.chars().any(char::is_alphanumeric);
    line.split_whitespace().any(word)
}
