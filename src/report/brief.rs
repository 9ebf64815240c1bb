//! A brief: one page on someone, to be read on a phone before meeting them. Who they are, what they did for the owner,
//! what was talked about, what is open both ways, what the owner wants to bring along, what the two could do for each
//! other, who else comes.
//!
//! What is absent: what somebody else promised, unless it is written down as a task; nobody can know it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use serde::Serialize;

use crate::index::birthdays;
use crate::index::matching::{Match, MatchKind, Matches};
use crate::index::options::IndexOptions;
use crate::index::record::{Index, MeetingRecord, PersonId};
use crate::index::steps::{MeetingAhead, last_meeting, meeting_length, next_meeting, role_form};
use crate::index::suggested::Suggested;
use crate::index::tie::tie_standing;
use crate::model::date::PartialDate;
use crate::model::today::Today;

use super::facts::{Subject, closeness_word, company, manager, note_reference, told};
use super::reason::{Deed, LastContact, Named, NoteRef, PersonRef, Source, hours_and_minutes};

use own::own_lines;

pub mod event;
mod given;
mod open;
mod own;
#[cfg(test)]
mod tests;

pub use given::Helped;
pub use open::{Kept, OpenTask};
pub use own::OwnLine;

/// How many of the last talks are told.
const TALKS: usize = 5;
/// A birthday within so many days is worth a word.
const BIRTHDAY: u64 = 30;

/// The meeting a brief is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occasion {
    /// Its day.
    pub date: NaiveDate,
    /// Time of day, `HH:MM`.
    #[serde(serialize_with = "hours_and_minutes")]
    pub time: Option<NaiveTime>,
    /// Where.
    pub place: Option<String>,
    /// Its own note.
    pub note: Option<NoteRef>,
    /// What was arranged, in the words of the line that says so.
    pub text: String,
    /// In which form they are met, in the note's words; `null` where it says none.
    pub form: Option<String>,
    /// The same by their role, as a canonical channel, where their note says none.
    pub role_form: Option<String>,
    /// Minutes.
    pub length: Option<u32>,
    /// What it is for.
    pub goal: Option<String>,
    /// What was prepared.
    pub prep: Option<String>,
    /// The day it was moved from.
    pub moved_from: Option<NaiveDate>,
    /// Who else comes.
    pub with: Vec<Companion>,
}

/// Someone else who comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Companion {
    /// Name and note.
    #[serde(flatten)]
    pub who: PersonRef,
    /// Company and post, as their note has them.
    pub work: Vec<String>,
    /// The last contact.
    pub last: Option<LastContact>,
    /// What they need.
    pub needs: Vec<String>,
    /// What they offer.
    pub offers: Vec<String>,
}

/// What one needs and the other has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fitting {
    /// What is needed, in the words of the note.
    pub need: String,
    /// What is there.
    pub offer: String,
    /// `equal`, `contains` or `words`.
    pub fit: &'static str,
    /// Where the need stands.
    pub need_source: Source,
    /// Where the offer stands.
    pub offer_source: Source,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// `vault-scan/brief/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The next meeting; `null` when none is arranged.
    pub meeting: Option<Occasion>,
    /// Company as shown.
    pub company: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Post.
    pub role: Option<String>,
    /// City.
    pub city: Option<String>,
    /// What they are to the owner, as written.
    pub relationship: Vec<String>,
    /// `core`, `strong`, `weak`.
    pub closeness: Option<&'static str>,
    /// `acquaintance`, `friend` or `network`.
    pub tie: &'static str,
    /// Since when.
    pub tie_since: Option<NaiveDate>,
    /// The day they were met first, as written: a year or a month may be all that is known.
    pub met_on: Option<String>,
    /// How or where they were met.
    pub met: Option<String>,
    /// Who introduced them, as shown.
    pub introduced_by: Option<String>,
    /// Their manager.
    pub manager: Option<Named>,
    /// The next birthday, when it is near.
    pub birthday: Option<NaiveDate>,
    /// Whether their note says no phone, no WeChat and no e-mail.
    pub unreachable: bool,
    /// What they did for the owner.
    pub helped: Helped,
    /// The day of the last meeting.
    pub last_meeting: Option<NaiveDate>,
    /// The last talks, newest first.
    pub talks: Vec<LastContact>,
    /// Open tasks about them, by day.
    pub tasks: Vec<OpenTask>,
    /// What was kept to be told to them.
    pub to_tell: Vec<Kept>,
    /// Thanks that are owed, oldest first.
    pub thanks: Vec<Deed>,
    /// The owner's own lines since the last meeting: `work`, `learned`, `mistake`, `question`, in this order.
    pub own: Vec<OwnLine>,
    /// Topics they like.
    pub topics: Vec<String>,
    /// What they need.
    pub needs: Vec<String>,
    /// What they offer.
    pub offers: Vec<String>,
    /// What the owner can offer them, as their note says.
    pub my_offer: Vec<String>,
    /// Their needs with what the owner has for them.
    pub for_them: Vec<Fitting>,
    /// The owner's needs with what they have for them.
    pub for_me: Vec<Fitting>,
    /// Free notes.
    pub notes: Option<String>,
}

/// What makes the briefs of one day.
pub struct Briefs<'s, 'i> {
    index: &'i Index,
    options: &'i IndexOptions,
    today: Today,
    matches: &'s Matches<'i>,
    tasks: BTreeMap<PersonId, Vec<usize>>,
    kept: BTreeMap<PersonId, Vec<Kept>>,
}

impl<'s, 'i> Briefs<'s, 'i> {
    /// Those of a day, by what is matched once for all its reports.
    pub fn new(suggested: &'s Suggested<'i>) -> Self {
        let Suggested { index, options, today, .. } = *suggested;
        let mut tasks: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
        for (place, task) in index.follow_ups.iter().enumerate() {
            for person in &task.people {
                tasks.entry(*person).or_default().push(place);
            }
        }
        let kept = open::kept(index, today);
        Briefs { index, options, today, matches: suggested.matches(), tasks, kept }
    }

    /// The brief on someone; `None` for an id of another index.
    pub fn brief(&self, id: PersonId) -> Option<Brief> {
        let subject = Subject::of(self.index, self.options, id, self.today)?;
        let (record, person) = (subject.record, &subject.record.person);
        let last = last_meeting(self.index, self.options, id, self.today).map(|held| held.date);
        let ahead = if subject.is_silent() { None } else { next_meeting(self.index, id, self.today) };
        let tie = tie_standing(self.index, id, self.today);
        let (helped, thanks) = given::helped(self.index, id, self.today);
        let places = self.tasks.get(&id).map(Vec::as_slice).unwrap_or_default();
        Some(Brief {
            schema: "vault-scan/brief/1",
            today: self.today.0,
            person: subject.name(),
            path: subject.path(),
            aliases: person.aliases.iter().map(ToString::to_string).collect(),
            meeting: ahead.map(|ahead| self.occasion(&subject, &ahead)),
            company: company(person),
            department: text(person.department.as_deref()),
            role: text(person.role.as_deref()),
            city: text(person.city.as_deref()),
            relationship: person.relationship.iter().map(ToString::to_string).collect(),
            closeness: person.closeness.as_ref().map(|closeness| closeness_word(closeness.value)),
            tie: tie.state.as_str(),
            tie_since: tie.since,
            met_on: person.met_on.as_ref().map(|met| written(met.value)),
            met: subject.met(),
            introduced_by: person.introduced_by.as_ref().map(|link| link.shown().to_owned()),
            manager: manager(self.index, id),
            birthday: self.near_birthday(&subject),
            unreachable: !person.is_reachable(),
            helped,
            last_meeting: last,
            talks: self.talks(&subject),
            tasks: open::tasks(self.index, id, places),
            to_tell: self.kept.get(&id).cloned().unwrap_or_default(),
            thanks,
            own: own_lines(self.index, self.options, (id, record), last, self.today),
            topics: person.topics.iter().map(ToString::to_string).collect(),
            needs: values(&person.needs),
            offers: values(&person.offers),
            my_offer: values(&person.my_offer),
            for_them: self.matches.of_owner_for(id).iter().map(fitting).collect(),
            for_me: self.matches.for_owner_from(id).iter().map(fitting).collect(),
            notes: text(person.notes.as_deref()),
        })
    }

    fn occasion(&self, subject: &Subject<'_>, ahead: &MeetingAhead<'_>) -> Occasion {
        let person = &subject.record.person;
        let own_words = |words: &Option<Box<str>>| words.as_deref().map(str::to_owned);
        let others = ahead.note.map(|note| note.people.as_slice()).unwrap_or_default();
        Occasion {
            date: ahead.date,
            time: ahead.time,
            place: ahead.note.and_then(|note| own_words(&note.place)),
            note: ahead.note.map(|note| note_reference(note, &person.name)),
            text: match (ahead.note, ahead.evidence) {
                (None, Some(told)) => told.text.to_string(),
                _ => String::new(),
            },
            form: own_words(&person.form),
            role_form: role_form(subject.record, self.options).filter(|_| person.form.is_none()).map(str::to_owned),
            length: meeting_length(subject.record, self.options),
            goal: ahead.note.and_then(|note| own_words(&note.goal)),
            prep: ahead.note.and_then(|note| own_words(&note.prep)),
            moved_from: ahead.moved_from,
            with: others.iter().filter(|other| **other != subject.id).filter_map(|id| self.companion(*id)).collect(),
        }
    }

    /// One line about someone who comes; none about who died.
    fn companion(&self, id: PersonId) -> Option<Companion> {
        let subject = Subject::of(self.index, self.options, id, self.today)?;
        let person = &subject.record.person;
        if person.deceased.is_some() {
            return None;
        }
        Some(Companion {
            who: subject.reference(),
            work: company(person).into_iter().chain(text(person.role.as_deref())).collect(),
            last: subject.last(self.today),
            needs: values(&person.needs),
            offers: values(&person.offers),
        })
    }

    fn talks(&self, subject: &Subject<'_>) -> Vec<LastContact> {
        let past = subject.record.contacts.iter().rev().filter(|contact| contact.date <= self.today.0);
        past.take(TALKS).map(|contact| told(contact, self.today)).collect()
    }

    fn near_birthday(&self, subject: &Subject<'_>) -> Option<NaiveDate> {
        let last = self.today.0.checked_add_days(Days::new(BIRTHDAY))?;
        let next = birthdays::next_birthday(subject.record, self.today.0, self.options)?.date;
        (next <= last).then_some(next)
    }

    /// The people a note names, one line each.
    fn companions(&self, note: &MeetingRecord) -> Vec<(PersonId, Companion)> {
        note.people.iter().filter_map(|id| Some((*id, self.companion(*id)?))).collect()
    }
}

fn fitting(found: &Match<'_>) -> Fitting {
    let source =
        |said: &crate::index::matching::Said<'_>| Source { path: said.path.as_str().to_owned(), line: said.line };
    Fitting {
        need: found.asked.text.to_owned(),
        offer: found.offered.text.to_owned(),
        fit: MatchKind::as_str(found.kind),
        need_source: source(&found.asked),
        offer_source: source(&found.offered),
    }
}

fn written(date: PartialDate) -> String {
    match date {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(year, month) => format!("{year}-{month:02}"),
        PartialDate::Day(day) => day.to_string(),
    }
}

fn values(texts: &[crate::model::person::At<Box<str>>]) -> Vec<String> {
    texts.iter().map(|text| text.value.to_string()).collect()
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}
