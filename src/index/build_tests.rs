//! The index of small vaults, whole.

use proptest::prelude::{Just, Strategy, proptest};

use super::*;
use crate::index::record::{Evidence, PassedOverReason, PersonId};
use crate::index::support::{
    NoteBuilder, at, daily, day, indexed, line, log, note, open_task, options, other, person, wiki,
};
use crate::model::date::PartialDate;
use crate::model::entry::EntryLink;
use crate::model::entry::Setting;
use crate::model::entry::{EntrySource, NestedItem};
use crate::model::moves::{Move, MoveKind};
use crate::model::note::Held;
use crate::model::note::Tag;
use crate::model::person::NextContact;
use crate::model::span::Span;
use crate::model::task::Task;
use crate::model::task::TaskState;

fn codes(index: &Index) -> Vec<String> {
    index.diagnostics.iter().map(|d| format!("{} {}", d.path, d.code)).collect()
}

/// Contacts of the first person: `day path:line …`.
fn contacts(index: &Index) -> Vec<String> {
    let shown = |evidence: &Evidence| format!(" {}:{}", evidence.path, evidence.line);
    let contacts = index.people[0].contacts.iter();
    contacts.map(|c| format!("{}{}", c.date, c.evidence.iter().map(shown).collect::<String>())).collect()
}

fn passed_over(index: &Index, person: usize) -> Vec<(String, PassedOverReason)> {
    index.people[person].passed_over.iter().map(|p| (p.evidence.path.to_string(), p.reason)).collect()
}

fn task(text: &str, links: &[&str], line: u32) -> Task {
    Task { links: links.iter().map(|target| wiki(target)).collect(), ..open_task(text, line) }
}

fn with_tasks(note: NoteBuilder, tasks: Vec<Task>) -> Note {
    let mut note = note.build();
    note.tasks = tasks;
    note
}

#[test]
fn one_person_and_day_is_one_contact_with_all_its_evidence_in_order() {
    let index = indexed(vec![
        person("P/A.md")
            .with(|p| {
                p.last_contact = Some(at(day("2026-11-20")));
                p.met_on = Some(at(PartialDate::Day(day("2020-05-01"))));
            })
            .entry(log("2026-11-20"))
            .entry(log("2026-11-01"))
            .build(),
        daily("D/2026-11-20.md").entry(line("2026-11-20").link("A").link("A")).build(),
    ]);
    assert_eq!(
        contacts(&index),
        ["2020-05-01 P/A.md:2", "2026-11-01 P/A.md:11", "2026-11-20 D/2026-11-20.md:10 P/A.md:2 P/A.md:10"]
    );
    assert_eq!(index.people[0].contacts[0].evidence[0].key, Some("met_on"));
}

#[test]
fn a_day_of_first_meeting_without_its_day_is_no_contact() {
    let index = indexed(vec![person("P/A.md").with(|p| p.met_on = Some(at(PartialDate::Month(2020, 5)))).build()]);
    assert!(index.people[0].contacts.is_empty());
}

#[test]
fn several_links_on_a_line_are_one_mention_and_the_plain_one_decides() {
    let both = line("2026-11-20").link_in("A", Setting::Embed).link("A");
    let index = indexed(vec![
        person("P/A.md").build(),
        daily("D/2026-11-20.md").entry(both).build(),
        daily("D/2026-11-21.md").entry(line("2026-11-21").link_in("A", Setting::Embed)).build(),
    ]);
    assert_eq!(contacts(&index), ["2026-11-20 D/2026-11-20.md:10"]);
    assert_eq!(passed_over(&index, 0), [("D/2026-11-21.md".into(), PassedOverReason::Embed)]);
}

#[test]
fn links_in_items_below_a_line_count_like_the_line() {
    let mut entry = line("2026-11-20");
    let links = vec![EntryLink { link: wiki("A"), setting: Setting::Plain }];
    let item = NestedItem {
        text: "".into(),
        moves: vec![],
        fields: vec![],
        links,
        id: None,
        span: Span::default(),
        line: 12,
        last_line: 12,
    };
    entry.0.nested.push(item);
    let index = indexed(vec![person("P/A.md").build(), daily("D/2026-11-20.md").entry(entry).build()]);
    assert_eq!(contacts(&index), ["2026-11-20 D/2026-11-20.md:12"]);
}

#[test]
fn an_entry_in_a_persons_note_counts_for_that_person_only() {
    let index =
        indexed(vec![person("P/A.md").entry(log("2026-11-20").link("B").link("A")).build(), person("P/B.md").build()]);
    assert_eq!(contacts(&index), ["2026-11-20 P/A.md:10"]);
    assert!(passed_over(&index, 0).is_empty());
    assert_eq!(passed_over(&index, 1), [("P/A.md".into(), PassedOverReason::OtherPersonsNote)]);
}

#[test]
fn an_ambiguous_link_counts_for_nobody_and_is_told_once() {
    let index = indexed(vec![
        person("P/王伟.md").build(),
        person("Q/王伟.md").build(),
        daily("D/2026-11-20.md").entry(line("2026-11-20").link("王伟")).build(),
        daily("Q/2026-11-21.md").entry(line("2026-11-21").link("王伟")).build(),
    ]);
    assert!(index.people[0].contacts.is_empty());
    assert_eq!(passed_over(&index, 0), [("D/2026-11-20.md".into(), PassedOverReason::Ambiguous)]);
    assert_eq!(index.people[1].contacts[0].date, day("2026-11-21"), "the linking folder wins");
    assert_eq!(codes(&index), ["D/2026-11-20.md ambiguous-link", "P/王伟.md same-name", "Q/王伟.md same-name"]);
    let arguments: Vec<&str> = index.diagnostics[0].arguments.iter().map(|a| &**a).collect();
    assert_eq!(arguments, ["王伟", "P/王伟.md, Q/王伟.md", "P/王伟"]);
}

#[test]
fn an_ambiguous_link_that_counts_for_nobody_anyway_needs_no_word() {
    let quoted = daily("D/2026-11-20.md").entry(line("2026-11-20").link_in("A", Setting::Quote));
    let index = indexed(vec![
        person("P/A.md").name("Anna").build(),
        person("Q/A.md").name("Alan").build(),
        person("X/B.md").entry(log("2026-11-20").link("A")).build(),
        quoted.build(),
    ]);
    assert_eq!(codes(&index), [""; 0]);
    let reasons: Vec<_> = passed_over(&index, 0).into_iter().map(|(_, reason)| reason).collect();
    assert_eq!(reasons, [PassedOverReason::Quote, PassedOverReason::OtherPersonsNote]);
}

#[test]
fn a_planned_meeting_is_one_plan_however_often_it_names_someone() {
    let planned = note("M/2026-12-01.md", NoteKind::Meeting).held(Held::Planned);
    let planned = planned.entry(line("2026-12-01").link("A")).entry(line("2026-12-01").link("A"));
    let index = indexed(vec![person("P/A.md").build(), planned.build()]);
    assert_eq!(index.people[0].plans.len(), 1);
}

#[test]
fn a_stem_shared_with_another_note_is_ambiguous_too_but_a_generated_brief_is_not() {
    let link = || daily("D/2026-11-20.md").entry(line("2026-11-20").link("A")).build();
    let shared = indexed(vec![person("P/A.md").build(), other("X/A.md").build(), link()]);
    assert!(shared.people[0].contacts.is_empty());
    for kind in [NoteKind::Generated, NoteKind::Template, NoteKind::ConflictCopy] {
        let index = indexed(vec![person("P/A.md").build(), note("X/A.md", kind).build(), link()]);
        assert_eq!((index.people[0].contacts.len(), codes(&index).len()), (1, 0), "{kind:?}");
    }
}

#[test]
fn a_bare_alias_counts_with_one_hint_a_run() {
    let index = indexed(vec![
        person("P/张三.md").aliases(&["老张"]).build(),
        daily("D/2026-11-19.md").entry(line("2026-11-19").link("老张")).build(),
        daily("D/2026-11-20.md").entry(line("2026-11-20").link("老张")).build(),
    ]);
    assert_eq!(index.people[0].contacts.len(), 2);
    assert_eq!(codes(&index), ["D/2026-11-19.md alias-link"]);
}

#[test]
fn links_to_nothing_or_to_the_owner_are_silent() {
    let index = indexed(vec![
        note("Me.md", NoteKind::Owner).entry(log("2026-11-20").link("A")).build(),
        person("P/A.md").build(),
        daily("D/2026-11-20.md").entry(line("2026-11-20").link("Me").link("Nobody")).build(),
    ]);
    assert!(index.diagnostics.is_empty() && index.people[0].contacts.is_empty());
    assert_eq!(passed_over(&index, 0), [("Me.md".into(), PassedOverReason::OwnerNote)]);
    assert_eq!(index.owner.unwrap().path.as_str(), "Me.md");
}

#[test]
fn of_two_owner_notes_the_first_by_path_is_used() {
    let index = indexed(vec![note("B.md", NoteKind::Owner).build(), note("A.md", NoteKind::Owner).build()]);
    assert_eq!(index.owner.as_ref().unwrap().path.as_str(), "A.md");
    assert_eq!(codes(&index), ["B.md several-owners"]);
    assert!(index.people.is_empty());
}

#[test]
fn names_are_compared_folded_and_two_of_one_name_stay_two() {
    let index = indexed(vec![
        person("P/a.md").name("Anna  LEE").build(),
        person("P/b.md").name("anna lee").build(),
        person("P/c.md").name("Anna Leigh").build(),
    ]);
    assert_eq!(index.people.len(), 3);
    assert_eq!(codes(&index), ["P/a.md same-name", "P/b.md same-name"]);
}

#[test]
fn attendees_of_a_meeting_and_who_was_met_at_an_event_count_once() {
    let meeting = note("M/2026-11-20.md", NoteKind::Meeting).occasion(|o| o.attendees = vec![wiki("A")]);
    let event = note("E/2026-11-19.md", NoteKind::Event).occasion(|o| {
        o.met = vec![wiki("A")];
        o.attendees = vec![wiki("B")];
    });
    let mut index = indexed(vec![person("P/A.md").build(), person("P/B.md").build(), meeting.build()]);
    let record = index.people.remove(0);
    assert_eq!((record.contacts.len(), record.contacts[0].evidence.len()), (1, 1));
    assert_eq!(record.meeting_days.len(), 1);
    let index = indexed(vec![person("P/A.md").build(), person("P/B.md").build(), event.build()]);
    assert_eq!(contacts(&index), ["2026-11-19 E/2026-11-19.md:1"]);
    assert_eq!(passed_over(&index, 1), [("E/2026-11-19.md".into(), PassedOverReason::EventOnlyCountsMet)]);
}

#[test]
fn notes_that_give_no_facts_give_none() {
    for kind in [NoteKind::Generated, NoteKind::ConflictCopy, NoteKind::Damaged, NoteKind::Template] {
        let note = with_tasks(note("X.md", kind).entry(log("2026-11-20").link("A")), vec![task("t", &["A"], 3)]);
        let index = indexed(vec![person("P/A.md").build(), note]);
        assert!(index.people[0].contacts.is_empty() && index.follow_ups.is_empty(), "{kind:?}");
    }
}

#[test]
fn open_tasks_follow_up_on_the_person_of_the_note_and_on_linked_ones() {
    let closed = Task { state: TaskState::Done, ..task("done", &[], 4) };
    let filtered = Task { passes_filter: false, ..task("filtered", &[], 5) };
    let code = Task { setting: Setting::Code, ..task("code", &[], 6) };
    let dated = log("2026-12-01").task(TaskState::Open); // line 10
    let index = indexed(vec![
        with_tasks(
            person("P/A.md").entry(dated),
            vec![task("both", &["B", "A"], 3), closed, filtered, code, task("appointment", &[], 10)],
        ),
        person("P/B.md").build(),
        with_tasks(other("Todo.md"), vec![task("linked", &["B"], 1), task("nobody", &["Nobody"], 2)]),
    ]);
    let shown: Vec<_> = index.follow_ups.iter().map(|f| (&*f.text, f.people.iter().map(|p| p.0).collect())).collect();
    assert_eq!(shown, [("both", vec![0, 1]), ("linked", vec![1])]);
    assert_eq!(index.people[0].plans.len(), 1);
}

#[test]
fn meetings_hold_who_is_listed_else_who_is_linked() {
    let listed = note("M/2026-11-20 b.md", NoteKind::Meeting)
        .occasion(|o| o.attendees = vec![wiki("B"), wiki("Nobody")])
        .entry(line("2026-11-20").source(EntrySource::Attendees).link("B"))
        .entry(line("2026-11-20").link("A"));
    let linked = note("M/2026-11-19 a.md", NoteKind::Meeting)
        .entry(line("2026-11-19").link("A"))
        .entry(log("2026-11-30").link("B")); // told later, elsewhere
    let index = indexed(vec![person("P/A.md").build(), person("P/B.md").build(), listed.build(), linked.build()]);
    let shown: Vec<_> = index.meetings.iter().map(|m| (&*m.title, m.people.clone())).collect();
    assert_eq!(shown, [("2026-11-19 a", vec![PersonId(0)]), ("2026-11-20 b", vec![PersonId(1)])]);
    assert_eq!(index.people[0].contacts.len(), 1);
    assert_eq!(index.people[1].contacts.len(), 2);
}

#[test]
fn who_ever_gave_something_weighs_more_even_where_the_line_is_no_contact() {
    let given = Move { kind: MoveKind::Got, detail: None, span: Span::default() };
    let mut body = line("2026-11-20").link("A");
    body.0.moves.push(given);
    let meeting = note("M/2026-11-20.md", NoteKind::Meeting).occasion(|o| o.attendees = vec![wiki("B")]).entry(body);
    let index = indexed(vec![person("P/A.md").build(), person("P/B.md").build(), meeting.build()]);
    assert_eq!(index.people.iter().map(|p| p.weight).collect::<Vec<_>>(), [150, 100]);
}

#[test]
fn a_snooze_without_its_day_is_told() {
    let index = indexed(vec![person("P/A.md").entry(log("2026-11-20").moved(MoveKind::Snooze)).build()]);
    assert_eq!(codes(&index), ["P/A.md snooze-without-date"]);
    let dated = log("2026-11-20").moved(MoveKind::Snooze).until("2026-12-01");
    assert!(indexed(vec![person("P/A.md").entry(dated).build()]).diagnostics.is_empty());
}

#[test]
fn notes_and_front_matter_are_counted_by_kind() {
    let mut partial = other("x.md").build();
    partial.front_matter = FrontMatterOutcome::Partial;
    let index = indexed(vec![person("P/A.md").build(), person("P/B.md").build(), partial]);
    assert_eq!(index.counts.notes, 3);
    assert_eq!(index.counts.kinds[&NoteKind::Person], 2);
    assert_eq!(index.counts.front_matter.into_iter().collect::<Vec<_>>(), [(FrontMatterOutcome::Partial, 1)]);
}

fn mixed_vault() -> Vec<Note> {
    let next = NextContact { date: Some(day("2026-12-01")), text: "call".into() };
    let mut tagged = person("P/曾四.md").entry(log("2026-10-01").moved(MoveKind::Skip)).build();
    tagged.tags.push(Tag { name: "x".into(), span: Span::default() });
    vec![
        person("P/王伟.md").aliases(&["老王"]).with(|p| p.next_contact = Some(at(next))).build(),
        person("Q/王伟.md").entry(log("2026-11-20")).build(),
        tagged,
        note("Me.md", NoteKind::Owner).build(),
        note("Me2.md", NoteKind::Owner).build(),
        daily("D/2026-11-19.md").entry(line("2026-11-19").link("老王").link("王伟")).build(),
        daily("D/2026-11-20.md").entry(line("2026-11-20").link("老王").link("曾四")).build(),
        note("M/2026-11-20.md", NoteKind::Meeting).held(Held::Planned).entry(line("2026-11-20").link("曾四")).build(),
        with_tasks(other("Todo.md"), vec![task("t", &["曾四", "老王"], 1)]),
    ]
}

proptest! {
    #[test]
    fn the_order_of_the_notes_does_not_matter(notes in Just(mixed_vault()).prop_shuffle()) {
        let expected = format!("{:?}", indexed(mixed_vault()));
        assert_eq!(format!("{:?}", build_index(&notes, Vec::new(), &options())), expected);
    }
}

#[test]
fn our_own_reports_are_a_kind_but_no_notes() {
    let mut report = note("Reports/Agenda.md", NoteKind::Generated).build();
    report.front_matter = FrontMatterOutcome::Whole;
    let index = indexed(vec![report, person("A.md").build()]);
    assert_eq!((index.counts.notes, index.counts.kinds[&NoteKind::Generated]), (1, 1));
    assert!(index.counts.front_matter.is_empty());
}
