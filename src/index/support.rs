//! Small hand-made notes for the tests of this room.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::entry::{Channel, DatedBy, Entry, EntryLink, EntrySource, Setting};
use crate::model::link::{Link, LinkForm};
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::{FrontMatterOutcome, Held, Note, NoteKind, Occasion};
use crate::model::path::NotePath;
use crate::model::person::{At, Person};
use crate::model::span::Span;
use crate::model::task::{Task, TaskState};

use super::build::build_index;
use super::options::{IndexOptions, TopicWords, YearStart};
use super::record::Index;
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::date::{LeapDay, LunarRule};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn every(count: u32, unit: Unit) -> Cadence {
    Cadence::Every(Period::new(count, unit))
}

pub(crate) fn at<T>(value: T) -> At<T> {
    At { value, span: Span::default(), line: 2 }
}

/// Settings in which nobody is tracked by default.
pub(crate) fn options() -> IndexOptions {
    let week = |n| every(n, Unit::Week);
    let month = |n| every(n, Unit::Month);
    IndexOptions {
        presets: Default::default(),
        tag_cadences: Default::default(),
        closeness_cadences: [
            [week(1), week(2), month(1)],
            [month(1), month(2), month(3)],
            [month(6), month(6), every(1, Unit::Year)],
        ],
        default_cadence: Cadence::Untracked,
        lost_after: 3,
        leap_day: LeapDay::default(),
        lunar_rule: LunarRule::default(),
        remind_before: 3,
        festivals: Default::default(),
        year_starts: YearStart { month: 1, day: 1 },
        thanks_late_after: 2,
        thanks_asked_for: 30,
        endorsement_valid: Period::new(1, Unit::Year),
        endorsement_notice: 30,
        prepare_before: 2,
        synonyms: Default::default(),
        topic_words: topic_words(),
    }
}

/// A few words of both languages that say little.
fn topic_words() -> TopicWords {
    let set = |words: &str| words.split_whitespace().map(Box::from).collect();
    TopicWords {
        empty: set("的 里 把 和 找 懂 请 a an the of for in on to with and is"),
        general: set("经验 客户 行业 一手 真实 项目 联系人 管理 help advice experience project people"),
    }
}

/// The index of `notes` under [`options`].
pub(crate) fn indexed(notes: impl Into<Vec<Note>>) -> Index {
    build_index(&notes.into(), Vec::new(), &options())
}

pub(crate) struct NoteBuilder(Note);

pub(crate) fn note(path: &str, kind: NoteKind) -> NoteBuilder {
    let path = NotePath::new(path);
    let date = path.stem().get(..10).and_then(|stem| stem.parse().ok());
    let person = matches!(kind, NoteKind::Person | NoteKind::Owner)
        .then(|| Arc::new(Person { name: path.stem().trim_start_matches('@').into(), ..Person::default() }));
    let occasion = matches!(kind, NoteKind::Meeting | NoteKind::Event).then(Box::default);
    NoteBuilder(Note {
        path,
        kind,
        aliases: vec![],
        date,
        person,
        occasion,
        entries: vec![],
        undated: vec![],
        tasks: vec![],
        affairs: vec![],
        tags: vec![],
        front_matter: FrontMatterOutcome::Absent,
    })
}

pub(crate) fn person(path: &str) -> NoteBuilder {
    note(path, NoteKind::Person)
}

pub(crate) fn daily(path: &str) -> NoteBuilder {
    note(path, NoteKind::Daily)
}

pub(crate) fn other(path: &str) -> NoteBuilder {
    note(path, NoteKind::Other)
}

impl NoteBuilder {
    pub(crate) fn name(mut self, name: &str) -> Self {
        Arc::make_mut(self.0.person.as_mut().unwrap()).name = name.into();
        self
    }

    pub(crate) fn aliases(mut self, aliases: &[&str]) -> Self {
        self.0.aliases = aliases.iter().map(|a| Box::from(*a)).collect();
        if let Some(person) = &mut self.0.person {
            Arc::make_mut(person).aliases = self.0.aliases.clone();
        }
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Person)) -> Self {
        change(Arc::make_mut(self.0.person.as_mut().unwrap()));
        self
    }

    pub(crate) fn occasion(mut self, change: impl FnOnce(&mut Occasion)) -> Self {
        change(self.0.occasion.as_mut().unwrap());
        self
    }

    pub(crate) fn held(self, held: Held) -> Self {
        self.occasion(|occasion| occasion.held = held)
    }

    pub(crate) fn entry(mut self, entry: EntryBuilder) -> Self {
        let mut entry = entry.0;
        entry.line = self.0.entries.len() as u32 + 10;
        self.0.entries.push(entry);
        self
    }

    /// The note, with the entries that reading makes of the keys of an occasion.
    pub(crate) fn build(mut self) -> Note {
        let (Some(occasion), Some(date)) = (&self.0.occasion, self.0.date) else { return self.0 };
        let keys = [(EntrySource::Attendees, &occasion.attendees), (EntrySource::Met, &occasion.met)];
        let mut entries = Vec::new();
        let is_new = |source| self.0.entries.iter().all(|entry| entry.source != source);
        for (source, links) in keys.into_iter().filter(|(source, links)| !links.is_empty() && is_new(*source)) {
            let mut entry = log(&date.to_string()).source(source).dated_by(DatedBy::Note).0;
            entry.links = links.iter().map(|link| EntryLink { link: link.clone(), setting: Setting::Plain }).collect();
            entries.push(entry);
        }
        self.0.entries.splice(0..0, entries);
        self.0
    }
}

#[derive(Clone)]
pub(crate) struct EntryBuilder(pub(crate) Entry);

/// A log item dated `date`.
pub(crate) fn log(date: &str) -> EntryBuilder {
    EntryBuilder(Entry {
        date: day(date),
        time: None,
        dated_by: DatedBy::Line,
        source: EntrySource::LogItem,
        setting: Setting::Plain,
        task: None,
        channel: None,
        text: "".into(),
        links: vec![],
        moves: vec![],
        fields: vec![],
        nested: vec![],
        id: None,
        span: Span::default(),
        line: 1,
    })
}

/// A line of a dated note.
pub(crate) fn line(date: &str) -> EntryBuilder {
    log(date).source(EntrySource::Line).dated_by(DatedBy::Note)
}

pub(crate) fn wiki(target: &str) -> Link {
    Link { target: target.into(), label: None, form: LinkForm::Wiki, span: Span::default() }
}

impl EntryBuilder {
    pub(crate) fn source(mut self, source: EntrySource) -> Self {
        self.0.source = source;
        self
    }

    pub(crate) fn dated_by(mut self, dated_by: DatedBy) -> Self {
        self.0.dated_by = dated_by;
        self
    }

    pub(crate) fn setting(mut self, setting: Setting) -> Self {
        self.0.setting = setting;
        self
    }

    pub(crate) fn task(mut self, task: TaskState) -> Self {
        self.0.task = Some(task);
        self
    }

    pub(crate) fn channel(mut self, channel: Channel) -> Self {
        self.0.channel = Some(channel);
        self
    }

    pub(crate) fn link(self, target: &str) -> Self {
        self.link_in(target, Setting::Plain)
    }

    pub(crate) fn link_in(mut self, target: &str, setting: Setting) -> Self {
        self.0.links.push(EntryLink { link: wiki(target), setting });
        self
    }

    pub(crate) fn moved(mut self, kind: MoveKind) -> Self {
        self.0.moves.push(Move { kind, detail: None, span: Span::default() });
        self
    }

    /// The entry with a move and its leaf: `got`, `intro`.
    pub(crate) fn with_move(mut self, kind: MoveKind, detail: &str) -> Self {
        self.0.moves.push(Move { kind, detail: Some(detail.into()), span: Span::default() });
        self
    }

    /// The entry with `[for:: [[name]]]`.
    pub(crate) fn kept_for(mut self, name: &str) -> Self {
        let (links, text, span) = (vec![wiki(name)], name.into(), Span::default());
        self.0.fields.push(MoveField { kind: MoveFieldKind::For, links, date: None, text, span });
        self
    }

    /// The entry with `[cc:: [[name]]]`.
    pub(crate) fn copied_to(mut self, name: &str) -> Self {
        let (links, text, span) = (vec![wiki(name)], name.into(), Span::default());
        self.0.fields.push(MoveField { kind: MoveFieldKind::Cc, links, date: None, text, span });
        self
    }

    pub(crate) fn until(mut self, date: &str) -> Self {
        self.0.fields.push(MoveField {
            kind: MoveFieldKind::Until,
            links: vec![],
            date: Some(day(date)),
            text: date.into(),
            span: Span::default(),
        });
        self
    }
}

/// An open task with its words and line, and nothing else.
pub(crate) fn open_task(text: &str, line: u32) -> Task {
    Task {
        state: TaskState::Open,
        mark: ' ',
        text: text.into(),
        links: Vec::new(),
        due: None,
        scheduled: None,
        start: None,
        done: None,
        cancelled: None,
        created: None,
        priority: None,
        recurrence: None,
        block_id: None,
        parent: None,
        introduces: false,
        is_thanks: false,
        passes_filter: true,
        setting: Setting::Plain,
        span: Span::default(),
        line,
    }
}
