//! What the readers of person notes and of dated notes share: making an entry of a block, and gathering what belongs
//! to it.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use crate::model::diagnostic::Finding;
use crate::model::entry::{Channel, DatedBy, Entry, EntryLink, EntrySource, NestedItem, Setting, UndatedLine};
use crate::model::fold::fold;
use crate::model::item_id::ItemId;
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::Tag;
use crate::model::span::Span;
use crate::model::task::TaskState;

use super::leading::{self, Lead};
use super::outline::{Block, BlockKind, InlineField, Outline, span};
use super::tasks::FoundTask;
use super::{BodyContext, shown};

/// Entries in the making.
pub(super) struct Entries<'o, 't> {
    pub(super) outline: &'o Outline<'t>,
    pub(super) context: &'o BodyContext<'o>,
    pub(super) findings: &'o mut Vec<(Span, Finding)>,
    tasks: &'o [FoundTask],
    entries: Vec<Entry>,
    undated: Vec<UndatedLine>,
    /// For each line, whether an entry holds it.
    held: Vec<bool>,
}

/// How an entry came to be: all that is not read from its lines.
pub(super) struct Shape {
    pub(super) date: NaiveDate,
    pub(super) dated_by: DatedBy,
    pub(super) source: EntrySource,
    pub(super) time: Option<NaiveTime>,
    pub(super) channel: Option<Channel>,
    pub(super) text: Box<str>,
    /// The link that is the date, and no mention.
    pub(super) date_link: Option<Span>,
}

/// What was read of a body.
pub(super) struct Finished {
    pub(super) entries: Vec<Entry>,
    pub(super) undated: Vec<UndatedLine>,
    /// Tags of lines outside entries.
    pub(super) tags: Vec<Tag>,
}

/// A field that dates its line.
pub(super) struct DateField<'o> {
    pub(super) field: &'o InlineField,
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    /// Where the value goes on behind the date.
    pub(super) rest: usize,
}

impl<'o, 't> Entries<'o, 't> {
    pub(super) fn new(
        outline: &'o Outline<'t>,
        context: &'o BodyContext<'o>,
        tasks: &'o [FoundTask],
        findings: &'o mut Vec<(Span, Finding)>,
    ) -> Self {
        Entries {
            outline,
            context,
            findings,
            tasks,
            entries: Vec::new(),
            undated: Vec::new(),
            held: vec![false; outline.lines.len()],
        }
    }

    /// All that was read.
    pub(super) fn finish(self) -> Finished {
        let free = self.outline.lines.iter().zip(&self.held).filter(|(_, held)| !**held);
        let tags = free.flat_map(|(line, _)| self.outline.tags.get(line.tags.clone()).unwrap_or_default());
        let tags = tags.map(|tag| Tag {
            name: self.outline.source(tag.span.start + 1..tag.span.end).into(),
            span: span(&tag.span),
        });
        Finished { tags: tags.collect(), entries: self.entries, undated: self.undated }
    }

    /// The task an item is.
    pub(super) fn task(&self, block: usize) -> Option<&'o FoundTask> {
        let place = self.tasks.binary_search_by_key(&block, |found| found.block).ok()?;
        self.tasks.get(place)
    }

    /// The done date of an item that is a ticked task.
    pub(super) fn done_date(&self, block: usize) -> Option<NaiveDate> {
        let task = &self.task(block)?.task;
        task.done.filter(|_| task.state == TaskState::Done)
    }

    /// What the first of some lines starts with.
    pub(super) fn lead(&self, lines: &Range<usize>) -> Lead {
        match self.outline.lines(lines.clone()).first() {
            Some(line) => leading::lead(self.outline, line, self.context),
            None => Lead::default(),
        }
    }

    /// The first field of some lines that dates them.
    pub(super) fn date_field(&self, lines: &Range<usize>) -> Option<DateField<'o>> {
        self.outline.fields_of(lines.clone()).iter().find_map(|field| {
            let key = self.outline.source(field.key.clone());
            if !self.context.words.is_log_date_field(&fold(key)) {
                return None;
            }
            let value = self.outline.source(field.value.clone());
            let bare = value.trim_start_matches('[');
            let (date, time, length) = self.context.words.leading_date(bare)?;
            let after = bare.get(length..)?;
            let rest = field.value.end - after.trim_start_matches(']').len();
            Some(DateField { field, date, time, rest })
        })
    }

    /// Whether some lines name a move or refine one.
    pub(super) fn has_moves(&self, lines: &Range<usize>) -> bool {
        let outline = self.outline;
        outline.tags_of(lines.clone()).iter().any(|tag| self.is_move(tag.span.clone()))
            || outline.fields_of(lines.clone()).iter().any(|field| self.field_kind(field).is_some())
    }

    /// The words of some lines from `from` on, without the task fields of `block`.
    pub(super) fn words(&self, block: usize, lines: Range<usize>, from: usize) -> Box<str> {
        let hidden = self.task(block).map_or(&[][..], |found| &found.hidden);
        let words = shown::words(self.outline, lines.clone(), from, hidden);
        if words.is_empty() && self.is_field_alone(&lines) {
            return shown::words_of_field(self.outline, lines, from);
        }
        words
    }

    /// Whether some lines begin with a field that is a whole line (`with:: [[A]]`) and says something of its own.
    fn is_field_alone(&self, lines: &Range<usize>) -> bool {
        let Some(field) = self.outline.fields_of(lines.clone()).first() else { return false };
        let bracketed = self.outline.source(field.span.clone()).starts_with(['[', '(']);
        !bracketed && self.field_kind(field).is_none() && self.date_field(lines).is_none()
    }

    /// Makes an entry of some lines of a block and gives its place.
    pub(super) fn push(&mut self, place: usize, block: &Block, lines: &Range<usize>, shape: Shape) -> usize {
        let outline = self.outline;
        let setting = outline.setting(block, lines.clone());
        let mut links = outline.links_of(lines.clone()).to_vec();
        links.retain(|found| Some(found.link.span) != shape.date_link);
        let (moves, fields) = self.moves(lines);
        let span = own_span(outline, block, lines);
        let entry = Entry {
            date: shape.date,
            time: shape.time,
            dated_by: shape.dated_by,
            source: shape.source,
            setting,
            task: self.task(place).map(|found| found.task.state),
            channel: shape.channel,
            text: shape.text,
            links,
            moves,
            fields,
            nested: Vec::new(),
            id: self.item_id(lines),
            span,
            line: self.context.lines.line(span.start),
        };
        self.hold(lines);
        self.warn_of_date(lines);
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Makes an entry that has nothing but its date, of lines that another entry already holds.
    pub(super) fn push_bare(&mut self, block: &Block, lines: &Range<usize>, shape: Shape) {
        let span = own_span(self.outline, block, lines);
        self.entries.push(Entry {
            date: shape.date,
            time: shape.time,
            dated_by: shape.dated_by,
            source: shape.source,
            setting: self.outline.setting(block, lines.clone()),
            task: None,
            channel: shape.channel,
            text: shape.text,
            links: Vec::new(),
            moves: Vec::new(),
            fields: Vec::new(),
            nested: Vec::new(),
            id: None,
            span,
            line: self.context.lines.line(span.start),
        });
    }

    /// Keeps lines with links that no date applies to.
    pub(super) fn push_undated(&mut self, place: usize, block: &Block, lines: &Range<usize>, from: usize) {
        let outline = self.outline;
        let links = outline.links_of(lines.clone());
        if links.is_empty() {
            return;
        }
        self.undated.push(UndatedLine {
            setting: outline.setting(block, lines.clone()),
            task: self.task(place).map(|found| found.task.state),
            text: self.words(place, lines.clone(), from),
            links: links.to_vec(),
            line: self.context.lines.line(own_span(outline, block, lines).start),
        });
    }

    /// Puts a block below an entry as a nested item.
    pub(super) fn nest(&mut self, entry: usize, place: usize, block: &Block) {
        let lines = block.lines.clone();
        if lines.is_empty() {
            return;
        }
        let outline = self.outline;
        let (moves, fields) = match outline.setting(block, lines.clone()) {
            Setting::Plain => self.moves(&lines),
            _ => self.moves_unless_plain(entry, &lines),
        };
        let span = own_span(outline, block, &lines);
        let nested = NestedItem {
            text: self.words(place, lines.clone(), 0),
            moves,
            fields,
            links: outline.links_of(lines.clone()).to_vec(),
            id: self.item_id(&lines),
            span,
            line: self.context.lines.line(span.start),
            last_line: self.context.lines.line(Span::new(0, block.span.end.saturating_sub(1)).end.max(span.start)),
        };
        self.hold(&lines);
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.nested.push(nested);
        }
    }

    /// The agenda line that some lines answer.
    fn item_id(&self, lines: &Range<usize>) -> Option<ItemId> {
        self.outline.lines(lines.clone()).iter().find_map(|line| {
            let source = self.outline.source(line.span.clone());
            ItemId::in_line(source)
        })
    }

    /// Adds lines of the body of a dated heading to its entry: the moves to the entry itself, each line with links
    /// below it, so that who is named there is told of by that line.
    pub(super) fn absorb(&mut self, entry: usize, place: usize, block: &Block) {
        let (outline, lines) = (self.outline, &block.lines);
        let plain = outline.setting(block, lines.clone()) == Setting::Plain;
        let (moves, fields) = if plain { self.moves(lines) } else { (Vec::new(), Vec::new()) };
        self.hold(lines);
        let linked = lines.clone().map(|line| line..line + 1).filter(|line| !outline.links_of(line.clone()).is_empty());
        let linked: Vec<NestedItem> = linked.map(|line| self.linked_line(place, line)).collect();
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.moves.extend(moves);
            entry.fields.extend(fields);
            entry.nested.extend(linked);
        }
    }

    fn linked_line(&self, place: usize, line: Range<usize>) -> NestedItem {
        let span = span(&self.outline.reach(line.clone()));
        NestedItem {
            text: self.words(place, line.clone(), 0),
            moves: Vec::new(),
            fields: Vec::new(),
            links: self.outline.links_of(line.clone()).to_vec(),
            id: self.item_id(&line),
            span,
            line: self.context.lines.line(span.start),
            last_line: self.context.lines.line(span.start),
        }
    }

    /// Gives an entry without words those of the first of some lines.
    pub(super) fn lend_words(&mut self, entry: usize, place: usize, lines: &Range<usize>) {
        if lines.is_empty() || self.entries.get(entry).is_none_or(|entry| !entry.text.is_empty()) {
            return;
        }
        let first = lines.start..lines.start + 1;
        let reach = self.outline.reach(first.clone());
        let has_channel = self.entries.get(entry).is_some_and(|entry| entry.channel.is_some());
        let (channel, from) =
            if has_channel { (None, reach.start) } else { leading::channel(self.outline, reach, self.context) };
        let text = self.words(place, first, from);
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.channel = entry.channel.or(channel);
            entry.text = text;
        }
    }

    /// Reports a date at the start of some lines that is no day or not the weekday it says: such a line would be
    /// missing from its day without a word.
    pub(super) fn warn_of_date(&mut self, lines: &Range<usize>) {
        let Some(line) = self.outline.lines(lines.clone()).first() else { return };
        let source = self.outline.source(line.span.clone());
        let text = source.trim_start_matches(leading::is_emphasis);
        if let Some(finding) = self.context.words.date_warning(text) {
            let start = line.span.end - text.len();
            let end = start + text.find(char::is_whitespace).unwrap_or(text.len());
            self.findings.push((Span::new(start, end), finding));
        }
    }

    /// The date of an entry already made, and where it is from.
    pub(super) fn date_of(&self, entry: usize) -> Option<(NaiveDate, DatedBy)> {
        self.entries.get(entry).map(|entry| (entry.date, entry.dated_by))
    }

    /// The links of some lines, less the one that is their date.
    pub(super) fn has_links(&self, lines: &Range<usize>, date_link: Option<Span>) -> bool {
        self.outline.links_of(lines.clone()).iter().any(|found: &EntryLink| Some(found.link.span) != date_link)
    }

    /// Notes that an entry has some lines, and tells of moves in them that are read in part only.
    fn hold(&mut self, lines: &Range<usize>) {
        let words = self.context.words;
        for tag in self.outline.tags_of(lines.clone()).iter().filter(|tag| !tag.struck) {
            let written = self.outline.source(tag.span.clone());
            let name = fold(written.trim_start_matches('#'));
            if let Some(read) = words.move_tag(&name).filter(|_| words.is_move_of_unknown_kind(&name)) {
                let shown = written.split('/').take(read.split('/').count()).collect::<Vec<_>>().join("/");
                self.findings.push((span(&tag.span), Finding::new("move-kind-unknown", [written, &shown])));
            }
        }
        for held in self.held.get_mut(lines.clone()).unwrap_or_default() {
            *held = true;
        }
    }

    /// A quoted item below a quoted entry gives its moves, as the entry's setting speaks for both.
    fn moves_unless_plain(&self, entry: usize, lines: &Range<usize>) -> (Vec<Move>, Vec<MoveField>) {
        match self.entries.get(entry).map(|entry| entry.setting) {
            Some(Setting::Plain) | None => (Vec::new(), Vec::new()),
            Some(_) => self.moves(lines),
        }
    }

    fn moves(&self, lines: &Range<usize>) -> (Vec<Move>, Vec<MoveField>) {
        let tags = self.outline.tags_of(lines.clone()).iter().filter(|tag| !tag.struck);
        let moves = tags.filter_map(|tag| self.move_of(tag.span.clone())).collect();
        let fields = self.outline.fields_of(lines.clone()).iter().filter_map(|field| self.move_field(lines, field));
        (moves, fields.collect())
    }

    fn is_move(&self, tag: Range<usize>) -> bool {
        self.move_of(tag).is_some()
    }

    fn move_of(&self, tag: Range<usize>) -> Option<Move> {
        let name = fold(self.outline.source(tag.start + 1..tag.end));
        let id = self.context.words.move_tag(&name)?;
        let (parent, detail) = match id.split_once('/') {
            Some((parent, detail)) => (parent, Some(detail)),
            None => (id, None),
        };
        let kind = MoveKind::from_canonical(parent)?;
        let detail = match kind {
            MoveKind::Topic => Some(self.outline.source(tag.clone()).split_once('/')?.1),
            _ => detail,
        };
        Some(Move { kind, detail: detail.map(Into::into), span: span(&tag) })
    }

    fn field_kind(&self, field: &InlineField) -> Option<MoveFieldKind> {
        kind_of_key(self.context, &fold(self.outline.source(field.key.clone())))
    }

    fn move_field(&self, lines: &Range<usize>, field: &InlineField) -> Option<MoveField> {
        let kind = self.field_kind(field)?;
        let links = self.outline.links_of(lines.clone());
        let first = links.partition_point(|found| (found.link.span.start as usize) < field.value.start);
        let inside = links.get(first..).unwrap_or_default().iter();
        let inside = inside.take_while(|found| (found.link.span.start as usize) < field.value.end);
        let text = self.outline.source(field.value.clone());
        let date = self.context.words.leading_date(text.trim_start_matches('[')).map(|(date, ..)| date);
        Some(MoveField {
            kind,
            links: inside.map(|found| found.link.clone()).collect(),
            date,
            text: text.into(),
            span: span(&field.span),
        })
    }
}

/// Whether a folded key is that of a move field.
pub(super) fn is_move_key(context: &BodyContext<'_>, folded: &str) -> bool {
    kind_of_key(context, folded).is_some()
}

fn kind_of_key(context: &BodyContext<'_>, folded: &str) -> Option<MoveFieldKind> {
    Some(match context.words.move_field(folded)? {
        "for" => MoveFieldKind::For,
        "until" => MoveFieldKind::Until,
        "expires" => MoveFieldKind::Expires,
        "cc" => MoveFieldKind::Cc,
        _ => return None,
    })
}

/// The own lines of an entry: an item from its bullet on, a heading from its first mark on.
fn own_span(outline: &Outline<'_>, block: &Block, lines: &Range<usize>) -> Span {
    let reach = outline.reach(lines.clone());
    match block.kind {
        BlockKind::Paragraph | BlockKind::Raw(_) => span(&reach),
        BlockKind::Item => Span::new(block.span.start.min(reach.start), reach.end),
        BlockKind::Heading(_) | BlockKind::TableHead | BlockKind::TableRow => {
            let whole = outline.source(block.span.clone()).trim_end();
            Span::new(block.span.start, block.span.start + whole.len())
        }
    }
}
