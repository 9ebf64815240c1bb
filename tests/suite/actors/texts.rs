//! What people make of the text of a file, and what of it can be told apart afterwards.

use std::collections::BTreeSet;

use similar::TextDiff;

use super::others::{AGENDA, ANSWERS, Change, Files};
use crate::support::{BEGIN_MARKER, END_MARKER};

/// A file after a change by a person, which no file had before.
pub(super) fn changed(path: &str, old: &[u8], change: Change, number: usize) -> Vec<u8> {
    let text = String::from_utf8_lossy(old).into_owned();
    if path == AGENDA {
        let new = match change {
            Change::Text => text.replacen("\n## ", &format!("\nremark {number}\n\n## "), 1),
            Change::Log => format!("{text}\nremark {number}\n"),
            Change::Task | Change::DoTask => answered(&text, number, ANSWERS[0]).unwrap_or(text),
            Change::DropTask => without_line(&text, "- [ ]"),
        };
        return new.into_bytes();
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let above_log = |text: &str, line: &str| match text.contains("## Log") {
        true => text.replacen("## Log", &format!("{line}{end}{end}## Log"), 1),
        false => format!("{text}{end}{line}{end}"),
    };
    let note = format!("note {number}");
    let new = match change {
        Change::Text => above_log(&text, &note),
        Change::Log if text.is_empty() || text.ends_with('\n') => {
            format!("{text}- 2026-11-{} call: {number}{end}", 10 + number % 10)
        }
        Change::Log => format!("{text}{end}- 2026-11-{} call: {number}", 10 + number % 10),
        Change::Task => above_log(&text, &format!("- [ ] task {number} 📅 2026-11-19")),
        Change::DropTask => above_log(&without_line(&text, "- [ ] task"), &note),
        Change::DoTask => above_log(&text.replacen("- [ ] task", "- [x] task", 1), &note),
    };
    new.into_bytes()
}

/// The answered lines of a text by their names.
pub(super) fn answers_in(text: &str) -> Vec<(String, String)> {
    let answered = text.lines().filter(|line| {
        let box_of = line.trim_start().strip_prefix("- [").and_then(|rest| rest.split_once("] "));
        box_of.is_some_and(|(mark, _)| ["x", "X", "-", ">"].contains(&mark))
    });
    answered.filter_map(|line| Some((line.split_once("^vs-")?.1.trim().to_owned(), line.to_owned()))).collect()
}

/// The remarks around the markers of an agenda; none for other texts, and for an agenda with something of a person
/// between them.
pub(super) fn remarks_around(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let text = str::from_utf8(bytes).ok()?;
    let (above, rest) = text.split_once(BEGIN_MARKER)?;
    let (inside, below) = rest.split_once(END_MARKER)?;
    let remarks = |text: &str| -> BTreeSet<String> {
        text.lines().filter(|line| line.starts_with("remark ")).map(str::to_owned).collect()
    };
    let is_ours = answers_in(inside).is_empty() && remarks(inside).is_empty();
    is_ours.then(|| &remarks(above) | &remarks(below))
}

/// The agenda with one of its open lines answered.
pub(super) fn answered(text: &str, item: usize, (mark, below): (&str, &str)) -> Option<String> {
    let is_open = |line: &&str| line.contains("- [ ]") && line.contains("^vs-");
    let open: Vec<&str> = text.lines().filter(is_open).collect();
    let line = *open.get(item % open.len().max(1))?;
    let new = format!("{line}\n");
    Some(text.replacen(&new, &format!("{}{below}", new.replacen("[ ]", mark, 1)), 1))
}

fn without_line(text: &str, with: &str) -> String {
    let at = text.split_inclusive('\n').position(|line| line.contains(with));
    text.split_inclusive('\n').enumerate().filter(|(place, _)| Some(*place) != at).map(|(_, line)| line).collect()
}

/// How two states of all devices differ.
pub(super) fn difference(before: &[Files], after: &[Files]) -> String {
    let mut text = String::new();
    for (old, new) in before.iter().zip(after) {
        for path in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let shown =
                |files: &Files| String::from_utf8_lossy(files.get(path).map_or(&[], Vec::as_slice)).into_owned();
            let (old, new) = (shown(old), shown(new));
            if old != new {
                text += &TextDiff::from_lines(&old, &new).unified_diff().header(path, path).to_string();
            }
        }
    }
    text
}
