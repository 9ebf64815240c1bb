//! The facts of the index as the reports ask for them. Everything that needs arithmetic stands in `index`; here it is
//! only brought into the form of a line.

use chrono::NaiveDate;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::index::birthdays;
use crate::index::ledger::Fact;
use crate::index::options::IndexOptions;
use crate::index::record::{Contact, Evidence, Index, MeetingRecord, PersonId, PersonRecord, TieKind, TieOther};
use crate::index::standing::standing;
use crate::index::standing::{Silence, Standing, State, Step};
use crate::index::thanks::Debt;
use crate::index::tie::{self, TieGround};
use crate::model::link::Link;
use crate::model::person::{Closeness, Person, Status};
use crate::model::today::Today;

use super::reason::{CadenceReason, Deed, LastContact, Named, NoteRef, Owed, PersonRef, Source, TieStep};

/// Someone on the report's day.
pub(super) struct Subject<'i> {
    /// Number in the index.
    pub(super) id: PersonId,
    /// What is known.
    pub(super) record: &'i PersonRecord,
    /// Where they stand.
    pub(super) standing: Standing,
}

/// Everyone in the index, in path order.
pub(super) fn subjects<'i>(index: &'i Index, options: &IndexOptions, today: Today) -> Vec<Subject<'i>> {
    let people = index.people.par_iter().enumerate();
    let numbered = people.filter_map(|(at, record)| Some((PersonId(u32::try_from(at).ok()?), record)));
    numbered.map(|(id, record)| Subject::new(id, record, options, today)).collect()
}

impl<'i> Subject<'i> {
    /// One of them by number.
    pub(super) fn of(index: &'i Index, options: &IndexOptions, id: PersonId, today: Today) -> Option<Self> {
        Some(Subject::new(id, index.person(id)?, options, today))
    }

    fn new(id: PersonId, record: &'i PersonRecord, options: &IndexOptions, today: Today) -> Self {
        Subject { id, record, standing: standing(record, today, options) }
    }

    /// Never reminded about: archived, let go or no longer alive.
    pub(super) fn is_silent(&self) -> bool {
        self.silence().is_some()
    }

    /// Why never reminded about.
    pub(super) fn silence(&self) -> Option<Silence> {
        self.record.silence()
    }

    /// Silent or paused: not to be contacted.
    pub(super) fn is_left_alone(&self) -> bool {
        self.is_silent() || self.standing.state == State::Paused
    }

    /// The name and note as other lines mention them.
    pub(super) fn reference(&self) -> PersonRef {
        reference(self.record)
    }

    pub(super) fn name(&self) -> String {
        self.record.person.name.to_string()
    }

    pub(super) fn path(&self) -> String {
        self.record.path.as_str().to_owned()
    }

    pub(super) fn last(&self, today: Today) -> Option<LastContact> {
        let contact = self.record.contacts.iter().rev().find(|contact| contact.date <= today.0)?;
        Some(told(contact, today))
    }

    pub(super) fn cadence(&self) -> CadenceReason {
        cadence_reason(self.record)
    }

    /// Periods skipped since the last contact.
    pub(super) fn skipped(&self) -> u32 {
        let skips = self.standing.steps.iter().filter(|step| matches!(step, Step::Skipped(..)));
        u32::try_from(skips.count()).unwrap_or(u32::MAX)
    }

    /// The day proposed for the first contact.
    pub(super) fn first_day(&self) -> Option<NaiveDate> {
        self.standing.steps.iter().find_map(|step| match step {
            Step::FirstContactOn(day) => Some(*day),
            _ => None,
        })
    }

    /// The last day of a snooze.
    pub(super) fn snoozed_through(&self) -> Option<NaiveDate> {
        self.standing.steps.iter().find_map(|step| match step {
            Step::SnoozedThrough(day) => Some(*day),
            _ => None,
        })
    }

    /// How they were met, in the note's words.
    pub(super) fn met(&self) -> Option<String> {
        self.record.person.met_through.as_deref().map(str::to_owned)
    }
}

/// A contact by its fullest evidence: the first with words, else the first.
pub(super) fn told(contact: &Contact, today: Today) -> LastContact {
    let with_words = contact.evidence.iter().find(|evidence| !evidence.text.is_empty());
    let told = with_words.or_else(|| contact.evidence.first());
    let channel = told.and_then(|evidence| evidence.channel);
    let channel = channel.or_else(|| contact.evidence.iter().find_map(|evidence| evidence.channel));
    LastContact {
        date: contact.date,
        days: today.days_since(contact.date),
        channel: channel.map(str::to_owned),
        text: told.map_or_else(String::new, |evidence| evidence.text.to_string()),
        source: told.map_or_else(Source::default, source),
    }
}

/// A fact of the ledger as a line.
pub(super) fn told_fact(fact: &Fact, today: Today) -> LastContact {
    LastContact {
        date: fact.date,
        days: today.days_since(fact.date),
        channel: fact.channel.map(str::to_owned),
        text: fact.words().to_owned(),
        source: Source { path: fact.path.as_str().to_owned(), line: fact.line },
    }
}

/// How someone's tie came to where it stands, with the line of each step.
pub(super) fn tie_steps(index: &Index, id: PersonId, today: Today) -> Vec<TieStep> {
    let steps = tie::tie_steps(index, id, today).into_iter();
    let line = |by: TieGround<'_>| match by {
        TieGround::Contact(contact) => told(contact, today),
        TieGround::Cooperation(fact) => told_fact(fact, today),
    };
    steps.map(|step| TieStep { state: step.state.as_str(), line: line(step.by) }).collect()
}

/// Someone's manager, where their note or that of the manager names one.
pub(super) fn manager(index: &Index, id: PersonId) -> Option<Named> {
    let mut ties = index.person(id)?.ties.iter().filter(|tie| tie.kind == TieKind::Manager);
    ties.find_map(|tie| match &tie.other {
        TieOther::Person(other) => {
            let PersonRef { person, path } = reference(index.person(*other)?);
            Some(Named { person, path: Some(path) })
        }
        TieOther::Named(name) => Some(Named { person: name.to_string(), path: None }),
        TieOther::Owner => None,
    })
}

/// A person as reports name them.
pub(super) fn reference(record: &PersonRecord) -> PersonRef {
    PersonRef { person: record.person.name.to_string(), path: record.path.as_str().to_owned() }
}

/// A meeting or event as reports name it; of a meeting with `name`, without that name.
pub(super) fn note_reference(note: &MeetingRecord, name: &str) -> NoteRef {
    NoteRef { title: short_title(&note.title, note.date, name).to_owned(), path: note.path.as_str().to_owned() }
}

/// A title without the day and the name it begins with, as file names of meetings do: a line says both already.
pub(super) fn short_title<'t>(title: &'t str, date: NaiveDate, name: &str) -> &'t str {
    let blanks = [' ', '-', '_'];
    let mut short = title;
    for known in [date.to_string().as_str(), name].into_iter().filter(|known| !known.is_empty()) {
        let rest = short.strip_prefix(known).filter(|rest| rest.starts_with(blanks));
        short = rest.map(|rest| rest.trim_start_matches(blanks)).filter(|rest| !rest.is_empty()).unwrap_or(short);
    }
    short
}

/// A fact of the ledger as reports tell it.
pub(super) fn deed(index: &Index, fact: &Fact) -> Deed {
    Deed {
        date: fact.date,
        favour: fact.detail.as_deref().map(str::to_owned),
        channel: fact.channel.map(str::to_owned),
        text: fact.words().to_owned(),
        cc: fact.cc.iter().filter_map(|id| index.person(*id)).map(reference).collect(),
        source: Source { path: fact.path.as_str().to_owned(), line: fact.line },
    }
}

/// Some open debts of thanks to someone as one, told by the oldest; `None` without any.
pub(super) fn owed<'i>(index: &'i Index, id: PersonId, debts: &[&Debt<'i>]) -> Option<Owed> {
    Some(Owed {
        deed: deed(index, debts.first()?.favour),
        more: debts.len() - 1,
        is_large: debts.iter().any(|debt| debt.is_large),
        manager: manager(index, id),
    })
}

/// Where a fact can be read.
pub(super) fn source(evidence: &Evidence) -> Source {
    Source { path: evidence.path.as_str().to_owned(), line: evidence.line }
}

/// The cadence that holds and the rule that gave it.
pub(super) fn cadence_reason(record: &PersonRecord) -> CadenceReason {
    CadenceReason {
        cadence: record.cadence.period.map(|period| period.to_string()),
        rule: record.cadence.rule.name(),
        detail: record.cadence.detail.to_string(),
    }
}

/// The next birthday; none for the dead.
pub(super) fn next_birthday(subject: &Subject<'_>, options: &IndexOptions, today: Today) -> Option<NaiveDate> {
    birthdays::next_birthday(subject.record, today.0, options).map(|found| found.date)
}

/// Companies as shown, joined the same way in both languages, as they are names.
pub(super) fn company(person: &Person) -> Option<String> {
    let names: Vec<_> = person.company.iter().map(Link::shown).collect();
    (!names.is_empty()).then(|| names.join(" / "))
}

/// The word of the JSON contract for a closeness.
pub(super) fn closeness_word(closeness: Closeness) -> &'static str {
    match closeness {
        Closeness::Core => "core",
        Closeness::Strong => "strong",
        Closeness::Weak => "weak",
    }
}

/// The word of the JSON contract for a status; death comes before any other.
pub(super) fn status_word(person: &Person) -> &'static str {
    match person.status {
        _ if person.deceased.is_some() => "deceased",
        None | Some(Status::Active) => "active",
        Some(Status::Warmup) => "warmup",
        Some(Status::Dormant) => "dormant",
        Some(Status::Archived) => "archived",
        Some(Status::LetGo) => "let-go",
    }
}
