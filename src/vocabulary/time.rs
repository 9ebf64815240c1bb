//! The words of time: units, weekdays, numerals, months, day parts and the fixed words of dates, cadences and
//! meeting rules, read once from `time.toml`.
//!
//! Grammar is in `parse`; here is only which word means what. Words are folded (NFKC, lower case).

use std::collections::BTreeMap;

use chrono::Weekday;
use serde::{Deserialize, Deserializer};

use super::words::{Table, Words};

/// All words of time.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeWords {
    /// Chinese numerals.
    pub numerals: Numerals,
    /// English number words and their values.
    #[serde(deserialize_with = "numbers")]
    pub numbers: Table<u32>,
    /// Units of length.
    #[serde(deserialize_with = "units")]
    pub units: Table<UnitWord>,
    /// Units of how long a meeting takes.
    #[serde(deserialize_with = "length_units")]
    pub length_units: Table<LengthUnit>,
    /// Other words of how long a meeting takes.
    pub length: LengthWords,
    /// Names of weekdays.
    #[serde(deserialize_with = "weekdays")]
    pub weekdays: Weekdays,
    /// English names of months.
    pub months: Months,
    /// Marks within a date.
    pub date: DateWords,
    /// Words of lunar dates.
    pub lunar: LunarWords,
    /// Words of dates relative to today.
    pub relative: RelativeWords,
    /// Words of cadences.
    pub cadence: CadenceWords,
    /// Words of meeting rules.
    pub meeting: MeetingWords,
    /// Words of times of day.
    pub clock: ClockWords,
}

impl TimeWords {
    /// The words that come with the program.
    pub fn built_in() -> Self {
        // the text is part of the program and a test reads it, so the default is never taken
        toml::from_str(include_str!("time.toml")).unwrap_or_default()
    }

    /// Adds a word of the user's own for a cadence: `word`, folded, is read as the cadence text `meaning`.
    pub fn define_cadence(&mut self, word: &str, meaning: &str) {
        self.cadence.own.insert(word.replace(' ', "").into(), meaning.into());
    }
}

/// A unit of length as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitWord {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// A year.
    Year,
}

/// A unit of how long a meeting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LengthUnit {
    /// A minute.
    Minute,
    /// An hour.
    Hour,
}

/// Words of how long a meeting takes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct LengthWords {
    pub half: Words,
    pub filler: Words,
    pub range: Words,
}

/// Chinese numerals.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numerals {
    /// 0 to 9.
    #[serde(deserialize_with = "from_zero")]
    pub digits: Table<u32>,
    /// The sign for ten (十).
    pub ten: Words,
    /// The sign for twenty (廿).
    pub twenty: Words,
    /// The sign for thirty (卅).
    pub thirty: Words,
}

/// Names of weekdays.
#[derive(Clone, Debug, Default)]
pub struct Weekdays {
    /// The one character that follows the word for week (一 … 日).
    pub chinese: Table<Weekday>,
    /// English names, full and short.
    pub english: Table<Weekday>,
    /// English names that mean every such day (`mondays`).
    pub plural: Table<Weekday>,
}

/// English names of months.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Months {
    /// Full and short names, 1 for January.
    #[serde(deserialize_with = "from_one")]
    pub names: Table<u32>,
}

/// Marks within a date.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct DateWords {
    pub year: Words,
    pub month: Words,
    pub day: Words,
    pub ordinal_suffix: Words,
}

/// Words of lunar dates.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct LunarWords {
    pub prefix: Words,
    pub leap: Words,
    pub first_month: Words,
    pub eleventh_month: Words,
    pub twelfth_month: Words,
    pub early_day: Words,
}

/// Words of dates relative to today.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct RelativeWords {
    pub today: Words,
    pub yesterday: Words,
    pub before_yesterday: Words,
    pub three_days_ago: Words,
    pub tomorrow: Words,
    pub after_tomorrow: Words,
    pub three_days_ahead: Words,
    pub ago: Words,
    pub ahead: Words,
    pub ahead_before: Words,
    pub this_week: Words,
    pub previous_week: Words,
    pub following_week: Words,
    pub last: Words,
    pub next: Words,
    pub next_week: Words,
    pub next_month: Words,
    pub put_off: Words,
    pub vague: Words,
}

/// Words of cadences. Blanks within them are dropped, as the grammar drops those of the text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct CadenceWords {
    pub daily: Words,
    pub weekly: Words,
    #[serde(deserialize_with = "joined")]
    pub biweekly: Words,
    pub half_monthly: Words,
    pub monthly: Words,
    pub bimonthly: Words,
    pub quarterly: Words,
    pub half_yearly: Words,
    pub yearly: Words,
    pub none: Words,
    pub two_readings: Words,
    #[serde(deserialize_with = "joined")]
    pub vague: Words,
    #[serde(deserialize_with = "joined")]
    pub every: Words,
    #[serde(deserialize_with = "joined")]
    pub every_other: Words,
    pub every_gap: Words,
    pub each_number: Words,
    pub per: Words,
    pub slash: Words,
    pub times: Words,
    pub times_after: Words,
    pub times_short: Words,
    pub once: Words,
    pub twice: Words,
    pub thrice: Words,
    pub tail: Words,
    pub minutes: Words,
    pub half: Words,
    pub stop: Words,
    /// Words the configuration defines, with the cadence each stands for.
    #[serde(skip)]
    pub own: BTreeMap<Box<str>, Box<str>>,
}

/// Words of meeting rules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct MeetingWords {
    pub filler: Words,
    pub every: Words,
    pub gap: Words,
    pub other: Words,
    pub weekly: Words,
    pub double_week: Words,
    pub monthly: Words,
    pub quarterly: Words,
    pub yearly: Words,
    pub daily: Words,
    pub workdays: Words,
    pub ordinal_mark: Words,
    pub last: Words,
    pub from_end: Words,
    pub month_end: Words,
    pub month_end_short: Words,
    pub last_day: Words,
    pub separator: Words,
    pub range: Words,
    pub weekend: Words,
    pub mid_month: Words,
    pub cancelled: Words,
    pub arrow: Words,
    #[serde(deserialize_with = "from_one")]
    pub ordinals: Table<u32>,
}

/// Words of times of day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each field is the key of `time.toml` it holds, which says what it is")]
pub struct ClockWords {
    pub hour: Words,
    pub minute: Words,
    pub half: Words,
    pub quarter: Words,
    pub three_quarters: Words,
    pub small_hours: Words,
    pub morning: Words,
    pub afternoon: Words,
    pub evening: Words,
    pub noon: Words,
    pub at: Words,
    pub am: Words,
    pub pm: Words,
    pub midday: Words,
    pub midnight: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekdayNames {
    chinese: Vec<String>,
    english: Vec<String>,
    plural: Vec<String>,
}

fn numbers<'d, D: Deserializer<'d>>(from: D) -> Result<Table<u32>, D::Error> {
    Ok(Table::new(BTreeMap::<String, u32>::deserialize(from)?))
}

fn from_zero<'d, D: Deserializer<'d>>(from: D) -> Result<Table<u32>, D::Error> {
    let rows = Vec::<Vec<String>>::deserialize(from)?;
    Ok(Table::new((0..).zip(rows).flat_map(|(value, row)| row.into_iter().map(move |word| (word, value)))))
}

fn from_one<'d, D: Deserializer<'d>>(from: D) -> Result<Table<u32>, D::Error> {
    let rows = Vec::<Vec<String>>::deserialize(from)?;
    Ok(Table::new((1..).zip(rows).flat_map(|(value, row)| row.into_iter().map(move |word| (word, value)))))
}

fn joined<'d, D: Deserializer<'d>>(from: D) -> Result<Words, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    Ok(Table::new(words.into_iter().map(|word| (word.replace(' ', ""), ()))))
}

fn units<'d, D: Deserializer<'d>>(from: D) -> Result<Table<UnitWord>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Units {
        day: Vec<String>,
        week: Vec<String>,
        month: Vec<String>,
        quarter: Vec<String>,
        half_year: Vec<String>,
        year: Vec<String>,
    }
    let units = Units::deserialize(from)?;
    let rows = [
        (UnitWord::Day, units.day),
        (UnitWord::Week, units.week),
        (UnitWord::Month, units.month),
        (UnitWord::Quarter, units.quarter),
        (UnitWord::HalfYear, units.half_year),
        (UnitWord::Year, units.year),
    ];
    Ok(Table::new(rows.into_iter().flat_map(|(unit, row)| row.into_iter().map(move |word| (word, unit)))))
}

fn length_units<'d, D: Deserializer<'d>>(from: D) -> Result<Table<LengthUnit>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Units {
        minute: Vec<String>,
        hour: Vec<String>,
    }
    let units = Units::deserialize(from)?;
    let rows = [(LengthUnit::Minute, units.minute), (LengthUnit::Hour, units.hour)];
    Ok(Table::new(rows.into_iter().flat_map(|(unit, row)| row.into_iter().map(move |word| (word, unit)))))
}

fn weekdays<'d, D: Deserializer<'d>>(from: D) -> Result<Weekdays, D::Error> {
    let days = BTreeMap::<String, WeekdayNames>::deserialize(from)?;
    let (mut chinese, mut english, mut plural) = (Vec::new(), Vec::new(), Vec::new());
    for (name, names) in days {
        let weekday: Weekday =
            name.parse().map_err(|_| serde::de::Error::custom(format!("{name} is not a weekday")))?;
        chinese.extend(names.chinese.into_iter().map(|word| (word, weekday)));
        english.extend(names.english.into_iter().map(|word| (word, weekday)));
        plural.extend(names.plural.into_iter().map(|word| (word, weekday)));
    }
    Ok(Weekdays { chinese: Table::new(chinese), english: Table::new(english), plural: Table::new(plural) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_are_read() {
        let words = toml::from_str::<TimeWords>(include_str!("time.toml")).unwrap();
        assert_eq!(words.units.whole("个季度"), Some(UnitWord::Quarter));
        assert_eq!(words.months.names.whole("sept"), Some(9));
        assert_eq!(words.weekdays.chinese.whole("天"), Some(Weekday::Sun));
        assert_eq!(words.numerals.digits.whole("〇"), Some(0));
        assert!(words.cadence.every_other.whole("everyother").is_some());
    }

    #[test]
    fn no_word_stands_in_two_entries_of_a_table() {
        let words = TimeWords::built_in();
        assert_eq!(words.units.twice(), None);
        assert_eq!(words.length_units.twice(), None);
        assert_eq!(words.weekdays.english.twice(), None);
        assert_eq!(words.weekdays.chinese.twice(), None);
        assert_eq!(words.months.names.twice(), None);
        assert_eq!(words.numerals.digits.twice(), None);
        assert_eq!(words.numbers.twice(), None);
    }
}
