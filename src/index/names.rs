//! Finding people by what someone types: a name, an alias, a file, pinyin with or without tones and blanks, initials, or
//! a part of a name. The best class of match wins; only people in the same class are ambiguous.

use std::collections::BTreeSet;

use crate::model::diagnostic::Diagnostic;
use crate::model::fold::{fold, plain_letters};

use super::pinyin_match::{initials_match, reading_contains, sounds_alike, spelling_matches};
use super::record::{Index, PersonId, PersonRecord};

/// How many similar names are offered when nobody is found.
const NEAR: usize = 5;

/// What is found of notes of which the name alone is known. Whom they are about cannot be told.
const NAME_ONLY: [&str; 8] = [
    "merge-conflict",
    "merge-markers",
    "note-binary",
    "note-encoding",
    "note-not-a-file",
    "note-not-downloaded",
    "note-too-large",
    "note-unreadable",
];

/// Whom a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Exactly one person.
    One(PersonId),
    /// Several, equally well; in the order of their names.
    Several(Vec<PersonId>),
    /// Nobody is called just so but a note that could not be read: what keeps it from being read. Those who are only
    /// called nearly so are not meant.
    Unread(Box<Diagnostic>),
    /// Nobody.
    None {
        /// People with similar names, most similar first.
        near: Vec<PersonId>,
    },
}

/// How well a name fits what was typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The name, an alias, the file name or the path.
    Exact,
    /// The same, but for accents and the like.
    Plain,
    /// Pinyin of the whole name.
    Pinyin,
    /// Initials of the whole name.
    Initials,
    /// The beginning of a name.
    Prefix,
    /// A part of a name, or of its pinyin.
    Part,
}

/// Finds the person whom `typed` means.
pub fn find_person(index: &Index, typed: &str) -> Found {
    let typed = fold(typed.trim().trim_start_matches("[[").trim_end_matches("]]"));
    let mut best: Option<Fit> = None;
    let mut found: Vec<(PersonId, &PersonRecord)> = Vec::new();
    for (id, record) in (0..).map(PersonId).zip(&index.people) {
        let Some(fit) = fit(record, &typed) else { continue };
        if best.is_none_or(|best| fit < best) {
            (best, found) = (Some(fit), Vec::new());
        }
        if best == Some(fit) {
            found.push((id, record));
        }
    }
    if best != Some(Fit::Exact)
        && let Some(unread) = unread_note(index, &typed)
    {
        return Found::Unread(Box::new(unread.clone()));
    }
    found.sort_by(|a, b| a.1.sort_key.cmp(&b.1.sort_key));
    match found.as_slice() {
        [] => Found::None { near: near(index, &typed) },
        [(only, _)] => Found::One(*only),
        _ => Found::Several(found.into_iter().map(|(id, _)| id).collect()),
    }
}

/// What keeps the note called `name` from being read, if there is one that could not be.
pub fn unread_note<'i>(index: &'i Index, name: &str) -> Option<&'i Diagnostic> {
    let name = fold(name);
    let unread = index.diagnostics.iter().filter(|found| NAME_ONLY.contains(&found.code));
    unread.into_iter().find(|found| {
        let (path, stem) = (&found.path, found.path.stem());
        [stem, stem.trim_start_matches('@'), path.as_str(), path.without_extension()]
            .iter()
            .any(|known| fold(known) == name)
    })
}

/// Those who may be the bearer of a new name in another spelling: in pinyin, in characters of the same sound, or but for
/// accents.
pub fn sounding_like(index: &Index, name: &str) -> Vec<PersonId> {
    let name = fold(name);
    let plain = plain_letters(&name);
    let is_like = |known: &String| {
        let is_spelt = spelling_matches(known, &name) || spelling_matches(&name, known);
        is_spelt || sounds_alike(known, &name) || plain_letters(known) == plain
    };
    let people = (0..).map(PersonId).zip(&index.people);
    people.filter(|(_, record)| names_of(record).iter().any(is_like)).map(|(id, _)| id).collect()
}

fn fit(record: &PersonRecord, typed: &str) -> Option<Fit> {
    if typed.is_empty() {
        return None;
    }
    let path = &record.path;
    let is_path = || fold(path.as_str()) == typed || fold(path.without_extension()) == typed;
    let names = names_of(record);
    if names.contains(typed) || is_path() {
        return Some(Fit::Exact);
    }
    let (typed_plainly, plain) = (plain_letters(typed), || names.iter().map(|name| plain_letters(name)));
    if plain().any(|name| name == typed_plainly) {
        return Some(Fit::Plain);
    }
    let any = |fits: fn(&str, &str) -> bool| names.iter().any(|name| fits(name, typed));
    if any(spelling_matches) {
        return Some(Fit::Pinyin);
    }
    if any(initials_match) {
        return Some(Fit::Initials);
    }
    if plain().any(|name| name.starts_with(&*typed_plainly)) {
        return Some(Fit::Prefix);
    }
    let is_part = plain().any(|name| name.contains(&*typed_plainly)) || any(reading_contains);
    is_part.then_some(Fit::Part)
}

/// All folded names of someone.
fn names_of(record: &PersonRecord) -> BTreeSet<String> {
    let person = &record.person;
    let mut names: BTreeSet<String> = person.aliases.iter().map(|alias| fold(alias)).collect();
    names.insert(fold(&person.name));
    names.insert(fold(record.path.stem()));
    names.insert(fold(record.path.stem().trim_start_matches('@')));
    names.remove("");
    names
}

/// Similar names: few edits away, in proportion to the length of what was typed.
fn near(index: &Index, typed: &str) -> Vec<PersonId> {
    let length = typed.chars().count();
    let allowed = (length / 2).clamp(1, 3);
    let mut near: Vec<(usize, &[u8], PersonId)> = Vec::new();
    for (id, record) in (0..).map(PersonId).zip(&index.people) {
        let names = names_of(record);
        let close = names.iter().filter(|name| name.chars().count().abs_diff(length) <= allowed);
        // at least one character must be shared, or any two short names would be similar
        let shared = close.filter(|name| name.chars().any(|c| typed.contains(c)));
        if let Some(edits) = shared.map(|name| edits(name, typed)).min().filter(|edits| *edits <= allowed) {
            near.push((edits, &record.sort_key, id));
        }
    }
    near.sort();
    near.into_iter().map(|(.., id)| id).take(NEAR).collect()
}

/// Levenshtein distance in characters.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((to, diagonal), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or_default();
            next.push((diagonal + usize::from(from != *to)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{indexed, person};
    use crate::model::diagnostic::Finding;
    use crate::model::path::NotePath;

    fn vault() -> Index {
        indexed(vec![
            person("P/张三.md").aliases(&["老张", "Sam Zhang"]).build(),
            person("P/@赵四.md").build(),
            person("P/王小明.md").build(),
            person("P/单雄信.md").build(),
            person("P/曾国.md").build(),
            person("P/吕布.md").build(),
            person("A/李雷.md").build(),
            person("B/李雷.md").build(),
            person("P/Anna Lee.md").build(),
            person("P/Annabel.md").build(),
            person("P/尉迟恭.md").build(),
            person("P/Émile Zola.md").build(),
            person("P/Hans Müller.md").aliases(&["Müller"]).build(),
            person("P/José.md").build(),
            person("P/Jose.md").build(),
        ])
    }

    fn found(typed: &str) -> String {
        let index = vault();
        let names = |ids: &[PersonId]| {
            ids.iter().map(|id| index.person(*id).unwrap().path.as_str().to_owned()).collect::<Vec<_>>().join(" ")
        };
        match find_person(&index, typed) {
            Found::One(id) => names(&[id]),
            Found::Several(ids) => format!("several: {}", names(&ids)),
            Found::Unread(found) => format!("unread: {}", found.path),
            Found::None { near } => format!("none, near: {}", names(&near)).trim_end().to_owned(),
        }
    }

    #[test]
    fn a_note_that_could_not_be_read_keeps_others_from_being_taken_for_it() {
        let mut index = indexed(vec![person("P/Big2.md").build(), person("P/Ann.md").aliases(&["Small"]).build()]);
        let unread = |path: &str| Finding::new("note-too-large", ["4.1"]).about(&NotePath::new(path));
        index.diagnostics = ["P/Big.md", "P/@Lee.md", "P/Small.md"].map(unread).into();
        index.diagnostics.push(Finding::new("note-utf-16", ["UTF-16 LE"]).about(&NotePath::new("P/Bi.md")));
        let told = |typed: &str| match find_person(&index, typed) {
            Found::One(id) => index.person(id).unwrap().path.to_string(),
            Found::Unread(found) => format!("{} {}", found.code, found.path),
            other => panic!("{typed}: {other:?}"),
        };
        for (typed, expected) in [
            ("Big", "note-too-large P/Big.md"),
            ("[[big]]", "note-too-large P/Big.md"),
            ("P/Big", "note-too-large P/Big.md"),
            ("P/Big.md", "note-too-large P/Big.md"),
            ("lee", "note-too-large P/@Lee.md"),
            ("Big2", "P/Big2.md"),
            // Those who are called just so are meant.
            ("Small", "P/Ann.md"),
            // Part of a name is none, and a note that was read is no matter.
            ("Bi", "P/Big2.md"),
        ] {
            assert_eq!(told(typed), expected, "{typed}");
        }
    }

    #[test]
    fn each_class_of_match_finds_its_person() {
        let table = [
            ("张三", "P/张三.md"),
            ("老张", "P/张三.md"),
            ("[[张三]]", "P/张三.md"),
            ("sam  ZHANG", "P/张三.md"),
            ("P/张三.md", "P/张三.md"),
            ("赵四", "P/@赵四.md"),
            ("@赵四", "P/@赵四.md"),
            ("zhangsan", "P/张三.md"),
            ("zhang san", "P/张三.md"),
            ("Zhāng Sān", "P/张三.md"),
            ("wxm", "P/王小明.md"),
            ("w x m", "P/王小明.md"),
            ("shanxiongxin", "P/单雄信.md"),
            ("danxiongxin", "P/单雄信.md"),
            ("sxx", "P/单雄信.md"),
            ("zengguo", "P/曾国.md"),
            ("lvbu", "P/吕布.md"),
            ("lübu", "P/吕布.md"),
            ("lubu", "P/吕布.md"),
            ("yuchigong", "P/尉迟恭.md"),
            ("wxm2", "none, near:"),
            ("王小", "P/王小明.md"),
            ("小明", "P/王小明.md"),
            ("xiaoming", "P/王小明.md"),
            ("lee", "P/Anna Lee.md"),
            ("Emile Zola", "P/Émile Zola.md"),
            ("ÉMILE ZOLA", "P/Émile Zola.md"),
            ("emile", "P/Émile Zola.md"),
            ("Muller", "P/Hans Müller.md"),
            ("Müller", "P/Hans Müller.md"),
            ("mull", "P/Hans Müller.md"),
            ("jose", "P/Jose.md"),
            ("josé", "P/José.md"),
            ("jósé", "several: P/José.md P/Jose.md"),
        ];
        for (typed, expected) in table {
            assert_eq!(found(typed), expected, "{typed}");
        }
    }

    #[test]
    fn the_best_class_wins_and_equals_are_ambiguous() {
        assert_eq!(found("李雷"), "several: A/李雷.md B/李雷.md");
        assert_eq!(found("A/李雷"), "A/李雷.md");
        assert_eq!(found("zs"), "several: P/张三.md P/@赵四.md");
        assert_eq!(found("anna"), "several: P/Anna Lee.md P/Annabel.md");
        assert_eq!(found("anna l"), "P/Anna Lee.md");
    }

    #[test]
    fn a_new_name_may_be_someone_known_in_another_spelling() {
        let index = vault();
        for (name, known) in [
            ("章叁", "P/张三.md"),
            ("Zhang San", "P/张三.md"),
            ("单雄新", "P/单雄信.md"),
            ("Emile Zola", "P/Émile Zola.md"),
            ("安娜", ""),
            ("张四", ""),
            ("张三丰", ""),
            ("Anna", ""),
        ] {
            let like = sounding_like(&index, name);
            let paths: Vec<_> = like.iter().map(|id| index.person(*id).unwrap().path.as_str()).collect();
            assert_eq!(paths.join(" "), known, "{name}");
        }
    }

    #[test]
    fn nobody_found_offers_names_that_are_near() {
        assert_eq!(found("张四"), "none, near: P/张三.md P/@赵四.md");
        assert_eq!(found("Ana Lee"), "none, near: P/Anna Lee.md");
        assert_eq!(found("xyzxyz"), "none, near:");
        assert_eq!(found(""), "none, near:");
    }
}
