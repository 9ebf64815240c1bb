//! The words templates name by id, `channel.call` or `state.late`: the vocabulary's own, in one language.

use std::collections::BTreeMap;

use crate::vocabulary::Vocabulary;

/// Labels by the group under which templates name them.
const LABELS: [(&str, &[&str]); 8] = [
    (
        "state",
        &["ok", "due", "late", "lost", "planned", "snoozed", "skipped", "paused", "let-go", "never", "untracked"],
    ),
    ("status", &["active", "warmup", "dormant", "archived", "let-go", "deceased"]),
    ("closeness", &["core", "strong", "weak"]),
    ("tie", &["acquaintance", "friend", "network"]),
    ("busyness", &["low", "mid", "high"]),
    ("rule", &["own", "preset", "tag", "closeness", "default", "none"]),
    ("severity", &["error", "warning", "hint"]),
    (
        "kind",
        &["contact", "meeting", "did-you-meet", "follow-up", "birthday", "festival", "person", "help", "drifting"],
    ),
];

/// All of them by id, in the language of a BCP 47 tag. An id without a word stands for itself in templates, so a gap
/// shows.
pub fn words(vocabulary: &Vocabulary, language: &str) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for (group, ids) in LABELS {
        words.extend(ids.iter().map(|id| (format!("{group}.{id}"), vocabulary.label(id, language).to_owned())));
    }
    for id in vocabulary.channels() {
        words.insert(format!("channel.{id}"), vocabulary.channel_name(id, language).to_owned());
    }
    for id in vocabulary.presets() {
        words.insert(format!("preset.{id}"), vocabulary.preset_name(id, language).to_owned());
    }
    for id in vocabulary.festivals() {
        words.insert(format!("festival.{id}"), vocabulary.festival_name(id, language).to_owned());
        if let Some(greeting) = vocabulary.greeting(id, language) {
            words.insert(format!("greeting.{id}"), greeting.to_owned());
        }
    }
    for id in vocabulary.holidays() {
        words.insert(format!("holiday.{id}"), vocabulary.holiday_name(id, language).to_owned());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_its_words_in_both_languages() {
        for (id, chinese, english) in [
            ("channel.call", "通话", "call"),
            ("preset.skill-mentor", "技能导师", "skill mentor"),
            ("closeness.core", "核心", "core"),
            ("busyness.high", "高", "high"),
            ("festival.mid-autumn", "中秋", "Mid-Autumn Festival"),
            ("holiday.国庆节", "国庆", "National Day"),
            ("state.late", "逾期", "late"),
            ("status.active", "活跃", "active"),
            ("severity.warning", "警告", "warning"),
            ("rule.own", "自定频率", "own cadence"),
        ] {
            let vocabulary = Vocabulary::built_in();
            assert_eq!(words(vocabulary, "zh-CN").get(id).map(String::as_str), Some(chinese), "{id}");
            assert_eq!(words(vocabulary, "en").get(id).map(String::as_str), Some(english), "{id}");
        }
    }
}
