//! All integration tests, in one binary so that they link once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one that is skipped says so; helpers of tests do so too"
)]

#[cfg(unix)]
mod actors;
mod architecture;
mod bytes;
mod cli;
mod corpora;
mod diagnostics;
mod example_vault;
mod formats;
mod formats_keys;
mod formats_kinds;
mod formats_values;
mod front_matter_corpora;
mod git;
mod hardship;
mod keeping;
mod kill;
mod note_commands;
mod parsing;
mod properties;
mod reading;
mod readme;
mod readme_blocks;
mod readme_text;
mod recipe;
mod round_trip;
mod sources;
#[cfg(target_os = "linux")]
mod strace;
mod support;
mod ticks;
mod two_devices;
#[cfg(unix)]
mod watch;
mod yaml_suite;
