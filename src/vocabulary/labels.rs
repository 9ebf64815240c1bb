//! Words of reports by id: states, rules, units, weekdays. Templates hold their own sentences.

use std::collections::BTreeSet;

use super::Vocabulary;
use super::source::TableName;

impl Vocabulary {
    /// The word for an id in reports, such as `late` or `did-you-meet`; the id itself where there is none, so that a
    /// gap shows.
    pub fn label<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.written(TableName::Label, id, language)
    }

    /// The title of a generated report.
    pub fn report<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.written(TableName::Report, id, language)
    }

    /// The word for a unit in the number that `count` asks for: `day`, `days`, `天`. The ids are `day`, `week`, `month`,
    /// `quarter`, `year`, `minute`, `time`, `person` and `note`.
    pub fn unit<'a>(&'a self, id: &'a str, count: u64, language: &str) -> &'a str {
        let words = self.entry(TableName::Label, &format!("{id}-unit")).map_or(&[][..], |entry| entry.words(language));
        let plural = words.get(1).filter(|_| count != 1);
        plural.or_else(|| words.first()).map_or(id, |word| word)
    }

    /// The short name of a weekday by its ISO number, Monday being 1.
    pub fn weekday(&self, number: u32, language: &str) -> &str {
        self.of_series("weekday", number, language)
    }

    /// The short name of a month by its number, January being 1.
    pub fn month(&self, number: u32, language: &str) -> &str {
        self.of_series("month", number, language)
    }

    /// The ids of all channels, those the settings added included.
    pub fn channels(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.ids(TableName::Channel)
    }

    /// The ids of all role presets, those the settings added included.
    pub fn presets(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.ids(TableName::Preset)
    }

    /// The ids of all festivals.
    pub fn festivals(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.ids(TableName::Festival)
    }

    /// The names of statutory holidays as the notices have them.
    pub fn holidays(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.ids(TableName::Holiday)
    }

    /// The name of a statutory holiday in reports.
    pub fn holiday_name<'a>(&'a self, notice_name: &'a str, language: &str) -> &'a str {
        self.written(TableName::Holiday, notice_name, language)
    }

    /// Words of both languages that say little about a topic: `empty` or `general` ones, folded.
    pub fn topic_words(&self, id: &str) -> BTreeSet<Box<str>> {
        let entry = self.entry(TableName::TopicWord, id);
        entry.into_iter().flat_map(|entry| entry.chinese.iter().chain(&entry.english)).cloned().collect()
    }

    fn ids(&self, table: TableName) -> impl Iterator<Item = &'static str> + '_ {
        self.tables.get(&table).into_iter().flat_map(|table| table.entries().keys().copied())
    }

    fn of_series(&self, id: &str, number: u32, language: &str) -> &str {
        let words = self.entry(TableName::Series, id).map_or(&[][..], |entry| entry.words(language));
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        place.and_then(|place| words.get(place)).map_or("", |word| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> &'static Vocabulary {
        Vocabulary::built_in()
    }

    #[test]
    fn every_word_that_reports_name_by_id_is_there() {
        for id in "ok due late lost planned snoozed skipped paused let-go never untracked \
                   own preset tag closeness default none active warmup dormant archived core strong weak \
                   today week later done contact meeting did-you-meet follow-up thanks share birthday festival \
                   endorsement introduction affair sharing prepare summary drifting benefactor error warning hint"
            .split_whitespace()
        {
            assert!(words().entry(TableName::Label, id).is_some(), "{id}");
        }
        assert_eq!(words().label("late", "zh-CN"), "逾期");
        assert_eq!(words().label("channel-separator", "en"), ": ");
        assert_eq!(words().label("let-go", "en"), "let go");
        assert_eq!(words().label("no-such-id", "en"), "no-such-id");
    }

    #[test]
    fn the_heading_of_a_new_log_is_read_again() {
        assert_eq!(words().label("log-heading", "zh-CN"), "互动记录");
        for language in ["zh-CN", "en"] {
            assert!(words().is_log_heading(&words().label("log-heading", language).to_lowercase()));
        }
    }

    #[test]
    fn units_follow_their_count() {
        for unit in ["day", "week", "month", "quarter", "year"] {
            assert_eq!(words().unit(unit, 1, "en"), unit);
            assert_eq!(words().unit(unit, 0, "en"), format!("{unit}s"));
            assert_eq!(words().unit(unit, 2, "en"), format!("{unit}s"));
        }
        assert_eq!(words().unit("month", 2, "zh-CN"), "个月");
        assert_eq!(words().unit("person", 2, "en"), "people");
    }

    #[test]
    fn weekdays_and_months_are_numbered_from_one() {
        assert_eq!(words().weekday(1, "zh-CN"), "周一");
        assert_eq!(words().weekday(7, "en"), "Sun");
        assert_eq!(words().month(1, "en"), "Jan");
        assert_eq!(words().month(12, "zh-CN"), "12月");
        assert_eq!(words().month(0, "en"), "");
        assert_eq!(words().weekday(8, "en"), "");
    }
}
