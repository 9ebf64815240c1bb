//! Tags: `#` and letters of any script, digits, emoji, `_`, `-`, `/`, with at least one character that is no digit.
//!
//! A tag begins at the start of a text, behind a blank, behind Chinese punctuation, an opening bracket or emphasis; not
//! inside a word or an address.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::outline::{FoundTag, Outline, PieceKind};

/// Finds the tags of every line; none in code, comments and links.
pub(super) fn find(outline: &mut Outline<'_>) {
    let mut tags = Vec::new();
    for place in 0..outline.lines.len() {
        let first = tags.len();
        let Some(line) = outline.lines.get(place) else { continue };
        if outline.source(line.span.clone()).contains('#') {
            in_line(outline, line.span.clone(), line.pieces.clone(), &mut tags);
        }
        let last = tags.len();
        if let Some(line) = outline.lines.get_mut(place) {
            line.tags = first..last;
        }
    }
    outline.tags = tags;
}

fn in_line(outline: &Outline<'_>, line: Range<usize>, pieces: Range<usize>, tags: &mut Vec<FoundTag>) {
    for piece in outline.pieces.get(pieces).unwrap_or_default() {
        if piece.kind != PieceKind::Text {
            continue;
        }
        for (offset, _) in outline.source(piece.span.clone()).match_indices('#') {
            let at = piece.span.start + offset;
            let before = outline.source(line.start..at).chars().next_back();
            if !before.is_none_or(opens) || tags.last().is_some_and(|last: &FoundTag| at < last.span.end) {
                continue;
            }
            let length = tag_length(outline.source(at + 1..line.end));
            if length > 0 && !outline.is_comment(at) {
                tags.push(FoundTag { span: at..at + 1 + length, struck: piece.struck });
            }
        }
    }
}

/// How many bytes at the start of `text`, which follows a `#`, are a tag; 0 for none.
pub(super) fn tag_length(text: &str) -> usize {
    let end = text.find(|c| !is_tag_character(c)).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default().trim_end_matches('/');
    if name.chars().all(char::is_numeric) { 0 } else { name.len() }
}

fn is_tag_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/') || is_combining_mark(c) || is_emoji(c)
}

/// Pictures, and the joiners and tones they are made of.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}' | '\u{200d}' | '\u{20e3}' | '\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

fn opens(before: char) -> bool {
    before.is_whitespace()
        || matches!(before, '(' | '*' | '_' | '~' | '=' | '|' | ',' | ';' | '\u{200b}' | '\u{feff}')
        || matches!(before, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}'
            | '\u{ff5b}'..='\u{ff65}' | '—' | '–' | '…' | '“' | '”' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_takes_letters_of_any_script_digits_emoji_and_three_marks() {
        for (after, tag) in [
            ("a/b c", "a/b"),
            ("获得/引荐，谢谢", "获得/引荐"),
            ("2026计划", "2026计划"),
            ("y1984", "y1984"),
            ("to_do-list.", "to_do-list"),
            ("💡/灵感 x", "💡/灵感"),
            ("नमस्ते!", "नमस्ते"),
            ("a/", "a"),
            ("1984", ""),
            ("１９８４", ""),
            (" a", ""),
            ("/", ""),
            ("#", ""),
            ("", ""),
        ] {
            assert_eq!(after.get(..tag_length(after)), Some(tag), "{after}");
        }
    }
}
