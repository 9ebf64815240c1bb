//! Festivals on which people are greeted, by their civil dates. Their names are words and live elsewhere.

use chrono::{Datelike, NaiveDate};

use super::lunar::{Leap, civil_day};
use super::solar_terms::{SolarTerm, solar_term};

/// A festival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Festival {
    /// 元旦, 1 January.
    NewYear,
    /// 腊八, day 8 of the twelfth lunar month.
    Laba,
    /// 小年 in the north, day 23 of the twelfth lunar month.
    LittleNewYearNorth,
    /// 小年 in the south, day 24 of the twelfth lunar month.
    LittleNewYearSouth,
    /// 除夕, the last day of the twelfth lunar month.
    NewYearsEve,
    /// 春节, the first day of the lunar year.
    SpringFestival,
    /// 元宵, day 15 of the first lunar month.
    Lantern,
    /// 清明, a solar term.
    Qingming,
    /// 端午, day 5 of the fifth lunar month.
    DragonBoat,
    /// 七夕, day 7 of the seventh lunar month.
    Qixi,
    /// 中元, day 15 of the seventh lunar month.
    Zhongyuan,
    /// 教师节, 10 September.
    TeachersDay,
    /// 中秋, day 15 of the eighth lunar month.
    MidAutumn,
    /// 国庆, 1 October.
    NationalDay,
    /// 重阳, day 9 of the ninth lunar month.
    DoubleNinth,
    /// 冬至, a solar term.
    WinterSolstice,
}

/// Whom a festival is listed for when nothing is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone.
    Everyone,
    /// Only mentors and teachers.
    Mentors,
    /// No one, unless asked for.
    NoOne,
}

/// How a festival is greeted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// With joy (快乐).
    Joy,
    /// With peace and health (安康).
    Health,
    /// Solemnly: never with 快乐.
    Solemn,
}

impl Festival {
    /// All festivals, in the order of an ordinary year.
    pub const ALL: [Festival; 16] = [
        Festival::NewYear,
        Festival::Laba,
        Festival::LittleNewYearNorth,
        Festival::LittleNewYearSouth,
        Festival::NewYearsEve,
        Festival::SpringFestival,
        Festival::Lantern,
        Festival::Qingming,
        Festival::DragonBoat,
        Festival::Qixi,
        Festival::Zhongyuan,
        Festival::TeachersDay,
        Festival::MidAutumn,
        Festival::NationalDay,
        Festival::DoubleNinth,
        Festival::WinterSolstice,
    ];

    /// A stable name for data and settings, such as `spring-festival`.
    pub fn id(self) -> &'static str {
        match self {
            Festival::NewYear => "new-year",
            Festival::Laba => "laba",
            Festival::LittleNewYearNorth => "little-new-year-north",
            Festival::LittleNewYearSouth => "little-new-year-south",
            Festival::NewYearsEve => "new-years-eve",
            Festival::SpringFestival => "spring-festival",
            Festival::Lantern => "lantern",
            Festival::Qingming => "qingming",
            Festival::DragonBoat => "dragon-boat",
            Festival::Qixi => "qixi",
            Festival::Zhongyuan => "zhongyuan",
            Festival::TeachersDay => "teachers-day",
            Festival::MidAutumn => "mid-autumn",
            Festival::NationalDay => "national-day",
            Festival::DoubleNinth => "double-ninth",
            Festival::WinterSolstice => "winter-solstice",
        }
    }

    /// Whom it is listed for when nothing is configured.
    pub fn audience(self) -> Audience {
        match self {
            Festival::NewYear
            | Festival::NationalDay
            | Festival::NewYearsEve
            | Festival::SpringFestival
            | Festival::DragonBoat
            | Festival::MidAutumn => Audience::Everyone,
            Festival::TeachersDay => Audience::Mentors,
            _ => Audience::NoOne,
        }
    }

    /// How it is greeted.
    pub fn greeting(self) -> Greeting {
        match self {
            Festival::DragonBoat => Greeting::Health,
            Festival::Qingming | Festival::Zhongyuan => Greeting::Solemn,
            _ => Greeting::Joy,
        }
    }

    /// The festival on whose agenda line this one stands: New Year's Eve shares that of Spring Festival.
    pub fn line(self) -> Festival {
        if self == Festival::NewYearsEve { Festival::SpringFestival } else { self }
    }

    /// Its dates in civil year `year`, in order: one as a rule. The days of the twelfth lunar month may fall twice in a
    /// civil year or not at all. Empty outside the data of 1900–2100.
    pub fn dates(self, year: i32) -> Vec<NaiveDate> {
        let civil = |month, day| NaiveDate::from_ymd_opt(year, month, day).into_iter().collect();
        let lunar = |month, day| {
            let dates = [year - 1, year].into_iter().filter_map(|y| civil_day(y, month, Leap::Ordinary, day));
            dates.filter(|date| date.year() == year).collect()
        };
        match self {
            Festival::NewYear => civil(1, 1),
            Festival::TeachersDay => civil(9, 10),
            Festival::NationalDay => civil(10, 1),
            Festival::Laba => lunar(12, 8),
            Festival::LittleNewYearNorth => lunar(12, 23),
            Festival::LittleNewYearSouth => lunar(12, 24),
            Festival::NewYearsEve => {
                civil_day(year, 1, Leap::Ordinary, 1).and_then(|first| first.pred_opt()).into_iter().collect()
            }
            Festival::SpringFestival => lunar(1, 1),
            Festival::Lantern => lunar(1, 15),
            Festival::DragonBoat => lunar(5, 5),
            Festival::Qixi => lunar(7, 7),
            Festival::Zhongyuan => lunar(7, 15),
            Festival::MidAutumn => lunar(8, 15),
            Festival::DoubleNinth => lunar(9, 9),
            Festival::Qingming => solar_term(SolarTerm::Qingming, year).into_iter().collect(),
            Festival::WinterSolstice => solar_term(SolarTerm::WinterSolstice, year).into_iter().collect(),
        }
    }
}

/// The festivals from `from` through `to`, by date.
pub fn festivals_between(from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, Festival)> {
    let mut found: Vec<(NaiveDate, Festival)> = (from.year()..=to.year())
        .flat_map(|year| Festival::ALL.into_iter().flat_map(move |f| f.dates(year).into_iter().map(move |d| (d, f))))
        .filter(|(date, _)| (from..=to).contains(date))
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(festival: Festival, year: i32) -> Vec<String> {
        festival.dates(year).iter().map(|date| date.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn the_festivals_of_2027_are_as_in_the_almanac() {
        let table = [
            (Festival::NewYear, "01-01"),
            (Festival::NationalDay, "10-01"),
            (Festival::NewYearsEve, "02-05"),
            (Festival::SpringFestival, "02-06"),
            (Festival::DragonBoat, "06-09"),
            (Festival::MidAutumn, "09-15"),
            (Festival::TeachersDay, "09-10"),
            (Festival::Lantern, "02-20"),
            (Festival::DoubleNinth, "10-08"),
            (Festival::Qingming, "04-05"),
            (Festival::Qixi, "08-08"),
            (Festival::Zhongyuan, "08-16"),
            (Festival::WinterSolstice, "12-22"),
            (Festival::Laba, "01-15"),
            (Festival::LittleNewYearNorth, "01-30"),
            (Festival::LittleNewYearSouth, "01-31"),
        ];
        assert_eq!(table.len(), Festival::ALL.len());
        for (festival, date) in table {
            assert_eq!(dates(festival, 2027), [date], "{festival:?}");
        }
    }

    #[test]
    fn a_day_of_the_twelfth_month_may_fall_twice_in_a_civil_year_or_not_at_all() {
        assert_eq!(dates(Festival::Laba, 2028), ["01-04"]);
        assert_eq!(dates(Festival::Laba, 2033), ["01-08"]);
        assert_eq!(dates(Festival::Laba, 2025), ["01-07"]);
        assert_eq!(dates(Festival::NewYearsEve, 2026), ["02-16"]); // the twelfth month had 29 days
        let counts: Vec<usize> = (1990..=2060).map(|year| Festival::Laba.dates(year).len()).collect();
        assert!(counts.contains(&0) && counts.contains(&2));
    }

    #[test]
    fn festivals_are_listed_from_the_first_day_through_the_last() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let ids = |from, to| festivals_between(day(from), day(to)).iter().map(|(_, f)| f.id()).collect::<Vec<_>>();
        assert_eq!(ids("2026-12-31", "2027-01-01"), ["new-year"]);
        assert_eq!(ids("2027-02-05", "2027-02-06"), ["new-years-eve", "spring-festival"]);
        assert!(ids("2027-02-07", "2027-02-19").is_empty());
    }

    #[test]
    fn new_years_eve_shares_the_line_of_spring_festival_and_qingming_is_not_merry() {
        assert_eq!(Festival::NewYearsEve.line(), Festival::SpringFestival);
        assert_eq!(Festival::MidAutumn.line(), Festival::MidAutumn);
        assert_eq!(Festival::DragonBoat.greeting(), Greeting::Health);
        assert_eq!(Festival::Qingming.greeting(), Greeting::Solemn);
        assert_eq!((Festival::TeachersDay.audience(), Festival::Qixi.audience()), (Audience::Mentors, Audience::NoOne));
    }
}
