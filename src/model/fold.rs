//! The form in which keys, words and names are compared.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds text for comparison: NFKC, lower case, blanks trimmed and each run of blanks made one space.
/// Zero-width characters (U+200B–U+200D, U+2060, U+FEFF) count as nothing.
pub fn fold(text: &str) -> String {
    if text.chars().all(is_plain) {
        return match text.bytes().any(|byte| char::from(byte).is_ascii_whitespace() || byte == b'\x0b') {
            true => squeeze(text.chars().map(|c| c.to_ascii_lowercase())),
            false => text.to_ascii_lowercase(),
        };
    }
    squeeze(text.nfkc().filter(|c| !is_zero_width(*c)).flat_map(char::to_lowercase))
}

/// Folded text with Latin letters plain, as it is typed on a keyboard that lacks them: `émile` as `emile`. Marks that
/// make another letter in other scripts, such as those of kana, stay.
pub fn plain_letters(folded: &str) -> Cow<'_, str> {
    if folded.chars().all(|c| c.is_ascii() || is_han(c)) {
        return Cow::Borrowed(folded);
    }
    let mut plain = String::with_capacity(folded.len());
    for c in folded.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            other => plain.push(other),
        }
    }
    Cow::Owned(plain.nfc().collect())
}

/// Characters that normalising leaves as they are, beside whatever other ones of these: almost all that paths and names
/// are made of, and every link is folded each time the index is made.
fn is_plain(c: char) -> bool {
    c.is_ascii() || is_han(c)
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Whether a character takes no room and carries no letter.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Trims blanks of every kind: ASCII, no-break, full-width and zero-width.
pub fn trim_blanks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_zero_width(c))
}

/// NFC of a text, borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

fn squeeze(chars: impl Iterator<Item = char>) -> String {
    let mut folded = String::new();
    let mut blank = false;
    for c in chars {
        if c.is_whitespace() {
            blank = !folded.is_empty();
        } else {
            if blank {
                folded.push(' ');
                blank = false;
            }
            folded.push(c);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_plain_in_latin_script_only() {
        let table = [
            ("émile", "emile"),
            ("müller", "muller"),
            ("søren łukasz", "soren lukasz"),
            ("straße", "strasse"),
            ("nguyễn", "nguyen"),
            ("i\u{307}stanbul", "istanbul"),
            ("张三", "张三"),
            ("がき", "がき"),
            ("한국", "한국"),
            ("emile", "emile"),
        ];
        for (folded, expected) in table {
            assert_eq!(plain_letters(folded), expected, "{folded}");
        }
    }

    #[test]
    fn plain_text_is_folded_as_all_text_is() {
        let slow = |text: &str| squeeze(text.nfkc().filter(|c| !is_zero_width(*c)).flat_map(char::to_lowercase));
        for text in ["Wang Wei", " \u{b}A\tb\u{c} ", "张三 ABC", "张\n三", "a\u{1}B", "\u{3400}\u{9fff}\u{4db6}", ""]
        {
            assert!(text.chars().all(is_plain));
            assert_eq!(fold(text), slow(text), "{text:?}");
        }
        assert!(
            ('\0'..=char::MAX).filter(|c| is_plain(*c)).all(|c| fold(&format!("x{c}y")) == slow(&format!("x{c}y")))
        );
    }

    #[test]
    fn folding_makes_width_case_and_blanks_equal() {
        assert_eq!(fold("  Last\u{3000} Contact "), "last contact");
        assert_eq!(fold("ＡＢＣ（可选）"), "abc(可选)");
        assert_eq!(fold("\u{200b}李\u{a0}雷"), "李 雷");
    }
}
