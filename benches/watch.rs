//! What one saved note costs until it stands in the reports, beyond the time that a save is given to settle: at 1,000
//! and 10,000 generated notes, or in a copy of the vault that `VAULT_SCAN_BENCH_VAULT` names.
//!
//! `cargo bench --bench watch` prints the median of each step, for saves that add a task, which one report tells of, for
//! saves that log a contact, which most tell of, and for new people, for whom everything is gone through once more; and
//! the fastest save, which tells more on a busy machine. Nothing fails here, as a busy machine is no fault of the code.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement prints, and stops when it cannot go on")]

mod vault;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use chrono::Days;
use vault::{TODAY, write_vault};
use vault_scan::app::load::Loaded;
use vault_scan::app::reports::Output;
use vault_scan::app::vault::Vault;
use vault_scan::cli::config::ConfigFile;
use vault_scan::cli::settings::resolve;
use vault_scan::disk::real::RealDisk;
use vault_scan::model::today::Today;
use vault_scan::render::report_files::ReportFile;
use vault_scan::state::folder::State;
use vault_scan::watch::look::Look;
use vault_scan::watch::moment::Now;
use vault_scan::write::apply::Outcome;
use vault_scan::write::generated::answered::Answered;
use walkdir::WalkDir;

/// Saves of each vault; the median counts.
const SAVES: usize = 21;

fn main() {
    if let Some(folder) = env::var_os("VAULT_SCAN_BENCH_VAULT") {
        measure(Path::new(&folder), env::var("VAULT_SCAN_BENCH_TODAY").as_deref().unwrap_or(TODAY));
        return;
    }
    for notes in [1_000, 10_000] {
        let folder = tempfile::tempdir().unwrap();
        write_vault(folder.path(), notes);
        measure(folder.path(), TODAY);
    }
}

fn measure(folder: &Path, today: &str) {
    let home = tempfile::tempdir().unwrap();
    let today = Today(today.parse().unwrap());
    let state = State::new(Arc::new(RealDisk), home.path(), folder);
    let options = resolve(&ConfigFile::default(), BTreeMap::new()).options;
    let begun = Instant::now();
    let mut kept = Vault::open(folder, options, SystemTime::now(), &|_| {}).unwrap();
    let opened = begun.elapsed();
    let people: Vec<PathBuf> = walked(folder);
    kept.keep_made();
    kept.loaded().plan(today, &Answered::default(), &state).unwrap();
    println!("{:>6} notes: opened once in {:.0} ms", kept.len(), opened.as_secs_f64() * 1e3);
    for save in [Save::Task, Save::Contact, Save::Person] {
        saves(&mut kept, &people, save, begun, today, &state);
    }
    if env::var_os("VAULT_SCAN_BENCH_PARTS").is_some() {
        parts(&kept.loaded(), today);
    }
}

/// What is added to a note.
#[derive(Clone, Copy, Debug)]
enum Save {
    Task,
    Contact,
    /// A note that was not there.
    Person,
}

/// Saves one note after the other, and prints what that costs.
fn saves(kept: &mut Vault, people: &[PathBuf], what: Save, begun: Instant, today: Today, state: &State) {
    let mut steps: [Vec<Duration>; 6] = Default::default();
    for save in 0..SAVES {
        let known = &people[save * 31 % people.len()];
        let note = match what {
            Save::Person => known.with_file_name(format!("新人{save}.md")),
            Save::Task | Save::Contact => known.clone(),
        };
        let mut file = OpenOptions::new().append(true).create(true).open(&note).unwrap();
        let due = today.0 + Days::new(save as u64 % 9 + 1);
        match what {
            Save::Contact | Save::Person => writeln!(file, "\n## Log\n- {} call: 第{save}次", today.0).unwrap(),
            Save::Task => writeln!(file, "\n- [ ] 第{save}次的约定 📅 {due}").unwrap(),
        }
        drop(file);
        let when = Now { moment: begun.elapsed(), wall: SystemTime::now(), date: today.0, midnight: Duration::MAX };
        let look = Look::Files(BTreeSet::from([note.clone()]));
        let at = [Instant::now(), {
            kept.update(&look, when).unwrap();
            Instant::now()
        }];
        let loaded = kept.loaded();
        let indexed = Instant::now();
        let answering = loaded.answering(today, state);
        let answered = answering.answered(&Outcome::default());
        let asked = Instant::now();
        let plan = loaded.plan(today, &answered, state).unwrap();
        let planned = Instant::now();
        let written = loaded.writer(state).apply(&plan).written.len();
        let applied = Instant::now();
        // On a copy that was measured before, the contact of today is there already.
        assert!(written > 0 || matches!(what, Save::Contact | Save::Person));
        for (times, time) in steps.iter_mut().zip([
            at[1] - at[0],
            indexed - at[1],
            asked - indexed,
            planned - asked,
            applied - planned,
            applied - at[0],
        ]) {
            times.push(time);
        }
    }
    let fastest = steps.last().and_then(|all| all.iter().min()).copied().unwrap_or_default().as_secs_f64() * 1e3;
    let [read, index, answers, plan, write, all] = steps.map(median);
    println!(
        "  {what:?}: read {read:.2}, index {index:.2}, answers {answers:.2}, reports {plan:.2}, write {write:.2}, together {all:.2} ms, the fastest of {SAVES} {fastest:.2} ms"
    );
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default().as_secs_f64() * 1e3
}

/// What each report takes, as data and as text: made anew, without lines that are kept from before.
fn parts(loaded: &Loaded, today: Today) {
    let engine = loaded.engine(Output::Markdown).unwrap();
    let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
    let begun = Instant::now();
    let mut bytes = 0;
    for report in ReportFile::ALL {
        let started = Instant::now();
        let document = loaded.document(report, today);
        let made = ms(started);
        let started = Instant::now();
        let text = engine.render(report.template(), &document).unwrap();
        println!("  {report:?}: {made:.2} ms, as text {:.2} ms, {} bytes", ms(started), text.len());
        bytes += text.len();
    }
    println!("  all: {bytes} bytes in {:.2} ms", ms(begun));
}

/// The notes about people.
fn walked(folder: &Path) -> Vec<PathBuf> {
    let people = ["人物", "People"].map(|name| folder.join(name)).into_iter().find(|folder| folder.is_dir()).unwrap();
    let files = WalkDir::new(people).into_iter().map(|entry| entry.unwrap().into_path());
    let mut notes: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    notes.sort_unstable();
    notes
}
