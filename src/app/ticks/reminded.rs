//! What answering a reminder writes: one line that says it was done, or that this reminder, and no contact, is left out
//! or put off. It stands in the log of whom the reminder is about, else in the owner's own note.

use chrono::NaiveDate;

use crate::app::entry::Mark as Written;
use crate::app::load::Loaded;
use crate::index::options::{After, Before};
use crate::index::record::{MeetingRecord, PersonRecord};
use crate::index::reminders::{Ground, Reminder, ReminderKind};
use crate::model::diagnostic::Finding;
use crate::model::language::Language;
use crate::parse::ticks::{Mark, Tick};
use crate::write::intent::LogLine;

use super::{Amiss, Wishes};

impl Loaded {
    /// The log line that answers `reminder`.
    pub(super) fn reminded(&self, reminder: &Reminder<'_>, tick: &Tick, done_on: NaiveDate) -> Result<Wishes, Amiss> {
        let record = match reminder.person {
            Some(id) => self.index.person(id),
            None => self.index.owner.as_deref(),
        };
        let Some(record) = record else { return Err(Amiss::Below(Finding::new("tick-nobody", [&tick.who()]))) };
        let language = self.note_language(record);
        let own = tick.below.text().map(str::to_owned);
        let kind = reminder.kind.as_str();
        let text = match tick.mark {
            Mark::Done(_) => self.done(reminder, record, own, language),
            Mark::Skip => {
                let mark = self.mark_text(Written::Skip(Some(kind)), language);
                own.map_or(mark.clone(), |own| format!("{own} {mark}"))
            }
            Mark::PutOff(until) => {
                let mark = self.mark_text(Written::Snooze { until, of: Some(kind) }, language);
                own.map_or(mark.clone(), |own| format!("{own} {mark}"))
            }
            Mark::Unread(_) => return Err(Amiss::Answered),
        };
        let nested = tick.below.nested();
        let line = LogLine { date: done_on, channel: None, text, nested, id: Some(tick.id.to_string()) };
        Ok(Wishes { logs: vec![(record.path.clone(), line)], ..Wishes::default() })
    }

    /// What says that a reminder was done: one's own words, else those of its kind, and its tag.
    fn done(&self, reminder: &Reminder<'_>, _record: &PersonRecord, own: Option<String>, language: Language) -> String {
        let words = |id: &str| self.options.vocabulary.label(id, language.tag()).to_owned();
        let about = |id: &str, event: &MeetingRecord| words(id).replace("{0}", &event.title);
        let tag = |id: &str| vec![self.move_tag(id, language)];
        let (said, tags) = match (reminder.kind, reminder.ground) {
            (ReminderKind::Thanks, _) => (words("said-thanks"), tag("thanked")),
            (ReminderKind::Share, Ground::Kept(item)) => (item.text.to_string(), tag("gave/info")),
            (ReminderKind::Share, _) => (words("told-them"), tag("gave/info")),
            (ReminderKind::Sharing, _) => (words("shared-something"), tag("gave/share")),
            (ReminderKind::Prepare, Ground::Event(event)) => (about("prepared-event", event), tag("prepared")),
            (ReminderKind::Prepare, Ground::Ahead(_, Before::Topic)) => (words("sent-topic"), tag("prepared")),
            (ReminderKind::Prepare, _) => (words("prepared-meeting"), tag("prepared")),
            (ReminderKind::Summary, Ground::Event(event)) => (about("noted-event", event), tag("summary")),
            (ReminderKind::Summary, Ground::Held(_, After::Thanks)) => {
                (words("sent-summary-thanks"), [tag("summary"), tag("thanked")].concat())
            }
            (ReminderKind::Summary, _) => (words("sent-summary"), tag("summary")),
            (ReminderKind::Endorsement, _) => {
                (words("used-endorsement"), vec![self.mark_text(Written::Skip(Some(reminder.kind.as_str())), language)])
            }
            (ReminderKind::Plan, _) => (words("drew-up-plan"), Vec::new()),
        };
        let mut text = own.unwrap_or(said);
        for tag in tags {
            if !text.contains(&tag) {
                text = format!("{text} {tag}");
            }
        }
        text
    }
}
