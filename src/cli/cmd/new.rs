//! `new NAME`: a note for someone new.

use clap::Args;

use crate::app::new_note::NewPerson;
use crate::cli::args::{Common, Writing};
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::{Terminal, unplaced};
use crate::index::names::sounding_like;
use crate::model::diagnostic::Finding;
use crate::model::language::language_of;
use crate::report::run::{NoteDeed, NoteWrite};
use crate::write::intent::Intent;

use super::writing::{Reports, carry_out, mode};

/// Arguments of `new`.
#[derive(Args, Debug)]
pub struct NewArgs {
    /// The name; several words are one name
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    pub name: Vec<String>,
    /// Where they work
    #[arg(long, value_name = "TEXT")]
    pub company: Option<String>,
    /// What they do there
    #[arg(long, value_name = "TEXT")]
    pub role: Option<String>,
    /// What they are to you: friend, 同事, career-mentor …
    #[arg(long, value_name = "TEXT")]
    pub relationship: Option<String>,
    /// How often to keep in touch: 3mo, 每月一次 …
    #[arg(long, value_name = "TEXT")]
    pub cadence: Option<String>,
    /// Folder of the note, from the vault root; without it, the one with most people
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<String>,
    /// Leave the reports as they are
    #[arg(long)]
    pub no_reports: bool,
    /// Whether to write.
    #[command(flatten)]
    pub writing: Writing,
}

/// Creates the note.
///
/// # Errors
/// The vault or its settings cannot be read, a cadence that is none, or a name that is taken or cannot be a file's.
pub fn run(args: &NewArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let mut loaded = session.load()?;
    let name = args.name.join(" ").trim().to_owned();
    // A vault with nobody in it has no language yet: the first name gives it one.
    if loaded.options.language.is_none()
        && loaded.index.people.is_empty()
        && let Some(language) = language_of(&name)
    {
        loaded.language = language;
        terminal.speak(language);
    }
    if let Some(record) = loaded.namesake(&name) {
        let finding = Finding::new("person-exists", [&name, record.path.as_str()]);
        return Err(CliError::Refused { path: record.path.to_string(), finding });
    }
    for record in sounding_like(&loaded.index, &name).into_iter().filter_map(|id| loaded.index.person(id)) {
        let finding = Finding::new("person-sounds-alike", [&name, record.path.as_str()]);
        terminal.problem(&unplaced(&finding, "", loaded.language));
    }
    if let Some(cadence) = &args.cadence {
        loaded.read_cadence(cadence)?;
    }
    let given = [
        ("company", &args.company),
        ("role", &args.role),
        ("relationship", &args.relationship),
        ("cadence", &args.cadence),
    ];
    let fields = given.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect();
    let state = session.state()?;
    let template = loaded.person_template(state.disk().as_ref());
    if let Some(script) = template.as_ref().filter(|template| template.has_script()) {
        let finding = Finding::new("template-script-not-run", [&script.path]);
        terminal.problem(&unplaced(&finding, "", loaded.language));
    }
    let template = template.filter(|template| !template.has_script());
    let person = NewPerson { name: name.clone(), folder: args.folder.clone(), fields };
    let note = loaded
        .new_note(&person, template.as_ref(), session.today.0)
        .map_err(|refusal| CliError::Refused { path: name.clone(), finding: refusal.finding() })?;
    let summary = NoteWrite {
        path: note.target.as_str().to_owned(),
        ..NoteWrite::new(mode(args.writing), NoteDeed::New, vec![name], session.today.0)
    };
    let reports = if args.no_reports { Reports::Left } else { Reports::Fresh };
    carry_out(&session, &loaded, vec![Intent::Note(note)], &summary, reports)
}
