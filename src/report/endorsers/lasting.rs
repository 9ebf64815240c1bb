//! Endorsements and until when they may be used.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::index::endorsements::{Endorsement, EndsBy, endorsements};
use crate::index::options::IndexOptions;
use crate::index::record::{Deferral, Index};
use crate::model::today::Today;
use crate::report::reason::Source;
use crate::report::told::Told;

/// One endorsement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndorsementLine {
    /// Who gave it.
    pub person: String,
    /// Their note.
    pub path: String,
    /// What they said or wrote.
    pub told: Told,
    /// The last day it may be used.
    pub ends: NaiveDate,
    /// Days until then; negative when it has passed.
    pub days_left: i64,
    /// `line` where it says so itself, `settings` where they do.
    pub ends_by: &'static str,
    /// `open`, `ending` from some days before the end, `expired`, or `closed` when it was used or set aside.
    pub state: &'static str,
    /// The line that closed it: words for what it was used for, none where no reminder was wanted.
    pub closed: Option<Told>,
}

/// Those that may be used by their end; then closed and expired ones, newest first.
pub(super) fn lines(index: &Index, options: &IndexOptions, today: Today) -> Vec<EndorsementLine> {
    let found = endorsements(index, options, today);
    let mut lines: Vec<_> = found.iter().filter_map(|found| line(index, options, found, today)).collect();
    lines.sort_by(|a, b| {
        let is_past = |line: &EndorsementLine| matches!(line.state, "expired" | "closed");
        let by_end = || match is_past(a) {
            true => Reverse(a.told.date).cmp(&Reverse(b.told.date)),
            false => a.ends.cmp(&b.ends),
        };
        is_past(a)
            .cmp(&is_past(b))
            .then_with(by_end)
            .then_with(|| (&a.path, a.told.source.line).cmp(&(&b.path, b.told.source.line)))
    });
    lines
}

fn line(index: &Index, options: &IndexOptions, found: &Endorsement<'_>, today: Today) -> Option<EndorsementLine> {
    let record = index.person(found.person)?;
    let notice = Days::new(options.endorsement_notice.into());
    let state = match found {
        Endorsement { closed: Some(_), .. } => "closed",
        Endorsement { ends, .. } if *ends < today.0 => "expired",
        Endorsement { ends, .. } if ends.checked_sub_days(notice).is_none_or(|first| first <= today.0) => "ending",
        _ => "open",
    };
    Some(EndorsementLine {
        person: record.person.name.to_string(),
        path: record.path.as_str().to_owned(),
        told: Told::of(found.fact),
        ends: found.ends,
        days_left: (found.ends - today.0).num_days(),
        ends_by: match found.ends_by {
            EndsBy::Line => "line",
            EndsBy::Settings => "settings",
        },
        state,
        closed: found.closed.map(closing),
    })
}

fn closing(line: &Deferral) -> Told {
    Told {
        date: line.date,
        channel: None,
        detail: None,
        text: line.evidence.text.to_string(),
        source: Source { path: line.evidence.path.as_str().to_owned(), line: line.evidence.line },
    }
}
