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
#[cfg(test)]
mod ledger_tests;
pub mod link;
mod mermaid;
#[cfg(test)]
mod network_tests;
pub mod pictures;
pub mod report_files;
pub mod style;
mod svg;
#[cfg(test)]
mod tests;
pub mod words;
pub mod wrap;
mod written;
