//! Changes in the vault as they happen: hints where to look, gathered into batches.

pub mod moment;
