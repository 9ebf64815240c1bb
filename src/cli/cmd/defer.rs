//! `snooze NAME DATE` and `skip NAME`: a reminder put off, as a line of the log.

use clap::Args;

use crate::app::entry::Mark;
use crate::app::load::Loaded;
use crate::app::typed_entry::typed_day_ahead;
use crate::cli::args::{Common, Writing};
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;
use crate::model::diagnostic::Finding;
use crate::report::run::{NoteDeed, NoteWrite};

use super::find::person;
use super::writing::{Reports, carry_out, mode};

/// Arguments of `snooze`.
#[derive(Args, Debug)]
pub struct SnoozeArgs {
    /// Name, alias, pinyin or initials; one of several words needs quotes
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The last day without a reminder: 2026-12-01, 下周五, in 2 weeks
    #[arg(value_name = "DATE", required = true, num_args = 1..)]
    pub date: Vec<String>,
    /// Leave the reports as they are
    #[arg(long)]
    pub no_reports: bool,
    /// Whether to write.
    #[command(flatten)]
    pub writing: Writing,
}

/// Arguments of `skip`.
#[derive(Args, Debug)]
pub struct SkipArgs {
    /// Name, alias, pinyin or initials; several words are one name
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    pub name: Vec<String>,
    /// Leave the reports as they are
    #[arg(long)]
    pub no_reports: bool,
    /// Whether to write.
    #[command(flatten)]
    pub writing: Writing,
}

/// Logs a snooze through a day that lies ahead.
///
/// # Errors
/// As `log`; a day that does not lie ahead.
pub fn snooze(args: &SnoozeArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    // Read first, so that what is wrong with the date is said in the language of the vault.
    let loaded = session.load()?;
    let until = typed_day_ahead(&args.date, session.today)?;
    if until < session.today.0 {
        return Err(Finding::new("snooze-past", [&until.to_string()]).into());
    }
    let mark = Mark::Snooze { until, of: None };
    put_off(&session, &loaded, std::slice::from_ref(&args.name), mark, args.writing, reports(args.no_reports))
}

/// Logs a skip of today.
///
/// # Errors
/// As `log`.
pub fn skip(args: &SkipArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let loaded = session.load()?;
    put_off(&session, &loaded, &args.name, Mark::Skip(None), args.writing, reports(args.no_reports))
}

fn put_off(
    session: &Session<'_>,
    loaded: &Loaded,
    name: &[String],
    mark: Mark,
    writing: Writing,
    reports: Reports,
) -> Result<Exit, CliError> {
    let id = person(loaded, name)?;
    let Some(record) = loaded.index.person(id) else {
        return Err(Finding::new("person-unknown", [&name.join(" ")]).into());
    };
    let intent = loaded.log_intent(record, vec![loaded.mark_line(record, session.today.0, mark)]);
    let intent =
        intent.map_err(|refusal| CliError::Refused { path: record.path.to_string(), finding: refusal.finding() })?;
    let (deed, date) = match mark {
        Mark::Snooze { until, .. } => (NoteDeed::Snooze, until),
        Mark::Skip(_) | Mark::Thanked => (NoteDeed::Skip, session.today.0),
    };
    let summary = NoteWrite::new(self::mode(writing), deed, vec![record.person.name.to_string()], date);
    carry_out(session, loaded, vec![intent], &summary, reports)
}

fn reports(left: bool) -> Reports {
    if left { Reports::Left } else { Reports::Fresh }
}
