//! The one day a run works with, and the only place that asks the clock.

use chrono::{Local, NaiveDate};

use crate::model::diagnostic::Finding;
use crate::model::today::Today;
use crate::parse::relative_dates::read_relative;
use crate::vocabulary::time::TimeWords;

/// Today: as `--today` says (a date, or words such as yesterday or 昨天), else the local date.
///
/// # Errors
/// A text that is no whole day.
pub fn today(option: Option<&str>) -> Result<Today, Finding> {
    resolve(option, Local::now().date_naive())
}

fn resolve(option: Option<&str>, local: NaiveDate) -> Result<Today, Finding> {
    let Some(text) = option else { return Ok(Today(local)) };
    read_relative(text, local, &TimeWords::built_in()).map(Today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_a_date_or_words_from_the_local_date() {
        let local = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for (text, expected) in [
            ("2026-11-20", "2026-11-20"),
            ("yesterday", "2026-11-19"),
            ("昨天", "2026-11-19"),
            ("两周前", "2026-11-06"),
        ] {
            assert_eq!(resolve(Some(text), local).unwrap().0.to_string(), expected, "{text}");
        }
        assert_eq!(resolve(None, local).unwrap().0, local);
        for text in ["", "2026-13-40", "11/12", "soon"] {
            assert!(resolve(Some(text), local).is_err(), "{text}");
        }
    }
}
