//! Report data to Markdown, terminal text and JSON. All words of the two languages stand in templates and in the
//! vocabulary.

pub mod engine;
pub mod escape;
mod functions;
pub mod json;
pub mod link;
pub mod report_files;
pub mod style;
#[cfg(test)]
mod tests;
pub mod words;
