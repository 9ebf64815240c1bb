//! Text to notes: pure, never fails, keeps spans.
