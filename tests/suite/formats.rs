//! Notes read as one note each, and what was read shown as short text: for tables of what people write.

use vault_scan::model::cadence::Cadence;
use vault_scan::model::date::{LunarDay, PartialDate, YearlyDay};
use vault_scan::model::link::{Link, LinkForm};
use vault_scan::model::note::{Note, NoteKind, Occasion};
use vault_scan::model::obsidian::ObsidianSettings;
use vault_scan::model::path::NotePath;
use vault_scan::model::person::Person;
use vault_scan::parse::note::{NameRole, ParseContext, parse_note};
use vault_scan::parse::periodic::PeriodicNotes;
use vault_scan::vocabulary::Vocabulary;
use vault_scan::vocabulary::time::TimeWords;

/// One note as it was read.
pub(crate) struct Reading {
    /// The note.
    pub(crate) note: Note,
    /// The codes of what was said about it, in the order of their places, joined by blanks.
    pub(crate) said: String,
}

impl Reading {
    /// Reads a note of a vault without settings.
    pub(crate) fn of(path: &str, text: &str) -> Self {
        Self::in_vault(path, text, &ObsidianSettings::default())
    }

    /// Reads a note of a vault with settings.
    pub(crate) fn in_vault(path: &str, text: &str, obsidian: &ObsidianSettings) -> Self {
        let periodic = PeriodicNotes::compile(obsidian).0;
        let time = TimeWords::built_in();
        let context = ParseContext { words: Vocabulary::built_in(), time: &time, obsidian, periodic: &periodic };
        let (note, said) = parse_note(&NotePath::new(path), text, &NameRole::Ordinary, &context);
        let codes: Vec<&str> = said.iter().map(|diagnostic| diagnostic.code).collect();
        Self { note, said: codes.join(" ") }
    }

    /// Reads front matter of a person's note.
    pub(crate) fn of_person(front_matter: &str) -> Self {
        Self::of("x/张三.md", &format!("---\ntype: person\n{front_matter}\n---\n"))
    }

    /// The kind of note.
    pub(crate) fn kind(&self) -> NoteKind {
        self.note.kind
    }

    /// The value of a canonical key; empty when absent.
    pub(crate) fn value(&self, key: &str) -> String {
        match (&self.note.person, &self.note.occasion) {
            (Some(person), _) if key != "tags" => of_person(person, key),
            (None, Some(occasion)) if key != "date" => of_occasion(occasion, key),
            _ if key == "tags" => joined(self.note.tags.iter().map(|tag| tag.name.to_string())),
            _ => self.note.date.map(|date| date.to_string()).unwrap_or_default(),
        }
    }
}

fn of_person(person: &Person, key: &str) -> String {
    let text = |value: &Option<Box<str>>| value.as_deref().unwrap_or_default().to_owned();
    let list = |values: &[Box<str>]| joined(values.iter().map(ToString::to_string));
    match key {
        "name" => person.name.to_string(),
        "family_name" => text(&person.family_name),
        "given_name" => text(&person.given_name),
        "aliases" => list(&person.aliases),
        "uid" => text(&person.uid),
        "company" => joined(person.company.iter().map(link)),
        "role" => text(&person.role),
        "department" => text(&person.department),
        "level" => text(&person.level),
        "industry" => text(&person.industry),
        "manager" => optional(person.manager.as_ref(), link),
        "city" => text(&person.city),
        "timezone" => text(&person.timezone),
        "phone" => list(&person.phones),
        "wechat" => text(&person.wechat),
        "email" => list(&person.emails),
        "url" => list(&person.urls),
        "birthday" => optional(person.birthday.as_ref(), |at| yearly(at.value)),
        "lunar_birthday" => optional(person.lunar_birthday.as_ref(), |at| lunar(at.value)),
        "birthday_calendar" => word(person.birthday_calendar),
        "lunar_rule" => word(person.lunar_rule),
        "dates" => joined(person.dates.iter().map(|at| format!("{} {}", yearly(at.value.day), at.value.label))),
        "relationship" => list(&person.relationship),
        "presets" => joined(person.presets.iter().map(|at| at.value.to_string())),
        "relations" => joined(person.relations.iter().map(|tie| format!("{} {}", link(&tie.link), tie.label))),
        "closeness" => word(person.closeness.as_ref().map(|at| at.value)),
        "busyness" => word(person.busyness.as_ref().map(|at| at.value)),
        "met_on" => optional(person.met_on.as_ref(), |at| partial(at.value)),
        "met_through" => text(&person.met_through),
        "introduced_by" => optional(person.introduced_by.as_ref(), link),
        "last_contact" => optional(person.last_contact.as_ref(), |at| at.value.to_string()),
        "cadence" => optional(person.cadence.as_ref(), |at| cadence(at.value)),
        "meeting" => optional(person.meeting.as_ref(), |at| format!("{:?}", at.value.recurrence.frequency)),
        "meeting_start" => optional(person.meeting_start.as_ref(), |at| at.value.to_string()),
        "meeting_length" => optional(person.meeting_length.as_ref(), ToString::to_string),
        "meeting_moved" => {
            let to = |to: Option<_>| to.map_or("none".to_owned(), |(day, _): (chrono::NaiveDate, _)| day.to_string());
            joined(person.meeting_moved.iter().map(|at| format!("{} > {}", at.value.from, to(at.value.to))))
        }
        "next_contact" => optional(person.next_contact.as_ref(), |at| {
            let day = at.value.date.map(|day| day.to_string()).unwrap_or_default();
            format!("{day} {}", at.value.text).trim().to_owned()
        }),
        "form" => text(&person.form),
        "topics" => list(&person.topics),
        "needs" => joined(person.needs.iter().map(|at| at.value.to_string())),
        "offers" => joined(person.offers.iter().map(|at| at.value.to_string())),
        "my_offer" => joined(person.my_offer.iter().map(|at| at.value.to_string())),
        "decision" => text(&person.decision),
        "term_until" => optional(person.term_until.as_ref(), |value| partial(*value)),
        "info_position" => word(person.info_position),
        "status" => word(person.status),
        "deceased" => optional(person.deceased.as_ref(), |at| at.value.map_or("yes".to_owned(), |day| day.to_string())),
        "snooze_until" => optional(person.snooze_until.as_ref(), |at| at.value.to_string()),
        "paused" => optional(person.paused.as_ref(), |at| at.value.to_string()),
        "paused_until" => optional(person.paused_until.as_ref(), |at| at.value.to_string()),
        "pause_reason" => text(&person.pause_reason),
        "skipped" => joined(person.skipped.iter().map(|at| at.value.to_string())),
        "remind_before" => optional(person.remind_before.as_ref(), ToString::to_string),
        "notes" => text(&person.notes),
        "achievements" => joined(person.achievements.iter().map(|at| at.value.to_string())),
        "share" => optional(person.share.as_ref(), |at| cadence(at.value)),
        other => panic!("no such key of a person: {other}"),
    }
}

fn of_occasion(occasion: &Occasion, key: &str) -> String {
    let text = |value: &Option<Box<str>>| value.as_deref().unwrap_or_default().to_owned();
    match key {
        "attendees" => joined(occasion.attendees.iter().map(link)),
        "met" => joined(occasion.met.iter().map(link)),
        "title" => text(&occasion.title),
        "place" => text(&occasion.place),
        "time" => optional(occasion.time.as_ref(), |time| time.format("%H:%M").to_string()),
        "goal" => text(&occasion.goal),
        "prep" => text(&occasion.prep),
        "minutes" => text(&occasion.minutes),
        "summary" => text(&occasion.summary),
        "follow_up" => text(&occasion.follow_up),
        "thanked" => optional(occasion.thanked.as_ref(), ToString::to_string),
        "status" => word(Some(occasion.held)),
        other => panic!("no such key of a meeting: {other}"),
    }
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(" | ")
}

fn optional<T>(value: Option<&T>, show: impl FnOnce(&T) -> String) -> String {
    value.map(show).unwrap_or_default()
}

fn word<T: std::fmt::Debug>(value: Option<T>) -> String {
    value.map(|value| format!("{value:?}")).unwrap_or_default()
}

fn link(link: &Link) -> String {
    match (link.form, link.label.as_deref()) {
        (LinkForm::Plain, _) => link.target.to_string(),
        (_, Some(label)) => format!("[{}|{label}]", link.target),
        (_, None) => format!("[{}]", link.target),
    }
}

fn cadence(cadence: Cadence) -> String {
    match cadence {
        Cadence::Every(period) => period.to_string(),
        Cadence::Untracked => "none".to_owned(),
    }
}

fn partial(date: PartialDate) -> String {
    match date {
        PartialDate::Day(day) => day.to_string(),
        PartialDate::Month(year, month) => format!("{year}-{month:02}"),
        PartialDate::Year(year) => year.to_string(),
    }
}

fn yearly(day: YearlyDay) -> String {
    match day {
        YearlyDay::Solar(day) => {
            let year = day.year.map(|year| format!("{year}-")).unwrap_or_default();
            format!("{year}{:02}-{:02}", day.month, day.day)
        }
        YearlyDay::Lunar(day) => lunar(day),
    }
}

fn lunar(day: LunarDay) -> String {
    let year = day.year.map(|year| format!("{year}-")).unwrap_or_default();
    format!("lunar:{year}{}{:02}-{:02}", if day.leap { "闰" } else { "" }, day.month, day.day)
}
