//! Entries of a person note: dated items, dated headings with their bodies, rows of the log table, links to days and
//! fields with a date.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use crate::model::entry::{DatedBy, EntrySource, Setting};
use crate::model::fold::fold;

use super::entries::{DateField, Entries, Shape};
use super::leading::{self, Lead};
use super::outline::{Block, BlockKind};
use super::shown;

/// A heading whose section is not yet over.
struct Heading {
    level: u8,
    entry: Option<usize>,
}

/// Which columns of the present table hold what.
#[derive(Default)]
struct Columns {
    date: Option<usize>,
    channel: Option<usize>,
}

struct Walk<'e, 'o, 't> {
    entries: &'e mut Entries<'o, 't>,
    /// Items that are entries, with the block each ends before.
    items: Vec<(usize, usize)>,
    headings: Vec<Heading>,
    /// The level of the log heading we are below.
    log: Option<u8>,
    columns: Columns,
}

/// Reads the entries of a person note.
pub(super) fn read(entries: &mut Entries<'_, '_>) {
    let outline = entries.outline;
    let mut walk = Walk { entries, items: Vec::new(), headings: Vec::new(), log: None, columns: Columns::default() };
    for (place, block) in outline.blocks.iter().enumerate() {
        while walk.items.last().is_some_and(|(end, _)| *end <= place) {
            walk.items.pop();
        }
        match block.kind {
            BlockKind::Heading(level) if block.parent.is_none() && !block.quoted => walk.heading(place, block, level),
            BlockKind::Heading(_) | BlockKind::Paragraph => walk.paragraph(place, block),
            BlockKind::Item => walk.item(place, block),
            BlockKind::TableHead => walk.table_head(block),
            BlockKind::TableRow => walk.row(place, block),
            BlockKind::Raw(_) => {}
        }
    }
}

impl<'o> Walk<'_, 'o, '_> {
    fn heading(&mut self, place: usize, block: &Block, level: u8) {
        self.items.clear();
        let lead = self.entries.lead(&block.lines);
        let words = self.entries.words(place, block.lines.clone(), 0);
        if self.log.is_some_and(|log| level <= log) {
            self.log = None;
        }
        if self.entries.context.words.is_log_heading(&fold(&words)) {
            self.log = self.log.or(Some(level));
        }
        while self.headings.last().is_some_and(|open| open.level >= level) {
            self.headings.pop();
        }
        let entry = match lead.date {
            Some(date) => {
                let shape = self.shape(place, block, &lead, date, EntrySource::DatedHeading);
                Some(self.entries.push(place, block, &block.lines, shape))
            }
            None => {
                match self.body() {
                    Some(_) => self.add_to_body(place, block),
                    // `## Call on [[2026-08-17]]`: a day in passing, which does not date what stands below.
                    None => drop(self.linked_days(place, block, &block.lines)),
                }
                self.body()
            }
        };
        self.headings.push(Heading { level, entry });
    }

    fn item(&mut self, place: usize, block: &Block) {
        let lead = self.entries.lead(&block.lines);
        let done = self.entries.done_date(place);
        let entry = if let Some(date) = lead.date {
            let shape = self.shape(place, block, &lead, date, EntrySource::LogItem);
            let bare = lead.link.is_some() && shape.text.is_empty() && shape.channel.is_none();
            let source = if bare { EntrySource::LinkDate } else { EntrySource::LogItem };
            Some(self.entries.push(place, block, &block.lines, Shape { source, ..done_shape(shape, done) }))
        } else if let Some(field) = self.entries.date_field(&block.lines) {
            let shape = self.field_shape(place, block.lines.clone(), &lead, &field);
            Some(self.entries.push(place, block, &block.lines, done_shape(shape, done)))
        } else if let Some(done) = done {
            let mut shape = self.shape(place, block, &lead, done, EntrySource::Line);
            shape.dated_by = DatedBy::DoneDate;
            Some(self.entries.push(place, block, &block.lines, shape))
        } else if let Some((entry, is_item)) = self.owner() {
            self.below(entry, is_item, place, block, &lead)
        } else {
            self.entries.warn_of_date(&block.lines);
            self.linked_days(place, block, &block.lines)
        };
        self.items.extend(entry.map(|entry| (block.end, entry)));
    }

    /// An undated item below an entry: a checkbox with a move is an entry of its own, as it may not be done yet.
    fn below(&mut self, owner: usize, is_item: bool, place: usize, block: &Block, lead: &Lead) -> Option<usize> {
        if self.entries.task(place).is_some()
            && self.entries.has_moves(&block.lines)
            && let Some((date, dated_by)) = self.entries.date_of(owner)
        {
            let mut shape = self.shape(place, block, lead, date, EntrySource::Line);
            shape.dated_by = dated_by;
            return Some(self.entries.push(place, block, &block.lines, shape));
        }
        if !is_item {
            self.entries.lend_words(owner, place, &block.lines);
        }
        self.entries.nest(owner, place, block);
        None
    }

    fn paragraph(&mut self, place: usize, block: &Block) {
        match self.items.last() {
            Some((_, entry)) => self.entries.nest(*entry, place, block),
            None if self.body().is_some() => self.add_to_body(place, block),
            None => {
                for line in block.lines.clone() {
                    self.line(place, block, &(line..line + 1));
                }
            }
        }
    }

    fn table_head(&mut self, block: &Block) {
        self.columns = Columns::default();
        for (column, line) in block.lines.clone().enumerate() {
            let name = shown::words(self.entries.outline, line..line + 1, 0, &[]);
            match self.entries.context.words.log_column(&fold(&name)) {
                Some("date") => self.columns.date = self.columns.date.or(Some(column)),
                Some("channel") => self.columns.channel = self.columns.channel.or(Some(column)),
                _ => {}
            }
        }
    }

    fn row(&mut self, place: usize, block: &Block) {
        let cell = |column: usize| {
            let line = block.lines.start + column;
            block.lines.contains(&line).then(|| line..line + 1)
        };
        let date_cell = self.log.and(self.columns.date).and_then(cell);
        let lead = date_cell.as_ref().map(|cell| self.entries.lead(cell));
        if let (Some(date_cell), Some(Lead { date: Some(date), time, link, end, .. })) = (date_cell, lead) {
            let channel_cell = self.columns.channel.and_then(cell);
            let channel = channel_cell.as_ref().and_then(|cell| self.cell_channel(cell.clone()));
            let mut words = Vec::new();
            for line in block.lines.clone() {
                let shown_elsewhere = channel.is_some() && channel_cell.as_ref().is_some_and(|c| c.contains(&line));
                let from = if date_cell.contains(&line) { end } else { 0 };
                if !shown_elsewhere {
                    words.push(shown::words(self.entries.outline, line..line + 1, from, &[]));
                }
            }
            words.retain(|word| !word.is_empty());
            let shape = Shape {
                date,
                dated_by: DatedBy::Line,
                source: EntrySource::TableRow,
                time,
                channel,
                text: words.join(" ").into(),
                date_link: link,
            };
            self.entries.push(place, block, &block.lines, shape);
        } else {
            match self.owner() {
                Some((entry, true)) => self.entries.nest(entry, place, block),
                Some(_) => self.add_to_body(place, block),
                None => self.line(place, block, &block.lines),
            }
        }
    }

    /// A line of running text: a field with a date, else links to days.
    fn line(&mut self, place: usize, block: &Block, lines: &Range<usize>) {
        match self.entries.date_field(lines) {
            Some(field) => {
                let shape = self.field_shape(place, lines.clone(), &self.entries.lead(lines), &field);
                self.entries.push(place, block, lines, shape);
            }
            None => {
                self.linked_days(place, block, lines);
            }
        }
    }

    /// An entry for each day that a line links outside fields; the first takes what stands below the line.
    fn linked_days(&mut self, place: usize, block: &Block, lines: &Range<usize>) -> Option<usize> {
        let mut first = None;
        let mut days: Vec<NaiveDate> = Vec::new();
        for found in self.entries.outline.links_of(lines.clone()) {
            let readable =
                matches!(found.setting, Setting::Plain | Setting::Quote | Setting::Struck | Setting::Comment);
            let day = leading::day_of_link(&found.link, self.entries.context).filter(|_| readable);
            let Some((date, time)) = day.filter(|(date, _)| days.last() != Some(date)) else { continue };
            days.push(date);
            let lead = self.entries.lead(lines);
            let shape = Shape {
                date,
                dated_by: DatedBy::Line,
                source: EntrySource::LinkDate,
                time: time.or(lead.time),
                channel: lead.channel,
                text: if first.is_none() { self.entries.words(place, lines.clone(), lead.end) } else { "".into() },
                date_link: Some(found.link.span),
            };
            if first.is_some() {
                // One line with many days: what else is on it is said once, on its first entry.
                self.entries.push_bare(block, lines, shape);
            } else {
                first = Some(self.entries.push(place, block, lines, shape));
            }
        }
        first
    }

    fn add_to_body(&mut self, place: usize, block: &Block) {
        let Some(entry) = self.body() else { return };
        if matches!(block.kind, BlockKind::Paragraph) {
            self.entries.lend_words(entry, place, &block.lines);
        }
        self.entries.absorb(entry, place, block);
    }

    /// The dated heading we are below.
    fn body(&self) -> Option<usize> {
        self.headings.last().and_then(|heading| heading.entry)
    }

    /// The entry that a block belongs to, and whether that is an item.
    fn owner(&self) -> Option<(usize, bool)> {
        self.items.last().map(|(_, entry)| (*entry, true)).or_else(|| self.body().map(|entry| (entry, false)))
    }

    fn shape(&self, place: usize, block: &Block, lead: &Lead, date: NaiveDate, source: EntrySource) -> Shape {
        Shape {
            date,
            dated_by: DatedBy::Line,
            source,
            time: lead.time,
            channel: lead.channel,
            text: self.entries.words(place, block.lines.clone(), lead.end),
            date_link: lead.link,
        }
    }

    fn field_shape(&self, place: usize, lines: Range<usize>, lead: &Lead, field: &DateField<'_>) -> Shape {
        let outline = self.entries.outline;
        let alone = !outline.source(field.field.span.clone()).starts_with(['[', '(']);
        let (channel, text) = if alone {
            let end = field.field.span.end;
            let separators = [' ', ':', '：', '-', '–', '—', '|', ',', '，'];
            let rest = end - outline.source(field.rest..end).trim_start_matches(separators).len();
            let (channel, from) = leading::channel(outline, rest..end, self.entries.context);
            (channel, shown::words_of_field(outline, lines, from))
        } else if outline.lines(lines.clone()).first().is_some_and(|line| line.span.start == field.field.span.start) {
            // `[date:: 2026-01-01] call: …`: the field stands where a date would.
            let reach = outline.reach(lines.start..lines.start + 1);
            let rest = outline.source(field.field.span.end..reach.end);
            let from = reach.end - rest.trim_start_matches([' ', ':', '：', '-', '–', '—', '|', ',', '，']).len();
            let (channel, from) = leading::channel(outline, from..reach.end, self.entries.context);
            (channel, self.entries.words(place, lines, from))
        } else {
            (lead.channel, self.entries.words(place, lines, lead.end))
        };
        let time: Option<NaiveTime> = field.time.or(lead.time);
        let (date, dated_by, source) = (field.date, DatedBy::Line, EntrySource::InlineField);
        Shape { date, dated_by, source, time, channel, text, date_link: None }
    }

    fn cell_channel(&self, cell: Range<usize>) -> Option<&'static str> {
        let name = shown::words(self.entries.outline, cell, 0, &[]);
        self.entries.context.words.channel(&fold(&name))
    }
}

/// A ticked task takes its done date before its own.
fn done_shape(shape: Shape, done: Option<NaiveDate>) -> Shape {
    match done {
        Some(date) => Shape { date, dated_by: DatedBy::DoneDate, ..shape },
        None => shape,
    }
}
