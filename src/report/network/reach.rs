//! Contact details that are missing: without them the next call cannot be made. Those in contact this year come first.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::member::Member;

/// Someone who can be reached in one way at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReachGap {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// The one way their note has: `phone`, `wechat`, `email` or `url`; `null` for none.
    pub only: Option<&'static str>,
    /// What it lacks of `phone`, `wechat` and `email`.
    pub missing: Vec<&'static str>,
    /// The last contact; `null` without any.
    pub last_contact: Option<NaiveDate>,
    /// Whether that was this year.
    pub this_year: bool,
}

/// Those with no way or one: none before one, in contact from `from` on before the others, then the newest contact.
pub(super) fn reach_gaps(members: &[Member<'_>], from: NaiveDate) -> Vec<ReachGap> {
    let mut gaps: Vec<ReachGap> = members.iter().filter_map(|member| reach_gap(member, from)).collect();
    gaps.sort_by(|a, b| {
        let order = |gap: &ReachGap| (gap.only.is_some(), !gap.this_year, Reverse(gap.last_contact));
        order(a).cmp(&order(b)).then_with(|| a.path.cmp(&b.path))
    });
    gaps
}

fn reach_gap(member: &Member<'_>, from: NaiveDate) -> Option<ReachGap> {
    let person = &member.record.person;
    let ways = [
        ("phone", !person.phones.is_empty()),
        ("wechat", person.wechat.is_some()),
        ("email", !person.emails.is_empty()),
        ("url", !person.urls.is_empty()),
    ];
    let mut known = ways.iter().filter(|(_, is_known)| *is_known).map(|(way, _)| *way);
    let only = known.next();
    if known.next().is_some() {
        return None;
    }
    let missing = ways.iter().filter(|(way, is_known)| !is_known && *way != "url").map(|(way, _)| *way);
    Some(ReachGap {
        person: member.name(),
        path: member.path(),
        only,
        missing: missing.collect(),
        last_contact: member.last_contact,
        this_year: member.last_contact.is_some_and(|date| date >= from),
    })
}
