//! Notes to one index: people, timeline, facts.
