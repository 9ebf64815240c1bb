//! One person on one page: who they are, where things stand, what was talked about, what is open.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::index::meetings;
use crate::index::options::IndexOptions;
use crate::index::record::{self, FollowUp, Index, PersonId, PersonRecord, TieKind, TieOther, ToldBy};
use crate::model::link::Link;
use crate::model::person::{At, Busyness, Person, Relation};
use crate::model::today::Today;

use super::facts::{Subject, closeness_word, company, next_birthday, status_word, told};
use super::reason::{CadenceReason, LastContact, Source, hours_and_minutes};

/// How many of the last talks are shown.
const TALKS: usize = 5;
/// How many coming meetings are shown.
const MEETINGS: usize = 3;

/// A coming meeting by rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextMeeting {
    /// Its day.
    pub date: NaiveDate,
    /// Time of day, `HH:MM`.
    #[serde(serialize_with = "hours_and_minutes")]
    pub time: Option<NaiveTime>,
}

/// An open task about the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenTask {
    /// Its words.
    pub text: String,
    /// Due day.
    pub due: Option<NaiveDate>,
    /// Where it stands.
    pub source: Source,
}

/// A tie to someone else, as the note words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenTie {
    /// The other one's name, as the note shows it.
    pub person: String,
    /// What they are to this person, as written; may be empty.
    pub label: String,
}

/// A tie to someone else, whichever note tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// `introduced-by`, `introduced`, `manager`, `report` or `related`.
    pub kind: &'static str,
    /// The other one's name; as written where no one note is meant.
    pub person: String,
    /// Their note; `null` where no one note is meant.
    pub path: Option<String>,
    /// For `related`, the words of the note that tells of it, when it has any.
    pub label: Option<String>,
    /// Whether the other one's note tells of it and this person's does not.
    pub inferred: bool,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Show {
    /// `vault-scan/show/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Name.
    pub name: String,
    /// Their note.
    pub path: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Company as shown.
    pub company: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Post.
    pub role: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Phones, as written.
    pub phones: Vec<String>,
    /// WeChat id.
    pub wechat: Option<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Web addresses.
    pub urls: Vec<String>,
    /// What they are to the owner, as written.
    pub relationship: Vec<String>,
    /// Who introduced them, as shown.
    pub introduced_by: Option<String>,
    /// Their manager, as shown.
    pub manager: Option<String>,
    /// Their ties to others, as written.
    pub relations: Vec<WrittenTie>,
    /// All ties to others, by kind, those inferred from the notes of the others included.
    pub ties: Vec<Tie>,
    /// How or where they were met.
    pub met: Option<String>,
    /// `core`, `strong`, `weak`.
    pub closeness: Option<&'static str>,
    /// `low`, `mid`, `high`.
    pub busyness: Option<&'static str>,
    /// Status word.
    pub status: &'static str,
    /// The cadence with its rule.
    pub cadence: CadenceReason,
    /// State word.
    pub state: &'static str,
    /// Next due day.
    pub next_due: Option<NaiveDate>,
    /// Days past due.
    pub late_days: i64,
    /// Coming meetings by rule.
    pub next_meetings: Vec<NextMeeting>,
    /// Next birthday.
    pub next_birthday: Option<NaiveDate>,
    /// Days of contact so far.
    pub contacts: usize,
    /// The last talks, newest first.
    pub talks: Vec<LastContact>,
    /// Open tasks about them, by due day.
    pub follow_ups: Vec<OpenTask>,
    /// Topics they like.
    pub topics: Vec<String>,
    /// What they need.
    pub needs: Vec<String>,
    /// What they offer.
    pub offers: Vec<String>,
    /// What the owner can offer them.
    pub my_offer: Vec<String>,
    /// Free notes.
    pub notes: Option<String>,
}

/// One person's page; `None` when the index has no such number.
pub fn show(index: &Index, index_options: &IndexOptions, id: PersonId, today: Today) -> Option<Show> {
    let subject = Subject::of(index, index_options, id, today)?;
    let person = &subject.record.person;
    Some(Show {
        schema: "vault-scan/show/1",
        today: today.0,
        name: subject.name(),
        path: subject.path(),
        aliases: owned(&person.aliases),
        company: company(person),
        department: text(person.department.as_deref()),
        role: text(person.role.as_deref()),
        city: text(person.city.as_deref()),
        phones: owned(&person.phones),
        wechat: text(person.wechat.as_deref()),
        emails: owned(&person.emails),
        urls: owned(&person.urls),
        relationship: owned(&person.relationship),
        introduced_by: person.introduced_by.as_ref().map(|link| Link::shown(link).to_owned()),
        manager: person.manager.as_ref().map(|link| Link::shown(link).to_owned()),
        relations: written_ties(person),
        ties: subject.record.ties.iter().filter_map(|found| tie(index, found)).collect(),
        met: subject.met(),
        closeness: person.closeness.as_ref().map(|closeness| closeness_word(closeness.value)),
        busyness: busyness(person),
        status: status_word(person),
        cadence: subject.cadence(),
        state: subject.standing.state.as_str(),
        next_due: subject.standing.due,
        late_days: subject.standing.late_days,
        next_meetings: coming(&subject, today),
        next_birthday: next_birthday(&subject, index_options, today),
        contacts: past(&subject, today).count(),
        talks: past(&subject, today).take(TALKS).map(|contact| told(contact, today)).collect(),
        follow_ups: open_tasks(index, id),
        topics: owned(&person.topics),
        needs: values(&person.needs),
        offers: values(&person.offers),
        my_offer: values(&person.my_offer),
        notes: text(person.notes.as_deref()),
    })
}

/// Contacts up to today, newest first.
fn past<'s>(subject: &'s Subject<'_>, today: Today) -> impl Iterator<Item = &'s crate::index::record::Contact> {
    subject.record.contacts.iter().rev().filter(move |contact| contact.date <= today.0)
}

fn coming(subject: &Subject<'_>, today: Today) -> Vec<NextMeeting> {
    if subject.is_left_alone() {
        return Vec::new();
    }
    let next = meetings::next_meetings(subject.record, today, MEETINGS);
    next.into_iter().map(|meeting| NextMeeting { date: meeting.date, time: meeting.time }).collect()
}

fn open_tasks(index: &Index, id: PersonId) -> Vec<OpenTask> {
    let mut theirs: Vec<&FollowUp> = index.follow_ups.iter().filter(|task| task.people.contains(&id)).collect();
    theirs.sort_by_key(|task| (task.due.is_none(), task.due));
    let task = |task: &FollowUp| OpenTask {
        text: task.text.to_string(),
        due: task.due,
        source: Source { path: task.path.as_str().to_owned(), line: task.line },
    };
    theirs.into_iter().map(task).collect()
}

fn busyness(person: &Person) -> Option<&'static str> {
    Some(match person.busyness.as_ref()?.value {
        Busyness::Low => "low",
        Busyness::Middle => "mid",
        Busyness::High => "high",
    })
}

fn written_ties(person: &Person) -> Vec<WrittenTie> {
    let tie = |relation: &Relation| WrittenTie {
        person: relation.link.shown().to_owned(),
        label: relation.label.to_string(),
    };
    person.relations.iter().map(tie).collect()
}

fn tie(index: &Index, tie: &record::Tie) -> Option<Tie> {
    let (person, path) = match &tie.other {
        TieOther::Person(id) => named(index.person(*id)?),
        TieOther::Owner => named(index.owner.as_deref()?),
        TieOther::Named(name) => (name.to_string(), None),
    };
    let label = match &tie.kind {
        TieKind::Related { label } => Some(label.to_string()).filter(|label| !label.is_empty()),
        _ => None,
    };
    Some(Tie { kind: tie.kind.name(), person, path, label, inferred: tie.told_by == ToldBy::Other })
}

fn named(record: &PersonRecord) -> (String, Option<String>) {
    (record.person.name.to_string(), Some(record.path.as_str().to_owned()))
}

fn values(texts: &[At<Box<str>>]) -> Vec<String> {
    texts.iter().map(|text| text.value.to_string()).collect()
}

fn owned(texts: &[Box<str>]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

#[cfg(test)]
mod tests;
