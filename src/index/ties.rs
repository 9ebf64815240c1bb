//! How people know each other: who introduced whom, who manages whom, and the relations they name. Each tie is told to
//! both; what a note does not say itself is inferred from the note of the other one.

use std::collections::HashSet;

use crate::model::link::Link;
use crate::model::person::Person;

use super::identity::Someone;
use super::record::{Tie, TieKind, TieOther, ToldBy};

/// The ties that someone's own note names, in their order.
pub(super) fn ties_in(person: &Person) -> impl Iterator<Item = (&Link, TieKind)> {
    let introduced = person.introduced_by.iter().map(|link| (link, TieKind::IntroducedBy));
    let managed = person.manager.iter().map(|link| (link, TieKind::Manager));
    let related = person.relations.iter().map(|tie| (&tie.link, TieKind::Related { label: tie.label.clone() }));
    introduced.chain(managed).chain(related)
}

/// The ties of one person, gathered note by note in path order.
#[derive(Debug, Default)]
pub(super) struct Ties {
    own: Vec<Tie>,
    inferred: Vec<Tie>,
}

impl Ties {
    /// Takes in what their own note says.
    pub(super) fn add_own(&mut self, to: Option<Someone>, link: &Link, kind: TieKind) {
        let other = to.map_or_else(|| TieOther::Named(link.shown().into()), other_of);
        self.own.push(Tie { other, kind, told_by: ToldBy::Own });
    }

    /// Takes in what the note of someone else says they are to that one.
    pub(super) fn add_inferred(&mut self, from: Someone, kind: &TieKind) {
        self.inferred.push(Tie { other: other_of(from), kind: kind.inverse(), told_by: ToldBy::Other });
    }

    /// All of them in order.
    pub(super) fn finish(self) -> Vec<Tie> {
        joined(self.own, self.inferred)
    }
}

fn other_of(who: Someone) -> TieOther {
    match who {
        Someone::Person(id) => TieOther::Person(id),
        Someone::Owner => TieOther::Owner,
    }
}

/// By kind, own words first, each once. A relation that both notes name is told in each one's own words: the other's
/// label says what this one is to them (a student), not what they are to this one (a teacher).
fn joined(own: Vec<Tie>, inferred: Vec<Tie>) -> Vec<Tie> {
    let related: HashSet<TieOther> =
        own.iter().filter(|tie| tie.kind.is_related()).map(|tie| tie.other.clone()).collect();
    let inferred = inferred.into_iter().filter(|tie| !(tie.kind.is_related() && related.contains(&tie.other)));
    let mut seen = HashSet::new();
    let mut ties: Vec<Tie> =
        own.into_iter().chain(inferred).filter(|tie| seen.insert((tie.other.clone(), tie.kind.clone()))).collect();
    ties.sort_by_key(|tie| (tie.kind.place(), tie.told_by));
    ties
}

#[cfg(test)]
mod tests {
    use crate::index::record::{Index, PersonId, Tie, TieKind, TieOther, ToldBy};
    use crate::index::support::{NoteBuilder, indexed, note, other, person, wiki};
    use crate::model::link::{Link, LinkForm};
    use crate::model::note::{Note, NoteKind};
    use crate::model::person::{Person, Relation};

    fn related(target: &str, label: &str) -> impl FnOnce(&mut Person) {
        let relation = Relation { link: wiki(target), label: label.into() };
        |person| person.relations.push(relation)
    }

    fn introduced_by(target: &str) -> impl FnOnce(&mut Person) {
        let link = wiki(target);
        |person| person.introduced_by = Some(link)
    }

    fn managed_by(target: &str) -> impl FnOnce(&mut Person) {
        let link = wiki(target);
        |person| person.manager = Some(link)
    }

    fn shown(index: &Index, ties: &[Tie]) -> Vec<String> {
        let tie = |tie: &Tie| {
            let other = match &tie.other {
                TieOther::Person(id) => index.person(*id).unwrap().path.to_string(),
                TieOther::Owner => "owner".to_owned(),
                TieOther::Named(name) => format!("“{name}”"),
            };
            let kind = match &tie.kind {
                TieKind::Related { label } => format!("related({label})"),
                kind => format!("{kind:?}"),
            };
            format!("{kind} {other}{}", if tie.told_by == ToldBy::Other { " inferred" } else { "" })
        };
        ties.iter().map(tie).collect()
    }

    fn ties(notes: Vec<Note>, path: &str) -> Vec<String> {
        let index = indexed(notes);
        let record = index.people.iter().find(|record| record.path.as_str() == path).unwrap();
        shown(&index, &record.ties)
    }

    fn with(path: &str, change: impl FnOnce(&mut Person)) -> NoteBuilder {
        person(path).with(change)
    }

    #[test]
    fn each_tie_is_told_to_both() {
        let table = [
            (with("P/A.md", introduced_by("B")), "IntroducedBy P/B.md", "Introduced P/A.md inferred"),
            (with("P/A.md", managed_by("B")), "Manager P/B.md", "Report P/A.md inferred"),
            (with("P/A.md", related("B", "同学")), "related(同学) P/B.md", "related(同学) P/A.md inferred"),
        ];
        for (built, own, inverse) in table {
            let notes = vec![built.build(), person("P/B.md").build()];
            assert_eq!(ties(notes.clone(), "P/A.md"), [own]);
            assert_eq!(ties(notes, "P/B.md"), [inverse]);
        }
    }

    #[test]
    fn links_of_ties_resolve_as_others_do_and_else_stand_as_written() {
        let named = |target: &str, label: Option<&str>, form| Link {
            target: target.into(),
            label: label.map(Into::into),
            form,
            span: Default::default(),
        };
        let table = [
            (named("B", None, LinkForm::Wiki), "Manager P/B.md"),
            (named("老白", None, LinkForm::Wiki), "Manager P/B.md"),
            (named("老白", None, LinkForm::Plain), "Manager P/B.md"),
            (named("白先生", None, LinkForm::Plain), "Manager P/B.md"),
            (named("P/B.md", Some("他"), LinkForm::Markdown), "Manager P/B.md"),
            (named("Me", None, LinkForm::Wiki), "Manager owner"),
            (named("Twin", None, LinkForm::Wiki), "Manager “Twin”"),
            (named("x/Nobody", Some("无名"), LinkForm::Wiki), "Manager “无名”"),
            (named("x/Nobody", None, LinkForm::Wiki), "Manager “Nobody”"),
            (named("Acme", None, LinkForm::Wiki), "Manager “Acme”"),
        ];
        for (link, expected) in table {
            let notes = vec![
                with("P/A.md", |person| person.manager = Some(link.clone())).build(),
                person("P/B.md").name("白先生").aliases(&["老白"]).build(),
                person("Q/Twin.md").build(),
                person("R/Twin.md").build(),
                other("Acme.md").build(),
                note("Me.md", NoteKind::Owner).build(),
            ];
            assert_eq!(ties(notes, "P/A.md"), [expected], "{link:?}");
        }
    }

    #[test]
    fn the_owner_has_ties_too() {
        let notes = vec![
            note("Me.md", NoteKind::Owner).with(managed_by("B")).build(),
            with("P/A.md", introduced_by("Me")).build(),
            person("P/B.md").build(),
        ];
        assert_eq!(ties(notes.clone(), "P/B.md"), ["Report owner inferred"]);
        let index = indexed(notes);
        let owner = index.owner.as_ref().unwrap();
        assert_eq!(shown(&index, &owner.ties), ["Introduced P/A.md inferred", "Manager P/B.md"]);
    }

    #[test]
    fn a_tie_to_oneself_is_none() {
        let note = with("P/A.md", managed_by("A")).with(introduced_by("A")).with(related("A", "自己")).build();
        assert_eq!(ties(vec![note], "P/A.md"), [""; 0]);
    }

    #[test]
    fn ties_stand_by_kind_with_own_words_first_and_each_once() {
        let notes = || {
            vec![
                with("P/A.md", managed_by("C")).with(related("B", "师兄")).with(related("B", "师兄")).build(),
                with("P/B.md", related("A", "师弟")).with(introduced_by("A")).build(),
                with("P/C.md", introduced_by("A")).with(related("A", "邻居")).build(),
            ]
        };
        let expected = [
            "Introduced P/B.md inferred",
            "Introduced P/C.md inferred",
            "Manager P/C.md",
            "related(师兄) P/B.md",
            "related(邻居) P/C.md inferred",
        ];
        assert_eq!(ties(notes(), "P/A.md"), expected);
        assert_eq!(ties(notes().into_iter().rev().collect(), "P/A.md"), expected);
        assert_eq!(ties(notes(), "P/B.md"), ["IntroducedBy P/A.md", "related(师弟) P/A.md"]);
        assert_eq!(indexed(notes()).person(PersonId(2)).unwrap().ties.len(), 3);
    }
}
