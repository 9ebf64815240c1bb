//! The tokens of a Moment format, cut as Moment's own lexer cuts them.

use super::facts::Fact;

/// Every token of Moment that is not a single letter, longer before shorter, as its own lexer prefers them.
const LONG_TOKENS: [&str; 52] = [
    "Hmmss", "Hmm", "hmmss", "hmm", "Mo", "MMMM", "MMM", "MM", "Qo", "DDDo", "DDDD", "DDD", "Do", "DD", "dddd", "ddd",
    "do", "dd", "wo", "ww", "Wo", "WW", "NNNNN", "NNNN", "NNN", "NN", "YYYYYY", "YYYYY", "YYYY", "YY", "yyyy", "yyy",
    "yy", "yo", "ggggg", "gggg", "gg", "GGGGG", "GGGG", "GG", "hh", "HH", "kk", "mm", "ss", "LTS", "LT", "LLLL", "LLL",
    "LL", "zz", "ZZ",
];

/// The single letters that Moment replaces; every other letter stands for itself.
const SHORT_TOKENS: &str = "MQDdwWNYygGeEaAhHkmsSxXzZLl";

/// A token that is supported, by what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number of exactly so many digits.
    Fixed(Fact, usize),
    /// A number of one or two digits without a leading zero.
    Short(Fact),
    /// `Do`: `1st`, `12日`.
    OrdinalDay,
    /// `d`: Sunday is 0.
    SundayWeekday,
    /// `MMM`, `MMMM`
    MonthName,
    /// `ddd`, `dddd`
    WeekdayName,
    /// `dd`: `Fr`, `五`.
    WeekdayLetters,
}

impl Token {
    /// `None` for the tokens of Moment that make no sense in a note's name.
    pub(super) fn named(lexeme: &str) -> Option<Self> {
        Some(match lexeme {
            "YYYY" => Token::Fixed(Fact::Year, 4),
            "YY" => Token::Fixed(Fact::ShortYear, 2),
            "M" => Token::Short(Fact::Month),
            "MM" => Token::Fixed(Fact::Month, 2),
            "MMM" | "MMMM" => Token::MonthName,
            "D" => Token::Short(Fact::Day),
            "DD" => Token::Fixed(Fact::Day, 2),
            "Do" => Token::OrdinalDay,
            "d" => Token::SundayWeekday,
            "dd" => Token::WeekdayLetters,
            "ddd" | "dddd" => Token::WeekdayName,
            "E" => Token::Fixed(Fact::Weekday, 1),
            "gggg" => Token::Fixed(Fact::LocalWeekYear, 4),
            "GGGG" => Token::Fixed(Fact::IsoWeekYear, 4),
            "w" => Token::Short(Fact::LocalWeek),
            "ww" => Token::Fixed(Fact::LocalWeek, 2),
            "W" => Token::Short(Fact::IsoWeek),
            "WW" => Token::Fixed(Fact::IsoWeek, 2),
            "Q" => Token::Fixed(Fact::Quarter, 1),
            "HH" => Token::Fixed(Fact::Hour, 2),
            "mm" => Token::Fixed(Fact::Minute, 2),
            _ => return None,
        })
    }
}

/// A piece of a format.
pub(super) enum Lexeme<'f> {
    /// Moment would replace it.
    Token,
    /// It stands for this text.
    Text(&'f str),
}

/// The next lexeme of a format that begins with `c`: its source text, and what it is.
pub(super) fn next_lexeme(format: &str, c: char) -> (&str, Lexeme<'_>) {
    if let Some(after) = format.strip_prefix('[') {
        // Moment looks for the last `]` before the next `[`.
        let reach = &after[..after.find('[').unwrap_or(after.len())];
        if let Some(end) = reach.rfind(']') {
            return (&format[..end + 2], Lexeme::Text(&reach[..end]));
        }
    }
    if let Some(after) = format.strip_prefix('\\') {
        let escaped = token_at(after).unwrap_or_default();
        return (&format[..1 + escaped.len()], Lexeme::Text(escaped));
    }
    match token_at(format) {
        Some(token) => (token, Lexeme::Token),
        None => (&format[..c.len_utf8()], Lexeme::Text(&format[..c.len_utf8()])),
    }
}

fn token_at(format: &str) -> Option<&str> {
    let long = LONG_TOKENS.iter().find(|token| format.starts_with(**token)).map(|token| token.len());
    let length = long.or_else(|| format.starts_with(|c| SHORT_TOKENS.contains(c)).then_some(1))?;
    format.get(..length)
}
