//! Reads the settings of Obsidian and of the plugins whose notes we share. Nothing in `.obsidian` is written.
//!
//! Each file is optional: missing means defaults, broken means defaults and a diagnostic.

use std::path::Path;

use crate::model::diagnostic::Diagnostic;
use crate::model::fold::{fold, nfc};
use crate::model::obsidian::{
    DoneDate, IgnoreRule, LinkPath, LinkStyle, ObsidianSettings, PeriodKind, PeriodicSetting, PropertyType, TaskFormat,
    TasksSettings, TemplatePlace,
};
use crate::model::path::NotePath;

use super::settings_file::{Section, read_object};

const APP: &str = ".obsidian/app.json";
const TYPES: &str = ".obsidian/types.json";
const TEMPLATES: &str = ".obsidian/templates.json";
const DAILY_NOTES: &str = ".obsidian/daily-notes.json";
const PERIODIC_NOTES: &str = ".obsidian/plugins/periodic-notes/data.json";
const TEMPLATER: &str = ".obsidian/plugins/templater-obsidian/data.json";
const TASKS: &str = ".obsidian/plugins/obsidian-tasks-plugin/data.json";

/// All of them.
pub(super) const FILES: [&str; 7] = [APP, TYPES, TEMPLATES, DAILY_NOTES, PERIODIC_NOTES, TEMPLATER, TASKS];

/// The kinds of the periodic-notes plugin: their key in a calendar set, and their key in its older settings.
const PERIOD_KEYS: [(PeriodKind, &str, &str); 5] = [
    (PeriodKind::Day, "day", "daily"),
    (PeriodKind::Week, "week", "weekly"),
    (PeriodKind::Month, "month", "monthly"),
    (PeriodKind::Quarter, "quarter", "quarterly"),
    (PeriodKind::Year, "year", "yearly"),
];

type Reader = fn(&mut Section<'_>, &mut ObsidianSettings);

/// The settings of the vault at `root`, with what was broken in them.
pub fn read_obsidian(root: &Path) -> (ObsidianSettings, Vec<Diagnostic>) {
    let mut settings = ObsidianSettings::default();
    let mut diagnostics = Vec::new();
    let readers: [(&'static str, Reader); 7] = [
        (APP, read_app),
        (TYPES, read_types),
        (TEMPLATES, read_templates),
        (DAILY_NOTES, read_daily_notes),
        (PERIODIC_NOTES, read_periodic_notes),
        (TEMPLATER, read_templater),
        (TASKS, read_tasks),
    ];
    for (file, read) in readers {
        let Some(map) = read_object(root, file, &mut diagnostics) else { continue };
        read(&mut Section::new(file, &map, &mut diagnostics), &mut settings);
    }
    settings.periodic.sort_by_key(|setting| setting.kind);
    (settings, diagnostics)
}

fn read_app(app: &mut Section<'_>, settings: &mut ObsidianSettings) {
    let rules = app.texts("userIgnoreFilters");
    // An empty line is a beginning of every path.
    settings.ignore = rules.iter().filter(|rule| !rule.trim().is_empty()).map(|rule| ignore_rule(rule)).collect();
    if app.switch("useMarkdownLinks") == Some(true) {
        settings.link_style = LinkStyle::Markdown;
    }
    settings.link_path = match app.text("newLinkFormat").as_deref() {
        Some("relative") => LinkPath::Relative,
        Some("absolute") => LinkPath::Absolute,
        _ => LinkPath::Shortest,
    };
}

fn ignore_rule(rule: &str) -> IgnoreRule {
    match rule.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        Some(pattern) if !pattern.is_empty() => IgnoreRule::Pattern(pattern.to_owned()),
        _ => IgnoreRule::Prefix(nfc(rule).into_owned()),
    }
}

fn read_types(types: &mut Section<'_>, settings: &mut ObsidianSettings) {
    types.within("types", |types| {
        for (key, value) in types.entries() {
            if let Some(named) = value.as_str().and_then(PropertyType::from_name) {
                settings.property_types.insert(fold(key), named);
            }
        }
    });
}

fn read_templates(templates: &mut Section<'_>, settings: &mut ObsidianSettings) {
    let folder = templates.text("folder");
    settings.templates.extend(template_folder(folder));
}

fn read_templater(templater: &mut Section<'_>, settings: &mut ObsidianSettings) {
    let folder = templater.text("templates_folder");
    settings.templates.extend(template_folder(folder));
}

/// The vault root as templates folder would leave no note at all: the plugins mean "not set" by it.
fn template_folder(folder: Option<String>) -> Option<TemplatePlace> {
    let folder = trim_slashes(&folder?);
    (!folder.is_empty()).then_some(TemplatePlace::Folder(folder))
}

fn read_daily_notes(daily: &mut Section<'_>, settings: &mut ObsidianSettings) {
    read_period(daily, PeriodKind::Day, settings);
}

fn read_periodic_notes(plugin: &mut Section<'_>, settings: &mut ObsidianSettings) {
    for (kind, _, older_key) in PERIOD_KEYS {
        plugin.within(older_key, |period| read_enabled_period(period, kind, settings));
    }
    plugin.within_each("calendarSets", |set| {
        for (kind, key, _) in PERIOD_KEYS {
            set.within(key, |period| read_enabled_period(period, kind, settings));
        }
    });
}

fn read_enabled_period(period: &mut Section<'_>, kind: PeriodKind, settings: &mut ObsidianSettings) {
    if period.switch("enabled") != Some(false) {
        read_period(period, kind, settings);
    }
}

fn read_period(period: &mut Section<'_>, kind: PeriodKind, settings: &mut ObsidianSettings) {
    let format = period.text("format").filter(|format| !format.trim().is_empty());
    let setting = PeriodicSetting {
        kind,
        folder: trim_slashes(&period.text("folder").unwrap_or_default()),
        format: format.unwrap_or_else(|| kind.default_format().to_owned()),
        source: Some(period.file()),
    };
    let same = |other: &PeriodicSetting| (&other.folder, &other.format) == (&setting.folder, &setting.format);
    if !settings.periodic.iter().any(|other| other.kind == kind && same(other)) {
        settings.periodic.push(setting);
    }
    // The core plugin says `template`, the newer calendar sets `templatePath`.
    for key in ["template", "templatePath"] {
        let note = trim_slashes(&period.text(key).unwrap_or_default());
        if !note.is_empty() {
            let place = TemplatePlace::Note(NotePath::new(&note).without_extension().to_owned());
            if !settings.templates.contains(&place) {
                settings.templates.push(place);
            }
        }
    }
}

fn read_tasks(plugin: &mut Section<'_>, settings: &mut ObsidianSettings) {
    let tasks = &mut settings.tasks;
    tasks.global_filter = plugin.text("globalFilter").filter(|filter| !filter.trim().is_empty());
    if plugin.switch("setDoneDate") == Some(false) {
        tasks.done_date = DoneDate::Omitted;
    }
    if plugin.switch("setCancelledDate") == Some(false) {
        tasks.cancelled_date = DoneDate::Omitted;
    }
    match plugin.text("taskFormat").as_deref() {
        Some("dataview") => tasks.format = TaskFormat::Dataview,
        Some(_) => tasks.format = TaskFormat::Emoji,
        None => {}
    }
    plugin.within("statusSettings", |statuses| {
        for key in ["coreStatuses", "customStatuses"] {
            statuses.within_each(key, |status| read_status(status, tasks));
        }
    });
}

fn read_status(status: &mut Section<'_>, tasks: &mut TasksSettings) {
    let mark = status.text("symbol");
    let Some(mark) = mark.as_deref().and_then(single_char) else { return };
    match status.text("type").as_deref() {
        Some("DONE") => {
            tasks.cancelled_marks.remove(&mark);
            tasks.done_marks.insert(mark);
        }
        Some("CANCELLED") => {
            tasks.done_marks.remove(&mark);
            tasks.cancelled_marks.insert(mark);
        }
        _ => {}
    }
}

fn single_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// A folder or note as settings write it, `/Daily/` or `.`, as a path from the root.
fn trim_slashes(path: &str) -> String {
    let path = NotePath::new(path.trim());
    let path = path.as_str().trim_start_matches("./").trim_matches('/');
    if path == "." { String::new() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    fn read(files: &[(&str, &str)]) -> (ObsidianSettings, Vec<Diagnostic>) {
        let root = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        read_obsidian(root.path())
    }

    fn settings(file: &str, text: &str) -> ObsidianSettings {
        let (settings, diagnostics) = read(&[(file, text)]);
        assert_eq!(diagnostics, [], "{file}");
        settings
    }

    fn settings_diagnostics(text: &str) -> Vec<Diagnostic> {
        read(&[(APP, text)]).1
    }

    fn period(kind: PeriodKind, folder: &str, format: &str, source: &'static str) -> PeriodicSetting {
        PeriodicSetting { kind, folder: folder.into(), format: format.into(), source: Some(source) }
    }

    #[test]
    fn a_vault_without_obsidian_has_the_defaults() {
        assert_eq!(read(&[]), (ObsidianSettings::default(), vec![]));
        assert_eq!(settings(APP, "{}"), ObsidianSettings::default());
        assert_eq!(settings(APP, r#"{"userIgnoreFilters": null}"#), ObsidianSettings::default());
    }

    #[test]
    fn app_json_gives_filters_and_the_form_of_links() {
        let read = settings(
            APP,
            "\u{feff}{\"userIgnoreFilters\": [\"Archive/\", \"/draft\\\\d+/\", \"/\", \"\"], \"useMarkdownLinks\": true, \
             \"newLinkFormat\": \"relative\", \"alwaysUpdateLinks\": true}",
        );
        let prefix = |text: &str| IgnoreRule::Prefix(text.into());
        assert_eq!(read.ignore, [prefix("Archive/"), IgnoreRule::Pattern(r"draft\d+".into()), prefix("/")]);
        assert_eq!((read.link_style, read.link_path), (LinkStyle::Markdown, LinkPath::Relative));
        assert_eq!(settings(APP, r#"{"newLinkFormat":"absolute"}"#).link_path, LinkPath::Absolute);
        assert_eq!(settings(APP, r#"{"newLinkFormat":"shortest"}"#).link_path, LinkPath::Shortest);
    }

    #[test]
    fn daily_notes_and_both_forms_of_periodic_notes_are_read() {
        let read = settings(DAILY_NOTES, r#"{"folder":"/日记/","format":"YYYY/MM/YYYY-MM-DD","template":"tpl/日.md"}"#);
        assert_eq!(read.periodic, [period(PeriodKind::Day, "日记", "YYYY/MM/YYYY-MM-DD", DAILY_NOTES)]);
        assert_eq!(read.templates, [TemplatePlace::Note("tpl/日".into())]);

        let read = settings(
            PERIODIC_NOTES,
            r#"{"daily":{"format":"","folder":"D","enabled":true},"weekly":{"format":"YYYY-[KW]WW","template":"t/w","folder":"W","enabled":true},
                "monthly":{"format":"x","enabled":false},"quarterly":{"folder":"Q"}}"#,
        );
        assert_eq!(
            read.periodic,
            [
                period(PeriodKind::Day, "D", "YYYY-MM-DD", PERIODIC_NOTES),
                period(PeriodKind::Week, "W", "YYYY-[KW]WW", PERIODIC_NOTES),
                period(PeriodKind::Quarter, "Q", "YYYY-[Q]Q", PERIODIC_NOTES),
            ]
        );
        assert_eq!(read.templates, [TemplatePlace::Note("t/w".into())]);

        let read = settings(
            PERIODIC_NOTES,
            r#"{"calendarSets":[{"id":"Default","year":{"enabled":true,"folder":"Y"},"day":{"enabled":true,"templatePath":"t/d.md"},"week":{"enabled":false}}]}"#,
        );
        assert_eq!(
            read.periodic,
            [
                period(PeriodKind::Day, "", "YYYY-MM-DD", PERIODIC_NOTES),
                period(PeriodKind::Year, "Y", "YYYY", PERIODIC_NOTES)
            ]
        );
        assert_eq!(read.templates, [TemplatePlace::Note("t/d".into())]);
    }

    #[test]
    fn a_daily_note_of_two_plugins_is_either() {
        let (read, _) =
            read(&[(PERIODIC_NOTES, r#"{"daily":{"folder":"B","enabled":true}}"#), (DAILY_NOTES, r#"{"folder":"A"}"#)]);
        let folders: Vec<_> = read.periodic.iter().map(|setting| setting.folder.as_str()).collect();
        assert_eq!(folders, ["A", "B"]);
    }

    #[test]
    fn templates_folders_come_from_the_core_plugin_and_from_templater() {
        let (read, _) =
            read(&[(TEMPLATES, r#"{"folder":"Templates/"}"#), (TEMPLATER, r#"{"templates_folder":"模板"}"#)]);
        let folder = |name: &str| TemplatePlace::Folder(name.into());
        assert_eq!(read.templates, [folder("Templates"), folder("模板")]);
        for unset in ["", "/", ".", "./"] {
            let text = format!(r#"{{"templates_folder":"{unset}"}}"#);
            assert_eq!(settings(TEMPLATER, &text).templates, [], "{unset:?}");
        }
    }

    #[test]
    fn the_tasks_plugin_gives_filter_format_and_marks() {
        let read = settings(
            TASKS,
            r##"{"globalFilter":"#task","setDoneDate":false,"setCancelledDate":false,"taskFormat":"dataview","statusSettings":{
                "coreStatuses":[{"symbol":" ","type":"TODO"},{"symbol":"x","type":"DONE"}],
                "customStatuses":[{"symbol":"/","type":"IN_PROGRESS"},{"symbol":"d","type":"DONE"},
                    {"symbol":"取","type":"CANCELLED"},{"symbol":"-","type":"DONE"},{"symbol":"","type":"DONE"}]}}"##,
        )
        .tasks;
        assert_eq!(read.global_filter.as_deref(), Some("#task"));
        assert_eq!((read.done_date, read.format), (DoneDate::Omitted, TaskFormat::Dataview));
        assert_eq!(read.cancelled_date, DoneDate::Omitted);
        assert_eq!(read.done_marks, BTreeSet::from(['x', 'X', 'd', '-']));
        assert_eq!(read.cancelled_marks, BTreeSet::from(['取']));
        assert_eq!(settings(TASKS, r#"{"taskFormat":"tasksPluginEmoji"}"#).tasks.format, TaskFormat::Emoji);
        assert_eq!(settings(TASKS, "{}").tasks.format, TaskFormat::AsOnLine);
        let read = settings(TASKS, r#"{"globalFilter":"","setDoneDate":true,"taskFormat":"tasksPluginEmoji"}"#);
        assert_eq!(read.tasks, TasksSettings { format: TaskFormat::Emoji, ..TasksSettings::default() });
    }

    #[test]
    fn property_types_are_found_by_folded_key() {
        let read =
            settings(TYPES, r#"{"types":{"Last Contact":"date","tags":"tags","公司":"multitext","x":"unknown"}}"#);
        assert_eq!(read.property_type("last  contact"), Some(PropertyType::Date));
        assert_eq!(read.property_type("公司"), Some(PropertyType::List));
        assert_eq!(read.property_type("x"), None);
    }

    #[test]
    fn a_broken_file_is_said_at_its_place_and_the_others_are_read() {
        let (read, diagnostics) = read(&[(APP, "{\n  \"a\": 1,\n  ?\n}"), (TEMPLATES, r#"{"folder":"T"}"#)]);
        assert_eq!(read.templates.len(), 1);
        assert_eq!(diagnostics.len(), 1);
        let found = &diagnostics[0];
        assert_eq!((found.code, found.path.as_str()), ("obsidian-settings-broken", APP));
        assert_eq!((found.position.line, found.position.column, &*found.excerpt), (3, 3, "  ?"));
        let marked = settings_diagnostics("\u{feff}{?");
        assert_eq!((marked[0].position.line, marked[0].position.column), (1, 2));
    }

    #[test]
    fn a_value_of_a_wrong_type_is_said_and_the_default_holds() {
        let (read, diagnostics) = read(&[
            (APP, r#"{"userIgnoreFilters":"x","useMarkdownLinks":1}"#),
            (TASKS, r#"{"statusSettings":[]}"#),
            (TYPES, "[]"),
        ]);
        assert_eq!(read, ObsidianSettings::default());
        let said: Vec<_> = diagnostics.iter().map(|d| (d.code, &*d.arguments[0])).collect();
        let code = "obsidian-setting-type";
        assert_eq!(
            said,
            [
                (code, "userIgnoreFilters"),
                (code, "useMarkdownLinks"),
                ("obsidian-settings-broken", TYPES),
                (code, "statusSettings")
            ]
        );
    }
}
