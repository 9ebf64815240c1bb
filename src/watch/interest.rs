//! Which events matter. What is a note, the one filter says that the walk uses too.

use std::path::{Path, PathBuf};

use crate::vault::filter::{Filter, is_markdown, is_temporary};
use crate::vault::settings_stamps::is_settings;

use super::event::Event;

/// What an event calls for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Nothing.
    None,
    /// A look at this file.
    File(PathBuf),
    /// A walk: a folder came, went or has another name.
    Walk,
    /// A look at the settings.
    Settings,
    /// The end of native events.
    Limit,
    /// The end of the program.
    Stop,
}

/// What events are judged by.
#[derive(Clone, Copy)]
pub struct View<'v> {
    /// The vault, as the watcher names it.
    pub root: &'v Path,
    /// What is a note.
    pub filter: &'v Filter,
    /// The folder of the reports, from the root. Even where the filter leaves it out, ticks are made there.
    pub reports: &'v str,
    /// Whether a path is a folder now, or was one when the vault was last listed.
    pub is_folder: &'v dyn Fn(&Path) -> bool,
}

/// What `event` calls for.
pub fn interest(event: Event, view: &View<'_>) -> Interest {
    match event {
        Event::Stop => Interest::Stop,
        Event::Limit => Interest::Limit,
        Event::Lost => Interest::Walk,
        Event::File(path) => of_file(path, view),
        Event::Folder(path) => of_folder(&path, view),
        Event::Either(path) => match of_file(path.clone(), view) {
            Interest::None if (view.is_folder)(&path) => of_folder(&path, view),
            // A folder may have the name of a note.
            Interest::File(_) if (view.is_folder)(&path) => Interest::Walk,
            interest => interest,
        },
    }
}

fn of_file(path: PathBuf, view: &View<'_>) -> Interest {
    let Ok(inside) = path.strip_prefix(view.root) else { return Interest::None };
    let Some(inside) = inside.to_str() else {
        // Such a name is never read, but it is said to be odd.
        return if is_markdown(&inside.to_string_lossy()) { Interest::Walk } else { Interest::None };
    };
    let inside = inside.replace('\\', "/");
    if is_settings(&inside) {
        return Interest::Settings;
    }
    match view.filter.is_note(&inside) || is_report(&inside, view.reports) {
        true => Interest::File(path),
        false => Interest::None,
    }
}

fn of_folder(path: &Path, view: &View<'_>) -> Interest {
    let Ok(inside) = path.strip_prefix(view.root) else { return Interest::None };
    if inside.as_os_str().is_empty() {
        return Interest::Walk;
    }
    let Some(inside) = inside.to_str() else { return Interest::Walk };
    let inside = inside.replace('\\', "/");
    if is_settings(&inside) {
        return Interest::Settings;
    }
    let holds_reports = Path::new(view.reports).starts_with(&inside);
    if view.filter.enters_folder(&inside) || holds_reports { Interest::Walk } else { Interest::None }
}

/// Whether a file may be a generated one, wherever the settings put them.
fn is_report(inside: &str, reports: &str) -> bool {
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let folder = inside.strip_suffix(name).unwrap_or_default().trim_end_matches('/');
    folder == reports.trim_matches('/') && is_markdown(name) && !is_temporary(name) && !name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::obsidian::{IgnoreRule, ObsidianSettings};

    fn view_with(rules: Vec<IgnoreRule>) -> Filter {
        Filter::new(&ObsidianSettings { ignore: rules, ..ObsidianSettings::default() }).0
    }

    fn of(event: Event, filter: &Filter, folders: &[&str]) -> Interest {
        let is_folder = |path: &Path| folders.iter().any(|folder| Path::new("/v").join(folder) == path);
        let view = View { root: Path::new("/v"), filter, reports: "Reports", is_folder: &is_folder };
        interest(event, &view)
    }

    #[test]
    fn a_file_matters_just_when_the_walk_would_take_it_for_a_note() {
        let filter = view_with(vec![IgnoreRule::Prefix("Old/".into()), IgnoreRule::Pattern(r"draft\d".into())]);
        for name in [
            "a.md",
            "A.MD",
            "人脉/张三.md",
            "a.md~",
            ".a.md.swp",
            "4913",
            "#a.md#",
            ".#a.md",
            "Old/b.md",
            "x/draft1.md",
            "x/.trash/a.md",
            "~syncthing~a.md.tmp",
            ".syncthing.a.md.tmp",
            ".vs-0000000001.tmp",
            "x/a.excalidraw.md",
            "a.txt",
            ".tmp-1.md",
            "x/.~lock.a.md#",
        ] {
            let path = Path::new("/v").join(name);
            let expected = if filter.is_note(name) { Interest::File(path.clone()) } else { Interest::None };
            assert_eq!(of(Event::File(path.clone()), &filter, &[]), expected, "{name}");
            assert_eq!(of(Event::Either(path), &filter, &[]), expected, "{name}");
        }
    }

    #[test]
    fn folders_call_for_a_walk_where_notes_may_lie_below_them() {
        let filter = view_with(vec![IgnoreRule::Prefix("Old/".into())]);
        for (name, expected) in [
            ("", Interest::Walk),
            ("People", Interest::Walk),
            ("People/e.md", Interest::Walk),
            ("Old", Interest::None),
            (".git", Interest::None),
            (".git/objects", Interest::None),
            (".vault-scan", Interest::Settings),
            (".obsidian/plugins", Interest::None),
        ] {
            let path = Path::new("/v").join(name);
            assert_eq!(of(Event::Folder(path.clone()), &filter, &[]), expected, "{name}");
            assert_eq!(of(Event::Either(path), &filter, &[name]), expected, "{name}");
        }
        assert_eq!(of(Event::Either("/v/picture.png".into()), &filter, &[]), Interest::None);
        assert_eq!(of(Event::File("/elsewhere/a.md".into()), &filter, &[]), Interest::None);
        assert_eq!(of(Event::Lost, &filter, &[]), Interest::Walk);
    }

    #[test]
    fn settings_and_reports_matter_even_where_no_notes_are() {
        let filter = view_with(vec![IgnoreRule::Prefix("Reports/".into())]);
        for (name, expected) in [
            (".obsidian/app.json", Interest::Settings),
            (".obsidian/workspace.json", Interest::None),
            (".vault-scan/config.toml", Interest::Settings),
            (".vault-scan/templates/agenda.md.j2", Interest::Settings),
            ("vault-scan.toml", Interest::Settings),
            ("Reports/Agenda.md", Interest::File("/v/Reports/Agenda.md".into())),
            ("Reports/.vs-0000000001.tmp", Interest::None),
            ("Reports/Agenda.md~", Interest::None),
            ("Reports/Old/Agenda.md", Interest::None),
        ] {
            assert_eq!(of(Event::File(Path::new("/v").join(name)), &filter, &[]), expected, "{name}");
        }
    }
}
