//! Notes to one index: people, their timelines, their cadence; and the facts that several reports share.

pub mod options;
pub mod record;
pub mod standing;
//! Notes to one index: people, timeline, facts.

pub mod block_id;
pub mod festivals;
pub mod lunar;
pub mod solar_terms;
