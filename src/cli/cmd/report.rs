//! `agenda`, `stale` and `report NAME`: one report on standard output.

use clap::Args;

use crate::app::reports::Output;
use crate::cli::args::{Common, Format};
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;
use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::render::report_files::ReportFile;

/// Arguments of `agenda`.
#[derive(Args, Debug)]
pub struct AgendaArgs {
    /// How many days ahead to look; without it, as the settings say
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=3660))]
    pub days: Option<u32>,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `stale`.
#[derive(Args, Debug)]
pub struct StaleArgs {
    /// Form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// agenda (日程), stale (久未联系), plan (年度计划), ledger (往来账), network (人脉网), endorsers (背书人), information
    /// (信息), year (年度回顾), last-year (去年回顾), people (人物一览) or problems (笔记问题)
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// Prints the agenda.
///
/// # Errors
/// The vault or its settings cannot be read, or a template is broken.
pub fn agenda(args: &AgendaArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let mut session = Session::open(common, None, terminal)?;
    session.options.agenda.days = args.days.unwrap_or(session.options.agenda.days);
    print(&session, ReportFile::Agenda, args.format)
}

/// Prints the stale-contact report.
///
/// # Errors
/// As for the agenda.
pub fn stale(args: &StaleArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    print(&Session::open(common, None, terminal)?, ReportFile::Stale, args.format)
}

/// Prints the report of a name.
///
/// # Errors
/// As for the agenda; or there is no such report.
pub fn named(args: &ReportArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let report = report_of(&args.name).ok_or_else(|| Finding::new("report-unknown", [&args.name]))?;
    print(&session, report, args.format)
}

fn print(session: &Session<'_>, report: ReportFile, format: Format) -> Result<Exit, CliError> {
    let loaded = session.load()?;
    let terminal = session.terminal;
    print_as(format, &loaded.report(report, output(format, terminal), session.today)?, terminal)?;
    Ok(Exit::Done)
}

/// Prints what was made in a form: text for people may be broken to fit, all else is exact.
pub(super) fn print_as(format: Format, text: &str, terminal: &Terminal) -> Result<(), CliError> {
    match format {
        Format::Text => terminal.prose(text),
        Format::Markdown | Format::Json => terminal.result(text),
    }
}

/// The form of output that an option asks for.
pub(super) fn output(format: Format, terminal: &Terminal) -> Output {
    match format {
        Format::Text => Output::Text(terminal.style()),
        Format::Markdown => Output::Markdown,
        Format::Json => Output::Json,
    }
}

/// The report whose name, or whose title in either language, is `text`.
fn report_of(text: &str) -> Option<ReportFile> {
    let wanted = fold(text);
    let titled = |file: ReportFile| Language::ALL.into_iter().any(|language| fold(file.title(language)) == wanted);
    ReportFile::from_name(&wanted).or_else(|| ReportFile::ALL.into_iter().find(|file| titled(*file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_its_names_in_both_languages() {
        for (text, expected) in [
            ("agenda", Some(ReportFile::Agenda)),
            ("日程", Some(ReportFile::Agenda)),
            ("Stale", Some(ReportFile::Stale)),
            ("stale contacts", Some(ReportFile::Stale)),
            ("久未联系", Some(ReportFile::Stale)),
            ("people", Some(ReportFile::People)),
            ("人物一览", Some(ReportFile::People)),
            ("Problems", Some(ReportFile::Problems)),
            ("笔记问题", Some(ReportFile::Problems)),
            ("联系", None),
            ("e", None),
            ("", None),
            ("ledger", Some(ReportFile::Ledger)),
            ("年度回顾", Some(ReportFile::Year)),
        ] {
            assert_eq!(report_of(text), expected, "{text}");
        }
    }
}
