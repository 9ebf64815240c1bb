//! The next move with everyone whom today's lines ask to contact.

use std::collections::BTreeSet;

use crate::index::next_move::{NextMove, NextMoves};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::suggestion::next_step;

use super::day::Day;

/// Adds them to the lines. Where nobody is due, none is looked for.
pub(super) fn add(items: &mut [AgendaItem], day: &Day<'_, '_>) {
    let is_due = |item: &AgendaItem| item.kind == ItemKind::Contact && item.section == Section::Today;
    if !items.iter().any(is_due) {
        return;
    }
    let moves = NextMoves::new(day.index, day.suggested.matches(), day.suggested.introductions(), day.today);
    // What has a line of its own today is not said twice.
    let sources = items.iter().filter(|item| item.section == Section::Today && !is_due(item));
    let told: BTreeSet<(String, u32)> =
        sources.filter_map(|item| item.source.as_ref()).map(|source| (source.path.clone(), source.line)).collect();
    let is_new = |step: &NextMove<'_>| {
        step.source().is_none_or(|(path, line)| !told.contains(&(path.as_str().to_owned(), line)))
    };
    for item in items.iter_mut().filter(|item| is_due(item)) {
        let person = item.path.as_deref().and_then(|path| day.index.person_of(path));
        item.next_move = person.and_then(|id| next_step(day.index, id, moves.of(id).filter(is_new)?)).map(Box::new);
    }
}
