//! The one pass of the Markdown parser: events to an [`Outline`].
//!
//! Tables, strikethrough and wikilinks are on. Everything else stays off: metadata blocks are quadratic and take any
//! `---` pair, math hides links, and checkboxes are read here because the parser knows only `[ ]` and `[x]`.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::model::diagnostic::Finding;
use crate::model::entry::{EntryLink, Setting};
use crate::model::span::Span;

use super::deep::without_deep_lines;
use super::links;
use super::outline::{Block, BlockKind, Line, Outline, Piece, PieceKind, span};
use super::tasks;

/// Reads the bytes `body` of `text` into blocks, lines and links.
pub(super) fn outline<'t>(text: &'t str, body: Span, findings: &mut Vec<(Span, Finding)>) -> Outline<'t> {
    let mut base = body.range().start;
    let mut source = text.get(body.range()).unwrap_or_default();
    if let Some(after_mark) = source.strip_prefix('\u{feff}') {
        base += source.len() - after_mark.len();
        source = after_mark;
    }
    let (source, deep) = without_deep_lines(source);
    if let Some(first) = deep.first() {
        findings.push((span(first).shifted(base), Finding::new("nested-too-deep", [&deep.len().to_string()])));
    }
    let mut reader = Reader::new(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        reader.read(event, range.start + base..range.end + base);
    }
    reader.outline
}

/// A link or embed whose end is not yet reached.
enum Open {
    /// A link to a note; its words are shown in its place.
    Note { destination: Option<String>, label: String, range: Range<usize>, setting: Setting },
    /// A link out of the vault; its words are shown.
    Outside,
    /// An embed or picture; nothing of it is shown.
    Picture,
}

struct Reader<'t> {
    outline: Outline<'t>,
    /// The items around the present place.
    items: Vec<usize>,
    quotes: usize,
    strikes: usize,
    /// The block that takes the present text.
    leaf: Option<usize>,
    /// The present line: its reach, and where its pieces and links begin.
    line: Option<Line>,
    open: Vec<Open>,
    /// Where the present code block or block of HTML began.
    raw: Option<Range<usize>>,
    /// Text before this byte belongs to a checkbox.
    behind_box: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let outline = Outline {
            text,
            blocks: Vec::new(),
            lines: Vec::new(),
            pieces: Vec::new(),
            links: Vec::new(),
            tags: Vec::new(),
            fields: Vec::new(),
            comments: Vec::new(),
            raw: Vec::new(),
        };
        Reader {
            outline,
            items: Vec::new(),
            quotes: 0,
            strikes: 0,
            leaf: None,
            line: None,
            open: Vec::new(),
            raw: None,
            behind_box: 0,
        }
    }

    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.raw.is_some() && !matches!(event, Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(shown) => self.text(&shown, range),
            Event::Code(shown) => self.code(&shown, range),
            Event::InlineHtml(_) | Event::Html(_) => self.html(range),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            _ => self.close_leaf(),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong => self.reach(&range),
            Tag::Strikethrough => {
                self.reach(&range);
                self.strikes += 1;
            }
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url, range, Embed::No),
            Tag::Image { link_type, dest_url, .. } => self.open_link(link_type, &dest_url, range, Embed::Yes),
            Tag::Paragraph => {
                self.close_leaf();
                self.open_leaf(&range);
            }
            Tag::Heading { level, .. } => self.open_block(BlockKind::Heading(level as u8), range),
            Tag::BlockQuote(_) => {
                self.close_leaf();
                self.quotes += 1;
            }
            Tag::Item => {
                self.open_block(BlockKind::Item, range);
                self.items.extend(self.leaf.take());
            }
            Tag::TableHead => self.open_block(BlockKind::TableHead, range),
            Tag::TableRow => self.open_block(BlockKind::TableRow, range),
            Tag::TableCell => self.reach(&range),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.close_leaf();
                self.raw = Some(range);
            }
            _ => self.close_leaf(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => {}
            TagEnd::Strikethrough => self.strikes = self.strikes.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::TableCell => self.close_line(),
            TagEnd::BlockQuote(_) => {
                self.close_leaf();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.close_leaf();
                let end = self.outline.blocks.len();
                if let Some(item) = self.items.pop().and_then(|item| self.outline.blocks.get_mut(item)) {
                    item.end = end;
                }
            }
            TagEnd::CodeBlock => self.close_raw(Setting::Code),
            TagEnd::HtmlBlock => self.close_raw(Setting::Comment),
            _ => self.close_leaf(),
        }
    }

    fn text(&mut self, shown: &CowStr<'_>, mut range: Range<usize>) {
        match self.open.last_mut() {
            Some(Open::Note { label, .. }) => label.push_str(shown),
            Some(Open::Picture) => {}
            Some(Open::Outside) => {
                self.reach(&range);
                self.piece(PieceKind::Literal, range);
            }
            None => {
                self.reach(&range);
                if range.start < self.behind_box {
                    range.start = self.behind_box.min(range.end);
                }
                let kind = match self.outline.source(range.clone()) == shown.as_ref() {
                    true => PieceKind::Text,
                    false if range.is_empty() || range.start == self.behind_box => PieceKind::Text,
                    false => PieceKind::Decoded(shown.as_ref().into()),
                };
                self.piece(kind, range);
            }
        }
    }

    fn code(&mut self, shown: &CowStr<'_>, range: Range<usize>) {
        match self.open.last_mut() {
            Some(Open::Note { label, .. }) => return label.push_str(shown),
            Some(Open::Picture) => return,
            _ => {}
        }
        self.reach(&range);
        self.skipped_links(&range, Setting::Code);
        self.piece(PieceKind::Decoded(shown.as_ref().into()), range);
    }

    fn html(&mut self, range: Range<usize>) {
        if self.open.is_empty() {
            self.reach(&range);
            if self.outline.source(range.clone()).starts_with("<!--") {
                self.skipped_links(&range, Setting::Comment);
                self.outline.comments.push(range.clone());
            }
            self.piece(PieceKind::Hidden, range);
        }
    }

    fn open_link(&mut self, kind: LinkType, destination: &str, range: Range<usize>, embed: Embed) {
        self.reach(&range);
        let setting = match embed {
            Embed::Yes => Setting::Embed,
            Embed::No if self.quotes > 0 => Setting::Quote,
            Embed::No if self.strikes > 0 => Setting::Struck,
            Embed::No => Setting::Plain,
        };
        let wiki = matches!(kind, LinkType::WikiLink { .. });
        let outside = matches!(kind, LinkType::Autolink | LinkType::Email) || (!wiki && links::is_outside(destination));
        // A link inside the words of another is found, but only the outer one is shown.
        self.open.push(match embed {
            Embed::No if outside || (wiki && links::wiki(self.outline.text, &range).is_none()) => Open::Outside,
            Embed::Yes if outside => Open::Picture,
            _ => Open::Note {
                destination: (!wiki).then(|| destination.to_owned()),
                label: String::new(),
                range,
                setting,
            },
        });
    }

    fn close_link(&mut self) {
        let Some(Open::Note { destination, label, range, setting }) = self.open.pop() else { return };
        let link = match destination {
            Some(destination) => links::markdown(&destination, &label, &range),
            None => links::wiki(self.outline.text, &range),
        };
        let Some(link) = link else { return };
        let place = self.outline.links.len();
        self.outline.links.push(EntryLink { link, setting });
        if self.open.is_empty() {
            let kind = if setting == Setting::Embed { PieceKind::Hidden } else { PieceKind::Link(place) };
            self.piece(kind, range);
        }
    }

    /// Links in code and comments, which Markdown does not read, so that the program can say why they do not count.
    fn skipped_links(&mut self, range: &Range<usize>, setting: Setting) {
        for found in links::wikis_in(self.outline.text, range.clone()) {
            let link = links::wiki(self.outline.text, &found);
            self.outline.links.extend(link.map(|link| EntryLink { link, setting }));
        }
    }

    fn piece(&mut self, kind: PieceKind, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let struck = self.strikes > 0;
        let first = self.line.as_ref().map_or(0, |line| line.pieces.start);
        let is_new = self.outline.pieces.len() == first;
        match self.outline.pieces.last_mut() {
            // The parser cuts text at every bracket; tags and fields are easier to find in one piece.
            Some(last)
                if !is_new && last.span.end == span.start && last.struck == struck && mergeable(&last.kind, &kind) =>
            {
                last.span.end = span.end;
            }
            _ => self.outline.pieces.push(Piece { kind, span, struck }),
        }
    }

    /// Stretches the present line over `range`, and begins one where there is none.
    fn reach(&mut self, range: &Range<usize>) {
        if let Some(line) = &mut self.line {
            line.span.end = line.span.end.max(range.end);
            return;
        }
        if self.leaf.is_none() {
            self.open_leaf(range);
        }
        let Some(block) = self.leaf.and_then(|leaf| self.outline.blocks.get_mut(leaf)) else { return };
        let mut start = range.start;
        if block.kind == BlockKind::Item
            && block.lines.is_empty()
            && let Some((mark, end)) = tasks::checkbox(self.outline.text, start)
        {
            block.mark = Some(mark);
            self.behind_box = end;
            start = end;
        }
        let (pieces, links) = (self.outline.pieces.len(), self.outline.links.len());
        let end = range.end.max(start);
        self.line =
            Some(Line { span: start..end, pieces: pieces..pieces, links: links..links, tags: 0..0, fields: 0..0 });
    }

    /// A link over two lines belongs to the line it began on.
    fn line_break(&mut self) {
        match self.open.last_mut() {
            Some(Open::Note { label, .. }) => label.push(' '),
            Some(_) => {}
            None => self.close_line(),
        }
    }

    fn close_line(&mut self) {
        let Some(mut line) = self.line.take() else { return };
        line.pieces.end = self.outline.pieces.len();
        line.links.end = self.outline.links.len();
        self.outline.lines.push(line);
        let count = self.outline.lines.len();
        if let Some(block) = self.leaf.and_then(|leaf| self.outline.blocks.get_mut(leaf)) {
            block.lines.end = count;
        }
    }

    /// Begins the block that takes the next text: the item itself, if nothing of it came before, or a paragraph.
    fn open_leaf(&mut self, range: &Range<usize>) {
        let own = self.items.last().copied().filter(|item| {
            let block = self.outline.blocks.get(*item);
            *item + 1 == self.outline.blocks.len() && block.is_some_and(|block| block.lines.is_empty())
        });
        let in_quote =
            own.and_then(|item| self.outline.blocks.get(item)).is_some_and(|item| !item.quoted && self.quotes > 0);
        match own {
            Some(item) if !in_quote => {
                let lines = self.outline.lines.len();
                if let Some(block) = self.outline.blocks.get_mut(item) {
                    block.lines = lines..lines;
                }
                self.leaf = Some(item);
            }
            _ => self.open_block(BlockKind::Paragraph, range.clone()),
        }
    }

    fn open_block(&mut self, kind: BlockKind, span: Range<usize>) {
        self.close_leaf();
        let (place, lines) = (self.outline.blocks.len(), self.outline.lines.len());
        self.outline.blocks.push(Block {
            kind,
            span,
            lines: lines..lines,
            end: place + 1,
            parent: self.items.last().copied(),
            quoted: self.quotes > 0,
            mark: None,
        });
        self.leaf = Some(place);
    }

    fn close_leaf(&mut self) {
        self.open.clear();
        self.close_line();
        self.leaf = None;
    }

    fn close_raw(&mut self, otherwise: Setting) {
        let Some(range) = self.raw.take() else { return };
        let source = self.outline.source(range.clone());
        let is_comment = source.trim_start().starts_with("<!--");
        // Obsidian renders no links in a block of HTML, so it is as good as code.
        let setting = if otherwise == Setting::Comment && !is_comment { Setting::Code } else { otherwise };
        if setting == Setting::Comment {
            self.outline.comments.push(range.clone());
        }
        if source.contains("]]") {
            self.open_block(BlockKind::Raw(setting), range.clone());
            let mut start = range.start;
            for line in source.split_inclusive('\n') {
                let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
                start += line.len();
                if line.contains("]]") {
                    self.reach(&whole);
                    self.skipped_links(&whole, setting);
                    self.piece(PieceKind::Literal, whole);
                    self.close_line();
                }
            }
            self.close_leaf();
        }
        self.outline.raw.push(range);
    }
}

/// Whether a link is an embed.
#[derive(Clone, Copy)]
enum Embed {
    Yes,
    No,
}

fn mergeable(last: &PieceKind, next: &PieceKind) -> bool {
    matches!((last, next), (PieceKind::Text, PieceKind::Text) | (PieceKind::Literal, PieceKind::Literal))
}
