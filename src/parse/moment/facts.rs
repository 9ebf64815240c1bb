//! What the parts of one path say about a date, whether they agree, and which day they give together.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::date::YEARS;

/// One thing a token can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Year,
    /// The last two digits of the year.
    ShortYear,
    Month,
    Day,
    /// From Monday as 1.
    Weekday,
    LocalWeekYear,
    LocalWeek,
    IsoWeekYear,
    IsoWeek,
    Quarter,
    Hour,
    Minute,
}

/// What is known so far; each fact once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    year: Option<u32>,
    short_year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    weekday: Option<u32>,
    local_week_year: Option<u32>,
    local_week: Option<u32>,
    iso_week_year: Option<u32>,
    iso_week: Option<u32>,
    quarter: Option<u32>,
    hour: Option<u32>,
    minute: Option<u32>,
}

/// How weeks are counted: the first day of a week, and the day of January that lies in week 1.
type WeekRule = (Weekday, u32);

const ISO_WEEK: WeekRule = (Weekday::Mon, 4);

/// `gggg` and `ww` count as the language of the user's Obsidian does, which no setting tells: Chinese and most of
/// Europe, English, and English with the week set to begin on Monday.
const LOCAL_WEEKS: [WeekRule; 3] = [ISO_WEEK, (Weekday::Sun, 1), (Weekday::Mon, 2)];

impl Facts {
    /// The facts with one more; `None` when it cannot be, or contradicts what is known.
    pub(super) fn with(mut self, fact: Fact, value: u32) -> Option<Self> {
        if !range(fact).contains(&value) {
            return None;
        }
        let known = self.slot(fact).get_or_insert(value);
        (*known == value).then_some(self)
    }

    /// Whether all facts can be true of one day.
    pub(super) fn agree(&self) -> bool {
        if let (Some(year), Some(short)) = (self.year, self.short_year)
            && year % 100 != short
        {
            return false;
        }
        if let (Some(month), Some(quarter)) = (self.month, self.quarter)
            && (month - 1) / 3 + 1 != quarter
        {
            return false;
        }
        if let (Some(year), Some(week)) = (self.iso_week_year, self.iso_week)
            && NaiveDate::from_isoywd_opt(year as i32, week, Weekday::Mon).is_none()
        {
            return false;
        }
        let whole = self.full_year().is_some() && self.month.is_some() && self.day.is_some();
        match self.written_date() {
            Some(date) => self.fits(date),
            None => !whole,
        }
    }

    /// The day they give: by year, month and day, else by week and weekday.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        self.written_date().or_else(|| self.date_by_iso_week()).or_else(|| self.date_by_local_week())
    }

    fn slot(&mut self, fact: Fact) -> &mut Option<u32> {
        match fact {
            Fact::Year => &mut self.year,
            Fact::ShortYear => &mut self.short_year,
            Fact::Month => &mut self.month,
            Fact::Day => &mut self.day,
            Fact::Weekday => &mut self.weekday,
            Fact::LocalWeekYear => &mut self.local_week_year,
            Fact::LocalWeek => &mut self.local_week,
            Fact::IsoWeekYear => &mut self.iso_week_year,
            Fact::IsoWeek => &mut self.iso_week,
            Fact::Quarter => &mut self.quarter,
            Fact::Hour => &mut self.hour,
            Fact::Minute => &mut self.minute,
        }
    }

    /// Two digits above 68 are of the last century, as in Moment.
    fn full_year(&self) -> Option<i32> {
        let short = |year| if year > 68 { 1900 + year } else { 2000 + year };
        self.year.or(self.short_year.map(short)).map(|year| year as i32)
    }

    fn written_date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.full_year()?, self.month?, self.day?)
    }

    fn date_by_iso_week(&self) -> Option<NaiveDate> {
        day_of_week(ISO_WEEK, self.iso_week_year?, self.iso_week?, self.weekday?)
    }

    /// Only when every way of counting gives the same day.
    fn date_by_local_week(&self) -> Option<NaiveDate> {
        let (year, week, weekday) = (self.local_week_year?, self.local_week?, self.weekday?);
        let first = day_of_week(ISO_WEEK, year, week, weekday)?;
        LOCAL_WEEKS.iter().all(|rule| day_of_week(*rule, year, week, weekday) == Some(first)).then_some(first)
    }

    fn fits(&self, date: NaiveDate) -> bool {
        let same = |fact: Option<u32>, value: u32| fact.is_none_or(|fact| fact == value);
        let iso = date.iso_week();
        same(self.weekday, date.weekday().number_from_monday())
            && same(self.quarter, date.month0() / 3 + 1)
            && same(self.iso_week, iso.week())
            && self.iso_week_year.is_none_or(|year| year as i32 == iso.year())
            && LOCAL_WEEKS.iter().filter_map(|rule| week_of(*rule, date)).any(|(year, week)| {
                same(self.local_week, week) && self.local_week_year.is_none_or(|written| written as i32 == year)
            })
    }
}

fn range(fact: Fact) -> std::ops::RangeInclusive<u32> {
    match fact {
        Fact::Year | Fact::LocalWeekYear | Fact::IsoWeekYear => {
            YEARS.start().unsigned_abs()..=YEARS.end().unsigned_abs()
        }
        Fact::ShortYear => 0..=99,
        Fact::Month => 1..=12,
        Fact::Day => 1..=31,
        Fact::Weekday => 1..=7,
        Fact::LocalWeek | Fact::IsoWeek => 1..=53,
        Fact::Quarter => 1..=4,
        Fact::Hour => 0..=23,
        Fact::Minute => 0..=59,
    }
}

/// The first day of week 1.
fn first_week((start, day): WeekRule, year: i32) -> Option<NaiveDate> {
    let inside = NaiveDate::from_ymd_opt(year, 1, day)?;
    inside.checked_sub_days(Days::new(inside.weekday().days_since(start).into()))
}

/// The year and number of the week that holds `date`.
fn week_of(rule: WeekRule, date: NaiveDate) -> Option<(i32, u32)> {
    [date.year() + 1, date.year(), date.year() - 1].into_iter().find_map(|year| {
        let days = date.signed_duration_since(first_week(rule, year)?).num_days();
        (days >= 0).then_some((year, days as u32 / 7 + 1))
    })
}

fn day_of_week(rule: WeekRule, year: u32, week: u32, weekday: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok()?;
    let into_week = (weekday + 6 - rule.0.num_days_from_monday()) % 7;
    let date = first_week(rule, year)?.checked_add_days(Days::new(((week - 1) * 7 + into_week).into()))?;
    (week_of(rule, date)? == (year, week)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_as_iso_and_as_english_calendars_do() {
        let cases = [
            ("2026-11-20", (2026, 47), (2026, 47)),
            ("2027-01-01", (2026, 53), (2027, 1)),
            ("2027-01-03", (2026, 53), (2027, 2)),
            ("2027-01-04", (2027, 1), (2027, 2)),
            ("2026-11-22", (2026, 47), (2026, 48)),
            ("2024-12-29", (2024, 52), (2025, 1)),
        ];
        for (date, iso, english) in cases {
            let date: NaiveDate = date.parse().unwrap();
            assert_eq!(week_of(ISO_WEEK, date), Some(iso), "{date}");
            assert_eq!((date.iso_week().year(), date.iso_week().week()), iso, "{date}");
            assert_eq!(week_of((Weekday::Sun, 1), date), Some(english), "{date}");
        }
    }

    #[test]
    fn a_day_of_a_week_leads_back_to_its_week() {
        for rule in LOCAL_WEEKS {
            for (year, week) in [(2026, 1), (2026, 47), (2027, 52)] {
                for weekday in 1..=7 {
                    let date = day_of_week(rule, year, week, weekday).unwrap();
                    assert_eq!(date.weekday().number_from_monday(), weekday);
                    assert_eq!(week_of(rule, date), Some((year as i32, week)));
                }
            }
        }
    }
}
