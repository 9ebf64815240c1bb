//! What an entry gave or got: nested tags and inline fields, whatever language they were written in.

use chrono::NaiveDate;

use super::link::Link;
use super::span::Span;

/// A move named by a tag. The detail after the slash is the canonical English leaf
/// (`intro`, `info/source`, `manner`), or `None` for the parent alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveKind {
    /// `#gave/…`
    Gave,
    /// `#got/…`
    Got,
    /// `#thanked`
    Thanked,
    /// `#cooperated`
    Cooperated,
    /// `#skip`: one cadence passed over on purpose. `#skip/thanks` and its like pass over that reminder alone.
    Skip,
    /// `#snooze`: hidden until the `until` field's day; `#snooze/thanks` and its like hide that reminder alone.
    Snooze,
    /// `#observed/…`
    Observed,
    /// `#work`, own.
    Work,
    /// `#learned`, own.
    Learned,
    /// `#mistake`, own.
    Mistake,
    /// `#question`, own.
    Question,
    /// `#captured`, own.
    Captured,
    /// `#prepared`: what was to be sent or thought of before a meeting.
    Prepared,
    /// `#summary`: a meeting was summed up in writing.
    Summary,
    /// `#topic/…`: what the line is about, in the user's own words.
    Topic,
}

impl MoveKind {
    /// Reads the part before the slash of a canonical tag such as `got/info/source`.
    pub fn from_canonical(parent: &str) -> Option<Self> {
        Some(match parent {
            "gave" => MoveKind::Gave,
            "got" => MoveKind::Got,
            "thanked" => MoveKind::Thanked,
            "cooperated" => MoveKind::Cooperated,
            "skip" => MoveKind::Skip,
            "snooze" => MoveKind::Snooze,
            "observed" => MoveKind::Observed,
            "work" => MoveKind::Work,
            "learned" => MoveKind::Learned,
            "mistake" => MoveKind::Mistake,
            "question" => MoveKind::Question,
            "captured" => MoveKind::Captured,
            "prepared" => MoveKind::Prepared,
            "summary" => MoveKind::Summary,
            "topic" => MoveKind::Topic,
            _ => return None,
        })
    }
}

/// One move on an entry or one of its nested items.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// What kind.
    pub kind: MoveKind,
    /// The canonical leaf, such as `intro`; of a topic, its words as written.
    pub detail: Option<Box<str>>,
    /// The tag.
    pub span: Span,
}

/// What an inline field refines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveFieldKind {
    /// `[for:: [[A]]]`: in A's share queue.
    For,
    /// `[until:: DATE]`
    Until,
    /// `[expires:: DATE]`
    Expires,
    /// `[cc:: [[A]]]`
    Cc,
}

/// One inline field that refines a move.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MoveField {
    /// Which field.
    pub kind: MoveFieldKind,
    /// Links in its value.
    pub links: Vec<Link>,
    /// Its value as a date, when it is one.
    pub date: Option<NaiveDate>,
    /// The value as written.
    pub text: Box<str>,
    /// The whole field.
    pub span: Span,
}
