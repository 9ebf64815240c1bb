//! Settings back to text: what `--print-config` shows can be saved as the file.

use std::fmt::Write as _;

use crate::app::options::Options;
use crate::index::options::{After, Before, RolePreset};
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::date::{LeapDay, LunarRule};
use crate::model::language::Language;

use super::config::{PresetTable, commented, read};
use super::config_section::Placed;

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
    let private: Vec<String> = options.private.iter().map(|name| quoted(name)).collect();
    writeln!(out, "private = [{}]", private.join(", "))?;
    writeln!(out, "private_remote = {}", options.private_remote)?;

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
    let built_in = read(commented(Language::English)).0.presets;
    for (name, preset) in &index.presets {
        let of_program = built_in.iter().find(|(known, _)| known.value == **name).map(|(_, table)| table);
        writeln!(out, "{} = {{ {} }}", key(name), role(preset, of_program).join(", "))?;
    }
    writeln!(out, "\n[festivals]")?;
    for (name, _) in read(commented(Language::English)).0.festivals {
        writeln!(out, "{} = {}", key(&name.value), index.festivals.contains(name.value.as_str()))?;
    }
    let start = index.year_starts;
    writeln!(out, "\n[year]\nstarts = \"{:02}-{:02}\"", start.month, start.day)?;
    writeln!(out, "\n[thanks]\nlate_after = {}\nasked_for = {}", index.thanks_late_after, index.thanks_asked_for)?;
    let valid = cadence(Cadence::Every(index.endorsement_valid));
    writeln!(out, "\n[endorsements]\nvalid = {valid}\nnotice = {}", index.endorsement_notice)?;
    writeln!(out, "\n[meetings]\nprepare_before = {}", index.prepare_before)?;
    writeln!(out, "\n[briefs]\ndays = {}", options.brief_days)?;
    writeln!(out, "\n[network]\nshown = {}", options.network.shown)?;
    writeln!(out, "\n[plan]\ntop = {}", options.plan.top)?;
    writeln!(out, "\n[synonyms]")?;
    for (word, others) in &index.synonyms {
        let others: Vec<String> = others.iter().map(|other| quoted(other)).collect();
        writeln!(out, "{} = [{}]", quoted(word), others.join(", "))?;
    }
    Ok(())
}

/// The parts of a role. A step that the program has and this role has not is said to be none.
fn role(preset: &RolePreset, built_in: Option<&PresetTable>) -> Vec<String> {
    let before = |step| match step {
        Before::Topic => "before = \"topic\"".to_owned(),
        Before::Goal => "before = \"goal\"".to_owned(),
    };
    let after = |step| match step {
        After::Summary => "after = \"summary\"".to_owned(),
        After::Thanks => "after = \"thanks\"".to_owned(),
    };
    let none = |key: &str, built_in: &Option<Placed<String>>| built_in.as_ref().map(|_| format!("{key} = \"none\""));
    let parts = [
        preset.cadence.map(|meaning| format!("cadence = {}", cadence(meaning))),
        preset.weight.map(|weight| format!("weight = {}", factor(weight))),
        preset.form.map(|form| format!("form = {}", quoted(form))),
        preset.length.map(|length| format!("length = {length}")),
        preset.before.map(before).or_else(|| none("before", &built_in?.before)),
        preset.after.map(after).or_else(|| none("after", &built_in?.after)),
    ];
    parts.into_iter().flatten().collect()
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
             [cadence.words]\n\"经常\" = \"10d\"\n[cadence.tags]\n\"人脉/核心\" = \"none\"\n[presets]\nmentor = { weight = 1.25, before = \"none\", form = \"coffee\" }\n\
             [festivals]\nqixi = true\n[year]\nstarts = \"04-01\"\n[synonyms]\n\"冷链\" = [\"cold chain\"]\n\
             [thanks]\nasked_for = 9\n[endorsements]\nvalid = \"6mo\"\n",
        ] {
            let (again, once) = round(text);
            assert_eq!(again, once);
        }
        assert!(
            round("").1.contains("endorser = { cadence = \"1mo\", weight = 2.0, form = \"meeting\", length = 30 }")
        );
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
