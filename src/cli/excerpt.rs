//! The one printer of findings: place and sentence, the user's own line with a caret, what to do.

use unicode_width::UnicodeWidthChar;

use crate::render::escape;
use crate::render::style::Style;
use crate::render::wrap::{Margin, wrapped};
use crate::report::problems::Problem;

/// How many columns of the user's line are shown at most.
const WIDTH: usize = 96;
/// The part of these that stays before the caret when a long line is cut, in eighths.
const BEFORE: usize = 5;

/// A finding over several lines, without the last line end; `way` leads from the current folder to the vault, and
/// `columns` is how wide the terminal is, if it is one. A finding without a line (0) is about the file as a whole.
pub fn shown(problem: &Problem, way: &str, style: Style, columns: Option<usize>) -> String {
    let fitted =
        |text: String| columns.map_or_else(|| text.clone(), |columns| wrapped(&text, columns, Margin::Hanging));
    let path = escape::terminal(&format!("{way}{}", problem.path));
    let place = match problem.line {
        _ if problem.path.is_empty() => String::new(),
        0 => format!("{path}: "),
        line => format!("{path}:{line}:{}: ", problem.column),
    };
    let severity = format!("{}[{}]", problem.severity, problem.code);
    let severity = if problem.severity == "hint" { style.dim(&severity) } else { style.warn(&severity) };
    let mut out = fitted(format!("{}{severity}: {}", style.strong(&place), escape::terminal(&problem.message)));
    if !problem.excerpt.trim().is_empty() && problem.line > 0 {
        let number = problem.line.to_string();
        let gutter = " ".repeat(number.len());
        // Beside the line stand two blanks, its number, a bar and a blank; an ellipsis may end it.
        let room = columns.map_or(WIDTH, |columns| columns.saturating_sub(number.len() + 7)).clamp(1, WIDTH);
        let (line, caret) = pointed(&problem.excerpt, problem.column as usize, room);
        out.push_str(&format!("\n  {} {line}", style.dim(&format!("{number} |"))));
        out.push_str(&format!("\n  {} {}", style.dim(&format!("{gutter} |")), style.warn(&caret)));
    }
    if !problem.help.is_empty() {
        let help = format!("  {} {}", style.strong("help:"), escape::terminal(&problem.help));
        out.push('\n');
        out.push_str(&fitted(help));
    }
    out
}

/// The line made safe and cut to its width, and a caret that stands below the character of `column` (from 1). A
/// Chinese character is two columns wide, a tab becomes one blank, and a control takes the room of its escape.
fn pointed(line: &str, column: usize, room: usize) -> (String, String) {
    let cells: Vec<(String, usize)> = line.chars().map(cell).collect();
    let at = column.saturating_sub(1).min(cells.len());
    let width = |cells: &[(String, usize)]| cells.iter().map(|(_, width)| width).sum::<usize>();
    let (before, after) = cells.split_at(at);
    let mut first = 0;
    if width(&cells) > room {
        while width(before.get(first..).unwrap_or_default()) > room * BEFORE / 8 {
            first += 1;
        }
    }
    let before = before.get(first..).unwrap_or_default();
    let opening = if first > 0 { "…" } else { "" };
    let indent = width(before) + usize::from(first > 0);
    let mut text = String::from(opening);
    text.extend(before.iter().map(|(shown, _)| shown.as_str()));
    let mut used = indent;
    for (shown, width) in after {
        if used + width > room {
            text.push('…');
            break;
        }
        used += width;
        text.push_str(shown);
    }
    (text.trim_end().to_owned(), format!("{}^", " ".repeat(indent)))
}

fn cell(c: char) -> (String, usize) {
    let shown = if c == '\t' { " ".to_owned() } else { escape::terminal(c.encode_utf8(&mut [0; 4])) };
    let width = shown.chars().map(|c| c.width().unwrap_or(0)).sum();
    (shown, width)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn problem(line: u32, column: u32, excerpt: &str) -> Problem {
        Problem {
            code: "cadence-vague",
            severity: "warning",
            path: "人脉/张三.md".into(),
            line,
            column,
            message: "“经常”不是时间长度".into(),
            help: "写成 `2周`".into(),
            excerpt: excerpt.into(),
        }
    }

    #[test]
    fn a_caret_stands_under_its_character_behind_chinese() {
        assert_eq!(
            shown(&problem(12, 7, "联系频率: 经常"), "", Style::Plain, None),
            "人脉/张三.md:12:7: warning[cadence-vague]: “经常”不是时间长度\n  12 | 联系频率: 经常\n     |           ^\n  help: 写成 `2周`"
        );
    }

    #[test]
    fn a_finding_fits_a_narrow_terminal() {
        let problem = problem(12, 27, &"字".repeat(40));
        let text = shown(&problem, "", Style::Plain, Some(32));
        let widest = text.lines().map(UnicodeWidthStr::width).max();
        assert!(widest <= Some(32), "{text}");
    }

    #[test]
    fn a_finding_about_a_whole_file_has_no_line() {
        assert_eq!(
            shown(&problem(0, 0, ""), "notes/", Style::Plain, None),
            "notes/人脉/张三.md: warning[cadence-vague]: “经常”不是时间长度\n  help: 写成 `2周`"
        );
    }

    #[test]
    fn tabs_and_controls_keep_the_caret_in_place() {
        assert_eq!(pointed("\ta\u{1b}b", 4, WIDTH), (" a\\u{1b}b".into(), "        ^".into()));
        assert_eq!(pointed("ab", 9, WIDTH), ("ab".into(), "  ^".into()), "past the end");
        assert_eq!(pointed("ab", 0, WIDTH), ("ab".into(), "^".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_its_caret() {
        let line = "字".repeat(190);
        let (text, caret) = pointed(&line, 150, WIDTH);
        assert!(text.starts_with('…') && text.ends_with('…'));
        assert_eq!(caret.len(), 1 + WIDTH * BEFORE / 8 + 1);
        let width: usize = text.chars().map(|c| c.width().unwrap_or(0)).sum();
        assert!(width <= WIDTH + 1, "{width}");
    }
}
