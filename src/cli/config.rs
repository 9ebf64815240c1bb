//! The configuration as written: every key optional, every value with its place, nothing decided.
//!
//! The built-in settings are written in the same format (`config.en.toml`), so there is one place for them, and the
//! file that `init` writes shows them. What the values mean is `settings`.

use toml::de::DeTable;

use crate::model::diagnostic::Finding;
use crate::model::language::Language;
use crate::model::span::Span;

use super::config_section::{Entries, Faults, Placed, Section};

/// The commented settings of a language; both files hold the same values.
pub fn commented(language: Language) -> &'static str {
    match language {
        Language::Chinese => include_str!("config.zh.toml"),
        Language::English => include_str!("config.en.toml"),
    }
}

/// A file of settings as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// `language`
    pub language: Option<Placed<String>>,
    /// `reports`
    pub reports: Option<Placed<String>>,
    /// `max_per_day`
    pub max_per_day: Option<u32>,
    /// `days`
    pub days: Option<u32>,
    /// `lost_after`
    pub lost_after: Option<u32>,
    /// `remind_before`
    pub remind_before: Option<u32>,
    /// `leap_day`
    pub leap_day: Option<Placed<String>>,
    /// `lunar_rule`
    pub lunar_rule: Option<Placed<String>>,
    /// `ignore`
    pub ignore: Option<Vec<Placed<String>>>,
    /// `private`
    pub private: Option<Vec<Placed<String>>>,
    /// `private_remote`
    pub private_remote: Option<bool>,
    /// `[year]` `starts`
    pub year_starts: Option<Placed<String>>,
    /// `[thanks]` `late_after`
    pub thanks_late_after: Option<u32>,
    /// `[thanks]` `asked_for`
    pub thanks_asked_for: Option<u32>,
    /// `[endorsements]` `valid`
    pub endorsement_valid: Option<Placed<String>>,
    /// `[endorsements]` `notice`
    pub endorsement_notice: Option<u32>,
    /// `[meetings]` `prepare_before`
    pub prepare_before: Option<u32>,
    /// `[briefs]` `days`
    pub brief_days: Option<u32>,
    /// `[network]` `shown`
    pub network_shown: Option<u32>,
    /// `[plan]` `top`
    pub plan_top: Option<u32>,
    /// `[synonyms]`
    pub synonyms: Vec<(Placed<String>, Vec<Placed<String>>)>,
    /// `[cadence]`
    pub cadence: CadenceTable,
    /// `[presets]`
    pub presets: Vec<(Placed<String>, PresetTable)>,
    /// `[festivals]`
    pub festivals: Vec<(Placed<String>, Placed<bool>)>,
    /// `[words.TABLE]`, as written.
    pub words: Vec<AddedWords>,
}

/// A table of the vocabulary with its added entries, each value on one line as TOML.
pub type AddedWords = (Placed<String>, Vec<(Placed<String>, String)>);

/// `[cadence]` with its tables.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CadenceTable {
    /// `default`
    pub default: Option<Placed<String>>,
    /// `[cadence.words]`
    pub words: Vec<(Placed<String>, Placed<String>)>,
    /// `[cadence.tags]`
    pub tags: Vec<(Placed<String>, Placed<String>)>,
    /// `[cadence.closeness]`: core, strong, weak; each for little, fairly and very busy people.
    pub closeness: [Option<Placed<Vec<Placed<String>>>>; 3],
}

/// One role.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PresetTable {
    /// `cadence`
    pub cadence: Option<Placed<String>>,
    /// `weight`, in hundredths.
    pub weight: Option<u32>,
    /// `form`
    pub form: Option<Placed<String>>,
    /// `length`, in minutes.
    pub length: Option<u32>,
    /// `before`
    pub before: Option<Placed<String>>,
    /// `after`
    pub after: Option<Placed<String>>,
}

/// Reads a file of settings. What is wrong is left out and told; all of it, not the first alone.
pub fn read(text: &str) -> (ConfigFile, Faults) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut faults: Faults = errors
        .iter()
        .map(|error| {
            let span = error.span().map(Span::from).unwrap_or_default();
            match text.get(span.range()).filter(|written| !written.is_ascii()) {
                Some(key) if error.message().contains("unquoted key") => (span, Finding::new("config-bare-key", [key])),
                _ => (span, Finding::new("config-syntax", [error.message()])),
            }
        })
        .collect();
    if !faults.is_empty() {
        // What a broken file says elsewhere may be anything.
        return (ConfigFile::default(), faults);
    }
    let file = file(Section::new(root.into_inner()), &mut faults);
    faults.sort_by_key(|(span, _)| *span);
    (file, faults)
}

fn file(mut root: Section<'_>, faults: &mut Faults) -> ConfigFile {
    let mut file = ConfigFile {
        language: root.text("language", faults),
        reports: root.text("reports", faults),
        max_per_day: root.number("max_per_day", 1..1001, faults),
        days: root.number("days", 0..3661, faults),
        lost_after: root.number("lost_after", 1..101, faults),
        remind_before: root.number("remind_before", 0..366, faults),
        leap_day: root.text("leap_day", faults),
        lunar_rule: root.text("lunar_rule", faults),
        ignore: root.texts("ignore", faults).map(|list| list.value),
        private: root.texts("private", faults).map(|list| list.value),
        private_remote: root.switch("private_remote", faults),
        synonyms: root.entries("synonyms", faults).lists(faults),
        cadence: root.section("cadence", faults).map(|section| cadence(section, faults)).unwrap_or_default(),
        presets: presets(root.entries("presets", faults), faults),
        festivals: root.entries("festivals", faults).switches(faults),
        words: words(root.entries("words", faults), faults),
        ..ConfigFile::default()
    };
    rules(&mut root, &mut file, faults);
    root.finish(faults);
    file
}

/// The small tables of rules.
fn rules(root: &mut Section<'_>, file: &mut ConfigFile, faults: &mut Faults) {
    if let Some(mut year) = root.section("year", faults) {
        file.year_starts = year.text("starts", faults);
        year.finish(faults);
    }
    if let Some(mut thanks) = root.section("thanks", faults) {
        file.thanks_late_after = thanks.number("late_after", 0..366, faults);
        file.thanks_asked_for = thanks.number("asked_for", 1..3661, faults);
        thanks.finish(faults);
    }
    if let Some(mut endorsements) = root.section("endorsements", faults) {
        file.endorsement_valid = endorsements.text("valid", faults);
        file.endorsement_notice = endorsements.number("notice", 0..366, faults);
        endorsements.finish(faults);
    }
    if let Some(mut meetings) = root.section("meetings", faults) {
        file.prepare_before = meetings.number("prepare_before", 0..31, faults);
        meetings.finish(faults);
    }
    if let Some(mut briefs) = root.section("briefs", faults) {
        file.brief_days = briefs.number("days", 0..31, faults);
        briefs.finish(faults);
    }
    if let Some(mut network) = root.section("network", faults) {
        file.network_shown = network.number("shown", 1..201, faults);
        network.finish(faults);
    }
    if let Some(mut plan) = root.section("plan", faults) {
        file.plan_top = plan.number("top", 1..1001, faults);
        plan.finish(faults);
    }
}

fn cadence(mut section: Section<'_>, faults: &mut Faults) -> CadenceTable {
    let mut table = CadenceTable {
        default: section.text("default", faults),
        words: section.entries("words", faults).texts(faults),
        tags: section.entries("tags", faults).texts(faults),
        closeness: Default::default(),
    };
    if let Some(mut rows) = section.section("closeness", faults) {
        table.closeness = ["core", "strong", "weak"].map(|key| {
            let row = rows.texts(key, faults)?;
            if row.value.len() != 3 {
                faults.push((row.span, Finding::new("config-needs-three", [key])));
                return None;
            }
            Some(row)
        });
        rows.finish(faults);
    }
    section.finish(faults);
    table
}

fn presets(entries: Entries<'_>, faults: &mut Faults) -> Vec<(Placed<String>, PresetTable)> {
    let mut presets = Vec::new();
    for (key, mut section) in entries.sections(faults) {
        let preset = PresetTable {
            cadence: section.text("cadence", faults),
            weight: section.hundredths("weight", faults),
            form: section.text("form", faults),
            length: section.number("length", 5..1441, faults),
            before: section.text("before", faults),
            after: section.text("after", faults),
        };
        section.finish(faults);
        presets.push((key, preset));
    }
    presets
}

fn words(entries: Entries<'_>, faults: &mut Faults) -> Vec<AddedWords> {
    entries.entries(faults).into_iter().map(|(table, entries)| (table, entries.raw())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::LineIndex;

    /// `line:column code arguments` of every fault.
    fn faults(text: &str) -> Vec<String> {
        let lines = LineIndex::new(text);
        let shown = |(span, finding): &(Span, Finding)| {
            let place = lines.position(span.start);
            format!("{}:{} {} {}", place.line, place.column, finding.code, finding.arguments.join("|"))
        };
        read(text).1.iter().map(shown).collect()
    }

    #[test]
    fn both_commented_files_are_sound_and_hold_the_same_values() {
        let value = |language| commented(language).parse::<toml::Table>().unwrap();
        assert_eq!(value(Language::English), value(Language::Chinese));
        assert_eq!(faults(commented(Language::English)), Vec::<String>::new());
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        for (text, expected) in [
            ("report = \"x\"", "1:1 config-unknown-key report|reports"),
            ("# 设置\nmax_perday = 3", "2:1 config-unknown-key max_perday|max_per_day"),
            ("language = 3", "1:12 config-needs-text language"),
            ("days = \"30\"", "1:8 config-needs-number days"),
            ("days = -1", "1:8 config-out-of-range days|-1|0|3660"),
            ("max_per_day = -1", "1:15 config-out-of-range max_per_day|-1|1|1000"),
            ("ignore = \"Archive\"", "1:10 config-needs-list ignore"),
            ("ignore = [\"a\", 2]", "1:16 config-needs-text ignore"),
            ("cadence = \"2w\"", "1:11 config-needs-table cadence"),
            ("[cadence]\ndefualt = \"2w\"", "2:1 config-unknown-key defualt|default"),
            ("[cadence.closeness]\ncore = [\"2w\"]", "2:8 config-needs-three core"),
            ("[cadence.closeness]\nstrog = []", "2:1 config-unknown-key strog|strong"),
            ("[presets]\nmentor = \"2w\"", "2:10 config-needs-table mentor"),
            ("[presets]\nmentor = { wieght = 2 }", "2:12 config-unknown-key wieght|weight"),
            ("[presets]\nmentor = { weight = 0 }", "2:21 config-out-of-range weight|0|0.01|100"),
            ("[festivals]\nqixi = \"on\"", "2:8 config-needs-switch qixi"),
            ("[words]\nchannel = 1", "2:11 config-needs-table channel"),
        ] {
            assert_eq!(faults(text), [expected], "{text}");
        }
    }

    #[test]
    fn all_faults_are_told_in_the_order_of_the_file() {
        let found = faults("dasy = 3\n[festivals]\nqixi = 1\n[cadence]\ndefault = 2\n");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("1:1 ") && found[1].starts_with("3:8 ") && found[2].starts_with("5:11 "));
    }

    #[test]
    fn broken_syntax_is_told_at_its_place_and_nothing_else_is() {
        let found = faults("days = 3\nlanguage = \"en\nreports = 1\n");
        assert!(!found.is_empty() && found.iter().all(|fault| fault.contains("config-syntax")), "{found:?}");
        assert!(found[0].starts_with("2:"), "{found:?}");
    }

    #[test]
    fn a_chinese_key_without_quotation_marks_is_told_so() {
        assert_eq!(faults("[cadence.words]\n经常 = \"2w\"\n"), ["2:1 config-bare-key 经常"]);
    }

    #[test]
    fn weights_are_kept_in_hundredths() {
        let (file, faults) = read("[presets]\nmentor = { weight = 1.6 }\nboss = { weight = 2 }\n");
        assert!(faults.is_empty());
        let weights: Vec<_> = file.presets.iter().map(|(name, preset)| (name.value.as_str(), preset.weight)).collect();
        assert_eq!(weights, [("boss", Some(200)), ("mentor", Some(160))]);
    }
}
