//! Where and how log lines go into a person's note.
//!
//! The place is found by the parser that reads logs, and what would be written is read by it before it is: an edit that
//! changes any other entry, or whose lines are not read as what they say, is not made.

mod proof;
mod wording;

#[cfg(test)]
mod tests;

use crate::model::language::{Language, language_of};
use crate::model::span::Span;
use crate::parse::body::log_place::{LogPlace, LogSection, Neighbour, has_block_id, log_places, nested_indent};
use crate::vocabulary::time::TimeWords;

use self::proof::{Reader, is_sound};
use self::wording::{Wording, lines_of};
use super::context::WriteContext;
use super::intent::{Log, LogLine};
use super::refusal::Refusal;
use super::splice::{NoteText, Splice};

/// The blanks of one level where no item of the note is nested: as wide as `- `, so right under every reader.
const NESTED_INDENT: &str = "  ";

/// The edit that puts the lines of `log` into `note`; none if all their ids are there already.
///
/// # Errors
/// No place in the note where the lines would be read as they are meant, as where code is never closed.
pub fn append(note: &NoteText<'_>, log: &Log, context: &WriteContext<'_>) -> Result<Option<Splice>, Refusal> {
    let body = note.body();
    let whole = Span::new(0, body.len());
    let lines = new_lines(&log.lines, |id| has_block_id(body, whole, id));
    if lines.is_empty() {
        return Ok(None);
    }
    let time = TimeWords::built_in();
    let reader = Reader::new(context, &time);
    // The heading speaks as the lines below it do.
    let language = lines.iter().find_map(|line| told_in(line)).unwrap_or(context.language);
    let step = nested_indent(body, whole).unwrap_or_else(|| NESTED_INDENT.to_owned());
    let old = reader.read(body);
    for place in reader.places(body, log_places) {
        for wording in [Wording::AsMeant, Wording::Harmless] {
            let written: Vec<String> =
                lines.iter().flat_map(|line| lines_of(line, &place.indent, &step, wording)).collect();
            let text = around(note, &place, &written, context.words.label("log-heading", language.tag()));
            let Some(splice) = note.splice(place.at..place.at, &text) else { continue };
            let after = splice.new().get(note.body_start()..).unwrap_or_default();
            if is_sound(&old, &reader.read(after), place.at, text.len(), &lines) {
                return Ok(Some(splice));
            }
        }
    }
    Err(Refusal::NoPlaceInLog)
}

/// The language of a line's own words.
fn told_in(line: &LogLine) -> Option<Language> {
    language_of(&line.text).or_else(|| language_of(line.channel.as_deref()?))
}

/// The lines whose id is neither in the note nor on an earlier line.
fn new_lines(lines: &[LogLine], is_there: impl Fn(&str) -> bool) -> Vec<&LogLine> {
    let mut kept: Vec<&LogLine> = Vec::with_capacity(lines.len());
    for line in lines {
        let twice =
            line.id.as_ref().is_some_and(|id| is_there(id) || kept.iter().any(|one| one.id.as_ref() == Some(id)));
        if !twice {
            kept.push(line);
        }
    }
    kept
}

/// The lines with the heading and the blank lines they need where they go, ended as their neighbours are.
fn around(note: &NoteText<'_>, place: &LogPlace, lines: &[String], heading: &str) -> String {
    let probe = note.splice(0..0, "");
    let old = probe.as_ref().map_or("", Splice::old);
    let (before, after) = old.split_at_checked(note.body_start() + place.at).unwrap_or((old, ""));
    let end = line_end(before, after);
    let mut text = String::new();
    if !before.is_empty() && !before.ends_with('\n') && before != "\u{feff}" {
        text.push_str(end);
    }
    let starts_note = before.trim_start_matches('\u{feff}').is_empty();
    // Above another entry the lines stand as it stood.
    let stands_apart = place.above != Neighbour::TightItem && place.below == Neighbour::Other;
    if !starts_note && !ends_blank(before) && (place.section == LogSection::Missing || stands_apart) {
        text.push_str(end);
    }
    if place.section == LogSection::Missing {
        text.extend(["## ", heading, end, end]);
    }
    for (place_of_line, line) in lines.iter().enumerate() {
        let is_item = !line.starts_with([' ', '\t']) || line.len() - line.trim_start().len() == place.indent.len();
        if place_of_line > 0 && is_item && place.above == Neighbour::LooseItem {
            text.push_str(end);
        }
        text.extend([line.as_str(), end]);
    }
    if needs_blank_below(place, after) {
        text.push_str(end);
    }
    text
}

fn needs_blank_below(place: &LogPlace, after: &str) -> bool {
    let next = after.split('\n').next().unwrap_or_default();
    if after.is_empty() || next.trim().is_empty() {
        return false;
    }
    match place.below {
        Neighbour::TightItem => false,
        Neighbour::LooseItem => true,
        // A heading may follow a list at once, as it did before.
        Neighbour::Other => place.above == Neighbour::Other || !next.starts_with("# ") && !next.starts_with("##"),
    }
}

/// Whether a blank line stands last.
fn ends_blank(text: &str) -> bool {
    let Some(line) = text.strip_suffix('\n') else { return false };
    line.rsplit('\n').next().is_some_and(|last| last.trim().is_empty())
}

/// The line end of the nearest line above, else of the nearest below.
fn line_end(before: &str, after: &str) -> &'static str {
    let of = |text: &str, at: Option<usize>| {
        at.map(|at| if text.get(..at).is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" })
    };
    of(before, before.rfind('\n')).or_else(|| of(after, after.find('\n'))).unwrap_or("\n")
}
