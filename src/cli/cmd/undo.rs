//! `undo`: takes back the last run that wrote notes.

use clap::Args;

use crate::app::load::Loaded;
use crate::app::refresh::Answers;
use crate::app::reports::Output;
use crate::app::undo::{Undo, note_undone, undo_of};
use crate::cli::args::{Common, Writing};
use crate::cli::error::{CliError, Exit};
use crate::cli::kept::{runs, when};
use crate::cli::session::{Session, state_trouble};
use crate::cli::term::{Terminal, Verbosity, unplaced};
use crate::model::diagnostic::Finding;
use crate::render::json::json;
use crate::report::run::ScanMode;
use crate::report::run::kept::UndoSummary;
use crate::state::folder::State;
use crate::write::apply::Outcome;
use crate::write::intent::Intent;
use crate::write::plan::{Change, Edit, Plan};

use super::scan::{ScanFormat, coloured, exit, tell};
use super::writing::{Again, begin, mode, reports_again};

/// Arguments of `undo`.
#[derive(Args, Debug)]
pub struct UndoArgs {
    /// Show what can be taken back, newest first, and take back nothing
    #[arg(long)]
    pub list: bool,
    /// Whether to write.
    #[command(flatten)]
    pub writing: Writing,
    /// Form of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, requires = "list")]
    pub format: ScanFormat,
}

/// Gives the notes of the last run their bytes back, all of them or none, and makes the reports again.
///
/// # Errors
/// The vault, its settings or our own folder cannot be read; or no run is left.
pub fn run(args: &UndoArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let loaded = session.load()?;
    let state = session.state()?;
    let listing = state.listing().map_err(|error| state_trouble(&state, &error))?;
    if listing.broken > 0 {
        // A run may be hidden behind it, and the one before it would be taken back in its place.
        let finding = Finding::new("undo-records-broken", [&listing.broken.to_string()]);
        terminal.problem(&unplaced(&finding, "", loaded.language));
    }
    let known = listing.runs();
    if args.list {
        return list(args, &session, &loaded, &runs(&known, session.today));
    }
    let Some(last) = known.first() else { return Err(Finding::new("undo-nothing", []).into()) };
    let mode = mode(args.writing);
    if mode == ScanMode::Write {
        begin(&session, &loaded, &state);
    }
    let Undo { intents, refused } = undo_of(last, &state).map_err(|error| state_trouble(&state, &error))?;
    let mut plan = loaded.writer(&state).plan(intents.clone());
    plan.refused.extend(refused);
    let mut summary = UndoSummary {
        mode,
        when: when(last.at, session.today),
        restored: Vec::new(),
        removed: Vec::new(),
        unchanged: Vec::new(),
        reports: Vec::new(),
        waiting: 0,
        left: known.len().saturating_sub(1),
    };
    if mode == ScanMode::DryRun {
        for change in &plan.changes {
            terminal.result(&coloured(&change.diff(), terminal.style()))?;
        }
    }
    if !plan.refused.is_empty() || !plan.failed.is_empty() {
        return Ok(refuse(plan, &session, &loaded));
    }
    if mode != ScanMode::Write {
        sort(plan.changes.iter().map(|Change { intent, edit }| (intent.target().as_str(), edit)), &mut summary);
        summary.unchanged = plan.unchanged.iter().map(|target| target.as_str().to_owned()).collect();
        say(&summary, &loaded, terminal)?;
        let changes = !plan.changes.is_empty();
        return Ok(if mode == ScanMode::Check && changes { Exit::Findings } else { Exit::Done });
    }
    let ended = write(&plan, &intents, &session, &loaded, &state, &mut summary)?;
    say(&summary, &loaded, terminal)?;
    session.finish(&state);
    Ok(ended)
}

fn list(
    args: &UndoArgs,
    session: &Session<'_>,
    loaded: &Loaded,
    runs: &crate::report::run::kept::UndoRuns,
) -> Result<Exit, CliError> {
    match args.format {
        ScanFormat::Json => session.terminal.result(&json(runs, &loaded.engine(Output::Json)?)?)?,
        ScanFormat::Text => {
            let engine = loaded.engine(Output::Text(session.terminal.style()))?;
            session.terminal.prose(&engine.render("undo-list", runs)?)?;
        }
    }
    Ok(Exit::Done)
}

/// One note that cannot be taken back keeps the whole run: half of it would be nobody's state.
fn refuse(plan: Plan, session: &Session<'_>, loaded: &Loaded) -> Exit {
    let outcome = Outcome { refused: plan.refused, failed: plan.failed, ..Outcome::default() };
    tell(&outcome, session, loaded);
    exit(ScanMode::Write, 0, &outcome)
}

fn write(
    plan: &Plan,
    intents: &[Intent],
    session: &Session<'_>,
    loaded: &Loaded,
    state: &State,
    summary: &mut UndoSummary,
) -> Result<Exit, CliError> {
    let outcome = loaded.writer(state).apply(plan);
    tell(&outcome, session, loaded);
    let same: Vec<_> = plan.unchanged.iter().chain(&outcome.unchanged).collect();
    for intent in intents {
        if let Intent::Restore(restore) = intent
            && same.contains(&&restore.target)
        {
            note_undone(restore, state).map_err(|error| state_trouble(state, &error))?;
        }
    }
    sort(outcome.written.iter().map(|written| (written.target.as_str(), &written.edit)), summary);
    summary.unchanged = same.iter().map(|target| target.as_str().to_owned()).collect();
    let ended = exit(summary.mode, 0, &outcome);
    // The agenda should show at once what was taken back.
    if ended == Exit::Done
        && let Some(Again { made, waiting }) = reports_again(session, Answers::Left, state)?
    {
        summary.waiting = waiting;
        summary.reports = made.written.iter().map(|written| written.target.as_str().to_owned()).collect();
        return Ok(exit(summary.mode, 0, &made));
    }
    Ok(ended)
}

fn sort<'e>(edits: impl Iterator<Item = (&'e str, &'e Edit)>, summary: &mut UndoSummary) {
    for (path, edit) in edits {
        match edit {
            Edit::Restore { new: None, .. } => summary.removed.push(path.to_owned()),
            _ => summary.restored.push(path.to_owned()),
        }
    }
}

fn say(summary: &UndoSummary, loaded: &Loaded, terminal: &Terminal) -> Result<(), CliError> {
    if terminal.verbosity() == Verbosity::Quiet {
        return Ok(());
    }
    let text = loaded.engine(Output::Text(terminal.style()))?.render("undo", summary)?;
    match summary.mode {
        ScanMode::DryRun => terminal.message(&text),
        ScanMode::Write | ScanMode::Check => terminal.prose(&text)?,
    }
    Ok(())
}
