//! Goes through all notes in path order and gathers what each says about whom. Which note a link means is
//! [`Resolver`]'s to say, and what a line counts for is [`verdict`]'s; here the two are put together, with a word to the
//! user where a link is not plain.

use std::collections::{BTreeMap, HashSet};

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::entry::{Entry, EntryLink, NestedItem, Setting};
use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::moves::{MoveFieldKind, MoveKind};
use crate::model::note::{Held, Note, NoteKind};
use crate::model::task::TaskState;

use super::contact::{Attendees, Surroundings, Verdict, Whom, undated_reason, verdict};
use super::item_ids::numbers;
use super::ledger::{Ledger, NoteFacts, facts_of, thanks_of};
use super::record::{Answer, FollowUp, MeetingRecord, PassedOverReason, PersonId, PlanKind};
use super::resolve::{NoteId, Resolved, Resolver};
use super::ties::{Ties, ties_of};
use super::timeline::{Timeline, Told, until_of};

/// What all notes say about people.
pub(super) struct Gathered {
    /// Per person, in path order.
    pub(super) timelines: Vec<Timeline>,
    /// Open tasks about people, in path and line order.
    pub(super) follow_ups: Vec<FollowUp>,
    /// Those that are done or cancelled, likewise.
    pub(super) closed: Vec<FollowUp>,
    /// Which agenda lines the log answers, in order.
    pub(super) answers: Vec<Answer>,
    /// Meetings and events, by date and path.
    pub(super) meetings: Vec<MeetingRecord>,
    /// What was given and got.
    pub(super) ledger: Ledger,
    /// How people know each other.
    pub(super) ties: Ties,
    /// What was odd on the way.
    pub(super) findings: Vec<Diagnostic>,
}

/// Gathers from `notes`, which are in path order.
pub(super) fn gather(notes: &[&Note]) -> Gathered {
    let mut gathering = Gathering::new(notes);
    for (at, note) in notes.iter().enumerate().filter(|(_, note)| gives_facts(note.kind)) {
        let own = gathering.people.get(at).copied().flatten();
        gathering.add_note(note, own);
    }
    let ties = ties_of(notes, &gathering.people, &gathering.resolver);
    let Gathering { timelines, mut follow_ups, mut closed, mut answers, mut meetings, facts, findings, .. } = gathering;
    for tasks in [&mut follow_ups, &mut closed] {
        tasks.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    }
    answers.sort_unstable();
    answers.dedup();
    meetings.sort_by(|a, b| (a.date, &a.path).cmp(&(b.date, &b.path)));
    let ledger = Ledger::new(facts, timelines.len());
    Gathered { timelines, follow_ups, closed, answers, meetings, ledger, ties, findings }
}

/// A bare name without what is said of it in brackets behind it.
fn without_remark(link: &Link) -> Option<Link> {
    let name = link.target.split(['（', '(']).next()?.trim_end();
    let has_remark = link.form == LinkForm::Plain && link.target.ends_with(['）', ')']) && !name.is_empty();
    has_remark.then(|| Link { target: name.into(), ..link.clone() })
}

/// Whether a note is about someone whom the index keeps.
pub(super) fn is_person(note: &Note) -> bool {
    note.kind == NoteKind::Person && note.person.is_some()
}

struct Gathering<'n> {
    notes: &'n [&'n Note],
    resolver: Resolver<'n>,
    /// The person each note is about, if any.
    people: Vec<Option<PersonId>>,
    timelines: Vec<Timeline>,
    follow_ups: Vec<FollowUp>,
    closed: Vec<FollowUp>,
    answers: Vec<Answer>,
    meetings: Vec<MeetingRecord>,
    facts: Vec<NoteFacts>,
    findings: Vec<Diagnostic>,
    /// Aliases already hinted at: once per run is enough.
    hinted: HashSet<Box<str>>,
}

impl<'n> Gathering<'n> {
    fn new(notes: &'n [&'n Note]) -> Self {
        let mut ids = (0..).map(PersonId);
        let people: Vec<_> = notes.iter().map(|note| if is_person(note) { ids.next() } else { None }).collect();
        let timelines = vec![Timeline::default(); people.iter().flatten().count()];
        Gathering {
            notes,
            resolver: Resolver::new(notes),
            people,
            timelines,
            follow_ups: Vec::new(),
            closed: Vec::new(),
            answers: Vec::new(),
            meetings: Vec::new(),
            facts: Vec::new(),
            findings: Vec::new(),
            hinted: HashSet::new(),
        }
    }

    fn note(&self, id: NoteId) -> Option<&'n Note> {
        self.notes.get(id.0 as usize).copied()
    }

    fn person_at(&self, id: NoteId) -> Option<PersonId> {
        self.people.get(id.0 as usize).copied().flatten()
    }

    fn add_note(&mut self, note: &'n Note, own: Option<PersonId>) {
        if let (Some(id), Some(person)) = (own, &note.person)
            && let Some(timeline) = self.timelines.get_mut(id.0 as usize)
        {
            timeline.add_keys(&note.path, person);
        }
        let surroundings = surroundings_of(note);
        let mut present: Vec<PersonId> = Vec::new();
        let mut planned_lines: HashSet<u32> = HashSet::new();
        for entry in &note.entries {
            let judged = self.judge(note, own, surroundings, entry);
            for (id, Judged { verdict, item }) in judged {
                self.add_answers(entry, verdict, id, own);
                match verdict {
                    Verdict::Plan(PlanKind::DatedTask) => drop(planned_lines.insert(entry.line)),
                    Verdict::Counts if Some(entry.date) == note.date => present.push(id),
                    Verdict::Plan(PlanKind::MeetingNote) => present.push(id),
                    _ => {}
                }
                if let Some(timeline) = self.timelines.get_mut(id.0 as usize) {
                    timeline.add(&note.path, note.kind, Told { entry, item }, verdict);
                }
            }
            self.check_snooze(note, entry);
        }
        self.add_facts(note, own);
        self.add_undated(note);
        self.add_meeting(note, surroundings, present);
        self.add_follow_ups(note, own, &planned_lines);
    }

    /// Keeps which agenda lines an entry answers for someone. In their own note the name alone says so, as nothing is
    /// logged there twice.
    fn add_answers(&mut self, entry: &Entry, verdict: Verdict, person: PersonId, own: Option<PersonId>) {
        let is_own = own == Some(person);
        if let Some(id) = entry.id.filter(|_| is_own || !matches!(verdict, Verdict::Not(_))) {
            let until = if matches!(verdict, Verdict::Snooze) { until_of(entry) } else { None };
            self.answers.push(Answer { id, person: Some(person), until });
        }
        for item in entry.nested.iter().filter(|_| is_own) {
            let snoozes = item.moves.iter().any(|moved| moved.kind == MoveKind::Snooze);
            let until = item.fields.iter().find(|field| snoozes && field.kind == MoveFieldKind::Until);
            self.answers.extend(item.id.map(|id| Answer {
                id,
                person: Some(person),
                until: until.and_then(|field| field.date),
            }));
        }
    }

    /// Moves, and the answers in the owner's own note.
    fn add_facts(&mut self, note: &'n Note, own: Option<PersonId>) {
        if note.kind == NoteKind::Owner {
            let answer = |entry: &Entry| Some(Answer { id: entry.id?, person: None, until: until_of(entry) });
            self.answers.extend(note.entries.iter().filter_map(answer));
        }
        let facts = facts_of(note, own, &mut |link| match self.people_of(note, link, Tell::Nothing) {
            Meant::One(id) => Some(id),
            Meant::Nobody | Meant::Several(_) => None,
        });
        if facts != NoteFacts::default() {
            self.facts.push(facts);
        }
    }

    /// Lines without a date count for nobody, which whoever wrote them may want to know.
    fn add_undated(&mut self, note: &'n Note) {
        for line in &note.undated {
            let mut named: BTreeMap<PersonId, PassedOverReason> = BTreeMap::new();
            for EntryLink { link, setting } in &line.links {
                let people = match self.people_of(note, link, Tell::Nothing) {
                    Meant::Nobody => continue,
                    Meant::One(id) => vec![id],
                    Meant::Several(ids) => ids,
                };
                for id in people {
                    named.entry(id).or_insert_with(|| undated_reason(note.kind, line, *setting));
                }
            }
            for (id, reason) in named {
                if let Some(timeline) = self.timelines.get_mut(id.0 as usize) {
                    timeline.add_undated(&note.path, line, reason);
                }
            }
        }
    }

    /// What an entry is for each person it names: the best reading of several links, Counts before all others.
    fn judge<'e>(
        &mut self,
        note: &'n Note,
        own: Option<PersonId>,
        surroundings: Surroundings,
        entry: &'e Entry,
    ) -> BTreeMap<PersonId, Judged<'e>> {
        let mut judged: BTreeMap<PersonId, Judged<'e>> = BTreeMap::new();
        if let Some(id) = own {
            judged.insert(id, Judged { verdict: verdict(surroundings, entry, Whom::OwnNote), item: None });
        }
        let nested = entry.nested.iter().flat_map(|item| item.links.iter().map(move |link| (link, Some(item))));
        for (EntryLink { link, setting }, item) in entry.links.iter().map(|link| (link, None)).chain(nested) {
            let said = verdict(surroundings, entry, Whom::Link(*setting));
            let line = item.map_or(entry.line, |item| item.line);
            let tell = if may_count(said) { Tell::AtLine(line) } else { Tell::Nothing };
            let (people, verdict) = match self.people_of(note, link, tell) {
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

    fn check_snooze(&mut self, note: &Note, entry: &Entry) {
        let snoozes = entry.moves.iter().find(|moved| moved.kind == MoveKind::Snooze);
        if let Some(moved) = snoozes.filter(|_| entry.setting == Setting::Plain && until_of(entry).is_none()) {
            self.findings.push(Finding::new("snooze-without-date", []).on_line(&note.path, moved.span, entry.line));
        }
    }

    /// Whom a link means, with a word to the user where it is not plain.
    fn people_of(&mut self, note: &'n Note, link: &Link, tell: Tell) -> Meant {
        let (id, by_alias) = match self.resolver.resolve(link, &note.path) {
            Resolved::Nothing => match without_remark(link) {
                Some(bare) => return self.people_of(note, &bare, tell),
                None => return Meant::Nobody,
            },
            Resolved::One(id) => (id, None),
            Resolved::ByAlias(id) => (id, self.note(id)),
            Resolved::Several(ids) => {
                let people: Vec<PersonId> = ids.iter().filter_map(|id| self.person_at(*id)).collect();
                if people.is_empty() {
                    return Meant::Nobody;
                }
                if let Tell::AtLine(line) = tell {
                    self.findings.push(self.ambiguous(link, &ids).on_line(&note.path, link.span, line));
                }
                return Meant::Several(people);
            }
        };
        let Some(person) = self.person_at(id) else { return Meant::Nobody };
        if let (Some(meant), Tell::AtLine(line)) = (by_alias, tell)
            && self.hinted.insert(fold(&link.target).into())
        {
            let finding = Finding::new("alias-link", [&link.target, meant.path.as_str(), meant.path.stem()]);
            self.findings.push(finding.on_line(&note.path, link.span, line));
        }
        Meant::One(person)
    }

    fn ambiguous(&self, link: &Link, ids: &[NoteId]) -> Finding {
        const SHOWN: usize = 5;
        let notes = || ids.iter().filter_map(|id| self.note(*id));
        let mut paths: Vec<&str> = notes().map(|note| note.path.as_str()).take(SHOWN).collect();
        if ids.len() > SHOWN {
            paths.push("…");
        }
        let first = notes().next().map_or("", |note| note.path.without_extension());
        Finding::new("ambiguous-link", [&link.target, &paths.join(", "), first])
    }

    fn add_meeting(&mut self, note: &'n Note, surroundings: Surroundings, present: Vec<PersonId>) {
        let (Some(occasion), Some(date)) = (&note.occasion, note.date) else { return };
        if !matches!(note.kind, NoteKind::Meeting | NoteKind::Event) {
            return;
        }
        let mut people: Vec<PersonId> = Vec::new();
        for link in &occasion.attendees {
            if let Meant::One(id) = self.people_of(note, link, Tell::Nothing) {
                people.push(id);
            }
        }
        let (mut met, mut strangers) = (Vec::new(), Vec::new());
        for link in &occasion.met {
            match self.people_of(note, link, Tell::Nothing) {
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
        self.meetings.push(MeetingRecord {
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

    /// Tasks about people. An open one that starts with a date is an appointment and asked about as such.
    fn add_follow_ups(&mut self, note: &'n Note, own: Option<PersonId>, planned_lines: &HashSet<u32>) {
        if own.is_none() && note.tasks.iter().all(|task| task.links.is_empty()) {
            return;
        }
        for (task, nth) in note.tasks.iter().zip(numbers(&note.tasks)) {
            let told = matches!(task.setting, Setting::Plain | Setting::Quote);
            let is_open = task.state == TaskState::Open;
            if !task.passes_filter || !told || is_open && planned_lines.contains(&task.line) {
                continue;
            }
            let mut people: Vec<PersonId> = own.into_iter().collect();
            let tell = if is_open { Tell::AtLine(task.line) } else { Tell::Nothing };
            for link in &task.links {
                if let Meant::One(id) = self.people_of(note, link, tell)
                    && !people.contains(&id)
                {
                    people.push(id);
                }
            }
            if people.is_empty() {
                continue;
            }
            if let Some(thanked) = thanks_of(note, task, own.as_ref().map_or(&*people, std::slice::from_ref)) {
                self.facts.push(thanked);
            }
            let tasks = if is_open { &mut self.follow_ups } else { &mut self.closed };
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
                nth,
                path: note.path.clone(),
                line: task.line,
            });
        }
    }
}

/// What an entry is for someone.
#[derive(Clone, Copy)]
struct Judged<'e> {
    verdict: Verdict,
    /// The item below the entry that names them, where the entry's own lines do not.
    item: Option<&'e NestedItem>,
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
