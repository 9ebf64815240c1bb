//! `init`: looks at the vault, says what was understood, and leaves commented settings.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use crate::app::load::Loaded;
use crate::app::reports::Output;
use crate::cli::args::Common;
use crate::cli::config::commented;
use crate::cli::config_files::{CONFIG_PLACES, Made, create_config, existing_config};
use crate::cli::error::{CliError, Exit, git_trouble};
use crate::cli::git_files::{add_lines, create_hook, existing_hook, hook_line, hook_text, missing_lines};
use crate::cli::here::way_from;
use crate::cli::session::{Session, current_folder, git_environment};
use crate::cli::term::Terminal;
use crate::index::record::CadenceRule;
use crate::model::language::Language;
use crate::model::note::NoteKind;
use crate::model::obsidian::PeriodKind;
use crate::report::run::{ConfigFate, Counted, DailyNotes, GitLines, GitSummary, InitSummary};
use crate::vault::git::Git;
use crate::write::diff::unified_of;

use super::scan::coloured;

/// Arguments of `init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// The vault; without it, the one around the current folder
    #[arg(value_name = "VAULT")]
    pub folder: Option<PathBuf>,
    /// Only look; write nothing
    #[arg(long, conflicts_with = "check")]
    pub dry_run: bool,
    /// Only look; exit with 1 if settings would be written
    #[arg(long)]
    pub check: bool,
    /// Have git check the notes of each commit, and tell it which files are made: a hook, and lines in two files
    #[arg(long)]
    pub git: bool,
}

/// How many names and folders are shown.
const SHOWN: usize = 8;

/// Reads the vault, leaves its settings unless there are some, and says what it saw.
///
/// # Errors
/// The vault or its settings cannot be read, or the settings cannot be written.
pub fn run(args: &InitArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, args.folder.as_deref(), terminal)?;
    let loaded = session.load()?;
    let (config, fate) = match existing_config(&loaded.root) {
        Some(place) => (place, ConfigFate::Kept),
        None if args.dry_run || args.check => (CONFIG_PLACES[0], ConfigFate::Planned),
        None => match create_config(&loaded.root, &settings_text(loaded.language))? {
            Made::New => (CONFIG_PLACES[0], ConfigFate::Made),
            Made::Kept => (CONFIG_PLACES[0], ConfigFate::Kept),
        },
    };
    let git = if args.git { Some(for_git(args, &loaded, &session)?) } else { None };
    let adds = git.as_ref().is_some_and(|git| git.hook_fate == ConfigFate::Planned || !git.added.is_empty());
    let exit = if args.check && (fate == ConfigFate::Planned || adds) { Exit::Findings } else { Exit::Done };
    let summary = InitSummary { git, ..summary(&loaded, &session, config, fate) };
    terminal.prose(&loaded.engine(Output::Text(terminal.style()))?.render("init", &summary)?)?;
    Ok(exit)
}

/// Leaves the hook and the lines, or shows what they would be.
fn for_git(args: &InitArgs, loaded: &Loaded, session: &Session<'_>) -> Result<GitSummary, CliError> {
    let here = current_folder()?;
    let git = Git::new(&loaded.root, git_environment(&here));
    let prefix = git.prefix().map_err(|error| git_trouble(&error, &loaded.root))?;
    let hook = git.hooks().map_err(|error| git_trouble(&error, &loaded.root))?.join("pre-commit");
    let shown = format!("{}pre-commit", way_from(&here, hook.parent().unwrap_or(&hook)));
    let added = missing_lines(&loaded.root, &loaded.options.reports)?;
    let (text, line) = (hook_text(&prefix), hook_line(&prefix));
    let old = existing_hook(&hook);
    let writes = !args.dry_run && !args.check;
    let (hook_fate, line) = match old {
        Some(old) => (ConfigFate::Kept, (!old.contains("vault-scan check --staged")).then_some(line)),
        None if writes => create_hook(&hook, &text).map(|()| (ConfigFate::Made, None))?,
        None => (ConfigFate::Planned, None),
    };
    if writes {
        for one in &added {
            add_lines(&loaded.root, one)?;
        }
    }
    if args.dry_run {
        let style = session.terminal.style();
        if hook_fate == ConfigFate::Planned {
            session.terminal.result(&coloured(&unified_of(&shown, "", &text), style))?;
        }
        for one in &added {
            session.terminal.result(&coloured(&unified_of(one.file, &one.old, &one.new), style))?;
        }
    }
    let added =
        added.into_iter().map(|one| GitLines { file: format!("{}{}", session.way, one.file), lines: one.lines });
    Ok(GitSummary { hook: shown, hook_fate, line, planned: !writes, added: added.collect() })
}

/// The commented file with every setting commented out too; its tables stay, so that one line can be uncommented alone.
fn settings_text(language: Language) -> String {
    let mut out = String::new();
    for line in commented(language).lines() {
        if !line.is_empty() && !line.starts_with(['#', '[']) {
            out.push('#');
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn summary(loaded: &Loaded, session: &Session<'_>, config: &'static str, fate: ConfigFate) -> InitSummary {
    let index = &loaded.index;
    let problems = loaded.problems(session.today);
    let count = |kind: NoteKind| index.counts.kinds.get(&kind).copied().unwrap_or_default();
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rules: BTreeMap<CadenceRule, usize> = BTreeMap::new();
    for record in &index.people {
        *folders.entry(record.path.folder()).or_default() += 1;
        *rules.entry(record.cadence.rule).or_default() += 1;
    }
    let mut folders = counted(folders);
    folders.sort_by_key(|folder| std::cmp::Reverse(folder.count));
    let kinds = KINDS.iter().map(|(kind, name)| Counted { name: (*name).to_owned(), count: count(*kind) });
    let daily = loaded.obsidian.periodic_of(PeriodKind::Day).into_iter().next();
    InitSummary {
        language: session.options.language.is_none().then_some(loaded.language.tag()),
        notes: problems.notes,
        kinds: kinds.filter(|kind| kind.count > 0).collect(),
        people: index.people.len(),
        examples: index.people.iter().take(SHOWN).map(|record| record.person.name.to_string()).collect(),
        more_folders: folders.len().saturating_sub(SHOWN),
        folders: folders.into_iter().take(SHOWN).collect(),
        owner: index.owner.as_ref().map(|owner| owner.path.to_string()),
        daily: daily.map(|daily| DailyNotes {
            folder: daily.folder,
            format: daily.format,
            notes: count(NoteKind::Daily),
        }),
        blocks: problems.front_matter.blocks,
        whole_blocks: problems.front_matter.whole,
        partial_blocks: problems.front_matter.partial,
        unread_blocks: problems.front_matter.unread,
        cadence_rules: rules.into_iter().map(|(rule, count)| Counted { name: rule.name().to_owned(), count }).collect(),
        reports: loaded.options.reports.clone(),
        config: format!("{}{config}", session.way),
        fate,
        git: None,
    }
}

fn counted(counts: BTreeMap<&str, usize>) -> Vec<Counted> {
    counts.into_iter().map(|(name, count)| Counted { name: name.to_owned(), count }).collect()
}

/// Kinds of note in the order they are told.
const KINDS: [(NoteKind, &str); 11] = [
    (NoteKind::Person, "person"),
    (NoteKind::Owner, "owner"),
    (NoteKind::Meeting, "meeting"),
    (NoteKind::Event, "event"),
    (NoteKind::Daily, "daily"),
    (NoteKind::Periodic, "periodic"),
    (NoteKind::Dated, "dated"),
    (NoteKind::Other, "other"),
    (NoteKind::Template, "template"),
    (NoteKind::ConflictCopy, "conflict-copy"),
    (NoteKind::Damaged, "damaged"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::{ConfigFile, read};

    #[test]
    fn the_settings_that_are_left_say_nothing_until_a_line_is_uncommented() {
        for language in Language::ALL {
            let text = settings_text(language);
            assert_eq!(read(&text), (ConfigFile::default(), Vec::new()));
            let uncommented = text.replace("#max_per_day", "max_per_day").replace("#qixi", "qixi");
            let (file, faults) = read(&uncommented);
            assert!(faults.is_empty(), "{faults:?}");
            assert_eq!((file.max_per_day, file.festivals.len()), (Some(5), 1));
        }
    }

    #[test]
    fn every_example_in_the_settings_is_sound() {
        for language in Language::ALL {
            let example = |line: &str| line.starts_with('#') && !line.starts_with("# ") && line.contains(" = ");
            let lines = settings_text(language);
            let text: Vec<&str> =
                lines.lines().map(|line| if example(line) { line.trim_start_matches('#') } else { line }).collect();
            let (file, mut faults) = read(&text.join("\n"));
            faults.extend(crate::cli::settings::resolve(&file, BTreeMap::new()).faults);
            assert!(faults.is_empty(), "{faults:?}");
            assert!(!file.words.is_empty() && file.language.is_some());
        }
    }
}
