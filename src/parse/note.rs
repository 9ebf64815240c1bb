//! One note, whole: front matter, kind, fields and body put together. Called for each file by itself; never fails.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::entry::{DatedBy, Entry, EntryLink, EntrySource, Setting};
use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::note::{FrontMatterOutcome, Note, NoteKind, Occasion, Tag};
use crate::model::obsidian::{ObsidianSettings, PeriodKind};
use crate::model::path::NotePath;
use crate::model::person::Status;
use crate::model::span::{LineIndex, Span};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::time::TimeWords;

use super::affairs::{Sources, affairs};
use super::body::merge::conflicts;
use super::body::{Body, BodyContext, read_body};
use super::dates::wrong_weekday;
use super::fields::gather::{Fields, RawField};
use super::fields::occasion::{NoteDate, note_date, read_occasion};
use super::fields::person::{PersonContext, read_person};
use super::fields::values::{Split, as_links, as_list, texts};
use super::front_matter::tree::Node;
use super::front_matter::{FrontMatter, read_front_matter};
use super::kind::{class_of, is_archived, tags_of, value_of};
use super::leading_date::{date_in_name, leading_date};
use super::periodic::PeriodicNotes;
use super::rest::{body_rest, headed_texts};
use super::templates::is_template;
use super::weight::is_too_heavy;
use super::words::BodyWords;

/// What is said of a `date` that may never have been meant as a day.
const NO_WHOLE_DAY: [&str; 7] = [
    "date-unread",
    "date-relative",
    "date-not-whole",
    "date-without-year",
    "date-year-outside",
    "date-lunar-or-solar",
    "lunar-date-here",
];

/// What every note of one vault is read with.
pub struct ParseContext<'a> {
    /// The words of both languages.
    pub words: &'a Vocabulary,
    /// The words of time.
    pub time: &'a TimeWords,
    /// Obsidian's settings.
    pub obsidian: &'a ObsidianSettings,
    /// Daily and periodic notes.
    pub periodic: &'a PeriodicNotes,
}

/// What a note's name says before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameRole {
    /// Nothing in particular.
    Ordinary,
    /// It is a copy that a sync program made; of which note, if that is known.
    ConflictCopy(Box<str>),
}

/// Reads one note.
pub fn parse_note(path: &NotePath, text: &str, role: &NameRole, context: &ParseContext<'_>) -> (Note, Vec<Diagnostic>) {
    let lines = LineIndex::new(text);
    let words = context.words;
    let known = |key: &str| {
        let folded = fold(key);
        words.combined_key(&folded).is_some()
            || [KeyScope::Owner, KeyScope::Event].iter().any(|scope| words.key(*scope, &folded).is_some())
    };
    let mut front = read_front_matter(text, &known);
    let mut findings: Vec<(Span, Finding)> = Vec::new();
    if text.get(front.body.range()).is_some_and(is_too_heavy) {
        findings.push((Span::default(), Finding::new("note-too-heavy", [])));
        front.body = Span::new(front.body.range().start, front.body.range().start);
    }
    let mut note = bare_note(path, &front);

    let named_day;
    (note.kind, named_day) = kind_of(path, text, role, &front, context, &mut findings);
    if is_silent(note.kind) {
        if note.kind == NoteKind::Generated || note.kind == NoteKind::Template {
            return (note, Vec::new());
        }
        return (note, placed(findings, path, &lines));
    }
    findings.extend(front.findings.iter().cloned());

    let keyed = key_fields(&front);
    let scope = scope_of(note.kind);
    let early = Fields::gather(keyed.clone(), scope, words);
    if dated(note.kind) {
        let mut about_date = Vec::new();
        note.date = date_of(path, named_day, &early, context, &mut about_date);
        // A recipe's `time: 30 min` and a book's `date: 1998` are nobody's mistake.
        about_date.retain(|(_, finding)| note.kind != NoteKind::Other || !NO_WHOLE_DAY.contains(&finding.code));
        findings.extend(about_date);
    }
    if note.kind == NoteKind::Other && note.date.is_some() {
        note.kind = NoteKind::Dated;
    }

    let mut body = read_body(
        text,
        front.body,
        &BodyContext {
            kind: note.kind,
            note_date: note.date,
            words: BodyWords { words, time: context.time },
            tasks: &context.obsidian.tasks,
            lines: &lines,
        },
    );
    note.aliases = value_of(&front, "aliases", words)
        .map(|value| texts(as_list(value, Split::AtSeparators, words)))
        .unwrap_or_default();
    let front_tags = value_of(&front, "tags", words).map(|value| tags_of(value, words)).unwrap_or_default();
    note.tags = front_tags.into_iter().map(|(name, span)| Tag { name, span }).collect();

    match note.kind {
        NoteKind::Person | NoteKind::Owner => {
            add_person(&mut note, keyed, &body, scope, &lines, context, &mut findings);
        }
        NoteKind::Meeting | NoteKind::Event => {
            name_sources(&mut body, words);
            let sources = Halves { text, at: front.body, keyed, body: &body };
            add_occasion(&mut note, sources, scope, context, &mut findings);
        }
        NoteKind::Daily | NoteKind::Dated => add_attendees(&mut note, &early, words),
        _ => {}
    }
    add_front_links(&mut note, &front, &lines, words);

    let fields = || Fields::gather(key_fields(&front), KeyScope::Meeting, words);
    let sources = Sources { front: &front, fields: &fields, sections: &body.sections, lines: &lines, body: front.body };
    note.affairs = affairs(&note, &sources, words, context.time);
    let Body { entries, undated, tasks, tags, findings: from_body, .. } = body;
    note.entries.extend(entries);
    note.undated = undated;
    note.tasks = tasks;
    note.tags.extend(tags);
    findings.extend(from_body);
    (note, placed(findings, path, &lines))
}

/// A note known by name only: too large, not text, in an unknown encoding.
pub fn unread_note(path: &NotePath) -> Note {
    Note {
        path: path.clone(),
        kind: NoteKind::Other,
        aliases: Vec::new(),
        date: None,
        person: None,
        occasion: None,
        entries: Vec::new(),
        undated: Vec::new(),
        tasks: Vec::new(),
        affairs: Vec::new(),
        tags: Vec::new(),
        front_matter: FrontMatterOutcome::Absent,
    }
}

fn bare_note(path: &NotePath, front: &FrontMatter) -> Note {
    Note { front_matter: front.outcome, ..unread_note(path) }
}

/// What the note is, and for a daily note the day its name gives.
fn kind_of(
    path: &NotePath,
    text: &str,
    role: &NameRole,
    front: &FrontMatter,
    context: &ParseContext<'_>,
    findings: &mut Vec<(Span, Finding)>,
) -> (NoteKind, Option<NaiveDate>) {
    let words = context.words;
    if value_of(front, "generated_by", words).is_some() {
        return (NoteKind::Generated, None);
    }
    if let NameRole::ConflictCopy(base) = role {
        findings.push((Span::default(), Finding::new("conflict-copy", [base])));
        return (NoteKind::ConflictCopy, None);
    }
    if let Some(conflicts) = conflicts(text, Span::new(0, front.body.range().end)) {
        findings.extend(conflicts.into_iter().map(|conflict| {
            let finding = match conflict.lines {
                Some(lines) => {
                    let [open, middle, close] = lines.map(|line| line.to_string());
                    Finding::new("merge-conflict", [&open, &middle, &close])
                }
                None => Finding::new("merge-markers", []),
            };
            (conflict.span, finding)
        }));
        return (NoteKind::Damaged, None);
    }
    let stem = |stem: &str| words.is_template_stem(stem);
    let folder = |folder: &str| words.is_template_folder(folder);
    if front.template || is_template(path, context.obsidian, stem, folder) {
        return (NoteKind::Template, None);
    }
    if let Some(kind) = class_of(path, front, words, context.time, findings) {
        return (kind, None);
    }
    match context.periodic.recognise(path) {
        Some(periodic) if periodic.kind == PeriodKind::Day => (NoteKind::Daily, periodic.date),
        Some(_) => (NoteKind::Periodic, None),
        None => (NoteKind::Other, None),
    }
}

/// Notes of which no facts are read.
fn is_silent(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Generated | NoteKind::ConflictCopy | NoteKind::Damaged | NoteKind::Template)
}

/// Notes that may have a date of their own; a person note never has.
fn dated(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Daily | NoteKind::Meeting | NoteKind::Event | NoteKind::Other)
}

fn scope_of(kind: NoteKind) -> KeyScope {
    match kind {
        NoteKind::Owner => KeyScope::Owner,
        NoteKind::Person => KeyScope::Person,
        NoteKind::Event => KeyScope::Event,
        _ => KeyScope::Meeting,
    }
}

fn key_fields(front: &FrontMatter) -> Vec<RawField> {
    let field = |field: &super::front_matter::Field| RawField {
        key: field.key.clone(),
        key_span: field.key_span,
        value: field.value.clone(),
    };
    front.fields.iter().map(field).collect()
}

/// Front-matter fields, then those of the body whose keys are known.
fn all_fields(mut keyed: Vec<RawField>, body: &Body) -> Vec<RawField> {
    let from_body = body.fields.iter().map(|field| RawField {
        key: field.key.clone(),
        key_span: field.key_span,
        value: Node::plain(&field.value, field.value_span),
    });
    keyed.extend(from_body);
    keyed
}

/// A daily note's date is its name; another's is its `date` key, else its stem. A clash is told.
fn date_of(
    path: &NotePath,
    named_day: Option<NaiveDate>,
    fields: &Fields,
    context: &ParseContext<'_>,
    findings: &mut Vec<(Span, Finding)>,
) -> Option<NaiveDate> {
    let NoteDate { date: keyed, .. } = note_date(fields, context.words, context.time, findings);
    let named = named_day.or_else(|| date_in_name(path.stem(), context.time));
    if let Some(wrong) = leading_date(path.stem(), context.time).filter(|found| found.wrong_weekday.is_some()) {
        findings.push((Span::default(), wrong_weekday(path.stem(), wrong.date)));
    }
    match (named, keyed) {
        (Some(named), Some((keyed, span))) if named != keyed => {
            let finding = Finding::new("date-clash", [&named.to_string(), &keyed.to_string()]);
            findings.push((span, finding));
        }
        _ => {}
    }
    match named_day {
        Some(day) => Some(day),
        None => keyed.map(|(date, _)| date).or(named),
    }
}

fn add_person(
    note: &mut Note,
    keyed: Vec<RawField>,
    body: &Body,
    scope: KeyScope,
    lines: &LineIndex<'_>,
    context: &ParseContext<'_>,
    findings: &mut Vec<(Span, Finding)>,
) {
    let words = context.words;
    let mut fields = Fields::gather(all_fields(keyed, body), scope, words);
    let stem = words.note_name(note.path.as_str(), fold).to_owned();
    let name = fields.first("name", words).and_then(|field| super::fields::values::as_text(&field.value));
    fields.drop_idle_titles(&[&stem, name.as_deref().unwrap_or_default()], words);
    findings.extend(fields.conflicts(words));
    let person_context = PersonContext { words, time: context.time, lines };
    let mut person = read_person(&fields, &stem, &person_context, findings);
    if is_archived(&note.path, words) && person.status.is_none() {
        person.status = Some(Status::Archived);
    }
    note.aliases = person.aliases.clone();
    note.person = Some(Arc::new(person));
}

/// The keys of an occasion that say who was there, with what their entries are called.
const PEOPLE_KEYS: [(EntrySource, &str); 2] = [(EntrySource::Attendees, "attendees"), (EntrySource::Met, "met")];

/// Lines below a heading that says who was there are told as such, and a line that is such a key as a field gives its
/// entry by the key alone: each person once, for one reason.
fn name_sources(body: &mut Body, words: &Vocabulary) {
    let named = |key: Option<&str>| PEOPLE_KEYS.into_iter().find(|(_, name)| Some(*name) == key);
    let sections: Vec<(EntrySource, Span)> = body
        .sections
        .iter()
        .filter_map(|section| Some((named(words.section(&fold(&section.heading)))?.0, section.content)))
        .collect();
    let people_fields: Vec<u32> = body
        .fields
        .iter()
        .filter(|field| named(words.key(KeyScope::Event, &fold(&field.key))).is_some())
        .map(|field| field.key_span.start)
        .collect();
    body.entries.retain(|entry| {
        let within = |at: &u32| (entry.span.start..entry.span.end).contains(at);
        let is_field =
            people_fields.get(people_fields.partition_point(|at| *at < entry.span.start)).is_some_and(within);
        !is_field || !entry.moves.is_empty()
    });
    for entry in body.entries.iter_mut().filter(|entry| entry.source == EntrySource::Line) {
        let below = |section: &&(EntrySource, Span)| section.1.range().contains(&(entry.span.start as usize));
        if let Some((source, _)) = sections.iter().find(below) {
            entry.source = *source;
        }
    }
}

/// Both halves of a note: its keys and its body.
struct Halves<'t> {
    text: &'t str,
    at: Span,
    keyed: Vec<RawField>,
    body: &'t Body,
}

fn add_occasion(
    note: &mut Note,
    halves: Halves<'_>,
    scope: KeyScope,
    context: &ParseContext<'_>,
    findings: &mut Vec<(Span, Finding)>,
) {
    let words = context.words;
    let Halves { text, at, keyed, body } = halves;
    let fields = Fields::gather(all_fields(keyed, body), scope, words);
    findings.extend(fields.conflicts(words));
    let headed = headed_texts(text, body, words);
    let rest = body_rest(text, at, body, &headed, words);
    let occasion = read_occasion(&fields, &headed, rest, words, context.time, findings);
    if let Some(date) = note.date {
        let title = occasion_title(&occasion, note);
        for (source, key) in PEOPLE_KEYS {
            let listed = fields.first(key, words).map(|field| as_links(&field.value)).unwrap_or_default();
            note.entries.extend(people_entries(date, source, &listed, &title));
        }
    }
    note.occasion = Some(Box::new(occasion));
}

/// The title by key, else the file name without its date.
fn occasion_title(occasion: &Occasion, note: &Note) -> Box<str> {
    occasion.title.clone().unwrap_or_else(|| {
        let stem = note.path.stem();
        let undated = stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '));
        if undated.is_empty() { stem.into() } else { undated.into() }
    })
}

fn add_attendees(note: &mut Note, fields: &Fields, words: &Vocabulary) {
    let Some(date) = note.date else { return };
    let attendees = fields.first("attendees", words).map(|field| as_links(&field.value)).unwrap_or_default();
    // Plain words under such a key in a diary are as likely no names; only links are taken.
    let linked: Vec<Link> = attendees.into_iter().filter(|link| link.form != LinkForm::Plain).collect();
    note.entries.extend(people_entries(date, EntrySource::Attendees, &linked, ""));
}

/// An entry for each of the people a key lists, as each may stand on a line of its own.
fn people_entries<'p>(
    date: NaiveDate,
    source: EntrySource,
    people: &'p [Link],
    title: &'p str,
) -> impl Iterator<Item = Entry> + 'p {
    people.iter().map(move |link| Entry {
        date,
        time: None,
        dated_by: DatedBy::Note,
        source,
        setting: Setting::Plain,
        task: None,
        channel: None,
        text: title.into(),
        links: vec![EntryLink { link: link.clone(), setting: Setting::Plain }],
        moves: Vec::new(),
        fields: Vec::new(),
        nested: Vec::new(),
        id: None,
        span: link.span,
        line: 0,
    })
}

/// Links in other front-matter keys of a dated note: no contact, but `why` tells of them.
fn add_front_links(note: &mut Note, front: &FrontMatter, lines: &LineIndex<'_>, words: &Vocabulary) {
    for entry in &mut note.entries {
        entry.line = lines.line(entry.span.start);
    }
    let Some(date) = note.date else { return };
    for field in &front.fields {
        let key = words.key(KeyScope::Event, &fold(&field.key));
        if matches!(key, Some("attendees" | "met" | "aliases" | "tags" | "categories")) {
            continue;
        }
        let linked = as_links(&field.value).into_iter().filter(|link| link.form != LinkForm::Plain).collect::<Vec<_>>();
        note.entries.extend(people_entries(date, EntrySource::FrontMatter, &linked, &field.key).map(|mut entry| {
            entry.line = lines.line(entry.span.start);
            entry
        }));
    }
}

fn placed(mut findings: Vec<(Span, Finding)>, path: &NotePath, lines: &LineIndex<'_>) -> Vec<Diagnostic> {
    findings.sort_by_key(|(span, finding)| (span.start, span.end, finding.code));
    findings.dedup();
    findings.into_iter().map(|(span, finding)| finding.at(path, lines, span)).collect()
}
