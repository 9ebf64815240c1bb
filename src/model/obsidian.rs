//! What a vault's Obsidian settings say, as plain values with Obsidian's own defaults.
//!
//! `vault` reads them from `.obsidian`; parsers and writers ask them. A vault without Obsidian has the defaults.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::fold::fold;
use super::path::NotePath;

/// All settings of Obsidian and its plugins that change how notes are read or links are written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ObsidianSettings {
    /// `userIgnoreFilters` of `app.json`: what the user excluded from search.
    pub ignore: Vec<IgnoreRule>,
    /// Daily and periodic notes, by kind from day to year; several of one kind when several plugins make them.
    pub periodic: Vec<PeriodicSetting>,
    /// Where templates lie.
    pub templates: Vec<TemplatePlace>,
    /// `useMarkdownLinks` of `app.json`.
    pub link_style: LinkStyle,
    /// `newLinkFormat` of `app.json`.
    pub link_path: LinkPath,
    /// The Tasks plugin.
    pub tasks: TasksSettings,
    /// Property types by folded key, from `types.json`.
    pub property_types: BTreeMap<String, PropertyType>,
}

impl ObsidianSettings {
    /// The type the user gave a front-matter key in Obsidian.
    pub fn property_type(&self, key: &str) -> Option<PropertyType> {
        self.property_types.get(&fold(key)).copied()
    }

    /// The settings of one kind of periodic note; the default one in the vault root when none is configured.
    pub fn periodic_of(&self, kind: PeriodKind) -> Vec<PeriodicSetting> {
        let set: Vec<_> = self.periodic.iter().filter(|setting| setting.kind == kind).cloned().collect();
        if set.is_empty() { vec![PeriodicSetting::default_of(kind)] } else { set }
    }
}

/// One line of `userIgnoreFilters`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IgnoreRule {
    /// Every path that begins with this text, case ignored.
    Prefix(String),
    /// Every path in which this regular expression finds something; written `/…/`.
    Pattern(String),
}

/// How long a periodic note lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// A daily note.
    Day,
    /// A weekly note.
    Week,
    /// A monthly note.
    Month,
    /// A quarterly note.
    Quarter,
    /// A yearly note.
    Year,
}

impl PeriodKind {
    /// All kinds, shortest first: the order in which a path is tried against them.
    pub const ALL: [PeriodKind; 5] =
        [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year];

    /// The Moment format a plugin uses when the user names none.
    pub fn default_format(self) -> &'static str {
        match self {
            PeriodKind::Day => "YYYY-MM-DD",
            PeriodKind::Week => "gggg-[W]ww",
            PeriodKind::Month => "YYYY-MM",
            PeriodKind::Quarter => "YYYY-[Q]Q",
            PeriodKind::Year => "YYYY",
        }
    }
}

/// Where notes of one period lie and how they are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodicSetting {
    /// The length of the period.
    pub kind: PeriodKind,
    /// The folder from the vault root, without slashes at its ends; empty means the root.
    pub folder: String,
    /// The Moment format of the path below the folder; never empty.
    pub format: String,
    /// The file that says so, from the vault root; `None` when it is the default.
    pub source: Option<&'static str>,
}

impl PeriodicSetting {
    /// What Obsidian does when nothing is configured: the default format in the vault root.
    pub fn default_of(kind: PeriodKind) -> Self {
        PeriodicSetting { kind, folder: String::new(), format: kind.default_format().to_owned(), source: None }
    }
}

/// A note recognised by its path as the note of a day, week, month, quarter or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeriodicNote {
    /// The length of its period.
    pub kind: PeriodKind,
    /// The day of a daily note; `None` for longer periods, even when their name begins with a day.
    pub date: Option<NaiveDate>,
}

/// Where a template lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplatePlace {
    /// Every note below this folder.
    Folder(String),
    /// This one note, its path without `.md`.
    Note(String),
}

impl TemplatePlace {
    /// Whether a note lies here, case ignored.
    pub fn holds(&self, path: &NotePath) -> bool {
        match self {
            TemplatePlace::Folder(folder) => below_folder(path.as_str(), folder).is_some(),
            TemplatePlace::Note(note) => below_prefix(path.without_extension(), note).is_some_and(str::is_empty),
        }
    }
}

/// How Obsidian writes a new link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LinkStyle {
    /// `[[name]]`
    #[default]
    Wiki,
    /// `[name](name.md)`
    Markdown,
}

/// Which path Obsidian writes into a new link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LinkPath {
    /// The stem alone where that is enough.
    #[default]
    Shortest,
    /// From the folder of the linking note.
    Relative,
    /// From the vault root.
    Absolute,
}

/// What the Tasks plugin is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TasksSettings {
    /// Only lines that hold this text are tasks; `None` means every box is.
    pub global_filter: Option<String>,
    /// What a tick adds.
    pub done_date: DoneDate,
    /// What a cancelling adds.
    pub cancelled_date: DoneDate,
    /// How fields are written.
    pub format: TaskFormat,
    /// Characters in `[c]` that mean done.
    pub done_marks: BTreeSet<char>,
    /// Characters in `[c]` that mean cancelled.
    pub cancelled_marks: BTreeSet<char>,
}

impl Default for TasksSettings {
    fn default() -> Self {
        TasksSettings {
            global_filter: None,
            done_date: DoneDate::Written,
            cancelled_date: DoneDate::Written,
            format: TaskFormat::AsOnLine,
            done_marks: BTreeSet::from(['x', 'X']),
            cancelled_marks: BTreeSet::from(['-']),
        }
    }
}

/// Whether a tick or a cancelling writes the day it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DoneDate {
    /// It does (`setDoneDate`, `setCancelledDate` true or absent).
    Written,
    /// It does not.
    Omitted,
}

/// How task fields are spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskFormat {
    /// As the other fields of the line, as no plugin says how; signs on a line that has none.
    AsOnLine,
    /// `📅 2026-11-20`
    Emoji,
    /// `[due:: 2026-11-20]`
    Dataview,
}

/// The type of a property in Obsidian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PropertyType {
    /// `text`
    Text,
    /// `multitext`, `tags`, `aliases`
    List,
    /// `number`
    Number,
    /// `checkbox`
    Checkbox,
    /// `date`
    Date,
    /// `datetime`
    DateTime,
}

impl PropertyType {
    /// Reads a value of `types.json`; `None` for types other plugins add.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "text" => PropertyType::Text,
            "multitext" | "tags" | "aliases" => PropertyType::List,
            "number" => PropertyType::Number,
            "checkbox" => PropertyType::Checkbox,
            "date" => PropertyType::Date,
            "datetime" => PropertyType::DateTime,
            _ => return None,
        })
    }
}

/// The part of `path` below `folder`, case ignored; the whole path when `folder` is the root.
pub fn below_folder<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    below_prefix(path, folder)?.strip_prefix('/')
}

/// What follows `prefix` in `path`, case ignored, without allocating: it is asked of every path of the vault.
pub fn below_prefix<'p>(path: &'p str, prefix: &str) -> Option<&'p str> {
    let mut rest = path.chars();
    for wanted in prefix.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_what_lies_below_it_and_not_its_namesakes() {
        let cases = [
            ("Daily/2026-11-20", "daily", Some("2026-11-20")),
            ("日记/2026/a", "日记", Some("2026/a")),
            ("DailyX/a", "Daily", None),
            ("Daily", "Daily", None),
            ("a", "", Some("a")),
            ("a/b/c", "a/b", Some("c")),
            ("a", "a/b", None),
        ];
        for (path, folder, below) in cases {
            assert_eq!(below_folder(path, folder), below, "{path} below {folder}");
        }
    }

    #[test]
    fn a_template_file_is_itself_only() {
        let place = TemplatePlace::Note("tpl/Daily".into());
        assert!(place.holds(&NotePath::new("tpl/daily.md")));
        assert!(!place.holds(&NotePath::new("tpl/daily 2.md")));
        assert!(!place.holds(&NotePath::new("daily.md")));
    }

    #[test]
    fn missing_settings_are_the_defaults_of_obsidian() {
        let settings = ObsidianSettings::default();
        assert_eq!(settings.link_style, LinkStyle::Wiki);
        assert_eq!(settings.tasks.done_date, DoneDate::Written);
        let formats: Vec<_> =
            PeriodKind::ALL.iter().flat_map(|kind| settings.periodic_of(*kind)).map(|s| s.format).collect();
        assert_eq!(formats, ["YYYY-MM-DD", "gggg-[W]ww", "YYYY-MM", "YYYY-[Q]Q", "YYYY"]);
    }
}
