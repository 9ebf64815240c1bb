//! Log lines about someone, in the language of their note: what commands and ticked items write.

use chrono::NaiveDate;

use crate::index::record::{PersonId, PersonRecord};
use crate::model::fold::fold;
use crate::model::language::{Language, has_han, language_of};
use crate::model::link::Link;
use crate::model::person::Person;
use crate::render::link::LinkWriter;
use crate::write::intent::{Intent, Log, LogLine};
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

use super::load::Loaded;

/// What a log line says that is no contact, or that is more than words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `#skip`: one cadence on, without a contact; `#skip/thanks`: that reminder alone is left out.
    Skip(Option<&'static str>),
    /// `#snooze [until:: DATE]`: hidden through that day; `#snooze/thanks`: that reminder alone.
    Snooze {
        /// The last day.
        until: NaiveDate,
        /// Which reminder.
        of: Option<&'static str>,
    },
    /// `#thanked`
    Thanked,
}

impl Loaded {
    /// The language someone's note is written in: that of most lines of its log, else of their name where it is
    /// Chinese, else of what it says of their firm, post and place, else the vault's.
    pub fn note_language(&self, record: &PersonRecord) -> Language {
        let own = record.contacts.iter().flat_map(|contact| &contact.evidence);
        let texts = own.filter(|evidence| evidence.path == record.path && evidence.source.is_some());
        let (chinese, all) = texts
            .filter(|evidence| evidence.text.chars().any(char::is_alphabetic))
            .fold((0, 0), |(chinese, all), evidence| (chinese + usize::from(has_han(&evidence.text)), all + 1));
        match (chinese, all) {
            (_, 0) if has_han(&record.person.name) || has_han(record.path.stem()) => Language::Chinese,
            (_, 0) => language_of(&said_of(&record.person)).unwrap_or(self.language),
            (chinese, all) if chinese * 2 >= all => Language::Chinese,
            _ => Language::English,
        }
    }

    /// The tag of a move (`got/intro`) with its `#`, as it is written in `language`.
    pub fn move_tag(&self, id: &str, language: Language) -> String {
        format!("#{}", self.options.vocabulary.move_name(id, language.tag()))
    }

    /// Text, tags and fields of a mark, as they are written in `language`.
    pub fn mark_text(&self, mark: Mark, language: Language) -> String {
        let tag = |id: &str, of: Option<&str>| match of {
            Some(of) => self.move_tag(&format!("{id}/{of}"), language),
            None => self.move_tag(id, language),
        };
        match mark {
            Mark::Skip(of) => tag("skip", of),
            Mark::Thanked => tag("thanked", None),
            Mark::Snooze { until, of } => {
                let field = self.options.vocabulary.move_field_name("until", language.tag());
                format!("{} [{field}:: {}]", tag("snooze", of), until.format("%Y-%m-%d"))
            }
        }
    }

    /// A line of the day `date` that is nothing but a mark.
    pub fn mark_line(&self, record: &PersonRecord, date: NaiveDate, mark: Mark) -> LogLine {
        LogLine {
            date,
            channel: None,
            text: self.mark_text(mark, self.note_language(record)),
            nested: Vec::new(),
            id: None,
        }
    }

    /// The word for a channel in the language of someone's note. One's own word stays (微信, which says more than 消息)
    /// unless it is of the other language; so does a word that is no channel.
    pub fn channel_word(&self, record: &PersonRecord, typed: &str) -> String {
        let words = &self.options.vocabulary;
        let language = self.note_language(record);
        match words.channel(&fold(typed)).filter(|_| has_han(typed) != (language == Language::Chinese)) {
            Some(id) => words.channel_name(id, language.tag()).to_owned(),
            None => typed.trim().to_owned(),
        }
    }

    /// A link to someone, as the vault writes links, for the note at `from`.
    pub fn link_to(&self, id: PersonId, from: &PersonRecord) -> Option<String> {
        let other = self.index.person(id)?;
        let writer = LinkWriter {
            style: self.obsidian.link_style,
            path: self.obsidian.link_path,
            from: from.path.folder().to_owned(),
            shared_stems: self.shared_stems.clone(),
        };
        Some(writer.link(other.path.as_str(), &other.person.name))
    }

    /// The words that name who else was there, in the language of `text`, else of the note.
    pub fn in_company(&self, record: &PersonRecord, text: &str, links: &[String]) -> String {
        let words = &self.options.vocabulary;
        let language = language_of(text).unwrap_or_else(|| self.note_language(record)).tag();
        words.label("in-company", language).replace("{0}", &links.join(words.label("list-separator", language)))
    }

    /// The wish to put `lines` into someone's log.
    ///
    /// # Errors
    /// A path that is none.
    pub fn log_intent(&self, record: &PersonRecord, lines: Vec<LogLine>) -> Result<Intent, Refusal> {
        Ok(Intent::Log(Log { target: TargetPath::existing(&record.path)?, lines }))
    }
}

/// The words of a note's properties that tell its language: a firm, a post, a place, what is talked about.
fn said_of(person: &Person) -> String {
    let single = [&person.role, &person.department, &person.industry, &person.city].into_iter().flatten();
    let placed = person.needs.iter().chain(&person.offers).map(|text| &text.value);
    single
        .chain(person.topics.iter().chain(placed))
        .map(|words| &**words)
        .chain(person.company.iter().map(Link::shown))
        .collect()
}
