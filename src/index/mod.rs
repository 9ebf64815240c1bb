//! Notes to one index: people, timeline, facts.

pub mod block_id;
