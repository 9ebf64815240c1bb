//! What a note is: the first row of the table that fits decides.

use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::link::LinkForm;
use crate::model::note::NoteKind;
use crate::model::path::NotePath;
use crate::model::span::Span;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::classes::Class;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::time::TimeWords;

use super::fields::values::{Split, as_links, as_list};
use super::front_matter::FrontMatter;
use super::front_matter::tree::Node;
use super::leading_date::date_in_name;

/// The class of a note by `type`, else `categories`, else front-matter tag, else folder, else by holding both a
/// family and a given name, as address books export them. A type of the user's own leaves only `categories` to decide:
/// `type: [[Authors]]` beside `categories: [[People]]` is a person. Two classes at one level: the upper row of the table
/// wins, with a warning.
pub fn class_of(
    path: &NotePath,
    front: &FrontMatter,
    words: &Vocabulary,
    time: &TimeWords,
    findings: &mut Vec<(Span, Finding)>,
) -> Option<NoteKind> {
    let mut pick = |classes: Vec<(Class, Span)>| {
        let first = classes.iter().map(|(class, _)| *class).min()?;
        if let Some((_, span)) = classes.iter().find(|(class, _)| *class != first) {
            findings.push((*span, Finding::new("two-kinds", [word(first)])));
        }
        Some(first)
    };
    let types =
        value_of(front, "type", words).map(|value| as_list(value, Split::AtSeparators, words)).unwrap_or_default();
    let named = types.iter().filter_map(|(text, span)| Some((words.class_by_type(&plain(text))?, *span)));
    if let Some(class) = pick(named.collect()) {
        return Some(kind(class));
    }
    let is_of_own_type = !types.is_empty();
    if let Some(value) = value_of(front, "categories", words) {
        let links = as_links(value);
        let named = links.iter().filter_map(|link| Some((words.class_by_category(&fold(name(link)))?, link.span)));
        if let Some(class) = pick(named.collect()) {
            return Some(kind(class));
        }
    }
    if is_of_own_type {
        return None;
    }
    if let Some(value) = value_of(front, "tags", words) {
        let named =
            tags_of(value, words).into_iter().filter_map(|(tag, span)| Some((words.class_by_tag(&fold(&tag))?, span)));
        if let Some(class) = pick(named.collect()) {
            return Some(kind(class));
        }
    }
    by_folder(path, words, time).or_else(|| has_both_names(front, words).then_some(Class::Person)).map(kind)
}

/// The value of a key every note may have.
pub fn value_of<'f>(front: &'f FrontMatter, key: &str, words: &Vocabulary) -> Option<&'f Node> {
    let field = front.fields.iter().find(|field| words.key(KeyScope::Note, &fold(&field.key)) == Some(key));
    field.map(|field| &field.value)
}

/// Tags of a front-matter value, with or without `#`, split at blanks and commas as Obsidian does.
pub fn tags_of(value: &Node, words: &Vocabulary) -> Vec<(Box<str>, Span)> {
    let list = as_list(value, Split::AtSeparators, words);
    let parts = list.iter().flat_map(|(text, span)| text.split_whitespace().map(move |tag| (tag, *span)));
    let bare = parts.map(|(tag, span)| (tag.trim_start_matches('#'), span)).filter(|(tag, _)| !tag.is_empty());
    bare.map(|(tag, span)| (tag.into(), span)).collect()
}

/// Whether any part of the path is an archive folder.
pub fn is_archived(path: &NotePath, words: &Vocabulary) -> bool {
    folders(path).any(|folder| words.is_archive_folder(&folder))
}

/// Whether notes in the folder of `path` are people unless they say otherwise.
pub fn is_in_person_folder(path: &NotePath, words: &Vocabulary) -> bool {
    folders(path).any(|folder| words.class_by_folder(&folder) == Some(Class::Person))
}

fn by_folder(path: &NotePath, words: &Vocabulary, time: &TimeWords) -> Option<Class> {
    let stem = fold(path.stem());
    let repeats_folder = folders(path).last().is_some_and(|folder| folder == stem);
    let own_folder = folders(path).last().is_some_and(|folder| words.class_by_folder(&folder).is_some());
    let speaks_for_folder = repeats_folder || (own_folder && words.is_folder_stem(&stem));
    if words.is_index_stem(&stem) || speaks_for_folder || date_in_name(path.stem(), time).is_some() {
        return None;
    }
    folders(path).filter_map(|folder| words.class_by_folder(&folder)).min()
}

fn folders(path: &NotePath) -> impl Iterator<Item = String> + '_ {
    path.folder().split('/').filter(|part| !part.is_empty()).map(fold)
}

fn has_both_names(front: &FrontMatter, words: &Vocabulary) -> bool {
    let has = |key: &str| {
        front.fields.iter().any(|field| {
            words.key(KeyScope::Person, &fold(&field.key)) == Some(key)
                && !as_list(&field.value, Split::Never, words).is_empty()
        })
    };
    has("family_name") && has("given_name")
}

/// A type may be written as a link, `[[Person]]`.
fn plain(text: &str) -> String {
    let links = super::fields::values::links_in(text, Span::default());
    match links.first() {
        Some(link) if link.form != LinkForm::Plain => fold(name(link)),
        _ => fold(text),
    }
}

fn name(link: &crate::model::link::Link) -> &str {
    let name = link.target.rsplit('/').next().unwrap_or(&link.target);
    name.strip_suffix(".md").unwrap_or(name)
}

fn kind(class: Class) -> NoteKind {
    match class {
        Class::Owner => NoteKind::Owner,
        Class::Meeting => NoteKind::Meeting,
        Class::Event => NoteKind::Event,
        Class::Person => NoteKind::Person,
    }
}

fn word(class: Class) -> &'static str {
    match class {
        Class::Owner => "owner",
        Class::Meeting => "meeting",
        Class::Event => "event",
        Class::Person => "person",
    }
}
