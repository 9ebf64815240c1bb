//! A calendar in the form of RFC 5545: CRLF, lines folded at 75 bytes, text escaped, floating local time. The same
//! calendar gives the same bytes on any day: stamps are those of the events.

use chrono::NaiveDate;

use crate::model::language::Language;
use crate::report::calendar::{Event, EventKind, Moment};
use crate::vocabulary::Vocabulary;

/// The longest line, in bytes without its end.
const LONGEST: usize = 75;

/// The calendar as a file.
pub fn ics(events: &[Event], words: &Vocabulary, language: Language) -> String {
    let mut file = File { text: String::new(), words, language };
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//vault-scan//vault-scan//EN");
    file.line("CALSCALE:GREGORIAN");
    for event in events {
        file.event(event);
    }
    file.line("END:VCALENDAR");
    file.text
}

struct File<'w> {
    text: String,
    words: &'w Vocabulary,
    language: Language,
}

impl File<'_> {
    fn event(&mut self, event: &Event) {
        let stamp = event.instead_of.map_or(event.start.date, |moment| moment.date);
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", event.uid));
        self.line(&format!("DTSTAMP:{}T000000Z", stamp.format("%Y%m%d")));
        self.line("SEQUENCE:0");
        if let Some(instead_of) = event.instead_of {
            self.line(&format!("RECURRENCE-ID{}", moment(instead_of)));
        }
        self.line(&format!("DTSTART{}", moment(event.start)));
        match event.length {
            Some(minutes) => self.line(&format!("DURATION:PT{minutes}M")),
            None => self.line(&format!("DTEND;VALUE=DATE:{}", day_after(event.start.date).format("%Y%m%d"))),
        }
        if let Some(rule) = &event.rule {
            self.line(&format!("RRULE:{}", timed_rule(rule, event.start)));
        }
        for without in &event.without {
            self.line(&format!("EXDATE{}", moment(*without)));
        }
        let summary = self.summary(&event.kind);
        self.line(&format!("SUMMARY:{}", escaped(&summary)));
        if let Some(place) = &event.place {
            self.line(&format!("LOCATION:{}", escaped(place)));
        }
        let invitation = event.invites.then(|| self.label("calendar-invitation").to_owned());
        let about: Vec<&str> = invitation.iter().chain(&event.about).map(String::as_str).collect();
        if !about.is_empty() {
            self.line(&format!("DESCRIPTION:{}", escaped(&about.join("\n"))));
        }
        if event.length.is_none() {
            self.line("TRANSP:TRANSPARENT");
        }
        if let Some(days) = event.remind_before {
            self.line("BEGIN:VALARM");
            self.line("ACTION:DISPLAY");
            self.line(&format!("TRIGGER:{}", nine_o_clock(days)));
            self.line(&format!("DESCRIPTION:{}", escaped(&summary)));
            self.line("END:VALARM");
        }
        self.line("END:VEVENT");
    }

    fn summary(&self, kind: &EventKind) -> String {
        let filled = |id: &str, words: &str| self.label(id).replace("{0}", words);
        match kind {
            EventKind::Meeting(people) => filled("calendar-meeting", &people.join(self.label("list-separator"))),
            EventKind::Event(title) => title.clone(),
            EventKind::Birthday(person) => filled("calendar-birthday", person),
            EventKind::YearlyDay(person, label) if label.is_empty() => person.clone(),
            EventKind::YearlyDay(person, label) => format!("{person}{}{label}", self.label("channel-separator")),
        }
    }

    fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.words.label(id, self.language.tag())
    }

    /// A line with its end, folded so that no part is longer than allowed and no letter is cut.
    fn line(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// Parameters and value of a moment.
fn moment(moment: Moment) -> String {
    match moment.time {
        Some(time) => format!(":{}T{}", moment.date.format("%Y%m%d"), time.format("%H%M%S")),
        None => format!(";VALUE=DATE:{}", moment.date.format("%Y%m%d")),
    }
}

/// The end of a rule is written as its start is: a day for whole days, else the last second of that day.
fn timed_rule(rule: &str, start: Moment) -> String {
    let part = |part: &str| match part.strip_prefix("UNTIL=") {
        Some(day) if start.time.is_some() && day.len() == 8 => format!("UNTIL={day}T235959"),
        _ => part.to_owned(),
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

/// Nine in the morning, so many days before a whole day.
fn nine_o_clock(days: u32) -> String {
    match days.checked_sub(1) {
        None => "PT9H".to_owned(),
        Some(0) => "-PT15H".to_owned(),
        Some(whole) => format!("-P{whole}DT15H"),
    }
}

fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// Text as RFC 5545 §3.3.11 has it; what controls nothing is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[path = "ics_tests.rs"]
mod tests;
