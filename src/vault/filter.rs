//! What is a note: the one predicate that walking and watching share, over paths from the vault root.
//!
//! It asks the path only. That a note is a regular file and can be read is for `walk` and `read`.

use regex::{Regex, RegexBuilder};

use crate::model::diagnostic::Finding;
use crate::model::obsidian::{IgnoreRule, ObsidianSettings, below_prefix};

/// The note in which the Obsidian Git plugin lists conflicts.
const GIT_CONFLICT_LIST: &str = "conflict-files-obsidian-git.md";

/// The most memory one regular expression of the user may take compiled.
const PATTERN_SIZE: usize = 1 << 20;

/// Decides by its path whether something belongs to the vault.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    prefixes: Vec<String>,
    patterns: Vec<Regex>,
}

impl Filter {
    /// The filter of a vault with these settings. A pattern that cannot be used is a finding and filters nothing.
    pub fn new(settings: &ObsidianSettings) -> (Filter, Vec<Finding>) {
        let mut filter = Filter::default();
        let mut findings = Vec::new();
        for rule in &settings.ignore {
            match rule {
                IgnoreRule::Prefix(prefix) => filter.prefixes.push(prefix.clone()),
                IgnoreRule::Pattern(pattern) => match RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build() {
                    Ok(pattern) => filter.patterns.push(pattern),
                    Err(_) => findings.push(Finding::new("ignore-filter-unusable", [pattern])),
                },
            }
        }
        (filter, findings)
    }

    /// Whether notes may lie below the folder `path`. Patterns are not asked: one that matches a folder need not
    /// match the notes in it.
    pub fn enters_folder(&self, path: &str) -> bool {
        if has_dot_part(path) {
            return false;
        }
        let as_prefix = format!("{path}/");
        !self.prefixes.iter().any(|prefix| below_prefix(&as_prefix, prefix).is_some())
    }

    /// Whether the file `path` is a note. It needs no walk to ask: below a folder that is not entered none is.
    pub fn is_note(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        is_markdown(name)
            && !has_dot_part(path)
            && !is_temporary(name)
            && !has_ending(name, ".excalidraw.md")
            && !name.eq_ignore_ascii_case(GIT_CONFLICT_LIST)
            && !self.prefixes.iter().any(|prefix| below_prefix(path, prefix).is_some())
            && !self.patterns.iter().any(|pattern| pattern.is_match(path))
    }
}

/// Whether a file name ends in `.md`, case ignored.
pub fn is_markdown(name: &str) -> bool {
    has_ending(name, ".md")
}

/// Whether a file name is one that editors and sync clients give to passing files. Our own temporary files begin
/// with a dot and so are outside by that alone.
pub fn is_temporary(name: &str) -> bool {
    name.ends_with('~')
        || name == "4913"
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~syncthing~")
        || [".#", ".tmp", ".~lock"].iter().any(|start| name.starts_with(start))
        || (name.starts_with(".syncthing.") && name.ends_with(".tmp"))
        || is_vim_swap(name)
}

/// `.*.sw?`
fn is_vim_swap(name: &str) -> bool {
    let Some((before, extension)) = name.rsplit_once('.') else { return false };
    let mut tail = extension.chars();
    before.starts_with('.') && tail.next() == Some('s') && tail.next() == Some('w') && tail.count() == 1
}

fn has_dot_part(path: &str) -> bool {
    path.starts_with('.') || path.contains("/.")
}

fn has_ending(name: &str, ending: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() >= ending.len() && bytes[bytes.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(rules: &[IgnoreRule]) -> Filter {
        let settings = ObsidianSettings { ignore: rules.to_vec(), ..ObsidianSettings::default() };
        let (filter, findings) = Filter::new(&settings);
        assert_eq!(findings, []);
        filter
    }

    #[test]
    fn notes_are_markdown_files_outside_dot_folders() {
        let cases = [
            ("张三.md", true),
            ("People/A.MD", true),
            ("People/a.txt", false),
            ("md", false),
            ("a.md.bak", false),
            (".obsidian/a.md", false),
            ("x/.trash/a.md", false),
            (".hidden.md", false),
            ("x/.张三.md.icloud", false),
            ("drawing.excalidraw.md", false),
            ("Drawing.Excalidraw.MD", false),
            ("conflict-files-obsidian-git.md", false),
            ("x/conflict-files-obsidian-git.md", false),
            ("my conflict-files-obsidian-git.md", true),
            ("~syncthing~张三.md", false),
            ("node_modules/x/readme.md", true),
        ];
        for (path, note) in cases {
            assert_eq!(filter(&[]).is_note(path), note, "{path}");
        }
    }

    #[test]
    fn passing_files_of_editors_and_sync_clients_are_known() {
        for name in [
            "a.md~",
            ".a.md.swp",
            ".a.swx",
            "4913",
            ".#a.md",
            "#a.md#",
            ".tmp-1.md",
            "~syncthing~a.md.tmp",
            ".syncthing.a.md.tmp",
            ".~lock.a.md#",
        ] {
            assert!(is_temporary(name), "{name}");
            assert!(!filter(&[]).is_note(name), "{name}");
        }
        for name in ["a.md", "#1 fan.md", "4913.md", "swap.swp.md", "tmp.md", "~a.md"] {
            assert!(!is_temporary(name), "{name}");
        }
    }

    #[test]
    fn a_prefix_of_the_user_leaves_out_the_folder_and_all_in_it() {
        let filter = filter(&[IgnoreRule::Prefix("Archive/".into()), IgnoreRule::Prefix("旧".into())]);
        assert!(!filter.enters_folder("Archive"));
        assert!(!filter.enters_folder("archive/deep"));
        assert!(!filter.is_note("Archive/a.md"));
        assert!(filter.enters_folder("Archive 2"));
        assert!(filter.is_note("x/Archive/a.md"));
        assert!(!filter.enters_folder("旧人脉"));
        assert!(!filter.is_note("旧事.md"));
    }

    #[test]
    fn a_pattern_of_the_user_leaves_out_notes_wherever_it_matches() {
        let filter = filter(&[IgnoreRule::Pattern(r"draft\d+\.md$".into())]);
        assert!(!filter.is_note("x/draft12.md"));
        assert!(filter.is_note("x/draft.md"));
        assert!(filter.enters_folder("draft12.md"));
    }

    #[test]
    fn a_pattern_that_does_not_compile_or_is_too_big_is_found_and_the_others_still_work() {
        let ignore = vec![
            IgnoreRule::Pattern("(?=x)".into()),
            IgnoreRule::Pattern(r"\w{5000}{50}".into()),
            IgnoreRule::Pattern("^a".into()),
        ];
        let (filter, findings) = Filter::new(&ObsidianSettings { ignore, ..ObsidianSettings::default() });
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[0], Finding::new("ignore-filter-unusable", ["(?=x)"]));
        assert!(!filter.is_note("a.md"));
    }
}
