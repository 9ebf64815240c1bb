//! Which notes are daily, weekly, monthly, quarterly or yearly notes, by their path alone.

use crate::model::diagnostic::Diagnostic;
use crate::model::obsidian::{ObsidianSettings, PeriodKind, PeriodicNote, PeriodicSetting, below_folder};
use crate::model::path::NotePath;

use super::moment::MomentFormat;

/// The settings of periodic notes, compiled: made once, asked of every path.
#[derive(Clone, Debug)]
pub struct PeriodicNotes {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    kind: PeriodKind,
    folder: String,
    format: MomentFormat,
}

impl PeriodicNotes {
    /// Compiles the settings. A format that cannot be used is a diagnostic at its settings file, and the default
    /// format of its kind takes its place.
    pub fn compile(settings: &ObsidianSettings) -> (PeriodicNotes, Vec<Diagnostic>) {
        let mut rules = Vec::new();
        let mut diagnostics = Vec::new();
        for setting in PeriodKind::ALL.iter().flat_map(|kind| settings.periodic_of(*kind)) {
            rules.extend(compile(setting, &mut diagnostics));
        }
        (PeriodicNotes { rules }, diagnostics)
    }

    /// Whether the note at `path` is one of them; the shortest period that fits wins.
    pub fn recognise(&self, path: &NotePath) -> Option<PeriodicNote> {
        self.rules.iter().find_map(|rule| {
            let matched = rule.format.match_path(below_folder(path.without_extension(), &rule.folder)?)?;
            let date = if rule.kind == PeriodKind::Day { matched.date } else { None };
            Some(PeriodicNote { kind: rule.kind, date })
        })
    }
}

fn compile(setting: PeriodicSetting, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
    let format = MomentFormat::compile(&setting.format).or_else(|finding| {
        diagnostics.push(finding.about(&NotePath::new(setting.source.unwrap_or_default())));
        MomentFormat::compile(setting.kind.default_format())
    });
    Some(Rule { kind: setting.kind, folder: setting.folder, format: format.ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(kind: PeriodKind, folder: &str, format: &str) -> PeriodicSetting {
        PeriodicSetting {
            kind,
            folder: folder.into(),
            format: format.into(),
            source: Some(".obsidian/daily-notes.json"),
        }
    }

    fn recognise(settings: &[PeriodicSetting], path: &str) -> Option<(PeriodKind, Option<String>)> {
        let settings = ObsidianSettings { periodic: settings.to_vec(), ..ObsidianSettings::default() };
        let (notes, diagnostics) = PeriodicNotes::compile(&settings);
        assert_eq!(diagnostics, []);
        notes.recognise(&NotePath::new(path)).map(|note| (note.kind, note.date.map(|date| date.to_string())))
    }

    #[test]
    fn without_settings_notes_in_the_root_are_recognised_by_the_default_formats() {
        let cases = [
            ("2026-11-20.md", Some((PeriodKind::Day, Some("2026-11-20")))),
            ("2026-06-12 海边.md", Some((PeriodKind::Day, Some("2026-06-12")))),
            ("2026-W47.md", Some((PeriodKind::Week, None))),
            ("2026-11.md", Some((PeriodKind::Month, None))),
            ("2026-Q4.md", Some((PeriodKind::Quarter, None))),
            ("2026.md", Some((PeriodKind::Year, None))),
            ("Daily/2026-11-20.md", None),
            ("2026-11-31.md", None),
            ("张三.md", None),
        ];
        for (path, expected) in cases {
            let expected = expected.map(|(kind, date)| (kind, date.map(str::to_owned)));
            assert_eq!(recognise(&[], path), expected, "{path}");
        }
    }

    #[test]
    fn a_setting_replaces_the_default_of_its_kind_and_leaves_the_others() {
        let settings =
            [setting(PeriodKind::Day, "日记", "YYYY/MM/YYYY-MM-DD"), setting(PeriodKind::Week, "W", "YYYY-MM-DD")];
        let day = Some((PeriodKind::Day, Some("2026-11-20".to_owned())));
        assert_eq!(recognise(&settings, "日记/2026/11/2026-11-20 海边.md"), day);
        assert_eq!(recognise(&settings, "日记/2026-11-20.md"), None);
        assert_eq!(recognise(&settings, "2026-11-20.md"), None);
        assert_eq!(recognise(&settings, "w/2026-11-16.md"), Some((PeriodKind::Week, None)));
        assert_eq!(recognise(&settings, "2026-11.md"), Some((PeriodKind::Month, None)));
    }

    #[test]
    fn an_unknown_token_is_said_and_the_default_format_is_used() {
        let periodic = vec![setting(PeriodKind::Day, "D", "YYYY-DDD")];
        let (notes, diagnostics) =
            PeriodicNotes::compile(&ObsidianSettings { periodic, ..ObsidianSettings::default() });
        let said: Vec<_> = diagnostics.iter().map(|d| (d.code, d.path.as_str(), &*d.arguments[0])).collect();
        assert_eq!(said, [("moment-token-unknown", ".obsidian/daily-notes.json", "DDD")]);
        assert!(notes.recognise(&NotePath::new("D/2026-11-20.md")).is_some());
    }
}
