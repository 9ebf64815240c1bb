//! Gathers what one note says about whom. Which note a link means is [`Identities`]' to say, and what a line counts for
//! is [`verdict`]'s; here the two are put together, with a word to the user where a link is not plain. Notes do not know
//! of each other here, so all can be gone through at once, and one alone after it was saved.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use crate::model::diagnostic::Finding;
use crate::model::entry::{Entry, EntryLink, Setting};
use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::moves::{MoveFieldKind, MoveKind};
use crate::model::note::{Held, Note, NoteKind};
use crate::model::path::NotePath;
use crate::model::task::TaskState;

use super::contact::{Attendees, Surroundings, Verdict, Whom, undated_reason, verdict};
use super::identity::{Identities, Someone};
use super::item_ids::numbers;
use super::ledger::{facts_of, thanks_of};
use super::record::{AffairRecord, Answer, FollowUp, MeetingRecord, PassedOverReason, PersonId, PlanKind};
use super::resolve::{NoteId, Resolved};
use super::said::{Apart, Listed, Said, Told};
use super::ties::ties_in;
use super::timeline::until_of;

/// What `note`, whose number is `id`, says.
pub(super) fn gather(note: &Note, id: NoteId, identities: &Identities) -> (Said, Listed) {
    let mut gathering = Gathering {
        note,
        identities,
        own: identities.person(id),
        about: Vec::new(),
        apart: Apart::default(),
        listed: Listed::default(),
        hinted: HashSet::new(),
    };
    if gives_facts(note.kind) {
        gathering.add_note();
    }
    if let Some(who) = identities.about(id) {
        gathering.add_ties(who);
    }
    let Gathering { about, apart, listed, .. } = gathering;
    (Said::new(about, apart), listed)
}

/// A bare name without what is said of it in brackets behind it.
fn without_remark(link: &Link) -> Option<Link> {
    let name = link.target.split(['（', '(']).next()?.trim_end();
    let has_remark = link.form == LinkForm::Plain && link.target.ends_with(['）', ')']) && !name.is_empty();
    has_remark.then(|| Link { target: name.into(), ..link.clone() })
}

struct Gathering<'n> {
    note: &'n Note,
    identities: &'n Identities,
    /// The person the note is about, if any.
    own: Option<PersonId>,
    about: Vec<(Someone, Told)>,
    apart: Apart,
    listed: Listed,
    /// Aliases already hinted at.
    hinted: HashSet<Box<str>>,
}

impl Gathering<'_> {
    fn add_note(&mut self) {
        if let Some(id) = self.own {
            self.tell(id, Told::Keys);
        }
        let note = self.note;
        let surroundings = surroundings_of(note);
        let mut present: Vec<PersonId> = Vec::new();
        let mut planned_lines: HashSet<u32> = HashSet::new();
        for (at, entry) in (0..).zip(&note.entries) {
            for (id, Judged { verdict, item }) in self.judge(surroundings, entry) {
                self.add_answers(entry, verdict, id);
                match verdict {
                    Verdict::Plan(PlanKind::DatedTask) => drop(planned_lines.insert(entry.line)),
                    Verdict::Counts if Some(entry.date) == note.date => present.push(id),
                    Verdict::Plan(PlanKind::MeetingNote) => present.push(id),
                    _ => {}
                }
                self.tell(id, Told::Entry { entry: at, item, verdict });
            }
            self.check_snooze(entry);
        }
        self.add_facts();
        self.add_undated();
        self.add_meeting(surroundings, present);
        self.add_follow_ups(&planned_lines);
    }

    fn tell(&mut self, id: PersonId, told: Told) {
        self.about.push((Someone::Person(id), told));
    }

    /// The ties that the note of `from` names. A tie to oneself is none.
    fn add_ties(&mut self, from: Someone) {
        let Some(person) = &self.note.person else { return };
        for (tie, (link, _)) in (0..).zip(ties_in(person)) {
            let to = match self.identities.resolve(link, &self.note.path) {
                Resolved::One(id) | Resolved::ByAlias(id) => self.identities.about(id),
                Resolved::Several(_) | Resolved::Nothing => None,
            };
            if to != Some(from) {
                self.about.push((from, Told::Tie { tie, to }));
                self.about.extend(to.map(|to| (to, Told::TiedBy { tie, from })));
            }
        }
    }

    /// Keeps which agenda lines an entry answers for someone. In their own note the name alone says so, as nothing is
    /// logged there twice.
    fn add_answers(&mut self, entry: &Entry, verdict: Verdict, person: PersonId) {
        let is_own = self.own == Some(person);
        if let Some(id) = entry.id.filter(|_| is_own || !matches!(verdict, Verdict::Not(_))) {
            let until = if matches!(verdict, Verdict::Snooze) { until_of(entry) } else { None };
            self.apart.answers.push(Answer { id, person: Some(person), until });
        }
        for item in entry.nested.iter().filter(|_| is_own) {
            let snoozes = item.moves.iter().any(|moved| moved.kind == MoveKind::Snooze);
            let until = item.fields.iter().find(|field| snoozes && field.kind == MoveFieldKind::Until);
            self.apart.answers.extend(item.id.map(|id| Answer {
                id,
                person: Some(person),
                until: until.and_then(|field| field.date),
            }));
        }
    }

    /// Moves, and the answers in the owner's own note.
    fn add_facts(&mut self) {
        let (note, own) = (self.note, self.own);
        if note.kind == NoteKind::Owner {
            let answer = |entry: &Entry| Some(Answer { id: entry.id?, person: None, until: until_of(entry) });
            self.apart.answers.extend(note.entries.iter().filter_map(answer));
        }
        self.listed.facts = facts_of(note, own, &mut |link| match self.people_of(link, Tell::Nothing) {
            Meant::One(id) => Some(id),
            Meant::Nobody | Meant::Several(_) => None,
        });
    }

    /// Lines without a date count for nobody, which whoever wrote them may want to know.
    fn add_undated(&mut self) {
        for (at, line) in (0..).zip(&self.note.undated) {
            let mut named: BTreeMap<PersonId, PassedOverReason> = BTreeMap::new();
            for EntryLink { link, setting } in &line.links {
                let people = match self.people_of(link, Tell::Nothing) {
                    Meant::Nobody => continue,
                    Meant::One(id) => vec![id],
                    Meant::Several(ids) => ids,
                };
                for id in people {
                    named.entry(id).or_insert_with(|| undated_reason(self.note.kind, line, *setting));
                }
            }
            for (id, reason) in named {
                self.tell(id, Told::Undated { line: at, reason });
            }
        }
    }

    /// What an entry is for each person it names: the best reading of several links, Counts before all others.
    fn judge(&mut self, surroundings: Surroundings, entry: &Entry) -> BTreeMap<PersonId, Judged> {
        let own = self.own;
        let mut judged: BTreeMap<PersonId, Judged> = BTreeMap::new();
        if let Some(id) = own {
            judged.insert(id, Judged { verdict: verdict(surroundings, entry, Whom::OwnNote), item: None });
        }
        let nested = (0..).zip(&entry.nested);
        let nested = nested.flat_map(|(at, item)| item.links.iter().map(move |link| (link, Some((at, item.line)))));
        for (EntryLink { link, setting }, item) in entry.links.iter().map(|link| (link, None)).chain(nested) {
            let said = verdict(surroundings, entry, Whom::Link(*setting));
            let line = item.map_or(entry.line, |(_, line)| line);
            let item = item.map(|(at, _)| at);
            let tell = if may_count(said) { Tell::AtLine(line) } else { Tell::Nothing };
            let (people, verdict) = match self.people_of(link, tell) {
                Meant::Nobody => continue,
                Meant::One(id) => (vec![id], said),
                Meant::Several(ids) if may_count(said) => (ids, Verdict::Not(PassedOverReason::Ambiguous)),
                Meant::Several(ids) => (ids, said),
            };
            for id in people.into_iter().filter(|id| Some(*id) != own) {
                let kept = judged.entry(id).or_insert(Judged { verdict, item });
                if matches!(kept.verdict, Verdict::Not(_)) && !matches!(verdict, Verdict::Not(_)) {
                    *kept = Judged { verdict, item };
                }
            }
        }
        judged
    }

    fn check_snooze(&mut self, entry: &Entry) {
        let snoozes = entry.moves.iter().find(|moved| moved.kind == MoveKind::Snooze);
        if let Some(moved) = snoozes.filter(|_| entry.setting == Setting::Plain && until_of(entry).is_none()) {
            let finding = Finding::new("snooze-without-date", []);
            self.apart.findings.push(finding.on_line(&self.note.path, moved.span, entry.line));
        }
    }

    /// Whom a link means, with a word to the user where it is not plain.
    fn people_of(&mut self, link: &Link, tell: Tell) -> Meant {
        let (id, by_alias) = match self.identities.resolve(link, &self.note.path) {
            Resolved::Nothing => match without_remark(link) {
                Some(bare) => return self.people_of(&bare, tell),
                None => return Meant::Nobody,
            },
            Resolved::One(id) => (id, None),
            Resolved::ByAlias(id) => (id, self.identities.path(id)),
            Resolved::Several(ids) => {
                let people: Vec<PersonId> = ids.iter().filter_map(|id| self.identities.person(*id)).collect();
                if people.is_empty() {
                    return Meant::Nobody;
                }
                if let Tell::AtLine(line) = tell {
                    let finding = self.ambiguous(link, &ids).on_line(&self.note.path, link.span, line);
                    self.apart.findings.push(finding);
                }
                return Meant::Several(people);
            }
        };
        let Some(person) = self.identities.person(id) else { return Meant::Nobody };
        if let (Some(meant), Tell::AtLine(line)) = (by_alias, tell) {
            let alias: Box<str> = fold(&link.target).into();
            if self.hinted.insert(alias.clone()) {
                let finding = Finding::new("alias-link", [&link.target, meant.as_str(), meant.stem()]);
                self.apart.hints.push((alias, finding.on_line(&self.note.path, link.span, line)));
            }
        }
        Meant::One(person)
    }

    fn ambiguous(&self, link: &Link, ids: &[NoteId]) -> Finding {
        const SHOWN: usize = 5;
        let known = || ids.iter().filter_map(|id| self.identities.path(*id));
        let mut paths: Vec<&str> = known().map(NotePath::as_str).take(SHOWN).collect();
        if ids.len() > SHOWN {
            paths.push("…");
        }
        let first = known().next().map_or("", NotePath::without_extension);
        Finding::new("ambiguous-link", [&link.target, &paths.join(", "), first])
    }

    fn add_meeting(&mut self, surroundings: Surroundings, present: Vec<PersonId>) {
        let note = self.note;
        let (Some(occasion), Some(date)) = (&note.occasion, note.date) else { return };
        if !matches!(note.kind, NoteKind::Meeting | NoteKind::Event) {
            return;
        }
        let mut people: Vec<PersonId> = Vec::new();
        for link in &occasion.attendees {
            if let Meant::One(id) = self.people_of(link, Tell::Nothing) {
                people.push(id);
            }
        }
        let (mut met, mut strangers) = (Vec::new(), Vec::new());
        for link in &occasion.met {
            match self.people_of(link, Tell::Nothing) {
                Meant::One(id) => met.push(id),
                Meant::Several(_) => {}
                Meant::Nobody => strangers.push(without_remark(link).as_ref().unwrap_or(link).shown().into()),
            }
        }
        people.extend(&met);
        if surroundings.attendees == Attendees::Absent {
            people.extend(present);
        }
        let mut seen = HashSet::new();
        people.retain(|id| seen.insert(*id));
        self.listed.meeting = Some(MeetingRecord {
            path: note.path.clone(),
            kind: note.kind,
            title: occasion.title.clone().unwrap_or_else(|| note.path.stem().into()),
            date,
            time: occasion.time,
            place: occasion.place.clone(),
            people,
            held: occasion.held,
            goal: occasion.goal.clone(),
            prep: occasion.prep.clone(),
            is_summed_up: occasion.summary.is_some(),
            thanked: occasion.thanked,
            met,
            strangers,
        });
    }

    /// The affairs of the note about somebody known, each with the lines its parts are among.
    fn add_affairs(&mut self) -> Vec<(RangeInclusive<u32>, AffairRecord)> {
        let note = self.note;
        let mut found = Vec::new();
        for affair in &note.affairs {
            let mut people: Vec<PersonId> = self.own.into_iter().collect();
            for link in &affair.people {
                if let Meant::One(id) = self.people_of(link, Tell::AtLine(affair.line))
                    && !people.contains(&id)
                {
                    people.push(id);
                }
            }
            if people.is_empty() {
                continue;
            }
            let record = AffairRecord {
                title: affair.title.clone(),
                people,
                asked_on: affair.asked_on,
                path: note.path.clone(),
                line: affair.line,
            };
            found.push((affair.first_line..=affair.last_line, record));
        }
        found
    }

    /// Tasks about people. An open one that starts with a date is an appointment and asked about as such.
    fn add_follow_ups(&mut self, planned_lines: &HashSet<u32>) {
        let (note, own) = (self.note, self.own);
        if own.is_none() && note.affairs.is_empty() && note.tasks.iter().all(|task| task.links.is_empty()) {
            return;
        }
        let affairs = self.add_affairs();
        for (task, nth) in note.tasks.iter().zip(numbers(&note.tasks)) {
            let told = matches!(task.setting, Setting::Plain | Setting::Quote);
            let is_open = task.state == TaskState::Open;
            if !task.passes_filter || !told || is_open && planned_lines.contains(&task.line) {
                continue;
            }
            let affair = affairs.iter().rev().find(|(lines, _)| lines.contains(&task.line)).map(|(_, affair)| affair);
            let mut people: Vec<PersonId> = own.into_iter().collect();
            people.extend(affair.iter().flat_map(|affair| &affair.people).filter(|id| Some(**id) != own));
            let tell = if is_open { Tell::AtLine(task.line) } else { Tell::Nothing };
            for link in &task.links {
                if let Meant::One(id) = self.people_of(link, tell)
                    && !people.contains(&id)
                {
                    people.push(id);
                }
            }
            if people.is_empty() {
                continue;
            }
            if let Some(thanked) = thanks_of(note, task, own.as_ref().map_or(&*people, std::slice::from_ref)) {
                self.listed.facts.facts.push(thanked);
            }
            let Listed { follow_ups, closed, .. } = &mut self.listed;
            let tasks = if is_open { follow_ups } else { closed };
            tasks.push(FollowUp {
                people,
                text: task.text.clone(),
                due: task.due,
                scheduled: task.scheduled,
                start: task.start,
                priority: task.priority,
                recurrence: task.recurrence.clone(),
                is_thanks: task.is_thanks,
                state: task.state,
                closed_on: if is_open { None } else { task.done.or(task.cancelled) },
                introduces: task.introduces,
                affair: affair.map(|affair| affair.line),
                parent: task.parent,
                created: task.created,
                nth,
                path: note.path.clone(),
                line: task.line,
            });
        }
        self.listed.affairs.extend(affairs.into_iter().map(|(_, affair)| affair));
    }
}

/// What an entry is for someone.
#[derive(Clone, Copy)]
struct Judged {
    verdict: Verdict,
    /// The place of the item below the entry that names them, where the entry's own lines do not.
    item: Option<u32>,
}

/// Whether diagnostics are given, and where. A link that counts for nobody anyway, in code or in a quote, needs none.
#[derive(Clone, Copy)]
enum Tell {
    AtLine(u32),
    Nothing,
}

/// Whether it matters whom a link means: it may be contact, or an open task about them.
fn may_count(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Not(reason) if reason != PassedOverReason::OpenTask)
}

/// Whom a link means.
enum Meant {
    /// No person: nothing, or a note about something else.
    Nobody,
    /// One.
    One(PersonId),
    /// Any of several; it counts for none of them.
    Several(Vec<PersonId>),
}

fn surroundings_of(note: &Note) -> Surroundings {
    let occasion = note.occasion.as_deref();
    let attendees = match occasion.is_some_and(|occasion| !occasion.attendees.is_empty()) {
        true => Attendees::Listed,
        false => Attendees::Absent,
    };
    Surroundings { kind: note.kind, held: occasion.map_or(Held::Filled, |occasion| occasion.held), attendees }
}

fn gives_facts(kind: NoteKind) -> bool {
    !matches!(kind, NoteKind::Generated | NoteKind::ConflictCopy | NoteKind::Damaged | NoteKind::Template)
}
