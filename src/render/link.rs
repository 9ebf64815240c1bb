//! Links to notes, written as the vault writes its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::fold::fold;
use crate::model::obsidian::{LinkPath, LinkStyle};

use super::escape::{fits_wikilink, link_path, markdown};

/// Writes links from a generated file to notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkWriter {
    /// The style the vault uses.
    pub style: LinkStyle,
    /// Which path the vault writes.
    pub path: LinkPath,
    /// Folder of the file that holds the links, without a final `/`.
    pub from: String,
    /// Folded stems that more than one note has.
    pub shared_stems: Arc<BTreeSet<String>>,
}

impl LinkWriter {
    /// A link to the note at `path` that shows `label`.
    pub fn link(&self, path: &str, label: &str) -> String {
        self.written(path, label, "|")
    }

    /// The same for a table cell, where a wikilink's own pipe takes a backslash.
    pub fn link_in_cell(&self, path: &str, label: &str) -> String {
        self.written(path, label, "\\|")
    }

    fn written(&self, path: &str, label: &str, pipe: &str) -> String {
        let bare = path.strip_suffix(".md").unwrap_or(path);
        let stem = bare.rsplit('/').next().unwrap_or(bare);
        let target = match self.path {
            LinkPath::Shortest if self.shared_stems.contains(&fold(stem)) => bare.to_owned(),
            LinkPath::Shortest => stem.to_owned(),
            LinkPath::Absolute => bare.to_owned(),
            LinkPath::Relative => self.relative(bare),
        };
        if self.style == LinkStyle::Wiki && fits_wikilink(&target) && fits_wikilink(label) {
            if target == label { format!("[[{target}]]") } else { format!("[[{target}{pipe}{label}]]") }
        } else {
            let target = match self.path {
                LinkPath::Absolute => path.to_owned(),
                _ => self.relative(path),
            };
            let target = link_path(&target);
            // Behind a bracket, a percent sign would be the `<%` of template plugins; encoded, it needs none.
            let target = if target.starts_with('%') { target } else { format!("<{target}>") };
            format!("[{}]({target})", markdown(label))
        }
    }

    fn relative(&self, path: &str) -> String {
        let from: Vec<&str> = self.from.split('/').filter(|part| !part.is_empty()).collect();
        let to: Vec<&str> = path.split('/').collect();
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len().saturating_sub(1));
        let up = std::iter::repeat_n("..", from.len() - shared);
        up.chain(to.iter().skip(shared).copied()).collect::<Vec<_>>().join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer(style: LinkStyle, path: LinkPath) -> LinkWriter {
        let shared_stems = Arc::new(BTreeSet::from(["张伟".to_owned()]));
        LinkWriter { style, path, from: "Reports".into(), shared_stems }
    }

    #[test]
    fn links_are_written_as_the_vault_writes_them() {
        use LinkPath::{Absolute, Relative, Shortest};
        use LinkStyle::{Markdown, Wiki};
        for (style, target, path, label, expected) in [
            (Wiki, Shortest, "人物/李娜.md", "李娜", "[[李娜]]"),
            (Wiki, Shortest, "人物/李娜.md", "娜姐", "[[李娜|娜姐]]"),
            (Wiki, Shortest, "人物/张伟.md", "张伟", "[[人物/张伟|张伟]]"),
            (Wiki, Absolute, "人物/李娜.md", "李娜", "[[人物/李娜|李娜]]"),
            (Wiki, Relative, "人物/李娜.md", "李娜", "[[../人物/李娜|李娜]]"),
            (Wiki, Shortest, "人物/C#组.md", "C#组", "[C\\#组](<../%E4%BA%BA%E7%89%A9/C%23%E7%BB%84.md>)"),
            (Markdown, Shortest, "Reports/x y.md", "x", "[x](<x%20y.md>)"),
            (Markdown, Absolute, "a/b.md", "b", "[b](<a/b.md>)"),
            (Markdown, Absolute, "人/b.md", "b", "[b](%E4%BA%BA/b.md)"),
        ] {
            assert_eq!(writer(style, target).link(path, label), expected);
        }
        assert_eq!(writer(Wiki, Shortest).link_in_cell("a/b.md", "c"), "[[b\\|c]]");
    }
}
