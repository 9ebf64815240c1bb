//! All integration tests, in one binary so that they link once.

mod front_matter_corpora;
mod yaml_suite;
