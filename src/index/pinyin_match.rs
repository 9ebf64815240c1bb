//! Whether letters spell a name in pinyin. Every reading of a character is accepted, and the reading of a surname where
//! it has its own; words in Latin letters spell themselves.

use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

use super::surnames::{is_han, surname_of};

/// Whether `typed` is the whole of `name` in pinyin, with or without tones and blanks. Both are folded.
pub(super) fn spelling_matches(name: &str, typed: &str) -> bool {
    name.chars().any(is_han) && spells(&syllables(name), &letters(typed), End::Here)
}

/// Whether two names in Chinese characters may be said the same, tones aside. Both are folded.
pub(super) fn sounds_alike(name: &str, other: &str) -> bool {
    let (units, others) = (syllables(name), syllables(other));
    let same = |(readings, other): (&Vec<Vec<char>>, &Vec<Vec<char>>)| readings.iter().any(|one| other.contains(one));
    name.chars().any(is_han) && units.len() == others.len() && units.iter().zip(&others).all(same)
}

/// Whether `typed` is the first letter of every syllable or word of `name`; two at least.
pub(super) fn initials_match(name: &str, typed: &str) -> bool {
    let (units, typed) = (syllables(name), letters(typed));
    typed.len() > 1
        && units.len() == typed.len()
        && units.iter().zip(&typed).all(|(readings, letter)| readings.iter().any(|r| r.first() == Some(letter)))
}

/// Whether `typed` spells a run of whole syllables of `name`, the last of which may be cut short.
pub(super) fn reading_contains(name: &str, typed: &str) -> bool {
    let (units, typed) = (syllables(name), letters(typed));
    let starts = (0..units.len()).filter_map(|at| units.get(at..));
    typed.len() > 1 && name.chars().any(is_han) && starts.into_iter().any(|rest| spells(rest, &typed, End::Anywhere))
}

/// Where the letters may stop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the last syllable.
    Here,
    /// In any syllable.
    Anywhere,
}

/// Tries all readings at once: `reached` holds how many letters each choice so far has used up.
fn spells(units: &[Vec<Vec<char>>], typed: &[char], end: End) -> bool {
    let mut reached = vec![0];
    for readings in units {
        let mut next = Vec::new();
        for (from, reading) in reached.iter().flat_map(|from| readings.iter().map(move |reading| (*from, reading))) {
            let rest = typed.get(from..).unwrap_or_default();
            if end == End::Anywhere && rest.len() <= reading.len() && same_letters(reading, rest) {
                return true;
            }
            if rest.len() >= reading.len() && same_letters(reading, rest) {
                next.push(from + reading.len());
            }
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    reached.contains(&typed.len())
}

/// Whether two spellings agree as far as both go. A typed `u` stands for `ü`, here `v`, too.
fn same_letters(reading: &[char], typed: &[char]) -> bool {
    reading.iter().zip(typed).all(|(letter, typed)| letter == typed || (*letter, *typed) == ('v', 'u'))
}

/// The readings of each character, and each Latin word by itself.
fn syllables(name: &str) -> Vec<Vec<Vec<char>>> {
    let surname = surname_of(name).map(|(surname, _)| surname.plain_syllables().map(letters).collect::<Vec<_>>());
    let mut surname = surname.unwrap_or_default().into_iter();
    let mut units: Vec<Vec<Vec<char>>> = Vec::new();
    let mut word: Vec<char> = Vec::new();
    for c in name.chars() {
        if c.is_alphanumeric() && !is_han(c) {
            word.extend(letters(c.encode_utf8(&mut [0; 4])));
            continue;
        }
        if !word.is_empty() {
            units.push(vec![std::mem::take(&mut word)]);
        }
        let mut readings: Vec<Vec<char>> = surname.next().into_iter().collect();
        readings.extend(c.to_pinyin().map(|reading| letters(reading.plain())));
        readings.extend(c.to_pinyin_multi().into_iter().flatten().map(|reading| letters(reading.plain())));
        if !readings.is_empty() {
            units.push(readings);
        }
    }
    if !word.is_empty() {
        units.push(vec![word]);
    }
    units
}

/// Plain letters and digits: no tone marks, blanks or apostrophes; `ü` as `v`.
fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::new();
    for c in text.nfd() {
        match (c, letters.last_mut()) {
            ('\u{308}', Some(last @ 'u')) => *last = 'v',
            _ if c.is_alphanumeric() => letters.push(c),
            _ => {}
        }
    }
    letters
}
