//! Affairs: a note with the key `affair`, or a heading `## Affair: …` in a note about someone, with tasks below it.

use crate::model::affair::Affair;
use crate::model::fold::fold;
use crate::model::link::{Link, LinkForm};
use crate::model::note::{Note, NoteKind};
use crate::model::span::{LineIndex, Span};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::time::TimeWords;

use super::body::Section;
use super::dates::read_dated_text;
use super::fields::gather::Fields;
use super::fields::person::whole_day;
use super::fields::values::{as_links, as_text};
use super::front_matter::FrontMatter;
use super::kind::value_of;

/// What affairs are read from.
pub(super) struct Sources<'a> {
    pub(super) front: &'a FrontMatter,
    /// Makes the fields of its keys.
    pub(super) fields: &'a dyn Fn() -> Fields,
    pub(super) sections: &'a [Section],
    pub(super) lines: &'a LineIndex<'a>,
    /// The body.
    pub(super) body: Span,
}

/// The affairs of `note`, in file order. A day of asking that is none is left out.
pub(super) fn affairs(note: &Note, from: &Sources<'_>, words: &Vocabulary, time: &TimeWords) -> Vec<Affair> {
    match note.kind {
        NoteKind::Person | NoteKind::Owner => headed(from, words),
        _ => keyed(note, from, words, time).into_iter().collect(),
    }
}

fn headed(from: &Sources<'_>, words: &Vocabulary) -> Vec<Affair> {
    let affair = |section: &Section| {
        let (word, title) = section.heading.split_once([':', '：'])?;
        if words.key(KeyScope::Note, &fold(word)) != Some("affair") || title.trim().is_empty() {
            return None;
        }
        let (first_line, last_line) = (from.lines.line(section.content.start), from.lines.line(section.content.end));
        Some(Affair {
            title: title.trim().into(),
            people: Vec::new(),
            asked_on: None,
            line: from.lines.line(section.heading_span.start),
            first_line,
            last_line,
        })
    };
    from.sections.iter().filter_map(affair).collect()
}

fn keyed(note: &Note, from: &Sources<'_>, words: &Vocabulary, time: &TimeWords) -> Option<Affair> {
    let value = value_of(from.front, "affair", words)?;
    let fields = (from.fields)();
    let title = as_text(value).filter(|title| !title.trim().is_empty());
    let people = fields.first("attendees", words).map(|field| as_links(&field.value)).unwrap_or_default();
    let is_linked = |link: &Link| link.form != LinkForm::Plain;
    let asked_on = value_of(from.front, "asked", words).and_then(as_text).and_then(|text| {
        let read = read_dated_text(&text, time).and_then(|read| whole_day(read, &text)).ok()?;
        Some(read.value)
    });
    Some(Affair {
        title: title.map_or_else(|| note.path.stem().into(), |title| title.trim().into()),
        people: people.into_iter().filter(is_linked).collect(),
        asked_on,
        line: from.lines.line(value.span.start),
        first_line: from.lines.line(from.body.start),
        last_line: u32::MAX,
    })
}

#[cfg(test)]
mod tests {
    use crate::model::affair::Affair;
    use crate::model::obsidian::ObsidianSettings;
    use crate::model::path::NotePath;
    use crate::parse::note::{NameRole, ParseContext, parse_note};
    use crate::parse::periodic::PeriodicNotes;
    use crate::vocabulary::Vocabulary;
    use crate::vocabulary::time::TimeWords;

    /// The line of a task, that of the one it hangs on, and whether it promises an introduction.
    type Part = (u32, Option<u32>, bool);

    fn read(path: &str, text: &str) -> (Vec<Affair>, Vec<Part>) {
        let (obsidian, time) = (ObsidianSettings::default(), TimeWords::built_in());
        let (periodic, _) = PeriodicNotes::compile(&obsidian);
        let words = Vocabulary::built_in();
        let context = ParseContext { words, time: &time, obsidian: &obsidian, periodic: &periodic };
        let (note, _) = parse_note(&NotePath::new(path), text, &NameRole::Ordinary, &context);
        (note.affairs, note.tasks.iter().map(|task| (task.line, task.parent, task.introduces)).collect())
    }

    #[test]
    fn a_heading_in_the_note_of_a_person_is_an_affair_with_the_tasks_below_it() {
        for (heading, title) in [
            ("## 事务：盘点", Some("盘点")),
            ("## 事务: 盘点", Some("盘点")),
            ("### Affair: stocktaking", Some("stocktaking")),
            ("## 事务", None),
            ("## 事务：", None),
            ("## 盘点事务：x", None),
        ] {
            let (affairs, tasks) =
                read("People/A.md", &format!("{heading}\n\n- [ ] a\n    - [ ] b\n\n## Log\n- [ ] c\n"));
            let titles: Vec<_> = affairs.iter().map(|affair| &*affair.title).collect();
            assert_eq!(titles, Vec::from_iter(title), "{heading}");
            assert!(affairs.iter().all(|affair| affair.first_line <= 3 && (4..7).contains(&affair.last_line)));
            assert_eq!(tasks, [(3, None, false), (4, Some(3), false), (7, None, false)]);
        }
        assert_eq!(read("Ideas.md", "## 事务：盘点\n\n- [ ] a\n").0, []);
    }

    #[test]
    fn a_note_with_the_key_is_an_affair_of_the_people_it_links() {
        let (affairs, tasks) = read(
            "事务/x.md",
            "---\n事务: 新报表\n人物: \"[[郑海燕]]\"\n提出: 2026-10-13\n---\n- [ ] 把[[A]]介绍给[[B]] #输出/引荐\n- [ ] x #输出/信息\n",
        );
        let [affair] = affairs.as_slice() else { panic!("{affairs:?}") };
        assert_eq!((&*affair.title, affair.line), ("新报表", 2));
        assert_eq!(affair.asked_on, "2026-10-13".parse().ok());
        assert_eq!(affair.people.iter().map(|link| &*link.target).collect::<Vec<_>>(), ["郑海燕"]);
        assert_eq!(tasks, [(6, None, true), (7, None, false)]);
        let (unnamed, _) = read("Affairs/Report.md", "---\naffair:\npeople: Bob\nasked: someday\n---\n");
        assert!(unnamed.iter().all(|affair| &*affair.title == "Report" && affair.people.is_empty()));
        assert_eq!(read("x.md", "---\ntitle: y\n---\n- [ ] z\n").0, []);
    }
}
