//! The weeks ahead as bars: contacts below, meetings above them, and the line of how many there is room for.

use chrono::{Datelike, Days};

use crate::model::language::Language;
use crate::report::plan::{Load, Week};
use crate::vocabulary::Vocabulary;

use super::{Anchor, Colours, Drawing};

const WIDTH: i64 = 720;
const HEIGHT: i64 = 250;
/// The corners of the field that holds the bars.
const LEFT: i64 = 36;
const RIGHT: i64 = 708;
const TOP: i64 = 34;
const BOTTOM: i64 = 214;
/// How wide a bar is at most.
const BAR: i64 = 36;
/// A bar is numbered where there is so much room for it.
const NUMBERED: i64 = 20;
/// How far apart the names of two months must begin to be told from each other.
const MONTH_GAP: i64 = 26;
/// How many lines there are at most behind the bars.
const LINES: i64 = 5;

const LIGHT: Colours<'_> = &[("contacts", "#2f81f7"), ("meetings", "#8250df"), ("limit", "#cf222e")];
const DARK: Colours<'_> = &[("contacts", "#4493f8"), ("meetings", "#ab7df8"), ("limit", "#f85149")];
/// How thick the line of the limit is.
const LINE: i64 = 2;

/// The picture, with the words of `language`.
pub(in crate::render) fn load_picture(load: &Load, words: &Vocabulary, language: Language) -> String {
    let tag = language.tag();
    let label = |id| words.label(id, tag);
    let scale = Scale::of(load);
    let mut drawing = Drawing::new((WIDTH, HEIGHT), label("load"), &about(load, label("load-told")), LIGHT, DARK);
    scale.add_lines(&mut drawing);
    for (at, week) in (0..).zip(&load.weeks) {
        scale.add_bar(&mut drawing, at, week);
    }
    scale.add_limit(&mut drawing, &load.weeks);
    scale.add_months(&mut drawing, &load.weeks, |month| words.month(month, tag));
    add_key(&mut drawing, [label("load-contacts"), label("load-meetings"), label("load-limit")]);
    drawing.finish()
}

/// What it shows, for those who do not see it.
fn about(load: &Load, sentence: &str) -> String {
    let fullest = load.weeks.iter().max_by_key(|week| (week.people, std::cmp::Reverse(week.week)));
    let date = |week: Option<&Week>| week.map(|week| week.week.to_string()).unwrap_or_default();
    let parts = [
        date(load.weeks.first()),
        date(load.weeks.last()),
        fullest.map_or(0, |week| week.people).to_string(),
        date(fullest),
        load.over.to_string(),
    ];
    let numbered = parts.iter().enumerate();
    numbered.fold(sentence.to_owned(), |text, (at, part)| text.replace(&format!("{{{at}}}"), part))
}

/// Where weeks and numbers of people stand.
struct Scale {
    weeks: i64,
    /// People from one line to the next.
    step: i64,
    /// People at the top.
    top: i64,
}

impl Scale {
    fn of(load: &Load) -> Scale {
        let most = load.weeks.iter().map(|week| number(week.people.max(week.limit))).max().unwrap_or(0).max(1);
        let steps = (0..18).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)));
        let step = steps.into_iter().find(|step| most <= step * LINES).unwrap_or(most);
        Scale { weeks: number(load.weeks.len()).max(1), step, top: most.div_euclid(step) * step + step }
    }

    fn x(&self, week: i64) -> i64 {
        LEFT + (RIGHT - LEFT) * week / self.weeks
    }

    fn y(&self, people: i64) -> i64 {
        BOTTOM - (BOTTOM - TOP) * people / self.top
    }

    fn add_lines(&self, drawing: &mut Drawing) {
        for line in 0..=self.top / self.step {
            let people = line * self.step;
            let y = self.y(people);
            drawing.rect("rule", (LEFT, y), (RIGHT - LEFT, 1));
            drawing.words((LEFT - 6, y + 4), Anchor::End, &people.to_string());
        }
    }

    fn add_bar(&self, drawing: &mut Drawing, at: i64, week: &Week) {
        let room = self.x(at + 1) - self.x(at);
        let width = (room * 7 / 10).clamp(2, BAR);
        let x = self.x(at) + (room - width) / 2;
        let (contacts, people) = (number(week.contacts), number(week.people));
        for (class, from, to) in [("contacts", 0, contacts), ("meetings", contacts, people)] {
            if to > from {
                drawing.rect(class, (x, self.y(to)), (width, self.y(from) - self.y(to)));
            }
        }
        if people > 0 && room >= NUMBERED {
            drawing.words((x + width / 2, self.y(people) - 4), Anchor::Middle, &people.to_string());
        }
    }

    /// One line in steps, as weeks with holidays have room for fewer: a shape of its own, as classes fill.
    fn add_limit(&self, drawing: &mut Drawing, weeks: &[Week]) {
        let mut before: Option<i64> = None;
        for (at, week) in (0..).zip(weeks) {
            let (x, y) = (self.x(at), self.y(number(week.limit)));
            if let Some(before) = before.filter(|before| *before != y) {
                drawing.rect("limit", (x, y.min(before)), (LINE, (y - before).abs() + LINE));
            }
            drawing.rect("limit", (x, y), (self.x(at + 1) - x, LINE));
            before = Some(y);
        }
    }

    /// The name of a month below the week of its first day, and of this month below this week.
    fn add_months<'w>(&self, drawing: &mut Drawing, weeks: &[Week], name: impl Fn(u32) -> &'w str) {
        let mut names: Vec<(i64, u32)> = Vec::new();
        for (at, week) in (0..).zip(weeks) {
            let Some(sunday) = week.week.checked_add_days(Days::new(6)) else { continue };
            if names.last().is_none_or(|(_, month)| *month != sunday.month()) {
                names.push((self.x(at), sunday.month()));
            }
        }
        let crowded = matches!(names.as_slice(), [first, second, ..] if second.0 - first.0 < MONTH_GAP);
        for (x, month) in names.into_iter().skip(usize::from(crowded)) {
            drawing.rect("rule", (x, BOTTOM), (1, 6));
            drawing.words((x + 4, BOTTOM + 15), Anchor::Start, name(month));
        }
    }
}

/// What the colours mean.
fn add_key(drawing: &mut Drawing, names: [&str; 3]) {
    let room = (RIGHT - LEFT) / 3;
    for (at, (class, name)) in (0..).zip(["contacts", "meetings", "limit"].into_iter().zip(names)) {
        let x = LEFT + at * room;
        let (at, size) = if class == "limit" { ((x, 15), (14, LINE)) } else { ((x, 11), (10, 10)) };
        drawing.rect(class, at, size);
        drawing.words((x + 20, 20), Anchor::Start, name);
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::day;

    fn week(monday: &str, contacts: usize, meetings: usize, limit: usize) -> Week {
        let people = contacts + meetings;
        Week { week: day(monday), contacts, meetings, people, working_days: limit / 5, limit }
    }

    fn load(weeks: Vec<Week>) -> Load {
        let over = weeks.iter().filter(|week| week.people > week.limit).count();
        Load { max_per_day: 5, weeks, over, unknown_years: Vec::new() }
    }

    fn drawn(weeks: Vec<Week>, language: Language) -> String {
        load_picture(&load(weeks), Vocabulary::built_in(), language)
    }

    #[test]
    fn bars_stand_on_each_other_and_the_limit_follows_the_working_days() {
        let svg = drawn(vec![week("2026-11-16", 4, 2, 5), week("2026-11-23", 0, 0, 20)], Language::English);
        for part in [
            "class=\"contacts\" x=\"186\" y=\"186\" width=\"36\" height=\"28\"",
            "class=\"meetings\" x=\"186\" y=\"171\" width=\"36\" height=\"15\"",
            ">6</text>",
            "class=\"limit\" x=\"36\" y=\"178\" width=\"336\" height=\"2\"",
            "class=\"limit\" x=\"372\" y=\"70\" width=\"2\" height=\"110\"",
            "class=\"limit\" x=\"372\" y=\"70\" width=\"336\" height=\"2\"",
        ] {
            assert!(svg.contains(part), "{part}\n{svg}");
        }
        assert_eq!(svg.matches("class=\"contacts\" x=\"186\"").count(), 1, "an empty week has no bar\n{svg}");
    }

    #[test]
    fn it_says_in_words_what_it_shows_and_names_the_months() {
        let weeks = || vec![week("2026-11-16", 9, 2, 5), week("2026-11-23", 1, 0, 25), week("2026-11-30", 2, 3, 25)];
        let chinese = drawn(weeks(), Language::Chinese);
        for part in ["2026-11-16", "11 人", ">11月<", ">12月<", ">会面<"] {
            assert!(chinese.contains(part), "{part}\n{chinese}");
        }
        let english = drawn(weeks(), Language::English);
        for part in [">Nov<", ">Dec<", ">meetings<", "prefers-color-scheme:dark"] {
            assert!(english.contains(part), "{part}\n{english}");
        }
    }

    #[test]
    fn a_whole_year_fits_and_no_week_is_too_many() {
        let monday = |at: u64| day("2026-01-05").checked_add_days(Days::new(7 * at)).unwrap().to_string();
        let year = (0..53_u64).map(|at| week(&monday(at), 400, 30, 25)).collect();
        let svg = drawn(year, Language::English);
        assert!(svg.len() < 20_000 && svg.contains("class=\"limit\" x=\"695\""), "{}", svg.len());
        assert!(drawn(Vec::new(), Language::English).ends_with("</svg>"));
    }
}
