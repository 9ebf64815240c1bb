//! What the index holds about each person: who they are, every contact with its evidence, what is planned,
//! what was passed over and why, and the cadence with the rule that gave it. Nothing here depends on today.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use crate::model::cadence::Period;
use crate::model::diagnostic::Diagnostic;
use crate::model::entry::{Channel, EntrySource};
use crate::model::item_id::ItemId;
use crate::model::moves::Move;
use crate::model::note::{FrontMatterOutcome, Held, NoteKind};
use crate::model::path::NotePath;
use crate::model::person::{Person, Status};
use crate::model::task::{Priority, TaskState};
use crate::model::today::Today;

use super::ledger::Ledger;
use super::standing::Silence;

/// Number of a person in [`Index::people`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

/// Where a fact can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The note.
    pub path: NotePath,
    /// The line, from 1.
    pub line: u32,
    /// The shape it was written in; `None` for a front-matter key of the person's own note.
    pub source: Option<EntrySource>,
    /// The front-matter key, where `source` is `None`.
    pub key: Option<&'static str>,
    /// How the contact took place.
    pub channel: Option<Channel>,
    /// Time of day.
    pub time: Option<NaiveTime>,
    /// The agenda line it answers.
    pub id: Option<ItemId>,
    /// The words; empty for keys.
    pub text: Box<str>,
    /// What it gave or got.
    pub moves: Vec<Move>,
}

/// One day of contact; several notes may tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The day. One that lies ahead is planned and counts when it comes.
    pub date: NaiveDate,
    /// Who says so, in path and line order; never empty.
    pub evidence: Vec<Evidence>,
}

/// A meeting that does not count by itself: once its day has passed the agenda asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day.
    pub date: NaiveDate,
    /// What kind of plan.
    pub kind: PlanKind,
    /// Where it is written.
    pub evidence: Evidence,
}

/// What a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanKind {
    /// An unchecked task that starts with a date.
    DatedTask,
    /// A meeting or event note with nothing beyond goal and preparation, or `status: planned`.
    MeetingNote,
    /// The `next_contact` key.
    NextContact,
}

/// Why a line that names someone is not contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassedOverReason {
    /// In a quote or callout.
    Quote,
    /// In code.
    Code,
    /// In a comment.
    Comment,
    /// Struck through.
    Struck,
    /// An embed.
    Embed,
    /// Inside an inline field.
    Field,
    /// In an open checkbox without a date of its own.
    OpenTask,
    /// In a cancelled checkbox.
    CancelledTask,
    /// In the body of a meeting note that lists attendees.
    MeetingHasAttendees,
    /// In an event note, outside who was met.
    EventOnlyCountsMet,
    /// In front matter of a dated note, outside attendees.
    FrontMatter,
    /// A weekly to yearly note's line without its own date.
    Periodic,
    /// The same in a note without a date.
    Undated,
    /// A skip.
    Skip,
    /// A snooze.
    Snooze,
    /// Preparation for a meeting.
    Prepared,
    /// In the owner's own note.
    OwnerNote,
    /// In a person's note, which counts for that person only.
    OtherPersonsNote,
    /// A meeting that was cancelled.
    Cancelled,
    /// A link that several notes answer to.
    Ambiguous,
}

/// A line that names the person and does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Its date; a line without one in an undated or periodic note has none.
    pub date: Option<NaiveDate>,
    /// Why not.
    pub reason: PassedOverReason,
    /// Where.
    pub evidence: Evidence,
}

/// Which rule gave the cadence, in the order they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CadenceRule {
    /// The person's own key.
    Own,
    /// A role preset.
    Preset,
    /// A tag.
    Tag,
    /// Closeness and busyness.
    Closeness,
    /// The default.
    Default,
    /// None: not tracked.
    None,
}

impl CadenceRule {
    /// Its name in JSON, by which templates find their words.
    pub fn name(self) -> &'static str {
        match self {
            CadenceRule::Own => "own",
            CadenceRule::Preset => "preset",
            CadenceRule::Tag => "tag",
            CadenceRule::Closeness => "closeness",
            CadenceRule::Default => "default",
            CadenceRule::None => "none",
        }
    }
}

/// The cadence that holds, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedCadence {
    /// How long; `None` when not tracked.
    pub period: Option<Period>,
    /// The winning rule. With `period: None` it tells which rule said "not tracked"; `None` when none spoke.
    pub rule: CadenceRule,
    /// Preset or tag name, `core` or `core/high`, or `approximate` for an own length near what was written; empty
    /// otherwise.
    pub detail: Box<str>,
}

/// A skip or a snooze from a log line or a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// The day it was written for.
    pub date: NaiveDate,
    /// For a snooze, the last day it hides; for a skip `None`.
    pub until: Option<NaiveDate>,
    /// The agenda line it answers.
    pub id: Option<ItemId>,
    /// Where.
    pub evidence: Evidence,
}

/// A log line that answers an agenda line, for one of the people it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer {
    /// The agenda line.
    pub id: ItemId,
    /// About whom; `None` for the owner, in whose own note it stands.
    pub person: Option<PersonId>,
    /// For a snooze, its last day: after it the line is asked again.
    pub until: Option<NaiveDate>,
}

/// From where a meeting rule's interval is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnchorSource {
    /// The `meeting_start` key.
    Start,
    /// The newest past meeting note with them.
    MeetingNote,
    /// The newest entry of channel met or meeting.
    Entry,
}

/// A day on which someone was met, from which a meeting rule may count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingDay {
    /// The day; one that lies ahead serves when it comes.
    pub date: NaiveDate,
    /// Whether a meeting note or an entry tells of it.
    pub source: AnchorSource,
}

/// Whom a tie is to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TieOther {
    /// Someone with a note.
    Person(PersonId),
    /// The owner.
    Owner,
    /// The words shown for a link that is to nobody known, or to several.
    Named(Box<str>),
}

/// What the other one of a tie is to this person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TieKind {
    /// They introduced this person to the owner.
    IntroducedBy,
    /// This person introduced them.
    Introduced,
    /// They manage this person.
    Manager,
    /// This person manages them.
    Report,
    /// Something else, in a note's own words.
    Related {
        /// The words; may be empty. In a tie told by the other's note they say what this person is to the other.
        label: Box<str>,
    },
}

impl TieKind {
    /// Its name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            TieKind::IntroducedBy => "introduced-by",
            TieKind::Introduced => "introduced",
            TieKind::Manager => "manager",
            TieKind::Report => "report",
            TieKind::Related { .. } => "related",
        }
    }

    /// What this person is to the other one.
    pub(super) fn inverse(&self) -> TieKind {
        match self {
            TieKind::IntroducedBy => TieKind::Introduced,
            TieKind::Introduced => TieKind::IntroducedBy,
            TieKind::Manager => TieKind::Report,
            TieKind::Report => TieKind::Manager,
            TieKind::Related { label } => TieKind::Related { label: label.clone() },
        }
    }

    /// Whether it is told in a note's own words.
    pub(super) fn is_related(&self) -> bool {
        matches!(self, TieKind::Related { .. })
    }

    /// Where ties of this kind stand among all of someone's.
    pub(super) fn place(&self) -> u8 {
        match self {
            TieKind::IntroducedBy => 0,
            TieKind::Introduced => 1,
            TieKind::Manager => 2,
            TieKind::Report => 3,
            TieKind::Related { .. } => 4,
        }
    }
}

/// Whose note tells of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToldBy {
    /// The person's own.
    Own,
    /// That of the other one, from which the tie is inferred.
    Other,
}

/// A tie of one person to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tie {
    /// To whom.
    pub other: TieOther,
    /// What they are to this person.
    pub kind: TieKind,
    /// Whose note says so.
    pub told_by: ToldBy,
}

/// Everything known about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// Their note: their identity.
    pub path: NotePath,
    /// What their note says.
    pub person: Arc<Person>,
    /// Tags of their note, as written.
    pub tags: Vec<Box<str>>,
    /// Bytes that order names: pinyin with surname readings for Chinese.
    pub sort_key: Box<[u8]>,
    /// Days of contact, oldest first, those ahead included.
    pub contacts: Vec<Contact>,
    /// Meetings to be confirmed, oldest first.
    pub plans: Vec<Plan>,
    /// Lines that name them and do not count, by date.
    pub passed_over: Vec<PassedOver>,
    /// Skips, oldest first.
    pub skips: Vec<Deferral>,
    /// Snoozes, oldest first.
    pub snoozes: Vec<Deferral>,
    /// Skips and snoozes of a birthday or festival alone, oldest first; they put off no contact.
    pub waived: Vec<Deferral>,
    /// Days on which they were met, oldest first.
    pub meeting_days: Vec<MeetingDay>,
    /// Their ties to others: by kind, what their own note says first.
    pub ties: Vec<Tie>,
    /// Their cadence.
    pub cadence: ResolvedCadence,
    /// Weight in the day's ranking, in hundredths.
    pub weight: u32,
}

/// The roles of those who teach.
const TEACHERS: [&str; 4] = ["teacher", "mentor", "skill-mentor", "career-mentor"];

impl PersonRecord {
    /// The newest day of contact up to today. Days that lie ahead do not count yet.
    pub fn last_contact(&self, today: Today) -> Option<NaiveDate> {
        let past = self.contacts.partition_point(|contact| contact.date <= today.0);
        Some(self.contacts.get(past.checked_sub(1)?)?.date)
    }

    /// Why nobody is reminded of them, whatever the day: died, let go, archived.
    pub fn silence(&self) -> Option<Silence> {
        match self.person.status {
            _ if self.person.deceased.is_some() => Some(Silence::Deceased),
            Some(Status::Archived) => Some(Silence::Archived),
            Some(Status::LetGo) => Some(Silence::LetGo),
            _ => None,
        }
    }

    /// Whether their role is to teach.
    pub fn teaches(&self) -> bool {
        self.person.presets.iter().any(|preset| TEACHERS.contains(&preset.value.as_ref()))
    }

    /// Whether any contact is dated `date`.
    pub fn was_contacted_on(&self, date: NaiveDate) -> bool {
        self.contacts.binary_search_by_key(&date, |contact| contact.date).is_ok()
    }
}

/// A task tied to people: by the person note it stands in, or by its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// Whom it is about, in order of mention.
    pub people: Vec<PersonId>,
    /// Its words.
    pub text: Box<str>,
    /// Due day.
    pub due: Option<NaiveDate>,
    /// Day it is scheduled for.
    pub scheduled: Option<NaiveDate>,
    /// First day it may start.
    pub start: Option<NaiveDate>,
    /// Priority.
    pub priority: Option<Priority>,
    /// Recurrence text.
    pub recurrence: Option<Box<str>>,
    /// Whether it is to thank someone.
    pub is_thanks: bool,
    /// Whether it is open, done or cancelled.
    pub state: TaskState,
    /// The day it was done or cancelled, where the line says so.
    pub closed_on: Option<NaiveDate>,
    /// Whether it promises an introduction.
    pub introduces: bool,
    /// The line of the affair in this note that it is a part of.
    pub affair: Option<u32>,
    /// The line of the task it hangs on.
    pub parent: Option<u32>,
    /// The day it was written down, where the line says so.
    pub created: Option<NaiveDate>,
    /// The how-manieth task of its words and days in the note it is, from 1, closed ones counted.
    pub nth: u32,
    /// The note.
    pub path: NotePath,
    /// The line, from 1.
    pub line: u32,
}

/// Someone's request that is cut into parts: tasks among the follow-ups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffairRecord {
    /// What it is about.
    pub title: Box<str>,
    /// Whose.
    pub people: Vec<PersonId>,
    /// The day it was brought up.
    pub asked_on: Option<NaiveDate>,
    /// The note.
    pub path: NotePath,
    /// The line, from 1.
    pub line: u32,
}

/// A meeting or event note with the people in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRecord {
    /// The note.
    pub path: NotePath,
    /// Meeting or event.
    pub kind: NoteKind,
    /// Its title or file name.
    pub title: Box<str>,
    /// Its day.
    pub date: NaiveDate,
    /// Its time.
    pub time: Option<NaiveTime>,
    /// Where.
    pub place: Option<Box<str>>,
    /// Who is to be or was there, known people only.
    pub people: Vec<PersonId>,
    /// Whether it took place.
    pub held: Held,
    /// What it is for.
    pub goal: Option<Box<str>>,
    /// What was prepared for it.
    pub prep: Option<Box<str>>,
    /// Whether somebody wrote a summary into it.
    pub is_summed_up: bool,
    /// The day thanks were given for it.
    pub thanked: Option<NaiveDate>,
    /// Who of them was met, for events.
    pub met: Vec<PersonId>,
    /// Who else was met: names that no note answers to.
    pub strangers: Vec<Box<str>>,
}

/// How many of what were read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Notes read, our own reports left out.
    pub notes: usize,
    /// Notes by kind, in the order of [`NoteKind`].
    pub kinds: std::collections::BTreeMap<NoteKind, usize>,
    /// Front-matter blocks of those notes by how they were read; absent ones are not counted.
    pub front_matter: std::collections::BTreeMap<FrontMatterOutcome, usize>,
}

/// The index of one vault: everything the reports need, independent of today.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// People in path order; the owner is not among them. Each is shared with the index before, as long as nothing about
    /// them changed.
    pub people: Vec<Arc<PersonRecord>>,
    /// The owner.
    pub owner: Option<Box<PersonRecord>>,
    /// Open tasks tied to people, in path and line order.
    pub follow_ups: Vec<FollowUp>,
    /// Tasks tied to people that are done or cancelled, in path and line order.
    pub closed: Vec<FollowUp>,
    /// Affairs of people, in path and line order.
    pub affairs: Vec<AffairRecord>,
    /// Log lines that answer an agenda line, by its name.
    pub answers: Vec<Answer>,
    /// Meeting and event notes, by date and path.
    pub meetings: Vec<MeetingRecord>,
    /// What was given and got.
    pub ledger: Ledger,
    /// Findings of reading and resolving, by path and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that hold from a day on, as what they are about lies ahead before; by that day, path and place.
    pub dated_diagnostics: Vec<(NaiveDate, Diagnostic)>,
    /// What was read.
    pub counts: Counts,
}

impl Index {
    /// The record behind an id.
    pub fn person(&self, id: PersonId) -> Option<&PersonRecord> {
        self.people.get(id.0 as usize).map(Arc::as_ref)
    }

    /// Whom the note at `path` is about.
    pub fn person_of(&self, path: &str) -> Option<PersonId> {
        let place = self.people.binary_search_by(|record| record.path.as_str().cmp(path)).ok()?;
        u32::try_from(place).ok().map(PersonId)
    }

    /// The log lines that answer an agenda line, one for each person they are about.
    pub fn answers(&self, id: ItemId) -> &[Answer] {
        let first = self.answers.partition_point(|answer| answer.id < id);
        let rest = self.answers.get(first..).unwrap_or_default();
        let count = rest.partition_point(|answer| answer.id == id);
        rest.get(..count).unwrap_or_default()
    }
}
