//! Whom the links of an agenda line mean: by path, by the end of a path, by file name, by name or alias.

use std::collections::HashMap;

use crate::index::record::{Index, PersonId};
use crate::model::fold::fold;
use crate::model::link::Link;

/// Everyone by all their names, folded.
pub(super) struct People {
    by_name: HashMap<String, Vec<PersonId>>,
    folder: String,
}

impl People {
    pub(super) fn new(index: &Index, reports: &str) -> Self {
        let mut by_name: HashMap<String, Vec<PersonId>> = HashMap::new();
        for (id, record) in (0..).map(PersonId).zip(&index.people) {
            let person = &record.person;
            let mut names = vec![fold(record.path.without_extension()), fold(record.path.stem()), fold(&person.name)];
            names.extend(person.aliases.iter().map(|alias| fold(alias)));
            names.sort_unstable();
            names.dedup();
            for name in names {
                by_name.entry(name).or_default().push(id);
            }
        }
        People { by_name, folder: fold(reports) }
    }

    /// Whom a link means; nobody where several answer to it.
    pub(super) fn of(&self, link: &Link) -> Option<PersonId> {
        let target = fold(link.target.trim().trim_start_matches("./"));
        let target = target.strip_suffix(".md").unwrap_or(&target);
        let relative = resolved(&self.folder, target);
        let stem = target.rsplit('/').next().unwrap_or(target);
        [relative.as_deref().unwrap_or(target), target.trim_start_matches('/'), stem]
            .into_iter()
            .find_map(|name| self.only(name))
            .or_else(|| self.only(&fold(link.shown())))
    }

    fn only(&self, name: &str) -> Option<PersonId> {
        match self.by_name.get(name).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }
}

/// A path relative to a folder, from the vault root.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if !target.starts_with("../") {
        return None;
    }
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
