//! `recover`: lists the bytes that writes displaced, and brings one copy back.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::load::Loaded;
use crate::app::refresh::whole;
use crate::app::reports::Output;
use crate::cli::args::Common;
use crate::cli::error::{CliError, Exit};
use crate::cli::kept::{copies, when};
use crate::cli::session::{Session, current_folder, state_trouble};
use crate::cli::term::Terminal;
use crate::disk::{Access, Disk};
use crate::model::diagnostic::Finding;
use crate::model::path::NotePath;
use crate::render::escape;
use crate::render::json::json;
use crate::report::run::ScanMode;
use crate::state::folder::State;
use crate::state::listing::Copy;
use crate::state::record::{EditKind, hash};
use crate::write::diff::unified_of;
use crate::write::intent::{Intent, NewNote, Restore};
use crate::write::plan::Standing;
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

use super::scan::{ScanFormat, coloured, exit, tell};
use super::writing::begin;

/// Arguments of `recover`.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("way").args(["print", "to", "replace"]))]
pub struct RecoverArgs {
    /// The copy to bring back; without it, all are listed. It comes as a new note beside the one it was
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Print the copy
    #[arg(long, requires = "id")]
    pub print: bool,
    /// Write the copy to this file, which must not be there
    #[arg(long, value_name = "FILE", requires = "id")]
    pub to: Option<PathBuf>,
    /// Put the copy in the place of the note; what is there now is kept
    #[arg(long, requires = "id")]
    pub replace: bool,
    /// Show how the copy differs from the note; write nothing
    #[arg(long, requires = "id")]
    pub dry_run: bool,
    /// Form of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, conflicts_with = "id")]
    pub format: ScanFormat,
}

/// Lists the copies, or brings one back.
///
/// # Errors
/// The vault, its settings or our own folder cannot be read; or there is no such copy.
pub fn run(args: &RecoverArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let loaded = session.load()?;
    let state = session.state()?;
    let listing = state.listing().map_err(|error| state_trouble(&state, &error))?;
    let Some(id) = &args.id else {
        let copies = copies(&listing, session.today);
        match args.format {
            ScanFormat::Json => terminal.result(&json(&copies, &loaded.engine(Output::Json)?)?)?,
            ScanFormat::Text => {
                terminal.prose(&loaded.engine(Output::Text(terminal.style()))?.render("recover", &copies)?)?;
            }
        }
        return Ok(Exit::Done);
    };
    let copy = listing.copies.iter().find(|copy| copy.id == *id);
    let copy = copy.ok_or_else(|| Finding::new("recover-unknown", [id]))?;
    let bytes = state.kept_bytes(id).map_err(|error| state_trouble(&state, &error))?;
    if let Some(file) = &args.to {
        return to_file(file, &bytes, &state, terminal);
    }
    let text = String::from_utf8(bytes).map_err(|_| Finding::new("recover-not-text", [id]))?;
    if args.print {
        terminal.result(&escaped(&text))?;
        return Ok(Exit::Done);
    }
    let target = target(copy)?;
    if args.dry_run {
        let now = standing_text(&loaded, &state, &target)?.unwrap_or_default();
        terminal.result(&coloured(&unified_of(target.as_str(), &now, &text), terminal.style()))?;
        return Ok(Exit::Done);
    }
    begin(&session, &loaded, &state);
    let intent = if args.replace {
        replacing(&loaded, &state, target, text)?
    } else {
        beside(&target, copy, text, &session, &loaded)?
    };
    let place = intent.target().as_str().to_owned();
    let writer = loaded.writer(&state);
    let plan = writer.plan(vec![intent]);
    let applied = writer.apply(&plan);
    let outcome = whole(plan, applied);
    tell(&outcome, &session, &loaded);
    let ended = exit(ScanMode::Write, 0, &outcome);
    if ended == Exit::Done {
        terminal.message(&escape::terminal(&format!("{}{place}", session.way)));
    }
    session.finish(&state);
    Ok(ended)
}

/// The note a copy was.
fn target(copy: &Copy) -> Result<TargetPath, CliError> {
    let record = copy.record.as_ref().ok_or_else(|| Finding::new("recover-homeless", [&copy.id]))?;
    // A temporary file that a crash left has a name of ours.
    if record.path.rsplit('/').next().is_some_and(crate::disk::stray::is_ours) {
        return Err(Finding::new("recover-homeless", [&copy.id]).into());
    }
    TargetPath::existing(&NotePath::new(&record.path)).map_err(|refusal| refused(&record.path, &refusal))
}

/// The text that stands at the note now, if it is there.
fn standing_text(loaded: &Loaded, state: &State, target: &TargetPath) -> Result<Option<String>, CliError> {
    match loaded.writer(state).look(target) {
        Ok(Standing::File { bytes, .. }) => {
            String::from_utf8(bytes).map(Some).map_err(|_| refused(target.as_str(), &Refusal::NotUtf8))
        }
        Ok(Standing::Absent) => Ok(None),
        Ok(Standing::Taken { by }) => Err(refused(target.as_str(), &Refusal::Twin { name: by })),
        Ok(Standing::Refused(refusal)) => Err(refused(target.as_str(), &refusal)),
        Err(error) => Err(Finding::new("recover-failed", [target.as_str(), &error.to_string()]).into()),
    }
}

fn replacing(loaded: &Loaded, state: &State, target: TargetPath, text: String) -> Result<Intent, CliError> {
    Ok(match standing_text(loaded, state, &target)? {
        None => Intent::Note(NewNote { target, text }),
        Some(now) => Intent::Restore(Restore {
            target,
            expected: hash(now.as_bytes()),
            text: Some(text),
            kind: EditKind::Recover,
            undoes: Vec::new(),
        }),
    })
}

/// A new note beside the one the copy was, under the name of a conflict copy: so it is listed to be solved, and nobody
/// is a person twice.
fn beside(
    target: &TargetPath,
    copy: &Copy,
    text: String,
    session: &Session<'_>,
    loaded: &Loaded,
) -> Result<Intent, CliError> {
    let path = target.note_path();
    let when = when(copy.at, session.today);
    let word = loaded.options.vocabulary.conflict_copy_word(loaded.language.tag());
    let ending = format!(" ({word} {} {} {}).md", when.date, when.time.replace(':', ""), copy.id);
    let folder = if path.folder().is_empty() { String::new() } else { format!("{}/", path.folder()) };
    let mut stem = path.stem().to_owned();
    while stem.len() + ending.len() > TargetPath::LONGEST {
        stem.pop();
    }
    let name = format!("{folder}{}{ending}", stem.trim_end());
    // The name of the note is one that this disk takes, whatever others forbid.
    let target = TargetPath::existing(&NotePath::new(&name)).map_err(|refusal| refused(&name, &refusal))?;
    Ok(Intent::Note(NewNote { target, text }))
}

/// Writes a copy to a file of the user's choice, never over another.
fn to_file(file: &Path, bytes: &[u8], state: &State, terminal: &Terminal) -> Result<Exit, CliError> {
    let shown = file.display().to_string();
    let path = current_folder()?.join(file);
    let disk: &dyn Disk = state.disk().as_ref();
    let failed = |error: std::io::Error| -> CliError {
        match error.kind() {
            ErrorKind::AlreadyExists => Finding::new("recover-file-exists", [&shown]).into(),
            _ => Finding::new("recover-failed", [&shown, &error.to_string()]).into(),
        }
    };
    let mut new = disk.create(&path, Access::Shared).map_err(failed)?;
    if let Err(error) = new.write_all(bytes).and_then(|()| new.sync()) {
        // Half a file is none; it did not exist before.
        let _ = disk.remove(&path);
        return Err(failed(error));
    }
    terminal.message(&escape::terminal(&shown));
    Ok(Exit::Done)
}

/// Each line made safe for a terminal.
fn escaped(text: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| {
            let content = line.trim_end_matches(['\n', '\r']);
            format!("{}{}", escape::terminal(content), if line.ends_with('\n') { "\n" } else { "" })
        })
        .collect()
}

fn refused(path: &str, refusal: &Refusal) -> CliError {
    CliError::Refused { path: path.to_owned(), finding: refusal.finding() }
}
