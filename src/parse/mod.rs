//! Text to notes: pure, never fails, keeps spans.

pub mod read;
mod scan;
