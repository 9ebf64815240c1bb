//! Text to notes: pure, never fails, keeps spans.

pub mod moment;
pub mod periodic;
pub mod templates;
pub mod front_matter;
