//! Log lines about someone, in the language of their note: what commands and ticked items write.

use chrono::NaiveDate;

use crate::index::record::{PersonId, PersonRecord};
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::render::link::LinkWriter;
use crate::write::intent::{Intent, Log, LogLine};
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

use super::language::has_han;
use super::load::Loaded;

/// What a log line says that is no contact, or that is more than words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `#skip`: one cadence on, without a contact.
    Skip,
    /// `#snooze [until:: DATE]`: hidden through that day.
    Snooze {
        /// The last day.
        until: NaiveDate,
    },
    /// `#thanked`
    Thanked,
}

impl Loaded {
    /// The language someone's note is written in: that of most lines of its log, else of their name where it is
    /// Chinese, else the vault's.
    pub fn note_language(&self, record: &PersonRecord) -> Language {
        let own = record.contacts.iter().flat_map(|contact| &contact.evidence);
        let texts = own.filter(|evidence| evidence.path == record.path && evidence.source.is_some());
        let (chinese, all) = texts
            .filter(|evidence| evidence.text.chars().any(char::is_alphabetic))
            .fold((0, 0), |(chinese, all), evidence| (chinese + usize::from(has_han(&evidence.text)), all + 1));
        match (chinese, all) {
            (_, 0) if has_han(&record.person.name) || has_han(record.path.stem()) => Language::Chinese,
            (_, 0) => self.language,
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
        match mark {
            Mark::Skip => self.move_tag("skip", language),
            Mark::Thanked => self.move_tag("thanked", language),
            Mark::Snooze { until } => {
                let field = self.options.vocabulary.move_field_name("until", language.tag());
                format!("{} [{field}:: {}]", self.move_tag("snooze", language), until.format("%Y-%m-%d"))
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

    /// The wish to put `lines` into someone's log.
    ///
    /// # Errors
    /// A path that is none.
    pub fn log_intent(&self, record: &PersonRecord, lines: Vec<LogLine>) -> Result<Intent, Refusal> {
        Ok(Intent::Log(Log { target: TargetPath::existing(&record.path)?, lines }))
    }
}
