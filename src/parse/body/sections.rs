//! Sections: a heading of the note's own level and what stands below it.

use crate::model::span::Span;

use super::outline::{BlockKind, Outline, span};
use super::{Section, shown};

/// The sections of the bytes `body`, in file order; those of lower level lie inside others.
pub(super) fn read(outline: &Outline<'_>, body: Span) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for block in &outline.blocks {
        let BlockKind::Heading(level) = block.kind else { continue };
        if block.parent.is_some() || block.quoted {
            continue;
        }
        while let Some(place) = open.last().copied()
            && let Some(section) = sections.get_mut(place)
            && section.level >= level
        {
            section.content.end = section.content.end.min(Span::new(block.span.start, block.span.start).start);
            open.pop();
        }
        let whole = outline.source(block.span.clone());
        let end = block.span.start + whole.trim_end().len();
        open.push(sections.len());
        sections.push(Section {
            heading: shown::words(outline, block.lines.clone(), 0, &[]),
            level,
            heading_span: span(&(block.span.start..end)),
            content: Span::new(block.span.end, (body.end as usize).max(block.span.end)),
            has_content: false,
        });
    }
    let headings: Vec<Span> = sections.iter().map(|section| section.heading_span).collect();
    for (place, section) in sections.iter_mut().enumerate() {
        section.has_content = has_content(outline, section.content, headings.get(place + 1..).unwrap_or_default());
    }
    sections
}

/// Whether a word stands in `content` outside comments and further headings. Bullets and empty boxes are no words.
fn has_content(outline: &Outline<'_>, content: Span, headings: &[Span]) -> bool {
    let content = content.range();
    let mut from = content.start;
    let mut headings = headings.iter().map(|heading| heading.range()).take_while(|h| h.start < content.end);
    loop {
        let heading = headings.next();
        let end = heading.as_ref().map_or(content.end, |heading| heading.start);
        if has_word(outline, from..end) {
            return true;
        }
        let Some(heading) = heading else { return false };
        from = heading.end;
    }
}

fn has_word(outline: &Outline<'_>, range: std::ops::Range<usize>) -> bool {
    let mut from = range.start;
    for comment in outline.comments_in(&range) {
        if outline.source(from..comment.start.max(from)).contains(is_word) {
            return true;
        }
        from = comment.end;
    }
    outline.source(from..range.end.max(from)).contains(is_word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || (!c.is_ascii() && !c.is_whitespace() && !('\u{2000}'..='\u{206f}').contains(&c) && c != '\u{feff}')
}
