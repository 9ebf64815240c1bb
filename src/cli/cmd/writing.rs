//! What the commands that write into notes share: the plan shown or carried out, what came of it told, the reports
//! made again.

use crate::app::load::Loaded;
use crate::app::refresh::{Answers, Passed, whole, whole_of};
use crate::app::reports::Output;
use crate::cli::args::Writing;
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Verbosity;
use crate::render::report_files::ReportFile;
use crate::report::run::{NoteWrite, ScanMode};
use crate::state::folder::State;
use crate::write::apply::Outcome;
use crate::write::intent::Intent;
use crate::write::plan::Standing;
use crate::write::sweep::Started;
use crate::write::target::TargetPath;

use super::scan::{coloured, exit, tell, tell_problems, tell_start};

/// Whether to write, as the options say.
pub(super) fn mode(writing: Writing) -> ScanMode {
    match writing {
        Writing { dry_run: true, .. } => ScanMode::DryRun,
        Writing { check: true, .. } => ScanMode::Check,
        _ => ScanMode::Write,
    }
}

/// Shows, tells or does what `intents` want, and says `summary`; after a write, makes the reports again where there are
/// some, unless they should stay as they are.
///
/// # Errors
/// A template is broken, or the program has no folder of its own.
pub(super) fn carry_out(
    session: &Session<'_>,
    loaded: &Loaded,
    intents: Vec<Intent>,
    summary: &NoteWrite,
    reports: Reports,
) -> Result<Exit, CliError> {
    let state = session.state()?;
    if summary.mode == ScanMode::Write {
        begin(session, loaded, &state);
    }
    let writer = loaded.writer(&state);
    let plan = writer.plan(intents);
    let terminal = session.terminal;
    if summary.mode == ScanMode::DryRun {
        for change in &plan.changes {
            terminal.result(&coloured(&change.diff(), terminal.style()))?;
        }
    }
    let planned = plan.changes.len();
    let applied = match summary.mode {
        ScanMode::Write => writer.apply(&plan),
        ScanMode::DryRun | ScanMode::Check => Outcome::default(),
    };
    let changed = if summary.mode == ScanMode::Write { applied.written.len() } else { planned };
    let outcome = whole(plan, applied);
    tell(&outcome, session, loaded);
    let ended = exit(summary.mode, changed, &outcome);
    if terminal.verbosity() > Verbosity::Quiet && changed > 0 {
        let text = loaded.engine(Output::Text(terminal.style()))?.render("wrote", summary)?;
        match summary.mode {
            ScanMode::DryRun => terminal.message(&text),
            ScanMode::Write | ScanMode::Check => terminal.prose(&text)?,
        }
    }
    if summary.mode == ScanMode::Write && changed > 0 && reports == Reports::Fresh {
        refresh(session, loaded, &state)?;
    }
    if summary.mode == ScanMode::Write {
        session.finish(&state);
    }
    Ok(ended)
}

/// What every run that writes begins with; `scan` and `watch` do it on their way.
pub(super) fn begin(session: &Session<'_>, loaded: &Loaded, state: &State) {
    tell_start(&loaded.writer(state).start(&loaded.strays), session, loaded);
}

/// Reads the vault anew after a write into its notes, makes the reports again, as another run, and says what came of
/// it; nothing if the vault is suddenly empty.
///
/// # Errors
/// The vault cannot be listed, or a template is broken.
pub(super) fn reports_again(session: &Session<'_>, answers: Answers, state: &State) -> Result<Option<Again>, CliError> {
    let Some(mut vault) = session.vault_again()? else { return Ok(None) };
    let Passed { loaded, started, notes, reports, problems, waiting, .. } =
        vault.pass_with(answers, session.now(), session.today, &state.next_run())?;
    // What could not be looked after was told when the run began.
    tell_start(&Started { failed: Vec::new(), ..started }, session, &loaded);
    tell_problems(&problems, session);
    let made = whole_of(notes, reports);
    tell(&made, session, &loaded);
    Ok(Some(Again { made, waiting }))
}

/// What came of making the reports again.
pub(super) struct Again {
    /// The files.
    pub(super) made: Outcome,
    /// How many answers were left in the agenda.
    pub(super) waiting: usize,
}

/// Whether the reports are made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reports {
    /// They are.
    Fresh,
    /// They stay as they are.
    Left,
}

/// Makes the reports again, in a vault that has them: one line in a note is no wish for a folder of reports.
fn refresh(session: &Session<'_>, loaded: &Loaded, state: &State) -> Result<(), CliError> {
    let has_agenda = TargetPath::new(&loaded.report_path(ReportFile::Agenda, session.today))
        .is_ok_and(|target| matches!(loaded.writer(state).look(&target), Ok(Standing::File { .. })));
    if has_agenda {
        reports_again(session, Answers::CarriedOut, state)?;
    }
    Ok(())
}
