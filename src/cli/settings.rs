//! Settings, resolved once: the built-in values, the vault's own over them. Reports get small options of their own made
//! from these.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::options::Options;
use crate::index::options::{After, Before, IndexOptions, RolePreset, TopicWords, YearStart};
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::date::{LeapDay, LunarRule};
use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::model::span::Span;
use crate::parse::cadence::read_cadence;
use crate::render::report_files::ReportFile;
use crate::report::agenda::AgendaOptions;
use crate::report::network::NetworkOptions;
use crate::report::plan::PlanOptions;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::time::TimeWords;
use crate::write::target::TargetPath;

use super::config::{CadenceTable, ConfigFile, PresetTable, commented, read};
use super::config_section::{Faults, Placed, nearest};
use super::config_words::with_words;

/// What a file of settings comes to.
#[derive(Debug)]
pub struct Resolved {
    /// The settings in force; those with a fault keep their built-in value.
    pub options: Options,
    /// What is wrong.
    pub faults: Faults,
    /// Which of several readings of a value was taken.
    pub notices: Faults,
}

/// Lays the vault's own settings over the built-in ones. `templates` are the vault's own, by file name.
pub fn resolve(own: &ConfigFile, templates: BTreeMap<String, String>) -> Resolved {
    let (built_in, mut faults) = read(commented(Language::English));
    let vocabulary = match with_words(&own.words) {
        Ok(words) => Arc::new(words),
        Err(fault) => {
            faults.push(fault);
            Arc::new(Vocabulary::built_in().clone())
        }
    };
    let resolved = Resolved { options: empty(vocabulary, templates), faults, notices: Faults::new() };
    let festivals = built_in.festivals.iter().map(|(name, _)| name.value.clone()).collect();
    let mut resolver = Resolver { resolved, time: TimeWords::built_in(), festivals };
    resolver.apply(&built_in);
    resolver.apply(own);
    resolver.resolved.faults.sort_by_key(|(span, _)| *span);
    resolver.resolved
}

/// Options before any file is applied; the built-in file sets every one of them, as a test proves.
fn empty(vocabulary: Arc<Vocabulary>, templates: BTreeMap<String, String>) -> Options {
    let topic_words = TopicWords { empty: vocabulary.topic_words("empty"), general: vocabulary.topic_words("general") };
    Options {
        language: None,
        reports: String::new(),
        ignore: Vec::new(),
        vocabulary,
        cadence_words: BTreeMap::new(),
        index: IndexOptions {
            presets: BTreeMap::new(),
            tag_cadences: BTreeMap::new(),
            closeness_cadences: [[Cadence::Untracked; 3]; 3],
            default_cadence: Cadence::Untracked,
            lost_after: 0,
            leap_day: LeapDay::default(),
            lunar_rule: LunarRule::default(),
            remind_before: 0,
            festivals: Default::default(),
            year_starts: YearStart { month: 1, day: 1 },
            thanks_late_after: 0,
            thanks_asked_for: 0,
            endorsement_valid: Period::new(1, Unit::Year),
            endorsement_notice: 0,
            prepare_before: 0,
            synonyms: BTreeMap::new(),
            topic_words,
        },
        agenda: AgendaOptions::default(),
        network: NetworkOptions { shown: 0 },
        plan: PlanOptions { top: 0 },
        brief_days: 0,
        private: Default::default(),
        private_remote: false,
        templates,
        overlay: None,
    }
}

struct Resolver {
    resolved: Resolved,
    time: TimeWords,
    /// Festivals the built-in file names.
    festivals: Vec<String>,
}

impl Resolver {
    fn apply(&mut self, file: &ConfigFile) {
        self.apply_plain(file);
        self.apply_cadence(&file.cadence);
        self.apply_rules(file);
        for (name, preset) in &file.presets {
            self.apply_preset(name, preset);
        }
        for (name, switch) in &file.festivals {
            self.apply_festival(name, switch.value);
        }
    }

    fn apply_plain(&mut self, file: &ConfigFile) {
        if let Some(language) = &file.language {
            self.resolved.options.language = self.language(language);
        }
        if let Some(reports) = &file.reports {
            self.apply_reports(reports);
        }
        let options = &mut self.resolved.options;
        if let Some(folders) = &file.ignore {
            options.ignore = folders.iter().map(|folder| folder.value.trim_matches('/').to_owned()).collect();
        }
        options.agenda.max_per_day = file.max_per_day.map_or(options.agenda.max_per_day, |most| most as usize);
        options.agenda.days = file.days.unwrap_or(options.agenda.days);
        options.index.lost_after = file.lost_after.unwrap_or(options.index.lost_after);
        options.index.remind_before = file.remind_before.unwrap_or(options.index.remind_before);
        let words = Arc::clone(&options.vocabulary);
        if let Some(written) = &file.leap_day {
            match words.leap_day(&fold(&written.value)) {
                Some("mar1") => self.resolved.options.index.leap_day = LeapDay::Mar1,
                Some(_) => self.resolved.options.index.leap_day = LeapDay::Feb28,
                None => self.not_one_of("leap_day", written, "`feb28`, `mar1`"),
            }
        }
        if let Some(written) = &file.lunar_rule {
            match words.lunar_rule(&fold(&written.value)) {
                Some("strict") => self.resolved.options.index.lunar_rule = LunarRule::Strict,
                Some("ordinary") => self.resolved.options.index.lunar_rule = LunarRule::Ordinary,
                Some(_) => self.resolved.options.index.lunar_rule = LunarRule::Fallback,
                None => self.not_one_of("lunar_rule", written, "`fallback`, `strict`, `ordinary`"),
            }
        }
    }

    fn language(&mut self, written: &Placed<String>) -> Option<Language> {
        let language = Language::from_tag(&written.value);
        if language.is_none() {
            self.not_one_of("language", written, "`zh-CN`, `en`");
        }
        language
    }

    /// The folder must be one that may be created anywhere, as the writer will ask for it.
    fn apply_reports(&mut self, written: &Placed<String>) {
        let folder = written.value.trim_end_matches('/');
        match TargetPath::new(folder) {
            Ok(target) => self.resolved.options.reports = target.as_str().to_owned(),
            Err(refusal) => self.fault(written.span, refusal.finding()),
        }
    }

    fn apply_cadence(&mut self, table: &CadenceTable) {
        // Words first: other cadences may use them.
        for (word, written) in &table.words {
            if let Some(cadence) = self.cadence(written) {
                self.resolved.options.cadence_words.insert(fold(&word.value), cadence);
            }
        }
        if let Some(cadence) = table.default.as_ref().and_then(|written| self.cadence(written)) {
            self.resolved.options.index.default_cadence = cadence;
        }
        for (tag, written) in &table.tags {
            if let Some(cadence) = self.cadence(written) {
                let tag = tag.value.trim_start_matches('#');
                self.resolved.options.index.tag_cadences.insert(tag.into(), cadence);
            }
        }
        for (number, row) in table.closeness.iter().enumerate() {
            for (place, written) in row.iter().flat_map(|row| row.value.iter().enumerate()) {
                let read = self.cadence(written);
                let cells = self.resolved.options.index.closeness_cadences.get_mut(number);
                if let (Some(cadence), Some(cell)) = (read, cells.and_then(|row| row.get_mut(place))) {
                    *cell = cadence;
                }
            }
        }
    }

    fn apply_rules(&mut self, file: &ConfigFile) {
        let index = &mut self.resolved.options.index;
        index.thanks_late_after = file.thanks_late_after.unwrap_or(index.thanks_late_after);
        index.thanks_asked_for = file.thanks_asked_for.unwrap_or(index.thanks_asked_for);
        index.endorsement_notice = file.endorsement_notice.unwrap_or(index.endorsement_notice);
        index.prepare_before = file.prepare_before.unwrap_or(index.prepare_before);
        for (word, others) in &file.synonyms {
            let others = others.iter().map(|other| other.value.as_str().into());
            index.synonyms.entry(word.value.as_str().into()).or_default().extend(others);
        }
        let options = &mut self.resolved.options;
        options.network.shown = file.network_shown.map_or(options.network.shown, |shown| shown as usize);
        options.plan.top = file.plan_top.map_or(options.plan.top, |top| top as usize);
        options.private_remote = file.private_remote.unwrap_or(options.private_remote);
        options.brief_days = file.brief_days.unwrap_or(options.brief_days);
        if let Some(written) = &file.year_starts {
            match year_start(&written.value) {
                Some(start) => self.resolved.options.index.year_starts = start,
                None => self.not_one_of("starts", written, "`01-01` … `12-28`"),
            }
        }
        if let Some(written) = &file.endorsement_valid {
            match self.cadence(written) {
                Some(Cadence::Every(period)) => self.resolved.options.index.endorsement_valid = period,
                Some(Cadence::Untracked) => self.not_one_of("valid", written, "`6mo`, `1y`"),
                None => {}
            }
        }
        for name in file.private.iter().flatten() {
            self.apply_private(name);
        }
    }

    fn apply_private(&mut self, name: &Placed<String>) {
        let known: Vec<&str> = ReportFile::ALL.into_iter().map(ReportFile::name).chain(["briefs"]).collect();
        if known.contains(&name.value.as_str()) {
            self.resolved.options.private.insert(name.value.clone());
        } else {
            let finding = Finding::new("config-unknown-report", [&name.value, nearest(&name.value, &known)]);
            self.fault(name.span, finding);
        }
    }

    fn apply_preset(&mut self, name: &Placed<String>, preset: &PresetTable) {
        let words = Arc::clone(&self.resolved.options.vocabulary);
        let Some(id) = words.preset(&fold(&name.value)) else {
            let known: Vec<&str> = words.presets().collect();
            let finding = Finding::new("config-unknown-role", [&name.value, nearest(&name.value, &known)]);
            return self.fault(name.span, finding);
        };
        let cadence = preset.cadence.as_ref().and_then(|written| self.cadence(written));
        let form = preset.form.as_ref().and_then(|written| {
            let form = words.channel(&fold(&written.value));
            if form.is_none() {
                let known: Vec<&str> = words.channels().collect();
                self.fault(
                    written.span,
                    Finding::new("config-unknown-form", [&written.value, nearest(&written.value, &known)]),
                );
            }
            form
        });
        let before = self.step("before", &preset.before, &[("topic", Before::Topic), ("goal", Before::Goal)]);
        let after = self.step("after", &preset.after, &[("summary", After::Summary), ("thanks", After::Thanks)]);
        let role: &mut RolePreset = self.resolved.options.index.presets.entry(id.into()).or_default();
        role.cadence = cadence.or(role.cadence);
        role.weight = preset.weight.or(role.weight);
        role.form = form.or(role.form);
        role.length = preset.length.or(role.length);
        role.before = before.unwrap_or(role.before);
        role.after = after.unwrap_or(role.after);
    }

    /// A step of a role: `Some(None)` where it is taken away, `None` where nothing valid is said.
    fn step<T: Copy>(&mut self, key: &str, written: &Option<Placed<String>>, known: &[(&str, T)]) -> Option<Option<T>> {
        let written = written.as_ref()?;
        if written.value == "none" {
            return Some(None);
        }
        let found = known.iter().find(|(name, _)| *name == written.value).map(|(_, step)| *step);
        if found.is_none() {
            let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
            self.not_one_of(key, written, &format!("{}, `none`", names.join(", ")));
        }
        found.map(Some)
    }

    fn apply_festival(&mut self, name: &Placed<String>, announced: bool) {
        let known: Vec<&str> = self.festivals.iter().map(String::as_str).collect();
        let Some(id) = self.festival_id(&name.value, &known) else {
            let finding = Finding::new("config-unknown-festival", [&name.value, nearest(&name.value, &known)]);
            return self.fault(name.span, finding);
        };
        let festivals = &mut self.resolved.options.index.festivals;
        if announced {
            festivals.insert(id);
        } else {
            festivals.remove(&id);
        }
    }

    /// A festival by its id or by its name in either language.
    fn festival_id(&self, written: &str, known: &[&str]) -> Option<Box<str>> {
        let words = &self.resolved.options.vocabulary;
        let is_named = |id: &str| {
            let names = Language::ALL.map(|language| words.festival_name(id, language.tag()));
            names.iter().any(|name| fold(name) == fold(written))
        };
        known.iter().find(|id| **id == written || is_named(id)).map(|id| (*id).into())
    }

    /// A cadence by the grammar of notes, or by a word the configuration defines.
    fn cadence(&mut self, written: &Placed<String>) -> Option<Cadence> {
        if let Some(cadence) = self.resolved.options.cadence_words.get(&fold(&written.value)) {
            return Some(*cadence);
        }
        match read_cadence(&written.value, &self.time) {
            Ok(read) => {
                self.resolved.notices.extend(read.hints.into_iter().map(|hint| (written.span, hint)));
                Some(read.value.cadence)
            }
            Err(finding) => {
                self.fault(written.span, finding);
                None
            }
        }
    }

    fn not_one_of(&mut self, key: &str, written: &Placed<String>, allowed: &str) {
        self.fault(written.span, Finding::new("config-unknown-value", [key, &written.value, allowed]));
    }

    fn fault(&mut self, span: Span, finding: Finding) {
        self.resolved.faults.push((span, finding));
    }
}

/// `04-01`; a day that every year has.
fn year_start(text: &str) -> Option<YearStart> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=28).contains(&day)).then_some(YearStart { month, day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cadence::{Period, Unit};

    fn resolved(text: &str) -> Resolved {
        let (file, faults) = read(text);
        assert!(faults.is_empty(), "{faults:?}");
        resolve(&file, BTreeMap::new())
    }

    fn every(count: u32, unit: Unit) -> Cadence {
        Cadence::Every(Period { count, unit })
    }

    #[test]
    fn without_a_file_the_built_in_settings_hold() {
        let Resolved { options, faults, notices } = resolved("");
        assert!(faults.is_empty() && notices.is_empty(), "{faults:?} {notices:?}");
        assert_eq!((options.language, options.reports.as_str()), (None, "Reports"));
        assert_eq!((options.agenda.days, options.agenda.max_per_day), (30, 5));
        assert_eq!((options.index.lost_after, options.index.remind_before), (3, 3));
        assert_eq!(options.index.default_cadence, every(6, Unit::Month));
        assert_eq!(options.index.closeness_cadences[0][0], every(2, Unit::Week));
        assert_eq!(options.index.closeness_cadences[2][2], every(1, Unit::Year));
        assert_eq!(options.index.presets["endorser"].weight, Some(200));
        assert_eq!(options.index.presets.len(), 25);
        assert!(options.index.festivals.contains("spring-festival"));
        assert_eq!(options.index.festivals.len(), 6);
    }

    #[test]
    fn the_vaults_own_values_win_one_by_one() {
        let Resolved { options, faults, .. } = resolved(
            "language = \"zh\"\ndays = 7\nignore = [\"Archive/\"]\nleap_day = \"mar1\"\n\
             [presets]\n\"导师\" = { weight = 3 }\nmanager = { cadence = \"每周\" }\n\
             [festivals]\nqixi = true\nnew-year = false\n\
             [cadence]\ndefault = \"经常\"\n[cadence.words]\n\"经常\" = \"10d\"\n[cadence.tags]\n\"#人脉/核心\" = \"1mo\"\n\
             [cadence.closeness]\nweak = [\"1y\", \"1y\", \"none\"]\n",
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(options.language, Some(Language::Chinese));
        assert_eq!((options.agenda.days, options.agenda.max_per_day), (7, 5));
        assert_eq!(options.ignore, ["Archive"]);
        assert_eq!(options.index.leap_day, LeapDay::Mar1);
        let mentor = &options.index.presets["mentor"];
        assert_eq!((mentor.cadence, mentor.weight), (Some(every(1, Unit::Month)), Some(300)));
        assert_eq!(options.index.presets["boss"].cadence, Some(every(1, Unit::Week)));
        assert!(options.index.festivals.contains("qixi") && !options.index.festivals.contains("new-year"));
        assert_eq!(options.index.default_cadence, every(10, Unit::Day));
        assert_eq!(options.index.tag_cadences["人脉/核心"], every(1, Unit::Month));
        assert_eq!(
            options.index.closeness_cadences[2],
            [every(1, Unit::Year), every(1, Unit::Year), Cadence::Untracked]
        );
        assert_eq!(options.index.closeness_cadences[0][0], every(2, Unit::Week));
    }

    #[test]
    fn every_wrong_value_is_told_at_its_place_and_the_built_in_one_holds() {
        for (text, at, code) in [
            ("language = \"fr\"", "\"fr\"", "config-unknown-value"),
            ("leap_day = \"feb29\"", "\"feb29\"", "config-unknown-value"),
            ("lunar_rule = \"no such\"", "\"no such\"", "config-unknown-value"),
            ("reports = \"../out\"", "\"../out\"", "write-name-edge"),
            ("reports = \"\"", "\"\"", "write-name-empty"),
            ("[cadence]\ndefault = \"3m\"", "\"3m\"", "cadence-minutes"),
            ("[cadence.words]\n\"常常\" = \"有空\"", "\"有空\"", "cadence-vague"),
            ("[cadence.closeness]\ncore = [\"1w\", \"0d\", \"1w\"]", "\"0d\"", "cadence-zero"),
            ("[presets]\nmentr = { weight = 1 }", "mentr", "config-unknown-role"),
            ("[festivals]\neaster = true", "easter", "config-unknown-festival"),
            ("[words.person]\nshoe_size = { en = \"shoe\" }", "shoe_size", "config-words-entry"),
        ] {
            let Resolved { options, faults, .. } = resolved(text);
            let [(span, finding)] = faults.as_slice() else { panic!("{text}: {faults:?}") };
            assert_eq!((&text[span.range()], finding.code), (at, code), "{text}");
            assert_eq!(options.reports, "Reports");
            assert_eq!(options.index.default_cadence, every(6, Unit::Month));
        }
    }

    #[test]
    fn a_name_close_to_a_known_one_brings_it_up() {
        for (text, expected) in
            [("[presets]\nfreind = { weight = 1 }", "friend"), ("[festivals]\nmid-autum = true", "mid-autumn")]
        {
            let faults = resolved(text).faults;
            assert_eq!(faults[0].1.arguments.last().map(|a| &**a), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_cadence_with_two_readings_leaves_a_notice() {
        let Resolved { notices, faults, .. } = resolved("[cadence]\ndefault = \"biweekly\"");
        assert!(faults.is_empty());
        assert_eq!(notices.len(), 1);
    }
}
