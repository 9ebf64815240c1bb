//! What an answered line is about, found by its name.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use crate::app::load::Loaded;
use crate::index::birthdays::yearly_days;
use crate::index::festivals::festivals_between;
use crate::index::item_ids::{
    About, about_festival, about_introduction, about_yearly, follow_up_id, follow_up_id_with,
};
use crate::index::record::{Evidence, FollowUp, Index, PersonId, PersonRecord};
use crate::index::reminders::{Reminder, reminders};
use crate::model::entry::Channel;
use crate::model::item_id::ItemId;
use crate::model::link::Link;
use crate::model::task::TaskState;
use crate::model::today::Today;
use crate::parse::ticks::{Mark, Tick};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::people::People;

/// How far back a line of an old agenda is looked for.
const PAST: u64 = 400;
/// And how far ahead an agenda may have looked.
const AHEAD: u64 = 400;
/// How many folders a note may have been moved from are tried.
const FOLDERS: usize = 50;
/// How many lines of one agenda may be looked for under older paths in vain: each takes long, and an agenda may hold
/// thousands that nobody knows.
const VAIN: u32 = 50;

/// What a line is about.
#[derive(Clone, Debug)]
pub(super) enum Case<'a> {
    /// Getting in touch.
    Contact(PersonId),
    /// A meeting, planned or past.
    Meeting {
        /// Who was to be there.
        people: Vec<PersonId>,
        /// Its day.
        day: NaiveDate,
        /// Its words.
        title: String,
        /// The task that plans it.
        task: Option<Source>,
        /// The word for how one meets there.
        channel: &'static str,
    },
    /// A birthday, or another day with its label.
    Yearly(PersonId, Option<String>),
    /// A festival, and who of those on the line has not been greeted.
    Festival(String, Vec<PersonId>),
    /// A task.
    Task(&'a FollowUp),
    /// A reminder of the index, open or closed since.
    Reminder(Reminder<'a>),
    /// A suggested introduction, by the two people in the order of its name.
    Introduction([PersonId; 2]),
    /// An event with nobody to log it for.
    Nobody,
    /// Something answered before.
    Answered,
}

/// Finds what lines are about; made once for all of an agenda.
pub(super) struct Finder<'a> {
    loaded: &'a Loaded,
    today: Today,
    items: HashMap<ItemId, AgendaItem>,
    open: HashMap<ItemId, &'a FollowUp>,
    closed: BTreeSet<ItemId>,
    reminders: HashMap<ItemId, Reminder<'a>>,
    people: People,
    moved: RefCell<Moved>,
}

/// What the search under older paths learnt from the lines before.
#[derive(Debug, Default)]
struct Moved {
    /// The folder that the last note found so was moved from: others were moved with it.
    from: Option<String>,
    vain: u32,
}

impl<'a> Finder<'a> {
    pub(super) fn new(loaded: &'a Loaded, today: Today) -> Self {
        let items = loaded.agenda(today).items.into_iter().filter(|item| item.section != Section::Done);
        let items = items.filter_map(|item| Some((item.id.parse().ok()?, item))).collect();
        let open = loaded.index.follow_ups.iter().map(|task| (follow_up_id(task), task)).collect();
        let closed = loaded.index.closed.iter().map(follow_up_id).collect();
        let reminders = reminders(&loaded.index, &loaded.options.index, today);
        let reminders = reminders.into_iter().map(|reminder| (reminder.id, reminder)).collect();
        let people = People::new(&loaded.index, &loaded.options.reports);
        Finder { loaded, today, items, open, closed, reminders, people, moved: RefCell::default() }
    }

    /// Whom a line links, each once.
    pub(super) fn linked(&self, tick: &Tick) -> Vec<PersonId> {
        let mut seen = BTreeSet::new();
        tick.links.iter().filter_map(|link| self.people.of(link)).filter(|id| seen.insert(*id)).collect()
    }

    /// What the line is about; none if nothing known has its name.
    pub(super) fn find(&self, tick: &Tick) -> Option<Case<'a>> {
        let index = self.index();
        if let Some(task) = self.open.get(&tick.id) {
            return Some(Case::Task(task));
        }
        if let Some(reminder) = self.reminders.get(&tick.id) {
            // What was done meanwhile without an answer needs none.
            return Some(if reminder.is_open { Case::Reminder(reminder.clone()) } else { Case::Answered });
        }
        if let Some(item) = self.items.get(&tick.id) {
            return self.of_item(item, tick);
        }
        if self.closed.contains(&tick.id) {
            return Some(Case::Answered);
        }
        let linked = self.linked(tick);
        if let Some(case) = self.festival(tick, &linked) {
            return Some(case);
        }
        if !index.answers(tick.id).is_empty() {
            return Some(Case::Answered);
        }
        if let Some(pair) = self.introduction(tick, &linked) {
            return Some(Case::Introduction(pair));
        }
        let records = || linked.iter().filter_map(|id| Some((*id, index.person(*id)?)));
        let now = records().find_map(|(id, record)| self.of_person(tick, id, record, record.path.as_str(), &linked));
        let now = now.or_else(|| self.task_with_other_days(tick, &linked));
        // A line that is still not known may be of a task that somebody took out: it says nothing about a contact.
        now.or_else(|| records().find_map(|(id, record)| self.of_moved(tick, id, record, &linked)))
    }

    fn index(&self) -> &'a Index {
        &self.loaded.index
    }

    fn of_item(&self, item: &AgendaItem, tick: &Tick) -> Option<Case<'a>> {
        let index = self.index();
        let person = item.path.as_deref().and_then(|path| index.person_of(path));
        Some(match (&item.reason, person) {
            (Reason::Festival { festival, .. }, _) => Case::Festival((*festival).to_owned(), self.linked(tick)),
            (Reason::YearlyDay { label, .. }, Some(person)) => Case::Yearly(person, label.clone()),
            (_, Some(person)) if item.kind == ItemKind::Contact => Case::Contact(person),
            (reason, Some(person)) => {
                let (by, title, with) = match reason {
                    Reason::Planned { by, title, with, .. } | Reason::DidYouMeet { by, title, with, .. } => {
                        (*by, title.as_str(), with.as_slice())
                    }
                    _ => ("meeting-rule", "", &[][..]),
                };
                let others = with.iter().filter_map(|other| index.person_of(&other.path));
                Case::Meeting {
                    people: std::iter::once(person).chain(others).collect(),
                    day: item.date,
                    title: title.to_owned(),
                    task: item.source.clone().filter(|_| by == "task"),
                    channel: match by {
                        "meeting" => "meeting",
                        _ => self.channel(person, item).unwrap_or("met"),
                    },
                }
            }
            (_, None) => Case::Nobody,
        })
    }

    /// How a meeting somebody arranged is to be held, where the line says so.
    fn channel(&self, person: PersonId, item: &AgendaItem) -> Option<Channel> {
        let (record, source) = (self.index().person(person)?, item.source.as_ref()?);
        let planned = record.plans.iter().map(|plan| &plan.evidence);
        let mut told = planned.chain(record.contacts.iter().flat_map(|contact| &contact.evidence));
        told.find(|told| told.path.as_str() == source.path && told.line == source.line)?.channel
    }

    /// The two of those a line links whose introduction has its name.
    fn introduction(&self, tick: &Tick, linked: &[PersonId]) -> Option<[PersonId; 2]> {
        let index = self.index();
        let mut people = linked.to_vec();
        people.sort_unstable();
        let pairs = people.iter().enumerate().flat_map(|(at, a)| people.iter().skip(at + 1).map(move |b| [*a, *b]));
        pairs.into_iter().find(|pair| {
            let [Some(a), Some(b)] = pair.map(|id| index.person(id)) else { return false };
            about_introduction(a, b).had(tick.id, index)
        })
    }

    fn festival(&self, tick: &Tick, linked: &[PersonId]) -> Option<Case<'a>> {
        let (first, last) = self.range();
        let (_, festival) = festivals_between(first, last)
            .into_iter()
            .find(|(date, festival)| about_festival(*festival, *date).had(tick.id, self.index()))?;
        let answered: BTreeSet<PersonId> =
            self.index().answers(tick.id).iter().filter_map(|answer| answer.person).collect();
        let left: Vec<PersonId> = linked.iter().copied().filter(|id| !answered.contains(id)).collect();
        let is_over = left.is_empty() && !answered.is_empty();
        Some(if is_over { Case::Answered } else { Case::Festival(festival.line().id().to_owned(), left) })
    }

    /// What someone was asked about under the path their note has or had.
    fn of_person(
        &self,
        tick: &Tick,
        id: PersonId,
        record: &PersonRecord,
        path: &str,
        linked: &[PersonId],
    ) -> Option<Case<'a>> {
        let (first, last) = self.range();
        let of = |kind, day, words| About { path, kind, day, words }.had(tick.id, self.index());
        for day in first.iter_days().take_while(|day| *day <= last) {
            if of("contact", day, "") {
                return Some(Case::Contact(id));
            }
            if of("meeting", day, "") || of("did-you-meet", day, "") {
                let channel = "met";
                return Some(Case::Meeting { people: vec![id], day, title: String::new(), task: None, channel });
            }
        }
        let yearly = yearly_days(record, first, last, &self.loaded.options.index);
        if let Some(found) = yearly.iter().find(|found| about_yearly(path, found).had(tick.id, self.index())) {
            let label = about_yearly(path, found).words.to_owned();
            return Some(Case::Yearly(id, Some(label).filter(|label| !label.is_empty())));
        }
        self.planned(tick, record, path, linked)
    }

    /// A meeting somebody arranged in writing.
    fn planned(&self, tick: &Tick, record: &PersonRecord, path: &str, linked: &[PersonId]) -> Option<Case<'a>> {
        let is = |day: NaiveDate, evidence: &Evidence| {
            let words = [&*evidence.text, evidence.path.as_str()];
            let of = |kind, words| About { path, kind, day, words }.had(tick.id, self.index());
            words.into_iter().any(|words| of("meeting", words) || of("did-you-meet", words))
        };
        if let Some(plan) = record.plans.iter().find(|plan| is(plan.date, &plan.evidence)) {
            use crate::index::record::PlanKind::{DatedTask, MeetingNote};
            let note = self.index().meetings.iter().find(|note| note.path == plan.evidence.path);
            let people = note.filter(|_| plan.kind == MeetingNote).map_or(linked, |note| &note.people).to_vec();
            let source = Source { path: plan.evidence.path.as_str().to_owned(), line: plan.evidence.line };
            return Some(Case::Meeting {
                people,
                day: plan.date,
                title: plan.evidence.text.to_string(),
                task: Some(source).filter(|_| plan.kind == DatedTask),
                channel: plan.evidence.channel.unwrap_or(if plan.kind == MeetingNote { "meeting" } else { "met" }),
            });
        }
        // What took place or was called off in its own note needs no answer any more.
        let told = record.contacts.iter().flat_map(|contact| contact.evidence.iter().map(|told| (contact.date, told)));
        let passed = record.passed_over.iter().filter_map(|passed| Some((passed.date?, &passed.evidence)));
        told.chain(passed).any(|(day, evidence)| is(day, evidence)).then_some(Case::Answered)
    }

    /// A task whose days were changed since the line was written.
    fn task_with_other_days(&self, tick: &Tick, linked: &[PersonId]) -> Option<Case<'a>> {
        let (first, last) = self.range();
        let mut days: Vec<Option<NaiveDate>> = vec![None];
        days.extend(first.iter_days().take_while(|day| *day <= last).map(Some));
        let index = self.index();
        let tied = |task: &&FollowUp| task.people.iter().any(|person| linked.contains(person));
        let task = index.follow_ups.iter().chain(&index.closed).filter(tied).find(|task| {
            days.iter().any(|day| {
                follow_up_id_with(task, task.due, *day) == tick.id
                    || follow_up_id_with(task, *day, task.scheduled) == tick.id
            })
        })?;
        let is_over = match tick.mark {
            _ if task.state != TaskState::Open => true,
            // It was put off as far already, perhaps by this very answer, unless somebody brought back an older note.
            Mark::PutOff(until) => until <= self.today.0 || task.scheduled.is_some_and(|day| day >= until),
            Mark::Unread(_) => true,
            Mark::Done(_) | Mark::Skip => false,
        };
        Some(if is_over { Case::Answered } else { Case::Task(task) })
    }

    /// What someone was asked about before their note was moved or renamed.
    fn of_moved(&self, tick: &Tick, id: PersonId, record: &PersonRecord, linked: &[PersonId]) -> Option<Case<'a>> {
        let index = self.index();
        let above = |other: &'a PersonRecord| {
            let folder = other.path.folder();
            let ends = folder.match_indices('/').map(|(end, _)| end).chain([0, folder.len()]);
            ends.filter_map(move |end| folder.get(..end))
        };
        let folders: BTreeSet<&str> = index.people.iter().map(AsRef::as_ref).flat_map(above).collect();
        let mut names: BTreeSet<&str> = record.person.aliases.iter().map(|alias| &**alias).collect();
        names.extend([record.path.stem(), &record.person.name]);
        names.extend(tick.links.iter().map(Link::shown));
        let mut moved = self.moved.borrow_mut();
        if moved.vain >= VAIN {
            return None;
        }
        let likeliest = moved.from.clone();
        let folders = likeliest.iter().map(String::as_str).chain(folders.iter().copied().take(FOLDERS));
        for folder in folders {
            let gap = if folder.is_empty() { "" } else { "/" };
            let paths = names.iter().map(|name| format!("{folder}{gap}{name}.md"));
            let mut older = paths.filter(|path| path != record.path.as_str());
            if let Some(case) = older.find_map(|path| self.of_person(tick, id, record, &path, linked)) {
                moved.from = Some(folder.to_owned());
                return Some(case);
            }
        }
        moved.vain += 1;
        None
    }

    fn range(&self) -> (NaiveDate, NaiveDate) {
        let today = self.today.0;
        let first = today.checked_sub_days(Days::new(PAST)).unwrap_or(today);
        (first, today.checked_add_days(Days::new(AHEAD)).unwrap_or(today))
    }
}
