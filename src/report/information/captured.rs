//! Points noted at talks, meetings and events, and what was done about each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::Index;
use crate::model::moves::MoveKind;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::report::facts::short_title;

/// A note with points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occasion {
    /// Its title, else the name of its file, without the day it begins with.
    pub title: String,
    /// The note.
    pub path: String,
    /// The day.
    pub date: NaiveDate,
    /// How many of its points have no action yet.
    pub open: usize,
    /// Its points, in their order.
    pub points: Vec<Point>,
}

/// One point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Its words.
    pub text: String,
    /// Its line, from 1.
    pub line: u32,
    /// What was done about it; nothing yet where empty.
    pub done: Vec<String>,
}

/// Notes with points up to `today`, the newest first.
pub(super) fn occasions(index: &Index, today: Today) -> Vec<Occasion> {
    let mut found: BTreeMap<(Reverse<NaiveDate>, &NotePath), Vec<Point>> = BTreeMap::new();
    for fact in index.ledger.facts() {
        if fact.kind == MoveKind::Captured && fact.date <= today.0 {
            let done = fact.below.iter().filter(|text| !text.is_empty()).map(ToString::to_string).collect();
            let point = Point { text: fact.words().to_owned(), line: fact.line, done };
            found.entry((Reverse(fact.date), &fact.path)).or_default().push(point);
        }
    }
    let titles: BTreeMap<&NotePath, &str> = if found.is_empty() {
        BTreeMap::new()
    } else {
        index.meetings.iter().map(|note| (&note.path, &*note.title)).collect()
    };
    let occasion = |((Reverse(date), path), points): ((Reverse<NaiveDate>, &NotePath), Vec<Point>)| Occasion {
        title: short_title(titles.get(path).copied().unwrap_or(path.stem()), date, "").to_owned(),
        path: path.as_str().to_owned(),
        date,
        open: points.iter().filter(|point| point.done.is_empty()).count(),
        points,
    };
    found.into_iter().map(occasion).collect()
}
