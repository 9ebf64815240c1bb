//! Report data to Markdown, terminal text and JSON. All words of the two languages stand in templates and in the
//! vocabulary.

#[cfg(test)]
mod contract_tests;
pub mod document;
pub mod engine;
pub mod escape;
mod functions;
#[cfg(test)]
mod hostile_tests;
pub mod ics;
pub mod json;
pub mod kept;
pub mod link;
pub mod pictures;
pub mod report_files;
pub mod style;
#[cfg(test)]
mod tests;
pub mod words;
pub mod wrap;
