//! Report data to Markdown, text and JSON.
