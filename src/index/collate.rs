//! The order of names: by pinyin for Chinese (CLDR `zh-u-co-pinyin`), with the readings that surnames have.
//!
//! As in that order, Chinese names come first and names in Latin letters after them, each among themselves from A to Z.
//! A `sort_as` in pinyin keeps a Chinese name among the Chinese ones.

use std::collections::HashMap;
use std::sync::OnceLock;

use icu_collator::{CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use pinyin::ToPinyin;

use crate::model::fold::fold;

use super::surnames::{is_han, surname_of};

/// Makes sort keys. Costly to build: one serves a whole index.
pub(super) struct Collation {
    collator: Option<CollatorBorrowed<'static>>,
    syllables: OnceLock<HashMap<String, char>>,
}

impl Collation {
    /// Loads the collation data compiled into the program.
    pub(super) fn new() -> Self {
        let collator = CollatorBorrowed::try_new(locale!("zh-u-co-pinyin").into(), CollatorOptions::default()).ok();
        Collation { collator, syllables: OnceLock::new() }
    }

    /// Bytes that order a name, or what to sort it as; ties go by name, then by path.
    pub(super) fn sort_key(&self, name: &str, sort_as: Option<&str>, path: &str) -> Box<[u8]> {
        let text = match sort_as {
            Some(spelling) if name.chars().any(is_han) => self.han_for(spelling).unwrap_or_else(|| spelling.into()),
            Some(spelling) => spelling.into(),
            None => by_surname(name),
        };
        let mut key = Vec::with_capacity(text.len() * 4 + name.len() + path.len());
        match &self.collator {
            Some(collator) => match collator.write_sort_key_to(&text, &mut key) {
                Ok(()) => {}
                Err(never) => match never {},
            },
            None => key.extend_from_slice(fold(&text).as_bytes()),
        }
        // a key never holds a zero byte, so a shorter name stays before a longer one
        for tie in [name, path] {
            key.push(0);
            key.extend_from_slice(tie.as_bytes());
        }
        key.into()
    }

    /// Characters read like the pinyin `spelling`; `None` when it is no pinyin.
    fn han_for(&self, spelling: &str) -> Option<String> {
        if !spelling.chars().all(|c| c.is_alphanumeric() && !is_han(c) || c.is_whitespace() || c == '\'') {
            return None;
        }
        let syllables = self.syllables.get_or_init(every_syllable);
        fold(spelling).split([' ', '\'']).filter(|word| !word.is_empty()).try_fold(String::new(), |han, word| {
            let mut rest = word;
            let mut han = han;
            while !rest.is_empty() {
                let longest = (1..=rest.len()).rev().filter_map(|end| rest.split_at_checked(end));
                let (found, after) = longest.filter_map(|(head, after)| Some((*syllables.get(head)?, after))).next()?;
                han.push(found);
                rest = after;
            }
            Some(han)
        })
    }
}

/// The name with its surname's character replaced by one that is read as the surname is.
fn by_surname(name: &str) -> String {
    match surname_of(name) {
        Some((surname, rest)) => format!("{}{rest}", surname.homophone),
        None => name.into(),
    }
}

/// One common character for each syllable, with tone mark, tone number and neither (the lowest tone).
fn every_syllable() -> HashMap<String, char> {
    let mut syllables: HashMap<String, (char, u32)> = HashMap::new();
    for c in '\u{4e00}'..='\u{9fa5}' {
        let Some(reading) = c.to_pinyin() else { continue };
        let numbered = reading.with_tone_num_end();
        let tone = numbered.chars().last().and_then(|c| c.to_digit(10)).unwrap_or(5);
        let plain = reading.plain();
        for spelling in [reading.with_tone().to_owned(), numbered.to_owned(), plain.to_owned(), plain.replace('ü', "v")]
        {
            let kept = syllables.entry(spelling).or_insert((c, tone));
            if tone < kept.1 {
                *kept = (c, tone);
            }
        }
    }
    syllables.into_iter().map(|(spelling, (c, _))| (spelling, c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[(&str, Option<&str>)]) -> Vec<String> {
        let collation = Collation::new();
        let mut keyed: Vec<_> =
            names.iter().map(|(name, sort_as)| (collation.sort_key(name, *sort_as, ""), (*name).to_owned())).collect();
        keyed.sort();
        keyed.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn surnames_sort_by_the_reading_a_surname_has() {
        let names = ["郑一", "曾二", "张三", "赵四", "仇五", "秦六", "单七", "沙八", "宋九", "陈十", "爱丽"];
        let expected = ["爱丽", "陈十", "秦六", "仇五", "沙八", "单七", "宋九", "曾二", "张三", "赵四", "郑一"];
        let names: Vec<_> = names.iter().map(|name| (*name, None)).collect();
        assert_eq!(sorted(&names), expected);
    }

    #[test]
    fn compound_surnames_are_read_whole() {
        let names =
            [("尉迟恭", None), ("魏征", None), ("余华", None), ("袁枚", None), ("万俟卨", None), ("莫言", None)];
        assert_eq!(sorted(&names), ["万俟卨", "莫言", "魏征", "余华", "尉迟恭", "袁枚"]);
    }

    #[test]
    fn latin_names_come_after_chinese_ones_from_a_to_z() {
        let names = [("Zoe", None), ("张三", None), ("alice", None), ("Bob", None), ("阿宝", None), ("Álvaro", None)];
        assert_eq!(sorted(&names), ["阿宝", "张三", "alice", "Álvaro", "Bob", "Zoe"]);
    }

    #[test]
    fn sort_as_in_pinyin_keeps_a_chinese_name_among_the_chinese() {
        let names = [("张三", None), ("乐平", Some("le ping")), ("李四", None), ("柯五", None), ("Zoe", None)];
        assert_eq!(sorted(&names), ["柯五", "乐平", "李四", "张三", "Zoe"]);
        let names = [("乐平", Some("yueping")), ("李四", None), ("余华", None), ("张三", None)];
        assert_eq!(sorted(&names), ["李四", "余华", "乐平", "张三"]);
        let names = [("Zoe", Some("Adams Zoe")), ("Bob", None)];
        assert_eq!(sorted(&names), ["Zoe", "Bob"]);
    }

    #[test]
    fn equal_names_are_ordered_by_path_and_prefixes_first() {
        let collation = Collation::new();
        assert!(collation.sort_key("张三", None, "a.md") < collation.sort_key("张三", None, "b.md"));
        assert!(collation.sort_key("张三", None, "z.md") < collation.sort_key("张三丰", None, "a.md"));
    }
}
