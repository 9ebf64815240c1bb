//! The files reports are written to: names, markers, front matter.

use serde_yaml::{Mapping, Value};

use crate::model::language::Language;
use crate::vocabulary::Vocabulary;

/// A report that is written into the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportFile {
    /// The agenda.
    Agenda,
    /// The stale-contact report.
    Stale,
    /// The plan of the year.
    Plan,
    /// What was given and got.
    Ledger,
    /// How ties stand.
    Network,
    /// Who can vouch for the owner.
    Endorsers,
    /// How near to the source the owner is.
    Information,
    /// The year so far.
    Year,
    /// The year before.
    LastYear,
    /// The index of people.
    People,
    /// What `check` found.
    Problems,
}

impl ReportFile {
    /// All of them, in the order they are written.
    pub const ALL: [ReportFile; 11] = [
        ReportFile::Agenda,
        ReportFile::Stale,
        ReportFile::Plan,
        ReportFile::Ledger,
        ReportFile::Network,
        ReportFile::Endorsers,
        ReportFile::Information,
        ReportFile::Year,
        ReportFile::LastYear,
        ReportFile::People,
        ReportFile::Problems,
    ];

    /// Those whose lines can be answered in place.
    pub const TWO_WAY: [ReportFile; 2] = [ReportFile::Agenda, ReportFile::Network];

    /// The name of templates, markers and `report NAME`.
    pub fn name(self) -> &'static str {
        match self {
            ReportFile::Agenda => "agenda",
            ReportFile::Stale => "stale",
            ReportFile::Plan => "plan",
            ReportFile::Ledger => "ledger",
            ReportFile::Network => "network",
            ReportFile::Endorsers => "endorsers",
            ReportFile::Information => "information",
            ReportFile::Year => "year",
            ReportFile::LastYear => "last-year",
            ReportFile::People => "people",
            ReportFile::Problems => "problems",
        }
    }

    /// The name of its template.
    pub fn template(self) -> &'static str {
        match self {
            ReportFile::LastYear => "year",
            _ => self.name(),
        }
    }

    /// The report of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        ReportFile::ALL.into_iter().find(|file| file.name() == name)
    }

    /// The name in its markers. A year that has ended is still the file it was: only who writes it has another name.
    pub fn marker(self) -> &'static str {
        match self {
            ReportFile::LastYear => ReportFile::Year.name(),
            other => other.name(),
        }
    }

    /// The file's name in `year`, the same in both languages, so that links to it hold when the language changes.
    pub fn file_name(self, year: i32) -> String {
        match self {
            ReportFile::Agenda => "Agenda.md",
            ReportFile::Stale => "Stale Contacts.md",
            ReportFile::Plan => "Plan.md",
            ReportFile::Ledger => "Ledger.md",
            ReportFile::Network => "Network.md",
            ReportFile::Endorsers => "Endorsers.md",
            ReportFile::Information => "Information.md",
            ReportFile::Year => return format!("Year {year}.md"),
            ReportFile::LastYear => return format!("Year {}.md", year - 1),
            ReportFile::People => "People.md",
            ReportFile::Problems => "Problems.md",
        }
        .to_owned()
    }

    /// What the report is called in a language; by the Chinese name its file is found too.
    pub fn title(self, language: Language) -> &'static str {
        Vocabulary::built_in().report(self.name(), language.tag())
    }

    /// The lines between the fences: who wrote it, and the name by which the other language finds it. The two years
    /// have a name each.
    pub fn front_matter(self, year: i32) -> String {
        let title = ReportFile::title;
        let alias = match self {
            ReportFile::Year => format!("{year} {}", title(ReportFile::Year, Language::Chinese)),
            ReportFile::LastYear => format!("{} {}", year - 1, title(ReportFile::Year, Language::Chinese)),
            other => title(other, Language::Chinese).to_owned(),
        };
        let aliases = Value::Sequence(vec![Value::from(alias)]);
        let properties = [("generated_by", Value::from("vault-scan")), ("aliases", aliases)];
        let mapping: Mapping = properties.into_iter().map(|(key, value)| (Value::from(key), value)).collect();
        // A mapping of texts is always YAML.
        serde_yaml::to_string(&mapping).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_names_the_program_first_and_the_other_name() {
        assert_eq!(ReportFile::Stale.front_matter(2026), "generated_by: vault-scan\naliases:\n- 久未联系\n");
        let year = |file: ReportFile| (file.file_name(2026), file.front_matter(2026));
        assert_eq!(
            year(ReportFile::LastYear),
            ("Year 2025.md".into(), "generated_by: vault-scan\naliases:\n- 2025 年度回顾\n".into())
        );
    }

    #[test]
    fn the_file_of_a_year_is_known_by_the_same_markers_once_the_year_is_over() {
        assert_eq!(ReportFile::Year.file_name(2026), ReportFile::LastYear.file_name(2027));
        assert_eq!(ReportFile::Year.marker(), ReportFile::LastYear.marker());
    }

    #[test]
    fn names_lead_back_to_their_report() {
        for file in ReportFile::ALL {
            assert_eq!(ReportFile::from_name(file.name()), Some(file));
            assert!(file.file_name(2026).ends_with(".md"));
        }
        assert_eq!(ReportFile::from_name("brief"), None);
    }
}
