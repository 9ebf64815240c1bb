//! Settings back to text: what `--print-config` shows can be saved as the file.

use std::fmt::Write as _;

use crate::app::options::Options;
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::date::{LeapDay, LunarRule};
use crate::model::language::Language;

use super::config::{commented, read};

/// The settings in the order of the commented file; only added words of the vocabulary and templates are not shown.
pub fn printed(options: &Options) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(options, &mut out);
    out
}

fn write(options: &Options, out: &mut String) -> std::fmt::Result {
    let index = &options.index;
    if let Some(language) = options.language {
        writeln!(out, "language = {}", quoted(language.tag()))?;
    }
    writeln!(out, "reports = {}", quoted(&options.reports))?;
    writeln!(out, "max_per_day = {}", options.agenda.max_per_day)?;
    writeln!(out, "days = {}", options.agenda.days)?;
    writeln!(out, "lost_after = {}", index.lost_after)?;
    writeln!(out, "remind_before = {}", index.remind_before)?;
    writeln!(out, "leap_day = {}", quoted(leap_day(index.leap_day)))?;
    writeln!(out, "lunar_rule = {}", quoted(lunar_rule(index.lunar_rule)))?;
    let folders: Vec<String> = options.ignore.iter().map(|folder| quoted(folder)).collect();
    writeln!(out, "ignore = [{}]", folders.join(", "))?;

    writeln!(out, "\n[cadence]\ndefault = {}", cadence(index.default_cadence))?;
    writeln!(out, "\n[cadence.words]")?;
    for (word, meaning) in &options.cadence_words {
        writeln!(out, "{} = {}", quoted(word), cadence(*meaning))?;
    }
    writeln!(out, "\n[cadence.tags]")?;
    for (tag, meaning) in &index.tag_cadences {
        writeln!(out, "{} = {}", quoted(tag), cadence(*meaning))?;
    }
    writeln!(out, "\n[cadence.closeness]")?;
    for (name, row) in ["core", "strong", "weak"].iter().zip(&index.closeness_cadences) {
        writeln!(out, "{name} = [{}]", row.map(cadence).join(", "))?;
    }
    writeln!(out, "\n[presets]")?;
    for (name, preset) in &index.presets {
        let every = preset.cadence.map(|meaning| format!("cadence = {}", cadence(meaning)));
        let weight = preset.weight.map(|weight| format!("weight = {}", factor(weight)));
        let parts: Vec<String> = every.into_iter().chain(weight).collect();
        writeln!(out, "{} = {{ {} }}", key(name), parts.join(", "))?;
    }
    writeln!(out, "\n[festivals]")?;
    for (name, _) in read(commented(Language::English)).0.festivals {
        writeln!(out, "{} = {}", key(&name.value), index.festivals.contains(name.value.as_str()))?;
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { quoted(name) }
}

fn cadence(cadence: Cadence) -> String {
    match cadence {
        Cadence::Every(Period { count, unit }) => {
            let unit = match unit {
                Unit::Day => "d",
                Unit::Week => "w",
                Unit::Month => "mo",
                Unit::Year => "y",
            };
            quoted(&format!("{count}{unit}"))
        }
        Cadence::Untracked => quoted("none"),
    }
}

fn factor(hundredths: u32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.strip_suffix('0').map(str::to_owned).unwrap_or(text)
}

fn leap_day(rule: LeapDay) -> &'static str {
    match rule {
        LeapDay::Feb28 => "feb28",
        LeapDay::Mar1 => "mar1",
    }
}

fn lunar_rule(rule: LunarRule) -> &'static str {
    match rule {
        LunarRule::Fallback => "fallback",
        LunarRule::Strict => "strict",
        LunarRule::Ordinary => "ordinary",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cli::settings::resolve;

    fn round(text: &str) -> (String, String) {
        let (file, faults) = read(text);
        assert!(faults.is_empty(), "{faults:?}");
        let once = printed(&resolve(&file, BTreeMap::new()).options);
        let (again, faults) = read(&once);
        assert!(faults.is_empty(), "{faults:?}\n{once}");
        (printed(&resolve(&again, BTreeMap::new()).options), once)
    }

    #[test]
    fn what_is_printed_reads_back_to_the_same_settings() {
        for text in [
            "",
            "language = \"zh\"\nreports = \"报告 \\\"甲\\\"/a\"\nignore = [\"a\\\\b\"]\nlunar_rule = \"strict\"\nleap_day = \"mar1\"\n\
             [cadence.words]\n\"经常\" = \"10d\"\n[cadence.tags]\n\"人脉/核心\" = \"none\"\n[presets]\nmentor = { weight = 1.25 }\n\
             [festivals]\nqixi = true\n",
        ] {
            let (again, once) = round(text);
            assert_eq!(again, once);
        }
        assert!(round("").1.contains("endorser = { cadence = \"1mo\", weight = 2.0 }"));
    }

    #[test]
    fn the_built_in_settings_are_printed_whole() {
        let value = |text: &str| text.parse::<toml::Table>().unwrap();
        let (shown, file) = (value(&round("").1), value(commented(Language::English)));
        for (name, expected) in file.iter().filter(|(name, _)| *name != "words") {
            assert_eq!(shown.get(name), Some(expected), "{name}");
        }
    }
}
