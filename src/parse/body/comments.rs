//! Comments in percent signs, `%% … %%`, which are Obsidian's and not Markdown's.
//!
//! A pair of signs in one paragraph is a comment. Signs at the start of a line open one that runs on to the next signs,
//! over any number of paragraphs, or to the end of the note. Other signs are text (`100%% sure`), unless the next ones
//! stand alone on a line and so look like an end. Signs in code and links are neither.

use std::ops::Range;

use crate::model::diagnostic::Finding;
use crate::model::entry::Setting;
use crate::model::span::Span;

use super::outline::{Outline, PieceKind};

/// One `%%`.
struct Signs {
    at: usize,
    block: usize,
    starts_line: bool,
    alone: bool,
}

/// Finds the comments and gives the links in them their setting.
pub(super) fn mark(outline: &mut Outline<'_>, findings: &mut Vec<(Span, Finding)>) {
    let signs = signs(outline);
    let mut rest = signs.as_slice();
    while let [first, after @ ..] = rest {
        let next = after.first();
        let closes = next.filter(|next| first.starts_line || next.block == first.block || next.alone);
        rest = match closes {
            Some(close) => {
                outline.comments.push(first.at..close.at + 2);
                after.get(1..).unwrap_or_default()
            }
            None if first.starts_line => {
                outline.comments.push(first.at..outline.text.len());
                findings.push((Span::new(first.at, first.at + 2), Finding::new("comment-not-closed", [])));
                after
            }
            None => after,
        };
    }
    outline.comments = apart(std::mem::take(&mut outline.comments));
    for place in 0..outline.links.len() {
        let at = outline.links.get(place).map_or(0, |found| found.link.span.start as usize);
        if outline.is_comment(at)
            && let Some(found) = outline.links.get_mut(place)
            && found.setting != Setting::Code
        {
            found.setting = Setting::Comment;
        }
    }
}

fn signs(outline: &Outline<'_>) -> Vec<Signs> {
    let mut signs = Vec::new();
    if !outline.text.contains("%%") {
        return signs;
    }
    for (place, block) in outline.blocks.iter().enumerate() {
        for line in outline.lines(block.lines.clone()) {
            let alone = outline.source(line.span.clone()).trim() == "%%";
            for piece in outline.pieces.get(line.pieces.clone()).unwrap_or_default() {
                if piece.kind != PieceKind::Text {
                    continue;
                }
                for (offset, _) in outline.source(piece.span.clone()).match_indices("%%") {
                    let at = piece.span.start + offset;
                    let starts_line = piece.span.start.saturating_sub(line.span.start) < 8
                        && outline.source(line.span.start..at).trim().is_empty();
                    signs.push(Signs { at, block: place, starts_line, alone });
                }
            }
        }
    }
    signs
}

/// Ranges in order, those that touch made one.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
