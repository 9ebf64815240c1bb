//! Tests of the whole body reader, from text to facts.

mod corpus;
mod dated;
mod fields;
mod hostile;
mod person;
mod settings;
mod support;
mod tasks;
