//! The two languages the product speaks.

/// A language of reports, diagnostics and written lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Chinese, mainland (`zh-CN`).
    Chinese,
    /// English (`en`).
    English,
}

impl Language {
    /// Both languages, Chinese first as in every table.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// The BCP 47 tag: `zh-CN` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// Reads a BCP 47 tag or locale name (`zh`, `zh-CN`, `zh_CN.UTF-8`, `en-GB`); `None` for other languages.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next()?.to_ascii_lowercase();
        match primary.as_str() {
            "zh" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        }
    }
}

/// The language a text is in, as far as its letters tell: Chinese with any Han character, English with other letters
/// only, `None` without letters. Tags and fields of the program's own are letters too.
pub fn language_of(text: &str) -> Option<Language> {
    if has_han(text) {
        return Some(Language::Chinese);
    }
    text.chars().any(char::is_alphabetic).then_some(Language::English)
}

/// Whether a text holds a Han character.
pub fn has_han(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}
