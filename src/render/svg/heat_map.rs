//! The year of contacts as weeks and weekdays: the more people on a day, the fuller its square. Days without contact are
//! one pattern, so that the file is as small as the year was quiet.

use chrono::{Datelike, Days, NaiveDate};

use crate::model::language::Language;
use crate::report::network::contacts::ContactDays;
use crate::vocabulary::Vocabulary;

use super::{Anchor, Colours, Drawing};

/// From one square to the next, and how large one is.
const STEP: i64 = 13;
const SIZE: i64 = 10;
/// Where the squares begin, below the months and right of the weekdays.
const LEFT: i64 = 38;
const TOP: i64 = 24;
const MARGIN: i64 = 10;
/// How far apart the names of two months must begin to be told from each other.
const MONTH_GAP: i64 = 3 * STEP;

const LIGHT: Colours<'_> =
    &[("d0", "#ebedf0"), ("d1", "#9be9a8"), ("d2", "#40c463"), ("d3", "#30a14e"), ("d4", "#216e39")];
const DARK: Colours<'_> =
    &[("d0", "#21262d"), ("d1", "#0e4429"), ("d2", "#006d32"), ("d3", "#26a641"), ("d4", "#39d353")];
const LEVELS: [&str; 5] = ["d0", "d1", "d2", "d3", "d4"];

/// The picture, with the words of `language`.
pub(in crate::render) fn heat_map(year: &ContactDays, words: &Vocabulary, language: Language) -> String {
    let weeks = (year.to - year.from).num_days() / 7 + 1;
    let size = (LEFT + weeks * STEP + MARGIN, TOP + 7 * STEP + 26);
    let tag = language.tag();
    let label = |id| words.label(id, tag);
    let filled = |id, parts: &[String]| {
        let numbered = parts.iter().enumerate();
        numbered.fold(label(id).to_owned(), |text, (at, part)| text.replace(&format!("{{{at}}}"), part))
    };
    let told = [year.from.to_string(), year.to.to_string(), year.contacts.to_string(), year.days.len().to_string()];
    let mut drawing = Drawing::new(size, label("contact-days"), &filled("contact-days-told", &told), LIGHT, DARK);
    add_empty_days(&mut drawing, weeks, i64::from(year.to.weekday().num_days_from_monday()) + 1);
    for (day, people) in year.days.iter().map(|day| (day.date, day.people)) {
        let after = (day - year.from).num_days();
        let class = LEVELS.get(level(people)).copied().unwrap_or("d4");
        drawing.rect(class, square(after / 7, after % 7), (SIZE, SIZE));
    }
    for weekday in [1, 3, 5] {
        let (_, y) = square(0, i64::from(weekday) - 1);
        drawing.words((LEFT - 6, y + SIZE - 1), Anchor::End, words.weekday(weekday, tag));
    }
    add_months(&mut drawing, year, weeks, |month| words.month(month, tag));
    add_scale(&mut drawing, size, label("less"), label("more"));
    drawing.finish()
}

/// How full the square of a day with so many people is.
fn level(people: usize) -> usize {
    match people {
        0..=2 => people,
        3 | 4 => 3,
        _ => 4,
    }
}

fn square(week: i64, weekday: i64) -> (i64, i64) {
    (LEFT + week * STEP, TOP + weekday * STEP)
}

/// All days as days without contact; the last week has those that have come.
fn add_empty_days(drawing: &mut Drawing, weeks: i64, in_last: i64) {
    drawing.raw(&format!(
        "<pattern id=\"days\" x=\"{LEFT}\" y=\"{TOP}\" width=\"{STEP}\" height=\"{STEP}\" \
         patternUnits=\"userSpaceOnUse\"><rect class=\"d0\" width=\"{SIZE}\" height=\"{SIZE}\"/></pattern>"
    ));
    let mut part = |week, weeks, days| {
        let ((x, y), width, height) = (square(week, 0), weeks * STEP, days * STEP);
        drawing.raw(&format!("<path fill=\"url(#days)\" d=\"M{x} {y}h{width}v{height}h-{width}z\"/>"));
    };
    part(0, weeks - 1, 7);
    part(weeks - 1, 1, in_last);
}

/// The name of a month over the week of its first day; over the first week that of the month it lies in, where the next
/// leaves it room.
fn add_months<'w>(drawing: &mut Drawing, year: &ContactDays, weeks: i64, name: impl Fn(u32) -> &'w str) {
    let monday = |week: i64| u64::try_from(week * 7).ok().and_then(|days| year.from.checked_add_days(Days::new(days)));
    let mut names: Vec<(i64, &str)> = Vec::new();
    let mut before: Option<NaiveDate> = None;
    for week in 0..weeks {
        let Some(last) = monday(week).and_then(|day| day.checked_add_days(Days::new(6))) else { continue };
        if last <= year.to && before.is_none_or(|before| before.month() != last.month()) {
            names.push((square(week, 0).0, name(last.month())));
        }
        before = Some(last);
    }
    let crowded = matches!(names.as_slice(), [first, second, ..] if second.0 - first.0 < MONTH_GAP);
    for (x, name) in names.into_iter().skip(usize::from(crowded)) {
        drawing.words((x, TOP - 8), Anchor::Start, name);
    }
}

fn add_scale(drawing: &mut Drawing, (width, height): (i64, i64), less: &str, more: &str) {
    let baseline = height - 8;
    let first = width - MARGIN - 40 - 5 * STEP;
    drawing.words((first - 5, baseline), Anchor::End, less);
    for (at, class) in (0..).zip(LEVELS) {
        drawing.rect(class, (first + at * STEP, baseline - SIZE + 1), (SIZE, SIZE));
    }
    drawing.words((first + 5 * STEP + 2, baseline), Anchor::Start, more);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::network::contacts::DayOfContact;

    fn year(days: &[(&str, usize)]) -> ContactDays {
        let days: Vec<_> =
            days.iter().map(|(date, people)| DayOfContact { date: date.parse().unwrap(), people: *people }).collect();
        let (from, to) = ("2025-11-17".parse().unwrap(), "2026-11-20".parse().unwrap());
        ContactDays { from, to, contacts: days.iter().map(|day| day.people).sum(), days }
    }

    fn drawn(days: &[(&str, usize)], language: Language) -> String {
        heat_map(&year(days), Vocabulary::built_in(), language)
    }

    #[test]
    fn a_day_has_its_square_by_week_and_weekday_and_its_fullness_by_people() {
        for (date, people, expected) in [
            ("2025-11-17", 1, "class=\"d1\" x=\"38\" y=\"24\""),
            ("2025-11-23", 2, "class=\"d2\" x=\"38\" y=\"102\""),
            ("2025-11-24", 3, "class=\"d3\" x=\"51\" y=\"24\""),
            ("2026-11-20", 4, "class=\"d3\" x=\"714\" y=\"76\""),
            ("2026-11-20", 5, "class=\"d4\" x=\"714\" y=\"76\""),
            ("2026-11-20", 99, "class=\"d4\" x=\"714\" y=\"76\""),
        ] {
            let svg = drawn(&[(date, people)], Language::English);
            assert!(svg.contains(expected), "{date} {people}\n{svg}");
        }
    }

    #[test]
    fn days_to_come_are_not_drawn_and_days_without_contact_cost_nothing() {
        let quiet = drawn(&[], Language::English);
        assert!(quiet.contains("M38 24h676v91h-676z") && quiet.contains("M714 24h13v65h-13z"), "{quiet}");
        assert!(quiet.len() < 4000, "{}", quiet.len());
        let day = |n: i64| (year(&[]).from + chrono::Duration::days(n)).to_string();
        let days: Vec<String> = (0..369).map(day).collect();
        let full = drawn(&days.iter().map(|day| (day.as_str(), 9)).collect::<Vec<_>>(), Language::Chinese);
        assert!(full.len() < 40_000, "{}", full.len());
    }

    #[test]
    fn it_speaks_the_language_of_the_vault() {
        let chinese = drawn(&[("2026-01-05", 2)], Language::Chinese);
        for part in [">周一<", ">12月<", ">11月<", "少<", "多<", "2025-11-17 至 2026-11-20：1 天里联系了 2 人次"]
        {
            assert!(chinese.contains(part), "{part}\n{chinese}");
        }
        let english = drawn(&[("2026-01-05", 2)], Language::English);
        for part in [">Mon<", ">Fri<", ">Jan<", ">less<", ">more<"] {
            assert!(english.contains(part), "{part}\n{english}");
        }
        assert!(!english.contains(">Sun<"));
        // November 2025 has two weeks before December: no room for its name.
        assert_eq!(english.matches(">Nov<").count(), 1, "{english}");
    }
}
