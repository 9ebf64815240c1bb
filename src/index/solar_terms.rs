//! The two solar terms that are festivals, by civil date in China (UTC+8).
//!
//! The day is that of the usual almanac formula, `⌊Y × 0.2422 + C⌋ − ⌊Y ÷ 4⌋` for the year `Y` of its century, put right
//! for the years in which the sun's longitude, computed from its 49 largest periodic terms, gives another day.

use chrono::NaiveDate;

use crate::model::date::YEARS;

/// A solar term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SolarTerm {
    /// 清明: the sun at 15°, 4 to 6 April.
    Qingming,
    /// 冬至: the sun at 270°, 21 to 23 December.
    WinterSolstice,
}

/// The civil date of a solar term in `year`; `None` outside 1900–2100.
pub fn solar_term(term: SolarTerm, year: i32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    // constants for the 20th and the 21st century in ten-thousandths of a day
    let (month, before_2000, from_2000) = match term {
        SolarTerm::Qingming => (4, 55_900, 48_100),
        SolarTerm::WinterSolstice => (12, 226_000, 219_400),
    };
    let constant = if year < 2000 { before_2000 } else { from_2000 };
    let of_century = year % 100;
    let day = (of_century * 2422 + constant) / 10_000 - of_century / 4 + correction(term, year);
    NaiveDate::from_ymd_opt(year, month, day.try_into().ok()?)
}

/// Years in which the term falls close to midnight, or past a century without a leap year.
fn correction(term: SolarTerm, year: i32) -> i32 {
    match (term, year) {
        (SolarTerm::Qingming, 2100) => 1,
        (SolarTerm::WinterSolstice, 1914 | 1947 | 1980 | 1984 | 2100) => 1,
        (SolarTerm::WinterSolstice, 2021) => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solar_terms_are_as_in_the_almanac() {
        let table = [
            (
                SolarTerm::Qingming,
                &["2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05", "2028-04-04", "2100-04-05"],
            ),
            (
                SolarTerm::WinterSolstice,
                &["1980-12-22", "2021-12-21", "2024-12-21", "2026-12-22", "2027-12-22", "2100-12-22"],
            ),
        ];
        for (term, dates) in table {
            for date in dates {
                let year = date[..4].parse().unwrap();
                assert_eq!(solar_term(term, year).map(|d| d.to_string()).as_deref(), Some(*date));
            }
        }
        assert_eq!(solar_term(SolarTerm::Qingming, 2101), None);
    }

    #[test]
    fn every_winter_solstice_lies_in_the_eleventh_lunar_month() {
        for year in 1901..=2100 {
            let day = solar_term(SolarTerm::WinterSolstice, year).unwrap();
            let lunar = crate::index::lunar::lunar_day(day).unwrap();
            assert_eq!((lunar.month, lunar.leap), (11, false), "{day}");
        }
    }
}
