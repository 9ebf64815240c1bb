//! What answering an introduction writes. One that was made stands in the notes of both, so that each side is credited; one
//! that was declined or put off stands in the note its name is made of, and puts off no contact.

use chrono::NaiveDate;

use crate::app::entry::Mark as Written;
use crate::app::load::Loaded;
use crate::index::record::{PersonId, PersonRecord};
use crate::model::language::Language;
use crate::parse::ticks::{Mark, Tick};
use crate::write::intent::LogLine;

use super::{Amiss, Wishes};

impl Loaded {
    /// The lines that say `people` were introduced to each other.
    pub(super) fn introduced(
        &self,
        tick: &Tick,
        people: &[PersonId],
        day: NaiveDate,
    ) -> Vec<(crate::model::path::NotePath, LogLine)> {
        let line = |person: &PersonId| {
            let record = self.index.person(*person)?;
            let language = self.note_language(record);
            let said = tick.below.text().map(str::to_owned);
            let with = self.with("introduced-to", *person, record, people, language);
            let tag = self.move_tag("gave/intro", language);
            let mut words = vec![];
            // One's own words come first; whom it was with stands behind them, so that it is one fact in both notes.
            words.extend(said);
            words.extend([with].into_iter().filter(|with| !with.is_empty()));
            let is_tagged = words.iter().any(|said| said.contains(&tag));
            words.extend((!is_tagged).then_some(tag));
            Some((record.path.clone(), self.line(tick, day, words.join(" "))))
        };
        people.iter().filter_map(line).collect()
    }

    /// What answering a suggested introduction of `pair` calls for.
    pub(super) fn suggested(&self, tick: &Tick, pair: [PersonId; 2], day: NaiveDate) -> Result<Wishes, Amiss> {
        let (label, mark) = match tick.mark {
            Mark::Done(_) => return Ok(Wishes { logs: self.introduced(tick, &pair, day), ..Wishes::default() }),
            Mark::Skip => ("not-introduced-to", Written::Skip(Some("introduction"))),
            Mark::PutOff(until) => ("later-introduced-to", Written::Snooze { until, of: Some("introduction") }),
            Mark::Unread(_) => return Err(Amiss::Answered),
        };
        let Some(record) = self.index.person(pair[0]) else { return Err(Amiss::Answered) };
        let language = self.note_language(record);
        let with = self.with(label, pair[0], record, &pair, language);
        let own = tick.below.text().map(str::to_owned);
        let text = own.into_iter().chain([with, self.mark_text(mark, language)]).collect::<Vec<_>>().join(" ");
        let line = self.line(tick, day, text);
        Ok(Wishes { logs: vec![(record.path.clone(), line)], ..Wishes::default() })
    }

    /// A label about all of `people` but `person`, linked as in the note of `record`; empty where nobody else is left.
    fn with(
        &self,
        label: &str,
        person: PersonId,
        record: &PersonRecord,
        people: &[PersonId],
        language: Language,
    ) -> String {
        let words = &self.options.vocabulary;
        let others = people.iter().filter(|id| **id != person);
        let links: Vec<String> = others.filter_map(|id| self.link_to(*id, record)).collect();
        if links.is_empty() {
            return String::new();
        }
        let list = links.join(words.label("list-separator", language.tag()));
        words.label(label, language.tag()).replace("{0}", &list)
    }

    fn line(&self, tick: &Tick, date: NaiveDate, text: String) -> LogLine {
        LogLine { date, channel: None, text, nested: tick.below.nested(), id: Some(tick.id.to_string()) }
    }
}
