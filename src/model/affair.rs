//! Somebody's affair: a request too big for one step, cut into parts that are tasks.

use chrono::NaiveDate;

use super::link::Link;

/// An affair of one note, as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affair {
    /// What it is about.
    pub title: Box<str>,
    /// Whose it is, beside whom the note is about.
    pub people: Vec<Link>,
    /// The day it was brought up.
    pub asked_on: Option<NaiveDate>,
    /// Its line, from 1.
    pub line: u32,
    /// The lines its parts are among: from this one,
    pub first_line: u32,
    /// to this one.
    pub last_line: u32,
}
