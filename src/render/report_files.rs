//! The files reports are written to: names, markers, front matter, and which reports have nothing to say.

use serde_yaml::{Mapping, Value};

use crate::model::language::Language;
use crate::report::agenda::Agenda;
use crate::report::people::People;
use crate::report::problems::Problems;
use crate::report::stale::StaleContacts;
use crate::vocabulary::Vocabulary;

/// A report that is written into the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportFile {
    /// The agenda.
    Agenda,
    /// The stale-contact report.
    Stale,
    /// The index of people.
    People,
    /// What `check` found.
    Problems,
}

impl ReportFile {
    /// All of them, in the order they are written.
    pub const ALL: [ReportFile; 4] = [ReportFile::Agenda, ReportFile::Stale, ReportFile::People, ReportFile::Problems];

    /// The name of templates, markers and `report NAME`.
    pub fn name(self) -> &'static str {
        match self {
            ReportFile::Agenda => "agenda",
            ReportFile::Stale => "stale",
            ReportFile::People => "people",
            ReportFile::Problems => "problems",
        }
    }

    /// The report of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        ReportFile::ALL.into_iter().find(|file| file.name() == name)
    }

    /// The file's name, the same in both languages, so that links to it hold when the language changes.
    pub fn file_name(self) -> &'static str {
        match self {
            ReportFile::Agenda => "Agenda.md",
            ReportFile::Stale => "Stale Contacts.md",
            ReportFile::People => "People.md",
            ReportFile::Problems => "Problems.md",
        }
    }

    /// What the report is called in a language; by the Chinese name its file is found too.
    pub fn title(self, language: Language) -> &'static str {
        Vocabulary::built_in().report(self.name(), language.tag())
    }

    /// The lines between the fences: who wrote it, and the name by which the other language finds it.
    pub fn front_matter(self) -> String {
        let aliases = Value::Sequence(vec![Value::from(self.title(Language::Chinese))]);
        let properties = [("generated_by", Value::from("vault-scan")), ("aliases", aliases)];
        let mapping: Mapping = properties.into_iter().map(|(key, value)| (Value::from(key), value)).collect();
        // A mapping of texts is always YAML.
        serde_yaml::to_string(&mapping).unwrap_or_default()
    }
}

/// A report that may have nothing to say. Its file is then not created; one that exists is written all the same, so
/// that it does not go on telling yesterday's news.
pub trait MayBeEmpty {
    /// Whether there is nothing to say.
    fn is_empty(&self) -> bool;
}

impl MayBeEmpty for Agenda {
    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl MayBeEmpty for StaleContacts {
    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl MayBeEmpty for People {
    fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

impl MayBeEmpty for Problems {
    fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_names_the_program_first_and_the_other_name() {
        assert_eq!(ReportFile::Stale.front_matter(), "generated_by: vault-scan\naliases:\n- 久未联系\n");
    }

    #[test]
    fn names_lead_back_to_their_report() {
        for file in ReportFile::ALL {
            assert_eq!(ReportFile::from_name(file.name()), Some(file));
            assert!(file.file_name().ends_with(".md"));
        }
        assert_eq!(ReportFile::from_name("plan"), None);
    }
}
