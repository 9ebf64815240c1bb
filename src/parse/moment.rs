//! Moment formats, in which Obsidian's users say how notes of a day, week or month are named, as matchers of paths.
//!
//! A format is compiled once and asked of every path, so matching allocates nothing. Only the tokens that make
//! sense in a note's name are known; any other is a finding, and the caller falls back to the default format.

mod facts;
mod names;
mod token;
pub mod written;

use chrono::NaiveDate;

use crate::model::diagnostic::Finding;
use crate::model::fold::nfc;
use crate::model::obsidian::below_prefix;

use facts::{Fact, Facts};
use token::{Lexeme, Token, next_lexeme};

/// The most tokens a format may have; a file name cannot hold more.
const TOKEN_LIMIT: usize = 64;

/// A compiled Moment format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentFormat {
    parts: Vec<Part>,
}

/// What a path gave that matched a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matched<'p> {
    /// The day, when the path names one without doubt.
    pub date: Option<NaiveDate>,
    /// What the user wrote after it: ` 海边` of `2026-06-12 海边`.
    pub text: &'p str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(Box<str>),
    Token(Token),
}

impl MomentFormat {
    /// Compiles a format; the finding names the first token that is not supported.
    pub fn compile(format: &str) -> Result<Self, Finding> {
        let format = nfc(format.trim());
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = format.as_ref();
        while let Some(c) = rest.chars().next() {
            let (lexeme, kind) = next_lexeme(rest, c);
            rest = rest.get(lexeme.len()..).unwrap_or_default();
            match kind {
                Lexeme::Text(text) => literal.push_str(text),
                Lexeme::Token => {
                    let token = Token::named(lexeme)
                        .ok_or_else(|| Finding::new("moment-token-unknown", [lexeme, format.as_ref()]))?;
                    if !literal.is_empty() {
                        parts.push(Part::Literal(std::mem::take(&mut literal).into()));
                    }
                    parts.push(Part::Token(token));
                    if parts.len() > TOKEN_LIMIT {
                        return Err(Finding::new("moment-format-too-long", []));
                    }
                }
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.into()));
        }
        Ok(MomentFormat { parts })
    }

    /// Matches a path below the folder of the notes, without `.md`. Parts that name the same thing must agree,
    /// and text may follow: after a whole day any that does not run on in letters or digits, after a longer period
    /// none with digits, so that `2026-11` is no note of the year 2026.
    pub fn match_path<'p>(&self, path: &'p str) -> Option<Matched<'p>> {
        match_parts(&self.parts, path, Facts::default())
    }
}

/// Tries each reading of the first part with all that follows. A token has at most two readings and a fact once
/// known has one, so the search stays small.
fn match_parts<'p>(parts: &[Part], text: &'p str, facts: Facts) -> Option<Matched<'p>> {
    let Some((first, others)) = parts.split_first() else { return finish(text, facts) };
    match first {
        Part::Literal(literal) => match_parts(others, below_prefix(text, literal)?, facts),
        Part::Token(token) => readings(*token, text).into_iter().flatten().find_map(|reading| {
            let facts = facts.with(reading.fact, reading.value)?;
            match_parts(others, reading.rest, facts)
        }),
    }
}

fn finish(text: &str, facts: Facts) -> Option<Matched<'_>> {
    if !facts.agree() {
        return None;
    }
    let date = facts.date();
    let runs_on = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let finer = date.is_none() && text.contains(|c: char| c.is_ascii_digit());
    (!runs_on && !finer && !text.contains('/')).then_some(Matched { date, text })
}

#[derive(Clone, Copy)]
struct Reading<'p> {
    fact: Fact,
    value: u32,
    rest: &'p str,
}

/// The readings of a token at the start of `text`, the longer first.
fn readings(token: Token, text: &str) -> [Option<Reading<'_>>; 2] {
    let one = match token {
        Token::Short(fact) if text.starts_with('0') => reading(fact, None),
        Token::Short(fact) => return [reading(fact, digits(text, 2)), reading(fact, digits(text, 1))],
        Token::Fixed(fact, length) => reading(fact, digits(text, length)),
        Token::OrdinalDay => reading(Fact::Day, names::ordinal(text)),
        Token::SundayWeekday => reading(Fact::Weekday, sunday_first(digits(text, 1))),
        Token::MonthName => reading(Fact::Month, names::month(text)),
        Token::WeekdayName => reading(Fact::Weekday, names::weekday(text)),
        Token::WeekdayLetters => reading(Fact::Weekday, names::weekday_letters(text)),
    };
    [one, None]
}

fn reading<'p>(fact: Fact, found: Option<(u32, &'p str)>) -> Option<Reading<'p>> {
    found.map(|(value, rest)| Reading { fact, value, rest })
}

/// Weekdays counted from Sunday as 0, as the facts count them: from Monday as 1.
fn sunday_first(found: Option<(u32, &str)>) -> Option<(u32, &str)> {
    match found? {
        (0, rest) => Some((7, rest)),
        (7.., _) => None,
        other => Some(other),
    }
}

/// A number of exactly `length` digits (at least one) at the start of `text`.
fn digits(text: &str, length: usize) -> Option<(u32, &str)> {
    let number =
        text.get(..length).filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))?;
    Some((number.parse().ok()?, text.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn matched(format: &str, path: &str) -> Option<Option<NaiveDate>> {
        MomentFormat::compile(format).unwrap().match_path(path).map(|matched| matched.date)
    }

    #[test]
    fn every_token_reads_its_spellings_of_friday_20_november_2026() {
        let cases = [
            ("YYYY-MM-DD", "2026-11-20"),
            ("YYYYMMDD", "20261120"),
            ("YY-MM-DD", "26-11-20"),
            ("YYYY-M-D", "2026-11-20"),
            ("D.M.YYYY", "20.11.2026"),
            ("YYYYMD", "20261120"),
            ("YYYY MMM DD", "2026 Nov 20"),
            ("YYYY MMM DD", "2026 11月 20"),
            ("YYYYMMMDD", "202611月20"),
            ("MMMM Do, YYYY", "November 20th, 2026"),
            ("MMMM Do, YYYY", "november 20TH, 2026"),
            ("YYYY MMMM Do", "2026 十一月 20日"),
            ("YYYY年M月D日", "2026年11月20日"),
            ("YYYY-MM-DD d", "2026-11-20 5"),
            ("YYYY-MM-DD dd", "2026-11-20 Fr"),
            ("YYYY-MM-DD dd", "2026-11-20 五"),
            ("YYYY-MM-DD ddd", "2026-11-20 Fri"),
            ("YYYY-MM-DD ddd", "2026-11-20 周五"),
            ("YYYY-MM-DD dddd", "2026-11-20 Friday"),
            ("YYYY-MM-DD dddd", "2026-11-20 星期五"),
            ("YYYY-MM-DD E", "2026-11-20 5"),
            ("GGGG-[W]WW-E", "2026-W47-5"),
            ("GGGG-[W]W-dddd", "2026-W47-星期五"),
            ("gggg-[W]ww/YYYY-MM-DD", "2026-W47/2026-11-20"),
            ("gggg-w YYYY-MM-DD", "2026-47 2026-11-20"),
            ("YYYY-[Q]Q/MM-DD", "2026-Q4/11-20"),
            ("YYYY-MM-DD HH.mm", "2026-11-20 14.30"),
            ("YYYY-MM-DD[T]HHmm", "2026-11-20T0905"),
            ("YYYY/MM/YYYY-MM-DD", "2026/11/2026-11-20"),
            ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026/11-November/2026-11-20-Friday"),
            ("[日记] YYYY-MM-DD", "日记 2026-11-20"),
            ("[Day] YYYY-MM-DD", "day 2026-11-20"),
            ("[a]b] YYYY-MM-DD", "a]b 2026-11-20"),
            (r"\D YYYY-MM-DD", "D 2026-11-20"),
        ];
        for (format, path) in cases {
            assert_eq!(matched(format, path), Some(day("2026-11-20")), "{format} of {path}");
        }
    }

    #[test]
    fn ordinals_and_all_names_are_read() {
        for (text, date) in [
            ("1st", "2026-11-01"),
            ("2nd", "2026-11-02"),
            ("3rd", "2026-11-03"),
            ("11th", "2026-11-11"),
            ("1日", "2026-11-01"),
        ] {
            assert_eq!(matched("YYYY-MM Do", &format!("2026-11 {text}")), Some(day(date)), "{text}");
        }
        assert_eq!(matched("YYYY-MM Do", "2026-11 1"), None);
        let months = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月";
        for (at, name) in months.split(' ').enumerate() {
            let month = at + 1;
            let english = chrono::Month::try_from(month as u8).unwrap().name();
            for name in [name, english, &english[..3], &format!("{month}月")] {
                let date = format!("2026-{month:02}-07");
                assert_eq!(matched("YYYY MMMM DD", &format!("2026 {name} 07")), Some(day(&date)), "{name}");
            }
        }
        // 15 November 2026 is a Sunday.
        let weekdays = [
            "日 Su Sunday",
            "一 Mo Monday",
            "二 Tu Tuesday",
            "三 We Wednesday",
            "四 Th Thursday",
            "五 Fr Friday",
            "六 Sa Saturday",
        ];
        for (at, names) in weekdays.into_iter().enumerate() {
            let [chinese, letters, english] = names.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let date = format!("2026-11-{}", 15 + at);
            let names = [(english, "ddd"), (&english[..3], "dddd"), (chinese, "dd"), (letters, "dd")];
            let at = at.to_string();
            let more = [(format!("周{chinese}"), "ddd"), (format!("星期{chinese}"), "dddd"), (at, "d")];
            for (name, token) in names.into_iter().chain(more.iter().map(|(name, token)| (name.as_str(), *token))) {
                let path = format!("{date} {name}");
                assert_eq!(matched(&format!("YYYY-MM-DD {token}"), &path), Some(day(&date)), "{path}");
            }
        }
        assert_eq!(matched("YYYY-MM-DD dddd", "2026-11-15 星期天"), Some(day("2026-11-15")));
    }

    #[test]
    fn parts_that_disagree_or_cannot_be_do_not_match() {
        let cases = [
            ("YYYY/MM/YYYY-MM-DD", "2025/11/2026-11-20"),
            ("YYYY/MM/YYYY-MM-DD", "2026/10/2026-11-20"),
            ("YYYY/YY-MM-DD", "2026/25-11-20"),
            ("YYYY-MM-DD ddd", "2026-11-20 周四"),
            ("YYYY-MM-DD E", "2026-11-20 0"),
            ("YYYY-MM-DD d", "2026-11-20 7"),
            ("YYYY-[Q]Q/MM-DD", "2026-Q3/11-20"),
            ("YYYY-[Q]Q/MM", "2026-Q3/11"),
            ("GGGG-[W]WW/YYYY-MM-DD", "2026-W46/2026-11-20"),
            ("gggg-[W]ww/YYYY-MM-DD", "2026-W44/2026-11-20"),
            ("YYYY-MM-DD", "2026-02-29"),
            ("YYYY-MM-DD", "2026-13-01"),
            ("YYYY-MM", "2026-13"),
            ("YYYY-[Q]Q", "2026-Q5"),
            ("GGGG-[W]WW", "2025-W53"),
            ("gggg-[W]ww", "2026-W54"),
            ("YYYY-MM-DD HH", "2026-11-20 24"),
            ("HH.mm", "10.60"),
            ("YYYY-MM-DD", "1026-11-20"),
            ("YYYY-M-D", "2026-01-2"),
            ("YYYY-MM-DD", "2026-1-2"),
            ("YYYY-MM-DD", "２０２６-11-20"),
            ("YYYY-MM-DD", "x/2026-11-20"),
            ("YYYY/YYYY-MM-DD", "2026-11-20"),
        ];
        for (format, path) in cases {
            assert_eq!(matched(format, path), None, "{format} of {path}");
        }
        assert_eq!(matched("GGGG-[W]WW", "2026-W53"), Some(None), "2026 has 53 weeks");
    }

    #[test]
    fn text_may_follow_but_not_run_on_or_name_a_shorter_period() {
        let format = MomentFormat::compile("YYYY-MM-DD").unwrap();
        let text = |path| format.match_path(path).map(|matched| matched.text);
        assert_eq!(text("2026-06-12 海边"), Some(" 海边"));
        assert_eq!(text("2026-06-12海边"), Some("海边"));
        assert_eq!(text("2026-06-12 1"), Some(" 1"));
        assert_eq!(text("2026-06-123"), None);
        assert_eq!(text("2026-06-12th"), None);
        assert_eq!(text("2026-06-12 a/b"), None);
        assert_eq!(matched("YYYY", "2026 总结"), Some(None));
        assert_eq!(matched("YYYY", "2026-11"), None);
        assert_eq!(matched("YYYY", "2026 Q3"), None);
    }

    #[test]
    fn a_short_number_takes_one_digit_where_two_would_leave_nothing_for_the_rest() {
        assert_eq!(matched("YYYYMDD", "2026120"), Some(day("2026-01-20")));
        assert_eq!(matched("M/D YYYY/MM/DD", "1/2 2026/01/02"), Some(day("2026-01-02")));
    }

    #[test]
    fn a_day_by_local_week_counts_only_where_all_ways_of_counting_agree() {
        assert_eq!(matched("gggg-[W]ww-E", "2026-W47-5"), Some(day("2026-11-20")));
        assert_eq!(matched("gggg-[W]ww-E", "2027-W05-5"), Some(None), "1 January 2027 is a Friday");
    }

    #[test]
    fn unknown_tokens_are_named_and_other_letters_are_text() {
        let cases = [
            ("YYYY-DDDD", "DDDD"),
            ("X", "X"),
            ("YYYY-MM-DD a", "a"),
            ("Mo", "Mo"),
            ("gg", "gg"),
            ("LL", "LL"),
            ("YYYY day", "a"),
        ];
        for (format, token) in cases {
            let finding = Finding::new("moment-token-unknown", [token, format]);
            assert_eq!(MomentFormat::compile(format), Err(finding), "{format}");
        }
        assert_eq!(matched("YYYY-MM-DDTr", "2026-11-20Tr"), Some(day("2026-11-20")));
        let long = "YYYY ".repeat(100);
        assert_eq!(MomentFormat::compile(&long), Err(Finding::new("moment-format-too-long", [])));
    }

    #[test]
    fn odd_formats_and_paths_do_not_panic() {
        for format in ["", "[", "]", "[]", "\\", "[[YYYY]", "\\[", "年", "[年", "M[", "\\年", "Do", "M"] {
            let Ok(format) = MomentFormat::compile(format) else { continue };
            for path in ["", "年", "2", "20", "2026年", "[", "0", "十", "周", "星期", "1s", "9999999999"] {
                format.match_path(path);
            }
        }
    }
}
