//! Text to notes: pure, never fails, keeps spans.

pub mod front_matter;
