//! Affairs: a note with the key `affair`, or a heading `## Affair: …` in a note about someone, with tasks below it.

use crate::model::affair::Affair;
use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::note::{Note, NoteKind};
use crate::model::span::{LineIndex, Span};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::time::TimeWords;

use super::body::Section;
use super::dates::read_dated_text;
use super::fields::gather::Fields;
use super::fields::person::whole_day;
use super::fields::values::{as_links, as_text};
use super::front_matter::FrontMatter;
use super::kind::value_of;

/// What affairs are read from.
pub(super) struct Sources<'a> {
    pub(super) front: &'a FrontMatter,
    /// Makes the fields of its keys.
    pub(super) fields: &'a dyn Fn() -> Fields,
    pub(super) sections: &'a [Section],
    pub(super) lines: &'a LineIndex<'a>,
    /// The body.
    pub(super) body: Span,
}

/// The affairs of `note`, in file order. A day of asking that is none is left out.
pub(super) fn affairs(note: &Note, from: &Sources<'_>, words: &Vocabulary, time: &TimeWords) -> Vec<Affair> {
    match note.kind {
        NoteKind::Person | NoteKind::Owner => headed(from, words),
        _ => keyed(note, from, words, time).into_iter().collect(),
    }
}

fn headed(from: &Sources<'_>, words: &Vocabulary) -> Vec<Affair> {
    let affair = |section: &Section| {
        let (word, title) = section.heading.split_once([':', '：'])?;
        if words.key(KeyScope::Note, &fold(word)) != Some("affair") || title.trim().is_empty() {
            return None;
        }
        let (first_line, last_line) = (from.lines.line(section.content.start), from.lines.line(section.content.end));
        Some(Affair {
            title: title.trim().into(),
            people: Vec::new(),
            asked_on: None,
            line: from.lines.line(section.heading_span.start),
            first_line,
            last_line,
        })
    };
    from.sections.iter().filter_map(affair).collect()
}

fn keyed(note: &Note, from: &Sources<'_>, words: &Vocabulary, time: &TimeWords) -> Option<Affair> {
    let value = value_of(from.front, "affair", words)?;
    let fields = (from.fields)();
    let title = as_text(value).filter(|title| !title.trim().is_empty());
    let people = fields.first("attendees", words).map(|field| as_links(&field.value)).unwrap_or_default();
    let is_linked = |link: &Link| link.form != LinkForm::Plain;
    let asked_on = value_of(from.front, "asked", words).and_then(as_text).and_then(|text| {
        let read = read_dated_text(&text, time).and_then(|read| whole_day(read, &text)).ok()?;
        Some(read.value)
    });
    Some(Affair {
        title: title.map_or_else(|| note.path.stem().into(), |title| title.trim().into()),
        people: people.into_iter().filter(is_linked).collect(),
        asked_on,
        line: from.lines.line(value.span.start),
        first_line: from.lines.line(from.body.start),
        last_line: u32::MAX,
    })
}
