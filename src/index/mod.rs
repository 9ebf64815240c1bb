//! Notes to one index: people, timeline, facts.

pub mod festivals;
pub mod lunar;
pub mod solar_terms;
