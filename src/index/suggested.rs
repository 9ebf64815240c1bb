//! What several reports of one day match alike: who offers what, and whom to bring together. It is made when first asked
//! for, and once for all of them.

use std::sync::OnceLock;

use crate::model::today::Today;

use super::introductions::{Candidate, introductions};
use super::matching::Matches;
use super::options::IndexOptions;
use super::record::Index;

/// The matches of one index on one day.
#[derive(Debug)]
pub struct Suggested<'i> {
    /// What is known.
    pub index: &'i Index,
    /// How it is read.
    pub options: &'i IndexOptions,
    /// The day.
    pub today: Today,
    matches: OnceLock<Matches<'i>>,
    introductions: OnceLock<Vec<Candidate<'i>>>,
}

impl<'i> Suggested<'i> {
    /// Nothing is matched yet.
    pub fn new(index: &'i Index, options: &'i IndexOptions, today: Today) -> Self {
        Suggested { index, options, today, matches: OnceLock::new(), introductions: OnceLock::new() }
    }

    /// Who offers what.
    pub fn matches(&self) -> &Matches<'i> {
        self.matches.get_or_init(|| Matches::new(self.index, self.options))
    }

    /// All candidates for an introduction, the best first.
    pub fn introductions(&self) -> &[Candidate<'i>] {
        let matches = self.matches();
        self.introductions.get_or_init(|| introductions(self.index, self.options, matches, self.today))
    }
}
