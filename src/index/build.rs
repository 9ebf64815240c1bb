//! From notes to the index, in one pass over people and one over all notes. Nothing depends on the order in which the
//! notes were read, nor on today.

use std::collections::{BTreeMap, HashSet};

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::note::{FrontMatterOutcome, Held, Note, NoteKind};
use crate::model::path::NotePath;
use crate::model::task::TaskState;

use super::cadence::{Benefit, CadenceRules};
use super::checks::check_person;
use super::collate::Collation;
use super::contact::{Attendees, Surroundings, Verdict, Whom, verdict};
use super::options::IndexOptions;
use super::record::{
    Counts, Evidence, FollowUp, Index, MeetingRecord, PassedOverReason, PersonId, PersonRecord, PlanKind,
};
use super::resolve::{NoteId, Resolved, Resolver};
use super::timeline::{Finished, Timeline, until_of};
use crate::model::entry::{Entry, EntryLink, Setting};
use crate::model::moves::MoveKind;

/// The index of `notes`, with `diagnostics` of reading them. The same for every order of the notes.
pub fn build_index(mut notes: Vec<Note>, mut diagnostics: Vec<Diagnostic>, options: &IndexOptions) -> Index {
    notes.sort_by(|a, b| a.path.cmp(&b.path));
    let counts = counts_of(&notes);
    let mut gathered = Gathering::new(&notes);
    gathered.check_owners();
    gathered.check_twins();
    gathered.check_names();
    for note in &notes {
        gathered.add_note(note);
    }
    let Gathering { timelines, owner, mut follow_ups, mut meetings, findings, .. } = gathered;
    diagnostics.extend(findings);
    meetings.sort_by(|a, b| (a.date, &a.path).cmp(&(b.date, &b.path)));
    follow_ups.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));

    let (collation, rules) = (Collation::new(), CadenceRules::new(options));
    let mut timelines = timelines.into_iter();
    let (mut people, mut owner_record) = (Vec::new(), None);
    for (id, note) in (0..).map(NoteId).zip(notes) {
        if note.kind == NoteKind::Person && note.person.is_some() {
            let timeline = timelines.next().unwrap_or_default();
            people.extend(record(note, timeline.finish(), &collation, &rules));
        } else if owner == Some(id) {
            owner_record = record(note, Timeline::default().finish(), &collation, &rules).map(Box::new);
        }
    }
    for person in &people {
        diagnostics.extend(check_person(person));
    }
    diagnostics.sort_by(|a, b| {
        (&a.path, a.position, a.span, a.code, &a.arguments).cmp(&(&b.path, b.position, b.span, b.code, &b.arguments))
    });
    diagnostics.dedup();
    Index { people, owner: owner_record, follow_ups, meetings, diagnostics, counts }
}

fn counts_of(notes: &[Note]) -> Counts {
    let mut counts = Counts { notes: notes.len(), ..Counts::default() };
    for note in notes {
        *counts.kinds.entry(note.kind).or_default() += 1;
        if note.front_matter != FrontMatterOutcome::Absent {
            *counts.front_matter.entry(note.front_matter).or_default() += 1;
        }
    }
    counts
}

fn record(note: Note, timeline: Finished, collation: &Collation, rules: &CadenceRules<'_>) -> Option<PersonRecord> {
    let person = *note.person?;
    let Finished { contacts, plans, passed_over, skips, snoozes, meeting_days } = timeline;
    let got = |evidence: &Evidence| evidence.moves.iter().any(|moved| moved.kind == MoveKind::Got);
    let told = passed_over.iter().filter(|passed| tells_of_help(passed.reason)).map(|passed| &passed.evidence);
    let benefit = match contacts.iter().flat_map(|contact| &contact.evidence).chain(told).any(got) {
        true => Benefit::Received,
        false => Benefit::None,
    };
    Some(PersonRecord {
        sort_key: collation.sort_key(&person.name, person.sort_as.as_deref(), note.path.as_str()),
        cadence: rules.cadence_of(&person, &note.tags),
        weight: rules.weight_of(&person, benefit),
        tags: note.tags.into_iter().map(|tag| tag.name).collect(),
        path: note.path,
        person,
        contacts,
        plans,
        passed_over,
        skips,
        snoozes,
        meeting_days,
    })
}

/// Lines that are no contact only because of where they stand still tell what was given.
fn tells_of_help(reason: PassedOverReason) -> bool {
    use PassedOverReason::{EventOnlyCountsMet, MeetingHasAttendees, Periodic};
    matches!(reason, EventOnlyCountsMet | MeetingHasAttendees | Periodic)
}

/// What is gathered while the notes are gone through, in path order.
struct Gathering<'n> {
    notes: &'n [Note],
    resolver: Resolver<'n>,
    /// The person each note is about, if any.
    people: Vec<Option<PersonId>>,
    timelines: Vec<Timeline>,
    owner: Option<NoteId>,
    follow_ups: Vec<FollowUp>,
    meetings: Vec<MeetingRecord>,
    findings: Vec<Diagnostic>,
    /// Aliases already hinted at: once per run is enough.
    hinted: HashSet<Box<str>>,
}

impl<'n> Gathering<'n> {
    fn new(notes: &'n [Note]) -> Self {
        let mut ids = (0..).map(PersonId);
        let is_person = |note: &Note| note.kind == NoteKind::Person && note.person.is_some();
        let people: Vec<_> = notes.iter().map(|note| if is_person(note) { ids.next() } else { None }).collect();
        let owner = notes.iter().position(|note| note.kind == NoteKind::Owner).map(|at| NoteId(at as u32));
        let timelines = vec![Timeline::default(); people.iter().flatten().count()];
        Gathering {
            notes,
            resolver: Resolver::new(notes),
            people,
            timelines,
            owner,
            follow_ups: Vec::new(),
            meetings: Vec::new(),
            findings: Vec::new(),
            hinted: HashSet::new(),
        }
    }

    fn check_owners(&mut self) {
        let Some(first) = self.owner.and_then(|owner| self.note(owner)) else { return };
        for other in self.notes.iter().filter(|note| note.kind == NoteKind::Owner && note.path != first.path) {
            self.findings.push(Finding::new("several-owners", [first.path.as_str()]).about(&other.path));
        }
    }

    fn check_twins(&mut self) {
        let mut findings = Vec::new();
        for twins in self.resolver.twins() {
            let paths: Vec<&NotePath> = twins.iter().filter_map(|id| Some(&self.note(*id)?.path)).collect();
            for (path, other) in with_another(&paths) {
                findings.push(Finding::new("twin-paths", [other.as_str()]).about(path));
            }
        }
        self.findings.extend(findings);
    }

    fn check_names(&mut self) {
        let mut by_name: BTreeMap<String, Vec<&Note>> = BTreeMap::new();
        for note in self.notes.iter().filter(|note| note.kind == NoteKind::Person) {
            if let Some(person) = &note.person {
                by_name.entry(fold(&person.name)).or_default().push(note);
            }
        }
        for notes in by_name.values() {
            for (note, other) in with_another(notes) {
                let name = note.person.as_ref().map(|person| &*person.name).unwrap_or_default();
                self.findings.push(Finding::new("same-name", [name, other.path.as_str()]).about(&note.path));
            }
        }
    }

    fn note(&self, id: NoteId) -> Option<&'n Note> {
        self.notes.get(id.0 as usize)
    }

    fn person_at(&self, id: NoteId) -> Option<PersonId> {
        self.people.get(id.0 as usize).copied().flatten()
    }

    fn add_note(&mut self, note: &'n Note) {
        let own = self.notes.binary_search_by(|other| other.path.cmp(&note.path)).ok();
        let own = own.and_then(|at| self.people.get(at).copied().flatten());
        if !gives_facts(note.kind) {
            return;
        }
        if let (Some(id), Some(person)) = (own, &note.person)
            && let Some(timeline) = self.timelines.get_mut(id.0 as usize)
        {
            timeline.add_keys(&note.path, person);
        }
        let surroundings = surroundings_of(note);
        let mut present: Vec<PersonId> = Vec::new();
        let mut planned_lines: HashSet<u32> = HashSet::new();
        for entry in &note.entries {
            let verdicts = self.judge(note, own, surroundings, entry);
            for (id, verdict) in verdicts {
                match verdict {
                    Verdict::Plan(PlanKind::DatedTask) => drop(planned_lines.insert(entry.line)),
                    Verdict::Counts | Verdict::Plan(PlanKind::MeetingNote) => present.push(id),
                    _ => {}
                }
                if let Some(timeline) = self.timelines.get_mut(id.0 as usize) {
                    timeline.add(&note.path, note.kind, entry, verdict);
                }
            }
            self.check_snooze(note, entry);
        }
        self.add_meeting(note, surroundings, present);
        self.add_follow_ups(note, own, &planned_lines);
    }

    /// What an entry is for each person it names: the best reading of several links, Counts before all others.
    fn judge(
        &mut self,
        note: &'n Note,
        own: Option<PersonId>,
        surroundings: Surroundings,
        entry: &Entry,
    ) -> BTreeMap<PersonId, Verdict> {
        let mut verdicts: BTreeMap<PersonId, Verdict> = BTreeMap::new();
        if let Some(id) = own {
            verdicts.insert(id, verdict(surroundings, entry, Whom::OwnNote));
        }
        let nested = entry.nested.iter().flat_map(|item| item.links.iter().map(move |link| (link, item.line)));
        for (EntryLink { link, setting }, line) in entry.links.iter().map(|link| (link, entry.line)).chain(nested) {
            let said = verdict(surroundings, entry, Whom::Link(*setting));
            let (people, said) = match self.people_of(note, link, line, *setting) {
                Meant::Nobody => continue,
                Meant::One(id) => (vec![id], said),
                Meant::Several(ids) => (ids, Verdict::Not(PassedOverReason::Ambiguous)),
            };
            for id in people.into_iter().filter(|id| Some(*id) != own) {
                let kept = verdicts.entry(id).or_insert(said);
                if matches!(kept, Verdict::Not(_)) && !matches!(said, Verdict::Not(_)) {
                    *kept = said;
                }
            }
        }
        verdicts
    }

    fn check_snooze(&mut self, note: &Note, entry: &Entry) {
        let snoozes = entry.moves.iter().find(|moved| moved.kind == MoveKind::Snooze);
        if let Some(moved) = snoozes.filter(|_| entry.setting == Setting::Plain && until_of(entry).is_none()) {
            self.findings.push(Finding::new("snooze-without-date", []).on_line(&note.path, moved.span, entry.line));
        }
    }

    /// Whom a link means, with a word to the user where it is not plain. Links that count for nobody anyway, in code
    /// or quotes, give no diagnostics.
    fn people_of(&mut self, note: &'n Note, link: &Link, line: u32, setting: Setting) -> Meant {
        let found = self.resolver.resolve(link, &note.path);
        let (id, by_alias) = match found {
            Resolved::Nothing => return Meant::Nobody,
            Resolved::Several(ids) => {
                let people: Vec<PersonId> = ids.iter().filter_map(|id| self.person_at(*id)).collect();
                if people.is_empty() {
                    return Meant::Nobody;
                }
                if setting == Setting::Plain {
                    self.findings.push(self.ambiguous(link, &ids).on_line(&note.path, link.span, line));
                }
                return Meant::Several(people);
            }
            Resolved::One(id) => (id, None),
            Resolved::ByAlias(id) => (id, self.note(id)),
        };
        let Some(person) = self.person_at(id) else { return Meant::Nobody };
        if let Some(meant) = by_alias.filter(|_| link.form != LinkForm::Plain && setting == Setting::Plain)
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
        for link in occasion.attendees.iter().chain(&occasion.met) {
            if let Meant::One(id) = self.people_of(note, link, 1, Setting::Field) {
                people.push(id);
            }
        }
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
        });
    }

    /// Open tasks about people. One that starts with a date is an appointment and asked about as such.
    fn add_follow_ups(&mut self, note: &'n Note, own: Option<PersonId>, planned_lines: &HashSet<u32>) {
        for task in &note.tasks {
            let told = matches!(task.setting, Setting::Plain | Setting::Quote);
            if task.state != TaskState::Open || !task.passes_filter || !told || planned_lines.contains(&task.line) {
                continue;
            }
            let mut people: Vec<PersonId> = own.into_iter().collect();
            for link in &task.links {
                // the same line is an entry too, where a link that is not plain was already spoken of
                if let Meant::One(id) = self.people_of(note, link, task.line, Setting::Field)
                    && !people.contains(&id)
                {
                    people.push(id);
                }
            }
            if people.is_empty() {
                continue;
            }
            self.follow_ups.push(FollowUp {
                people,
                text: task.text.clone(),
                due: task.due,
                scheduled: task.scheduled,
                start: task.start,
                priority: task.priority,
                recurrence: task.recurrence.clone(),
                path: note.path.clone(),
                line: task.line,
            });
        }
    }
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

/// Each of several with one of the others: the next, and the first for the last. Nothing for one alone.
fn with_another<T: Copy>(all: &[T]) -> Vec<(T, T)> {
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter().copied().zip(all.iter().copied().cycle().skip(1)).collect()
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
