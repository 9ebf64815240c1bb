//! A log line as text: one line that means what it says, and items below it.
//!
//! Text comes from people. What would make it another thing than text at its place (a box, a fence, a heading, a second
//! date) is escaped, so that it reads the same and means nothing more.

use crate::parse::body::task_line::task_line;

use super::super::intent::LogLine;

/// How much of what people wrote keeps its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    /// Links, tags, fields, open boxes of nested items.
    AsMeant,
    /// Nothing that would make an entry or a task of its own.
    Harmless,
}

/// The line and those nested in it, without line ends, after `indent`; each level is `step` further in.
pub(super) fn lines_of(line: &LogLine, indent: &str, step: &str, wording: Wording) -> Vec<String> {
    let mut first = format!("{indent}- {}", line.date.format("%Y-%m-%d"));
    let text = one_line(&line.text);
    match &line.channel {
        Some(channel) => {
            let channel = one_line(channel);
            first.extend([" ", &channel]);
            if !text.is_empty() {
                first.push_str(if channel.ends_with(is_wide) { "：" } else { ": " });
            }
        }
        None if wording == Wording::Harmless && !text.is_empty() => first.push_str(": "),
        None if !text.is_empty() => first.push(' '),
        None => {}
    }
    first.push_str(&without_open_comment(&text));
    if let Some(id) = &line.id {
        first.extend([" ^", id]);
    }
    let mut lines = vec![first];
    lines.extend(nested(&line.nested, indent, step, wording));
    lines
}

/// The items below, their levels kept and written in the note's own manner.
fn nested(items: &[String], indent: &str, step: &str, wording: Wording) -> Vec<String> {
    let mut open: Vec<usize> = Vec::new();
    let mut lines = Vec::new();
    for item in items {
        let text = one_line(item);
        if text.is_empty() {
            continue;
        }
        let width = width_of_indent(item);
        while open.last().is_some_and(|outer| *outer >= width) {
            open.pop();
        }
        open.push(width);
        let text =
            text.strip_prefix(['-', '*', '+']).filter(|rest| rest.is_empty() || rest.starts_with(' ')).unwrap_or(&text);
        let text = escaped(text.trim(), wording);
        if text.is_empty() {
            open.pop();
            continue;
        }
        lines.push(format!("{indent}{}- {text}", step.repeat(open.len())));
    }
    lines
}

fn width_of_indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| *c == ' ' || *c == '\t');
    blanks.fold(0, |width, c| if c == '\t' { width / 4 * 4 + 4 } else { width + 1 })
}

/// Text without line ends and control characters, blanks around it cut.
pub(super) fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let spaced: String = text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// The text of a nested item, made harmless.
fn escaped(text: &str, wording: Wording) -> String {
    let text = without_open_comment(text);
    if wording == Wording::Harmless {
        // A dash before it: a date is then no date of an entry, and a box no box.
        return format!("– {}", text.replace("::", ":\\:").replace("：：", "： ："));
    }
    if starts_a_block(&text) { format!("\\{text}") } else { text }
}

/// Whether a text at the start of an item would be more than a line of text, an open box excepted.
fn starts_a_block(text: &str) -> bool {
    let hashes = text.trim_start_matches('#');
    let is_heading = hashes.len() < text.len() && (hashes.is_empty() || hashes.starts_with(' '));
    let bare = text.replace(' ', "");
    let is_rule = ['-', '*', '_'].iter().any(|mark| bare.len() > 2 && bare.chars().all(|c| c == *mark));
    let is_fence = text.starts_with("```") || text.starts_with("~~~");
    let is_definition = text.starts_with('[') && text.contains("]:") && !text.starts_with("[[");
    let is_table = text.starts_with('|');
    let is_html = text.starts_with('<');
    let is_box = task_line(&format!("- {text}")).is_some() && !text.starts_with("[ ]");
    is_heading || is_rule || is_fence || is_definition || is_table || is_html || is_box
}

/// A comment that does not end in its line would go on into the next.
fn without_open_comment(text: &str) -> String {
    if text.matches("%%").count().is_multiple_of(2) { text.to_owned() } else { text.replace("%%", "\\%\\%") }
}

/// Whether a character belongs to a script that is set full width, and takes full-width marks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
