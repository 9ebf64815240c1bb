//! The next move with everyone whom today's lines ask to contact.

use crate::index::introductions::introductions;
use crate::index::next_move::NextMoves;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::suggestion::next_step;

use super::day::Day;

/// Adds them to the lines. Where nobody is due, none is looked for.
pub(super) fn add(items: &mut [AgendaItem], day: &Day<'_>) {
    let is_due = |item: &AgendaItem| item.kind == ItemKind::Contact && item.section == Section::Today;
    if !items.iter().any(is_due) {
        return;
    }
    let candidates = introductions(day.index, day.index_options, day.matches(), day.today);
    let moves = NextMoves::new(day.index, day.matches(), &candidates, day.today);
    for item in items.iter_mut().filter(|item| is_due(item)) {
        let person = item.path.as_deref().and_then(|path| day.index.person_of(path));
        item.next_move = person.and_then(|id| next_step(day.index, id, moves.of(id)?)).map(Box::new);
    }
}
