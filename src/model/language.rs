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
