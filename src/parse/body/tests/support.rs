//! Short forms of results, so that a test is a text and what is read from it.

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::model::entry::Entry;
use crate::model::note::NoteKind;
use crate::model::obsidian::TasksSettings;
use crate::model::span::{LineIndex, Span};
use crate::model::task::Task;
use crate::parse::body::{Body, BodyContext, read_body};
use crate::parse::words::BodyWords;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::time::TimeWords;

static TIME: LazyLock<TimeWords> = LazyLock::new(TimeWords::built_in);

/// Reads a text as the body of a note of the day 2026-11-20.
pub(super) fn read(kind: NoteKind, text: &str) -> Body {
    read_with(kind, text, &TasksSettings::default())
}

/// As [`read`], with settings of the Tasks plugin.
pub(super) fn read_with(kind: NoteKind, text: &str, tasks: &TasksSettings) -> Body {
    let lines = LineIndex::new(text);
    let note_date = NaiveDate::from_ymd_opt(2026, 11, 20);
    let words = BodyWords { words: Vocabulary::built_in(), time: &TIME };
    let context = BodyContext { kind, note_date, words, tasks, lines: &lines };
    read_body(text, Span::new(0, text.len()), &context)
}

/// `2026-01-01 LogItem call 文` for each entry.
pub(super) fn briefs(body: &Body) -> Vec<String> {
    body.entries.iter().map(brief).collect()
}

/// Date, time if any, shape, channel or `-`, text.
pub(super) fn brief(entry: &Entry) -> String {
    let time = entry.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
    format!("{}{time} {:?} {} {}", entry.date, entry.source, entry.channel.unwrap_or("-"), entry.text)
        .trim_end()
        .to_owned()
}

/// `target:Setting` for each link of all entries.
pub(super) fn links(body: &Body) -> Vec<String> {
    let nested = |entry: &Entry| entry.nested.iter().flat_map(|item| item.links.clone()).collect::<Vec<_>>();
    let all = body.entries.iter().flat_map(|entry| entry.links.iter().cloned().chain(nested(entry)));
    all.map(|found| format!("{}:{:?}", found.link.target, found.setting)).collect()
}

/// The only task of a text.
pub(super) fn only_task(text: &str) -> Task {
    let mut body = read(NoteKind::Other, text);
    assert_eq!(body.tasks.len(), 1, "{text}");
    body.tasks.remove(0)
}
