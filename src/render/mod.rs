//! Report data to Markdown, terminal text and JSON. All words of the two languages stand in templates and in the
//! vocabulary.

pub mod engine;
pub mod escape;
pub mod link;
pub mod style;
