//! How the time of a full scan with its reports grows with the vault: 1,000 and 10,000 generated notes.
//!
//! `cargo bench` prints both times and the exponent between them; 1 is linear growth. Nothing fails here, as a busy
//! machine is no fault of the code.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement prints, and stops when it cannot go on"
)]

mod vault;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use vault::{TODAY, write_vault};

/// Runs of each size; the fastest counts.
const RUNS: usize = 3;

fn main() {
    let sizes = [1_000_u32, 10_000];
    let times = sizes.map(|notes| {
        let time = fastest(notes);
        println!(
            "{notes:>6} notes: {:>8.1} ms, {:>6.1} µs a note",
            time.as_secs_f64() * 1e3,
            time.as_secs_f64() * 1e6 / f64::from(notes)
        );
        time.as_secs_f64()
    });
    let [small, large] = times;
    println!("exponent: {:.2}", (large / small).log10() / (f64::from(sizes[1]) / f64::from(sizes[0])).log10());
}

/// The fastest of some full scans that make every report anew.
fn fastest(notes: u32) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault");
    write_vault(&vault, notes);
    let scan = || {
        let reports = vault.join("Reports");
        if reports.exists() {
            fs::remove_dir_all(reports).unwrap();
        }
        let begun = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_vault-scan"))
            .args(["scan", "--today", TODAY, "--vault"])
            .arg(&vault)
            .env("HOME", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        let time = begun.elapsed();
        assert!(matches!(status.code(), Some(0 | 1)), "the scan ended with {status}");
        time
    };
    (0..RUNS).map(|_| scan()).min().unwrap()
}
