//! Which note a link means, once all notes are known. Everything is compared folded, by hash, so that a vault of any
//! size resolves in linear time. What a link counts for is decided elsewhere.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::note::{Note, NoteKind};
use crate::model::path::NotePath;

/// Number of a note in path order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NoteId(pub(super) u32);

/// What a link means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// One note, by path or name.
    One(NoteId),
    /// One note, by an alias where a path is expected.
    ByAlias(NoteId),
    /// Several notes answer, in path order.
    Several(Vec<NoteId>),
    /// None; perhaps there is no note yet.
    Nothing,
}

/// More candidates than this are neither told apart nor all named, so that a name many thousand notes share costs no
/// more than any other.
const NARROWED: usize = 100;

/// All names by which notes can be linked. It outlives the notes it was made of, as long as none of their names changes.
#[derive(Debug)]
pub(super) struct Resolver {
    notes: Vec<Linked>,
    paths: HashMap<String, Vec<NoteId>>,
    stems: HashMap<String, Vec<NoteId>>,
    names: HashMap<String, Vec<NoteId>>,
    aliases: HashMap<String, Vec<NoteId>>,
}

/// A note as far as links depend on it.
#[derive(Debug)]
struct Linked {
    path: NotePath,
    /// Whether it is about someone.
    is_someone: bool,
}

impl Resolver {
    /// Takes in the names of `notes`, which are in path order.
    pub(super) fn new(notes: &[&Note]) -> Self {
        let mut resolver = Resolver {
            notes: notes.iter().map(|note| Linked { path: note.path.clone(), is_someone: is_someone(note) }).collect(),
            paths: HashMap::with_capacity(notes.len()),
            stems: HashMap::with_capacity(notes.len()),
            names: HashMap::new(),
            aliases: HashMap::new(),
        };
        for (id, note) in (0..).map(NoteId).zip(notes) {
            resolver.add(id, note);
        }
        resolver
    }

    fn add(&mut self, id: NoteId, note: &Note) {
        if !can_be_linked(note.kind) {
            return;
        }
        push(&mut self.paths, fold(note.path.without_extension()), id);
        push(&mut self.stems, fold(note.path.stem()), id);
        let own = note.person.as_deref();
        for alias in note.aliases.iter().chain(own.into_iter().flat_map(|person| &person.aliases)) {
            push(&mut self.aliases, fold(alias), id);
        }
        if let Some(person) = own {
            push(&mut self.names, fold(&person.name), id);
        }
    }

    /// The note that `link`, written in the note at `from`, means: by root path, relative path, path ending, stem, alias.
    /// A plain name means a person, by stem, name or alias.
    pub(super) fn resolve(&self, link: &Link, from: &NotePath) -> Resolved {
        let target = fold(without_md(link.target.trim()));
        if target.is_empty() {
            return Resolved::Nothing;
        }
        match link.form {
            LinkForm::Plain => self.plain(&target, from),
            LinkForm::Wiki | LinkForm::Markdown => self.linked(&target, from),
        }
    }

    fn linked(&self, target: &str, from: &NotePath) -> Resolved {
        let found = self.by_path(target, from);
        if !found.is_empty() {
            return self.narrowed(&found, from, Resolved::One);
        }
        let named = get(&self.aliases, target);
        let people: Vec<NoteId> = named.iter().copied().filter(|id| self.is_someone(*id)).collect();
        let named = if people.is_empty() { named.to_vec() } else { people };
        self.narrowed(&named, from, Resolved::ByAlias)
    }

    fn plain(&self, target: &str, from: &NotePath) -> Resolved {
        let by_path = || self.by_path(target, from).into_owned();
        let stems = if target.contains('/') { by_path() } else { get(&self.stems, target).to_vec() };
        let ways = [stems, get(&self.names, target).to_vec(), get(&self.aliases, target).to_vec()];
        for mut found in ways {
            found.retain(|id| self.is_someone(*id));
            if !found.is_empty() {
                return self.narrowed(&found, from, Resolved::One);
            }
        }
        Resolved::Nothing
    }

    fn by_path(&self, target: &str, from: &NotePath) -> Cow<'_, [NoteId]> {
        if let Some(rooted) = target.strip_prefix('/') {
            return get(&self.paths, rooted).into();
        }
        if !target.contains('/') {
            return self.by_stem(target, from);
        }
        let relative = joined(&fold(from.folder()), target);
        let relative = relative.as_deref().map_or(&[][..], |path| get(&self.paths, path));
        if target.starts_with("./") || target.starts_with("../") {
            return relative.to_vec().into();
        }
        let rooted = get(&self.paths, target);
        let exact = if rooted.is_empty() { relative } else { rooted };
        if exact.is_empty() { self.by_ending(target).into() } else { exact.to_vec().into() }
    }

    /// Looks in the linking folder and at the root by path first: scanning all equal stems for every link would be
    /// quadratic in a vault of ten thousand `README`s.
    fn by_stem(&self, stem: &str, from: &NotePath) -> Cow<'_, [NoteId]> {
        let all = get(&self.stems, stem);
        if all.len() > 1 {
            let here = joined(&fold(from.folder()), stem).unwrap_or_default();
            for near in [get(&self.paths, &here), get(&self.paths, stem)] {
                if !near.is_empty() {
                    return near.into();
                }
            }
        }
        all.into()
    }

    fn by_ending(&self, target: &str) -> Vec<NoteId> {
        let stem = target.rsplit('/').next().unwrap_or(target);
        let ends = |id: &NoteId| {
            let path = self.path(*id).map(|path| fold(path.without_extension())).unwrap_or_default();
            path.strip_suffix(target).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        get(&self.stems, stem).iter().copied().filter(ends).collect()
    }

    /// Of several the one in the linking note's folder, else the one at the root, wins.
    fn narrowed(&self, found: &[NoteId], from: &NotePath, one: fn(NoteId) -> Resolved) -> Resolved {
        match found {
            [] => return Resolved::Nothing,
            [only] => return one(*only),
            many if many.len() > NARROWED => return Resolved::Several(many.iter().copied().take(NARROWED).collect()),
            _ => {}
        }
        for folder in [fold(from.folder()), String::new()] {
            let here = |id: &&NoteId| self.path(**id).is_some_and(|path| fold(path.folder()) == folder);
            let mut near = found.iter().filter(here);
            match (near.next(), near.next()) {
                (Some(only), None) => return one(*only),
                (Some(_), Some(_)) => break,
                _ => {}
            }
        }
        Resolved::Several(found.to_vec())
    }

    /// The path of a note.
    pub(super) fn path(&self, id: NoteId) -> Option<&NotePath> {
        self.notes.get(id.0 as usize).map(|note| &note.path)
    }

    fn is_someone(&self, id: NoteId) -> bool {
        self.notes.get(id.0 as usize).is_some_and(|note| note.is_someone)
    }
}

/// Whether another version of a note answers to the same links.
pub(super) fn answers_alike(before: &Note, now: &Note) -> bool {
    let name = |note: &Note| note.person.as_ref().map(|person| (person.name.clone(), person.aliases.clone()));
    before.path == now.path && before.kind == now.kind && before.aliases == now.aliases && name(before) == name(now)
}

fn is_someone(note: &Note) -> bool {
    matches!(note.kind, NoteKind::Person | NoteKind::Owner)
}

/// Notes that give no facts do not answer to links either: a generated brief or a template named like a person would
/// otherwise make every link to that person ambiguous.
fn can_be_linked(kind: NoteKind) -> bool {
    !matches!(kind, NoteKind::Generated | NoteKind::ConflictCopy | NoteKind::Template)
}

fn get<'m>(map: &'m HashMap<String, Vec<NoteId>>, key: &str) -> &'m [NoteId] {
    map.get(key).map_or(&[], Vec::as_slice)
}

fn push(map: &mut HashMap<String, Vec<NoteId>>, key: String, id: NoteId) {
    let ids = map.entry(key).or_default();
    if ids.last() != Some(&id) {
        ids.push(id);
    }
}

/// `target` as seen from `folder`; `None` when it climbs out of the vault.
fn joined(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn without_md(target: &str) -> &str {
    match target.len().checked_sub(3).and_then(|at| target.split_at_checked(at)) {
        Some((stem, end)) if end.eq_ignore_ascii_case(".md") => stem,
        _ => target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{daily, other, person};
    use crate::model::span::Span;

    fn link(target: &str, form: LinkForm) -> Link {
        Link { target: target.into(), label: None, form, span: Span::default() }
    }

    fn vault() -> Vec<Note> {
        let mut notes = vec![
            person("People/Wang Wei.md").build(),
            person("People/old/Wang Wei.md").build(),
            person("People/张三.md").aliases(&["老张", "ZS"]).build(),
            person("People/li-si.md").name("李四").build(),
            other("Projects/张三.md").build(),
            other("Projects/Acme.md").aliases(&["老张", "客户"]).build(),
            other("Root.md").build(),
            other("Projects/Root.md").build(),
            daily("Daily/2026-11-20.md").build(),
        ];
        let mut brief = other("Reports/Briefs/li-si.md").build();
        brief.kind = NoteKind::Generated;
        notes.push(brief);
        notes.sort_by(|a, b| a.path.cmp(&b.path));
        notes
    }

    fn shown(notes: &[&Note], resolved: &Resolved) -> String {
        let path = |id: &NoteId| notes[id.0 as usize].path.as_str().to_owned();
        match resolved {
            Resolved::One(id) => path(id),
            Resolved::ByAlias(id) => format!("alias {}", path(id)),
            Resolved::Several(ids) => ids.iter().map(path).collect::<Vec<_>>().join(" | "),
            Resolved::Nothing => "nothing".into(),
        }
    }

    #[test]
    fn a_link_is_resolved_by_root_path_relative_path_ending_stem_and_alias_in_that_order() {
        let owned = vault();
        let notes: Vec<&Note> = owned.iter().collect();
        let resolver = Resolver::new(&notes);
        let table = [
            ("Daily/2026-11-20.md", "People/张三", "People/张三.md"),
            ("Daily/2026-11-20.md", "people/张三.MD", "People/张三.md"),
            ("Daily/2026-11-20.md", "/People/张三", "People/张三.md"),
            ("Daily/2026-11-20.md", "/张三", "nothing"),
            ("Daily/2026-11-20.md", "../People/张三.md", "People/张三.md"),
            ("Daily/2026-11-20.md", "../../People/张三.md", "nothing"),
            ("Daily/2026-11-20.md", "./张三", "nothing"),
            ("People/张三.md", "old/wang wei", "People/old/Wang Wei.md"),
            ("Daily/2026-11-20.md", "old/Wang Wei", "People/old/Wang Wei.md"),
            ("Daily/2026-11-20.md", "ld/Wang Wei", "nothing"),
            ("Daily/2026-11-20.md", "li-si", "People/li-si.md"),
            ("Daily/2026-11-20.md", "李四", "nothing"),
            ("Daily/2026-11-20.md", "zs", "alias People/张三.md"),
            ("Daily/2026-11-20.md", "老张", "alias People/张三.md"),
            ("Daily/2026-11-20.md", "客户", "alias Projects/Acme.md"),
            ("Daily/2026-11-20.md", "nobody", "nothing"),
            ("Daily/2026-11-20.md", "", "nothing"),
        ];
        for (from, target, expected) in table {
            let found = resolver.resolve(&link(target, LinkForm::Wiki), &NotePath::new(from));
            assert_eq!(shown(&notes, &found), expected, "[[{target}]] in {from}");
        }
    }

    #[test]
    fn of_equal_stems_the_linking_folder_wins_then_the_root_else_all_are_candidates() {
        let owned = vault();
        let notes: Vec<&Note> = owned.iter().collect();
        let resolver = Resolver::new(&notes);
        let table = [
            ("People/li-si.md", "张三", "People/张三.md"),
            ("Projects/Acme.md", "张三", "Projects/张三.md"),
            ("Daily/2026-11-20.md", "张三", "People/张三.md | Projects/张三.md"),
            ("Daily/2026-11-20.md", "Root", "Root.md"),
            ("Projects/Acme.md", "Root", "Projects/Root.md"),
            ("People/old/x.md", "Wang Wei", "People/old/Wang Wei.md"),
        ];
        for (from, target, expected) in table {
            let found = resolver.resolve(&link(target, LinkForm::Markdown), &NotePath::new(from));
            assert_eq!(shown(&notes, &found), expected, "{target} in {from}");
        }
    }

    #[test]
    fn a_plain_name_means_people_only_and_needs_no_hint() {
        let owned = vault();
        let notes: Vec<&Note> = owned.iter().collect();
        let resolver = Resolver::new(&notes);
        let table = [
            ("李四", "People/li-si.md"),
            ("老张", "People/张三.md"),
            ("张三", "People/张三.md"),
            ("wang wei", "People/Wang Wei.md | People/old/Wang Wei.md"),
            ("Acme", "nothing"),
        ];
        for (target, expected) in table {
            let found = resolver.resolve(&link(target, LinkForm::Plain), &NotePath::new("Meetings/x.md"));
            assert_eq!(shown(&notes, &found), expected, "{target}");
        }
    }

    #[test]
    fn of_very_many_equal_stems_the_near_one_is_found_and_else_not_all_are_named() {
        let mut owned: Vec<Note> = (0..300).map(|n| other(&format!("{n:03}/README.md")).build()).collect();
        owned.sort_by(|a, b| a.path.cmp(&b.path));
        let notes: Vec<&Note> = owned.iter().collect();
        let resolver = Resolver::new(&notes);
        let found = |from: &str| resolver.resolve(&link("readme", LinkForm::Wiki), &NotePath::new(from));
        assert_eq!(found("217/x.md"), Resolved::One(NoteId(217)));
        assert!(matches!(found("x.md"), Resolved::Several(ids) if ids.len() == NARROWED));
    }
}
