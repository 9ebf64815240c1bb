//! Text to notes: pure, never fails, keeps spans.

pub mod body;
pub mod words;
