//! `scan`: reads the vault and writes its reports.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::load::Loaded;
use crate::app::refresh::{Passed, whole, whole_of};
use crate::app::reports::Output;
use crate::app::vault::Vault;
use crate::cli::args::{Common, Writing};
use crate::cli::error::{CliError, Exit};
use crate::cli::session::{Missing, Session, trouble};
use crate::cli::term::{Terminal, Verbosity, unplaced};
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::path::NotePath;
use crate::parse::ticks::without_names;
use crate::render::escape;
use crate::render::json::json;
use crate::render::style::Style;
use crate::report::problems::Problem;
use crate::report::run::{Noted, ScanDocument, ScanMode, ScanSummary, Severities};
use crate::state::folder::State;
use crate::write::apply::Outcome;
use crate::write::plan::{Change, Edit};
use crate::write::refusal::Refusal;
use crate::write::sweep::Started;
use crate::write::target::TargetPath;

/// How the agenda is answered, for the help of the commands that read it.
pub(super) const ANSWERS: &str = "Answers in Reports/Agenda.md, given in any editor:
  [x]  done: logged in the person's note, or ticked where the task stands
  [-]  not this time
  [>]  put off: `[>] 2026-12-01`, `[>] next monday`, `[>] 下周一`
Lines indented below an item are the text of the entry: `lunch: her new job #got/info`.
`vault-scan undo` takes back what was written.";

/// Arguments of `scan`.
#[derive(Args, Debug, Default)]
#[command(after_help = ANSWERS)]
pub struct ScanArgs {
    /// The vault; without it, the one around the current folder
    #[arg(value_name = "VAULT")]
    pub folder: Option<PathBuf>,
    /// Whether to write.
    #[command(flatten)]
    pub writing: Writing,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: ScanFormat,
    /// Go on though half of the notes or more are missing since the last scan: I removed them
    #[arg(long)]
    pub allow_missing: bool,
}

/// The form in which a scan says what it did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ScanFormat {
    /// For reading in a terminal
    #[default]
    Text,
    /// For scripts
    Json,
}

impl ScanArgs {
    /// The arguments, with options that stood before the command.
    pub fn or(&self, before: Writing) -> ScanArgs {
        let writing =
            Writing { dry_run: self.writing.dry_run || before.dry_run, check: self.writing.check || before.check };
        ScanArgs { folder: self.folder.clone(), writing, ..*self }
    }

    fn mode(&self) -> ScanMode {
        match self.writing {
            Writing { dry_run: true, .. } => ScanMode::DryRun,
            Writing { check: true, .. } => ScanMode::Check,
            _ => ScanMode::Write,
        }
    }
}

/// Reads, plans and, unless told not to, writes; then says in short what came of it.
///
/// # Errors
/// The vault or its settings cannot be read, or a template is broken.
pub fn run(args: &ScanArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, args.folder.as_deref(), terminal)?;
    let missing = if args.allow_missing { Missing::IsRight } else { Missing::Stops };
    let mut vault = session.vault_to_write(missing)?;
    let state = session.state()?;
    let (loaded, done) = match args.mode() {
        ScanMode::Write => write(&session, vault, &state)?,
        mode => {
            let loaded = vault.loaded();
            let done = rehearse(&session, &loaded, &state)?;
            if mode == ScanMode::DryRun && args.format == ScanFormat::Text {
                for diff in &done.diffs {
                    terminal.result(&coloured(diff, terminal.style()))?;
                }
            }
            (loaded, done)
        }
    };
    tell_problems(&done.problems, &session);
    tell(&done.outcome, &session, &loaded);
    let summary = summary(&loaded, &session, args, &done);
    match args.format {
        ScanFormat::Text => say(&summary, &loaded, terminal)?,
        ScanFormat::Json => {
            let document = ScanDocument::new(&summary, session.today);
            terminal.result(&json(&document, &loaded.engine(Output::Json)?)?)?;
        }
    }
    if args.mode() == ScanMode::Write {
        session.finish(&state);
    }
    Ok(exit(args.mode(), done.changed.len() + done.removed.len(), &done.outcome))
}

/// Path and lines moved of a changed file.
type Changed = Vec<(String, usize)>;

/// What a run did, or would do.
#[derive(Default)]
struct Done {
    changed: Changed,
    /// Briefs taken away.
    removed: Vec<String>,
    outcome: Outcome,
    /// What was amiss with answers in the agenda.
    problems: Vec<Diagnostic>,
    /// What the answers put into notes.
    answers: Vec<Noted>,
    /// The changes as diffs, in a rehearsal.
    diffs: Vec<String>,
}

/// Carries the agenda's answers into the notes, and writes the reports.
fn write(session: &Session<'_>, mut vault: Vault, state: &State) -> Result<(Loaded, Done), CliError> {
    let Passed { loaded, started, notes, reports, problems, .. } = vault.pass(session.now(), session.today, state)?;
    tell_start(&started, session, &loaded);
    let answers = noted(notes.written.iter().map(|written| (&written.target, &written.edit)));
    let mut changed: Changed = written(&notes).into_iter().chain(written(&reports)).collect();
    merge_changed(&mut changed);
    let removed = removed(reports.written.iter().map(|written| (&written.target, &written.edit)));
    Ok((loaded, Done { changed, removed, outcome: whole_of(notes, reports), problems, answers, diffs: Vec::new() }))
}

/// What writing would change. Answers that wait to be carried out stay in the agenda.
fn rehearse(session: &Session<'_>, loaded: &Loaded, state: &State) -> Result<Done, CliError> {
    let answering = loaded.answering(session.today, state);
    let plan = loaded.plan(session.today, &answering.waiting(), state)?;
    let mut done = Done { problems: answering.problems().to_vec(), ..Done::default() };
    done.answers = noted(answering.plan.changes.iter().map(|change| (change.intent.target(), &change.edit)));
    for change in answering.plan.changes.iter().chain(&plan.changes) {
        done.diffs.push(change.diff());
    }
    done.changed = planned(&answering.plan.changes).into_iter().chain(planned(&plan.changes)).collect();
    merge_changed(&mut done.changed);
    done.removed = removed(plan.changes.iter().map(|change| (change.intent.target(), &change.edit)));
    let notes = whole(answering.plan, Outcome::default());
    done.outcome = whole_of(Outcome { unchanged: Vec::new(), ..notes }, whole(plan, Outcome::default()));
    Ok(done)
}

fn planned(changes: &[Change]) -> Changed {
    let changes = changes.iter().filter(|change| !matches!(change.edit, Edit::Remove { .. }));
    changes.map(|change| (change.intent.target().as_str().to_owned(), moved(&change.edit))).collect()
}

fn written(outcome: &Outcome) -> Changed {
    let written = outcome.written.iter().filter(|done| !matches!(done.edit, Edit::Remove { .. }));
    written.map(|done| (done.target.as_str().to_owned(), moved(&done.edit))).collect()
}

/// The briefs that are taken away.
fn removed<'e>(edits: impl Iterator<Item = (&'e TargetPath, &'e Edit)>) -> Vec<String> {
    edits
        .filter(|(_, edit)| matches!(edit, Edit::Remove { .. }))
        .map(|(target, _)| target.as_str().to_owned())
        .collect()
}

/// What edits put into notes, each note once; headings and blank lines are left out.
fn noted<'e>(edits: impl Iterator<Item = (&'e TargetPath, &'e Edit)>) -> Vec<Noted> {
    let mut answers: Vec<Noted> = Vec::new();
    for (target, edit) in edits {
        let (Edit::Append(splice) | Edit::Tick(splice)) = edit else { continue };
        let lines = splice.fresh_lines().into_iter().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let lines = lines.map(|line| without_names(line).trim_end().to_owned());
        match answers.iter_mut().find(|known| known.path == target.as_str()) {
            Some(known) => known.lines.extend(lines),
            None => answers.push(Noted { path: target.as_str().to_owned(), lines: lines.collect() }),
        }
    }
    answers
}

/// Each file once, where it was first changed.
fn merge_changed(changed: &mut Changed) {
    let mut merged: Changed = Vec::with_capacity(changed.len());
    let mut places = HashMap::new();
    for (path, lines) in changed.drain(..) {
        let place = *places.entry(path.clone()).or_insert(merged.len());
        match merged.get_mut(place) {
            Some((_, sum)) => *sum += lines,
            None => merged.push((path, lines)),
        }
    }
    *changed = merged;
}

fn moved(edit: &Edit) -> usize {
    match edit {
        Edit::Create { .. } | Edit::Append(_) | Edit::Tick(_) | Edit::Remove { .. } | Edit::Restore { .. } => 0,
        Edit::Replace { moved_lines, .. } => *moved_lines,
    }
}

/// Says what was amiss with answers in the agenda.
pub(super) fn tell_problems(problems: &[Diagnostic], session: &Session<'_>) {
    let placed = problems.iter().cloned().map(|mut problem| {
        problem.path = NotePath::new(&format!("{}{}", session.way, problem.path));
        problem
    });
    session.terminal.findings(&placed.collect::<Vec<_>>());
}

/// Says what was left over from earlier runs.
pub(super) fn tell_start(started: &Started, session: &Session<'_>, loaded: &Loaded) {
    left_over(started, session, loaded).iter().for_each(|problem| session.terminal.problem(problem));
}

/// Names every file that was refused or failed, with the reason.
pub(super) fn tell(outcome: &Outcome, session: &Session<'_>, loaded: &Loaded) {
    let about = |path: &str, finding: &Finding| -> Problem {
        Problem { severity: "error", ..placed_at(path, finding, session, loaded) }
    };
    let mut git_is_told = false;
    for (target, refusal) in &outcome.refused {
        // What git does holds up every file, and is said once.
        if matches!(refusal, Refusal::GitAtWork { .. }) && std::mem::replace(&mut git_is_told, true) {
            continue;
        }
        session.terminal.problem(&about(target.as_str(), &refusal.finding()));
    }
    for (target, error) in &outcome.failed {
        session.terminal.problem(&about(target.as_str(), &Finding::new("write-failed", [&error.to_string()])));
    }
    for (target, remark) in &outcome.remarks {
        session.terminal.problem(&placed_at(target.as_str(), &remark.finding(), session, loaded));
    }
}

/// What was left over from earlier runs.
pub(super) fn left_over(started: &Started, session: &Session<'_>, loaded: &Loaded) -> Vec<Problem> {
    let late = started
        .saved_late
        .iter()
        .map(|record| placed_at(&record.path, &Finding::new("state-saved-late", [&record.id]), session, loaded));
    let failed = started.failed.iter().map(|(path, error)| match path.strip_prefix(&session.root) {
        Ok(inside) => {
            let finding = Finding::new("write-leftover", [&error.to_string()]);
            placed_at(&inside.to_string_lossy(), &finding, session, loaded)
        }
        Err(_) => unplaced(&trouble(path, error), "", loaded.language),
    });
    late.chain(failed).collect()
}

/// A finding about a whole file of the vault.
fn placed_at(path: &str, finding: &Finding, session: &Session<'_>, loaded: &Loaded) -> Problem {
    unplaced(finding, &format!("{}{path}", session.way), loaded.language)
}

fn summary(loaded: &Loaded, session: &Session<'_>, args: &ScanArgs, done: &Done) -> ScanSummary {
    let Done { changed, removed, outcome, answers, .. } = done;
    let all = outcome.unchanged.iter().map(|target| target.as_str().to_owned()).collect();
    let problems = loaded.problems(session.today);
    let verbose = args.format == ScanFormat::Json || session.terminal.verbosity() == Verbosity::Verbose;
    ScanSummary {
        mode: args.mode(),
        notes: problems.notes,
        people: loaded.index.people.len(),
        answers: answers.clone(),
        changed: changed.iter().map(|(path, _)| path.clone()).collect(),
        removed: removed.clone(),
        moved_lines: changed.iter().map(|(_, lines)| lines).sum(),
        unchanged: outcome.unchanged.len(),
        unchanged_files: if verbose { all } else { Vec::new() },
        refused: outcome.refused.len(),
        failed: outcome.failed.len(),
        problems: Severities::count(problems.diagnostics.iter().map(|problem| problem.severity)),
    }
}

/// A diff is the result of a dry run, so its summary goes beside it.
fn say(summary: &ScanSummary, loaded: &Loaded, terminal: &Terminal) -> Result<(), CliError> {
    if terminal.verbosity() == Verbosity::Quiet {
        return Ok(());
    }
    let text = loaded.engine(Output::Text(terminal.style()))?.render("scan", summary)?;
    match summary.mode {
        ScanMode::DryRun => terminal.message(&text),
        ScanMode::Write | ScanMode::Check => terminal.prose(&text)?,
    }
    Ok(())
}

pub(super) fn exit(mode: ScanMode, changed: usize, outcome: &Outcome) -> Exit {
    if !outcome.failed.is_empty() {
        Exit::Failed
    } else if !outcome.refused.is_empty() {
        Exit::Refused
    } else if mode == ScanMode::Check && changed > 0 {
        Exit::Findings
    } else {
        Exit::Done
    }
}

/// A diff for a terminal, line by line.
pub(super) fn coloured(diff: &str, style: Style) -> String {
    let mut out = String::with_capacity(diff.len());
    for line in diff.lines() {
        let shown = escape::terminal(line);
        out.push_str(&match line.as_bytes().first() {
            Some(b'+') => style.strong(&shown),
            Some(b'-') => style.warn(&shown),
            Some(b'@') => style.dim(&shown),
            _ => shown,
        });
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::write::plan::Plan;
    use crate::write::target::TargetPath;

    #[test]
    fn a_failure_outranks_a_refusal_which_outranks_a_change() {
        let target = || TargetPath::new("A.md").unwrap();
        let refused = || vec![(target(), Refusal::Foreign)];
        let failed = || vec![(target(), io::Error::other("disk"))];
        assert_eq!(exit(ScanMode::Write, 1, &Outcome::default()), Exit::Done);
        assert_eq!(exit(ScanMode::DryRun, 1, &Outcome::default()), Exit::Done);
        assert_eq!(exit(ScanMode::Check, 0, &Outcome::default()), Exit::Done);
        assert_eq!(exit(ScanMode::Check, 1, &Outcome::default()), Exit::Findings);
        assert_eq!(exit(ScanMode::Check, 1, &Outcome { refused: refused(), ..Outcome::default() }), Exit::Refused);
        let both = Outcome { refused: refused(), failed: failed(), ..Outcome::default() };
        assert_eq!(exit(ScanMode::Write, 1, &both), Exit::Failed);
    }

    #[test]
    fn what_the_plan_left_out_is_told_with_what_was_tried() {
        let target = |name: &str| TargetPath::new(name).unwrap();
        let plan = Plan {
            unchanged: vec![target("A.md")],
            refused: vec![(target("B.md"), Refusal::Foreign)],
            ..Plan::default()
        };
        let applied = Outcome { refused: vec![(target("C.md"), Refusal::ReadOnly)], ..Outcome::default() };
        let whole = whole(plan, applied);
        assert_eq!(whole.unchanged, [target("A.md")]);
        assert_eq!(whole.refused.iter().map(|(target, _)| target.as_str()).collect::<Vec<_>>(), ["B.md", "C.md"]);
    }

    #[test]
    fn a_diff_shows_no_control_and_keeps_its_lines() {
        assert_eq!(coloured("--- a\n+b\u{1b}[2J\n c\n", Style::Plain), "--- a\n+b\\u{1b}[2J\n c\n");
        assert!(coloured("+b\n", Style::Colour).contains("\u{1b}["));
    }
}
