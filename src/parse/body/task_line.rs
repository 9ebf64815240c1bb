//! The parts of one task line, for whoever changes it: where the mark of its box stands, and where its fields end.

use std::ops::Range;

use super::fields::without_block_id;

/// Where things stand on a task line, in bytes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// The character in the box.
    pub mark: Range<usize>,
    /// Behind its last word or field, before blanks and a block id at its end.
    pub end: usize,
}

/// The parts of a line: blanks or `>`, a bullet or number, a blank, `[c]` with any character, and a blank or the end. None
/// for any other line.
pub fn task_line(line: &str) -> Option<TaskLine> {
    let mut rest = line.trim_start_matches([' ', '\t', '>', '\u{feff}']);
    loop {
        let after = after_bullet(rest)?;
        let item = after.trim_start_matches([' ', '\t', '>']);
        let start = line.len() - item.len();
        if after.len() < rest.len()
            && (item.len() < after.len())
            && let Some((mark, _)) = super::tasks::checkbox(line, start)
        {
            let mark = start + 1..start + 1 + mark.len_utf8();
            let end = without_block_id(line).len().max(mark.end + 1);
            return Some(TaskLine { mark, end });
        }
        // `- - [ ] x`: a list in a list.
        rest = item;
    }
}

/// What follows a bullet (`-`, `*`, `+`) or a number (`1.`, `1)`).
fn after_bullet(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return Some(rest);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then(|| rest.strip_prefix(['.', ')']))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_and_the_end_of_every_kind_of_task_line_are_found() {
        for (line, mark, kept) in [
            ("- [ ] a", " ", "- [ ] a"),
            ("  * [x] a b  ", "x", "  * [x] a b"),
            ("> - [/] 跟进 ^id", "/", "> - [/] 跟进"),
            (">> 1. [?] a 📅 2026-11-20 ^a-1 ", "?", ">> 1. [?] a 📅 2026-11-20"),
            ("12) [中] a", "中", "12) [中] a"),
            ("+\t[ ]\ta", " ", "+\t[ ]\ta"),
            ("- - [ ] a", " ", "- - [ ] a"),
            ("- [ ]", " ", "- [ ]"),
            ("- [ ] ^id", " ", "- [ ]"),
        ] {
            let found = task_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[found.mark], &line[..found.end]), (mark, kept), "{line}");
        }
        for line in ["", "- a", "-[ ] a", "[ ] a", "- [] a", "- [ab] c", "- [ ]a", "1 [ ] a", "a - [ ] b", "-"] {
            assert_eq!(task_line(line), None, "{line}");
        }
    }
}
