//! The words of both languages.

pub mod time;
pub mod words;
