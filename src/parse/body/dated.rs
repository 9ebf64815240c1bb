//! Entries of notes that are about no one person: lines with a link or a move, under the date of the line, of the
//! heading above or of the note. In periodic and undated notes only lines with their own date are read.

use std::ops::Range;

use chrono::NaiveDate;

use crate::model::entry::{DatedBy, EntrySource};
use crate::model::fold::fold;
use crate::model::note::NoteKind;

use super::entries::{Entries, Shape};
use super::leading::Lead;
use super::outline::{Block, BlockKind};
use super::shown;

/// An item that is an entry and takes what is nested in it.
#[derive(Clone, Copy)]
struct Owner {
    end: usize,
    entry: usize,
    /// Whether it links someone; if not, nested items that do are entries of their own.
    links: Linked,
}

#[derive(Clone, Copy, PartialEq)]
enum Linked {
    Yes,
    No,
}

/// Whose date a line takes when it has none.
#[derive(Clone, Copy, PartialEq)]
enum Dates {
    /// That of the heading or the note.
    Inherited,
    /// None: only its own counts.
    OwnOnly,
}

struct Walk<'e, 'o, 't> {
    entries: &'e mut Entries<'o, 't>,
    dates: Dates,
    owners: Vec<Owner>,
    headings: Vec<(u8, Option<NaiveDate>)>,
    date_column: Option<usize>,
}

/// Reads the entries of a daily, periodic, meeting, event or other note.
pub(super) fn read(entries: &mut Entries<'_, '_>) {
    let outline = entries.outline;
    let dates = match entries.context.kind {
        NoteKind::Periodic | NoteKind::Other => Dates::OwnOnly,
        _ => Dates::Inherited,
    };
    let mut walk = Walk { entries, dates, owners: Vec::new(), headings: Vec::new(), date_column: None };
    for (place, block) in outline.blocks.iter().enumerate() {
        while walk.owners.last().is_some_and(|owner| owner.end <= place) {
            walk.owners.pop();
        }
        match block.kind {
            BlockKind::Heading(level) if block.parent.is_none() && !block.quoted => walk.heading(place, block, level),
            BlockKind::Item => walk.item(place, block),
            BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Raw(_) => walk.paragraph(place, block),
            BlockKind::TableHead => walk.table_head(block),
            BlockKind::TableRow => walk.row(place, block),
        }
    }
}

impl Walk<'_, '_, '_> {
    fn heading(&mut self, place: usize, block: &Block, level: u8) {
        self.owners.clear();
        while self.headings.last().is_some_and(|(open, _)| *open >= level) {
            self.headings.pop();
        }
        let lead = self.entries.lead(&block.lines);
        let outer = self.headings.last().and_then(|(_, date)| *date);
        self.headings.push((level, lead.date.or(outer)));
        self.line(place, block, &block.lines, &lead, EntrySource::Line);
    }

    fn item(&mut self, place: usize, block: &Block) {
        let lines = &block.lines;
        if !self.may_matter(&block.span, lines) {
            if let Some(owner) = self.owners.last() {
                self.entries.nest(owner.entry, place, block);
            }
            return;
        }
        let lead = self.entries.lead(lines);
        let field = self.entries.date_field(lines).map(|field| (field.date, field.time));
        let own_date = lead.date.or(field.map(|(date, _)| date));
        let linked = self.entries.has_links(lines, lead.link);
        // The date of an item is that of all it holds, so a dated item stands for the links below it.
        let holds_links = linked || (own_date.is_some() && self.entries.outline.has_link_in(&block.span));
        let relevant = holds_links || (self.dates == Dates::Inherited && self.entries.has_moves(lines));
        if let Some(owner) = self.owners.last().copied() {
            // A nested checkbox may be open where its parent is done, so it speaks for itself.
            let apart = relevant && (own_date.is_some() || self.entries.task(place).is_some());
            let escapes = owner.links == Linked::No && self.entries.outline.has_link_in(&block.span);
            if !apart && !escapes {
                return self.entries.nest(owner.entry, place, block);
            }
        }
        if !relevant {
            return;
        }
        let source = match (lead.date, field) {
            (Some(_), _) => EntrySource::LogItem,
            (None, Some(_)) => EntrySource::InlineField,
            (None, None) => EntrySource::Line,
        };
        let lead = Lead { date: own_date, time: lead.time.or(field.and_then(|(_, time)| time)), ..lead };
        if let Some(entry) = self.make(place, block, lines, &lead, source) {
            let links = if holds_links { Linked::Yes } else { Linked::No };
            self.owners.push(Owner { end: block.end, entry, links });
        }
    }

    fn paragraph(&mut self, place: usize, block: &Block) {
        if let Some(owner) = self.owners.last() {
            return self.entries.nest(owner.entry, place, block);
        }
        for line in block.lines.clone() {
            let line = line..line + 1;
            if !self.may_matter(&self.entries.outline.reach(line.clone()), &line) {
                continue;
            }
            let lead = self.entries.lead(&line);
            self.line(place, block, &line, &lead, EntrySource::Line);
        }
    }

    fn table_head(&mut self, block: &Block) {
        let mut columns = block.lines.clone();
        let place = columns.position(|line| {
            let name = shown::words(self.entries.outline, line..line + 1, 0, &[]);
            self.entries.context.words.log_column(&fold(&name)) == Some("date")
        });
        self.date_column = place;
    }

    /// A row takes the date of its date column, or one its first cell starts with.
    fn row(&mut self, place: usize, block: &Block) {
        if let Some(owner) = self.owners.last() {
            return self.entries.nest(owner.entry, place, block);
        }
        let first = self.entries.lead(&block.lines);
        let column = self.date_column.map(|column| block.lines.start + column);
        let cell = column.filter(|line| block.lines.contains(line)).map(|line| self.entries.lead(&(line..line + 1)));
        let dated = cell.filter(|cell| cell.date.is_some());
        let lead = match dated {
            // The words begin with the row, whatever column the date stands in.
            Some(cell) if column != Some(block.lines.start) => Lead { end: first.end, channel: first.channel, ..cell },
            Some(cell) => cell,
            None => first,
        };
        self.line(place, block, &block.lines, &lead, EntrySource::Line);
    }

    fn line(&mut self, place: usize, block: &Block, lines: &Range<usize>, lead: &Lead, source: EntrySource) {
        let linked = self.entries.has_links(lines, lead.link);
        if linked || (self.dates == Dates::Inherited && self.entries.has_moves(lines)) {
            self.make(place, block, lines, lead, source);
        }
    }

    /// Whether a stretch can be an entry: most lines of a vault link nobody, and their start need not be read.
    fn may_matter(&self, range: &Range<usize>, lines: &Range<usize>) -> bool {
        self.entries.outline.has_link_in(range) || (self.dates == Dates::Inherited && self.entries.has_moves(lines))
    }

    /// Makes the entry, if it has a date.
    fn make(
        &mut self,
        place: usize,
        block: &Block,
        lines: &Range<usize>,
        lead: &Lead,
        source: EntrySource,
    ) -> Option<usize> {
        let Some((date, dated_by)) = self.date(place, lead) else {
            self.entries.push_undated(place, block, lines, lead.end);
            return None;
        };
        let shape = Shape {
            date,
            dated_by,
            source,
            time: lead.time,
            channel: lead.channel.or_else(|| self.channel_above(block)),
            text: self.entries.words(place, lines.clone(), lead.end),
            date_link: lead.link,
        };
        Some(self.entries.push(place, block, lines, shape))
    }

    fn date(&self, place: usize, lead: &Lead) -> Option<(NaiveDate, DatedBy)> {
        let done = self.entries.done_date(place).map(|date| (date, DatedBy::DoneDate));
        let own = done.or(lead.date.map(|date| (date, DatedBy::Line)));
        if own.is_some() {
            return own;
        }
        if let Some(owner) = self.owners.last() {
            return self.entries.date_of(owner.entry);
        }
        if self.dates == Dates::OwnOnly {
            return None;
        }
        let heading = self.headings.last().and_then(|(_, date)| *date).map(|date| (date, DatedBy::Heading));
        heading.or(self.entries.context.note_date.map(|date| (date, DatedBy::Note)))
    }

    /// `- 午餐` says how the people in its nested items were met.
    fn channel_above(&self, block: &Block) -> Option<&'static str> {
        let parent = self.entries.outline.blocks.get(block.parent?)?;
        self.entries.lead(&parent.lines).channel
    }
}
