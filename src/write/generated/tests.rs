//! What happens to a person's text, by example and for any text at all.

use proptest::prelude::{Strategy, prop, prop_oneof, proptest};
use proptest::sample::select;
use proptest::strategy::Just;

use super::*;

fn file(body: &str) -> GeneratedFile {
    let target = TargetPath::new("Reports/Agenda.md").unwrap();
    GeneratedFile::new(target, "agenda", "aliases: [日程]", body, Presence::Always).unwrap()
}

fn whole(body: &str) -> String {
    match merge(None, &file(body)) {
        Ok(Merged::Create(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// The file after merging, and how many lines moved.
fn merged(old: &str, body: &str) -> (String, usize) {
    match merge(Some(old.as_bytes()), &file(body)) {
        Ok(Merged::Unchanged) => (old.into(), 0),
        Ok(Merged::Replace { text, moved_lines }) => (text, moved_lines),
        other => panic!("{other:?}"),
    }
}

fn below(text: &str) -> &str {
    Region::find(text, "agenda").unwrap().after
}

const BODY: &str = "# Agenda\n\n- [ ] [[张三]] ^vs-1\n- [ ] [[李四]] ^vs-2\n";

#[test]
fn a_new_file_is_whole() {
    let text = whole("abc\r\n\na b\r\n\n");
    let expected = "---\ngenerated_by: vault-scan\naliases: [日程]\n---\n\n<!-- vault-scan:begin agenda -->\n\nabc\n\na b\n\n\
        <!-- vault-scan:sum ungWv+44g/ -->\n<!-- vault-scan:end agenda -->\n";
    assert_eq!(text, expected);
}

#[test]
fn properties_may_begin_with_our_own_line_or_be_absent() {
    let target = || TargetPath::new("a.md").unwrap();
    let with = |properties: &str| GeneratedFile::new(target(), "a", properties, "x", Presence::Always).unwrap();
    assert_eq!(with("generated_by: vault-scan\nlang: zh\n"), with("lang: zh"));
    assert!(with("").whole().starts_with("---\ngenerated_by: vault-scan\n---\n"));
}

#[test]
fn a_picture_is_xml_from_its_first_line_and_is_written_again_as_one() {
    let target = || TargetPath::new("Reports/contacts.svg").unwrap();
    let made = |svg: &str| GeneratedFile::picture(target(), "contacts", svg, Presence::Always).unwrap();
    let Ok(Merged::Create(text)) = merge(None, &made("<svg/>")) else { panic!("no file") };
    assert!(text.starts_with("<!-- generated_by: vault-scan -->\n<!-- vault-scan:begin contacts -->\n\n<svg/>\n"));
    assert_eq!(merge(Some(text.as_bytes()), &made("<svg/>")), Ok(Merged::Unchanged));
    let Ok(Merged::Replace { text, moved_lines: 0 }) = merge(Some(text.as_bytes()), &made("<svg>\n</svg>")) else {
        panic!("not replaced")
    };
    assert!(text.contains("<svg>\n</svg>") && !text.contains("<svg/>"));
    assert_eq!(merge(Some(b"<svg/>"), &made("<svg/>")), Err(Refusal::Foreign));
    for picture in [text.clone(), text.replace('\n', "\r\n"), format!("{text}<!-- mine -->\n")] {
        let replaced = merge(Some(picture.as_bytes()), &made("<svg/>"));
        let Ok(Merged::Replace { text, .. }) = &replaced else { panic!("{replaced:?}") };
        assert_eq!(text.contains("mine"), picture.contains("mine"));
        assert_eq!(text.contains('\r'), picture.contains('\r'));
    }
    // Its lines would stand below the element, and no program would show such a picture.
    let drawn = text.replace("<svg>\n", "<svg>\n<circle r=\"9\"/>\n");
    assert_eq!(merge(Some(drawn.as_bytes()), &made("<svg/>")), Err(Refusal::PictureEdited));
    assert!(merge(Some(drawn.as_bytes()), &made("<svg>\n<circle r=\"9\"/>\n</svg>")).is_ok());
}

#[test]
fn a_list_for_git_is_replaced_as_long_as_every_line_is_ours() {
    let made = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let all = ["Agenda.md", "Briefs/", "Ledger.md", "Year 2026.md"].map(str::to_owned);
        GeneratedFile::ignore_list(TargetPath::ignore_list("Reports").unwrap(), &names, &all)
    };
    let Ok(Merged::Create(text)) = merge(None, &made(&["Ledger.md"])) else { panic!("no file") };
    assert!(text.starts_with("# generated_by: vault-scan;") && text.ends_with("\n/Ledger.md\n"), "{text}");
    assert_eq!(merge(Some(text.as_bytes()), &made(&["Ledger.md"])), Ok(Merged::Unchanged));
    assert_eq!(merge(Some(text.replace('\n', "\r\n").as_bytes()), &made(&["Ledger.md"])), Ok(Merged::Unchanged));
    let Ok(Merged::Replace { text: two, .. }) = merge(Some(text.as_bytes()), &made(&["Briefs/", "Ledger.md"])) else {
        panic!("not replaced")
    };
    assert!(two.ends_with("\n/Briefs/\n/Ledger.md\n"));
    let older = format!("{text}\n/Year 2019.md\n");
    assert!(matches!(merge(Some(older.as_bytes()), &made(&["Ledger.md"])), Ok(Merged::Replace { .. })));
    assert!(made(&["Ledger.md"]).holds_added_lines(&text), "a person may have written any of the names");
    let theirs =
        ["*.tmp\n", "/My own.md\n", "/drafts/\n", "/mine.svg\n", "# why\n"].map(|line| format!("{text}{line}"));
    for theirs in theirs.into_iter().chain(["*.tmp\n".to_owned(), format!("\n{text}")]) {
        assert_eq!(merge(Some(theirs.as_bytes()), &made(&["Ledger.md"])), Err(Refusal::Foreign), "{theirs}");
    }
}

#[test]
fn text_that_would_end_its_own_place_is_refused() {
    let target = || TargetPath::new("a.md").unwrap();
    for (properties, body) in [
        ("---", "x"),
        ("a: b\n... ", "x"),
        ("", "<!-- vault-scan:end a -->"),
        ("", "x\n<!-- vault-scan:sum AAAAA -->\r\n"),
    ] {
        let made = GeneratedFile::new(target(), "a", properties, body, Presence::Always);
        assert!(matches!(made, Err(Refusal::TextHoldsMarker { .. })), "{properties:?} {body:?}");
    }
}

#[test]
fn text_that_would_answer_its_own_lines_is_refused() {
    let made = |body: &str| GeneratedFile::new(TargetPath::new("a.md").unwrap(), "a", "", body, Presence::Always);
    for line in ["- [x] A ^vs-00000001", "> * [-] A ^vs-00000001", "- [>] 2026-12-01 A ^vs-00000001"] {
        let refused = Refusal::TextHoldsAnswer { line: line.into() };
        assert_eq!(made(&format!("# Agenda\n\n{line}\n")), Err(refused), "{line}");
    }
    assert!(made("- [x] A\n- [ ] A ^vs-00000001\n- A ^vs-00000002\n").is_ok());
}

#[test]
fn the_same_content_again_changes_nothing() {
    let text = whole(BODY);
    assert_eq!(merge(Some(text.as_bytes()), &file(BODY)), Ok(Merged::Unchanged));
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(merge(Some(windows.as_bytes()), &file(BODY)), Ok(Merged::Unchanged));
}

#[test]
fn new_content_takes_the_place_of_old_content() {
    let (text, moved) = merged(&whole(BODY), "# Agenda\n\nnothing today");
    assert_eq!((text, moved), (whole("# Agenda\n\nnothing today"), 0));
}

#[test]
fn added_and_changed_lines_move_below_in_order() {
    let old = whole(BODY)
        .replace("- [ ] [[张三]] ^vs-1\n", "- [x] [[张三]] ^vs-1\n    - 聊了新工作\n")
        .replace("[[李四]] ^vs-2\n", "[[李四]] ^vs-2\nremember the book\n");
    let (text, moved) = merged(&format!("{old}## Mine\n"), BODY);
    assert_eq!(moved, 3);
    let expected = "\n- [x] [[张三]] ^vs-1\n    - 聊了新工作\n\nremember the book\n\n## Mine\n";
    assert_eq!(below(&text), expected);
    assert_eq!(merge(Some(text.as_bytes()), &file(BODY)), Ok(Merged::Unchanged));
    assert_eq!(merged(&text, "tomorrow"), (whole("tomorrow") + expected, 0));
}

#[test]
fn a_later_move_goes_above_an_earlier_one_without_piling_up_blank_lines() {
    let add = |text: &str, line: &str| text.replace("# Agenda\n", &format!("# Agenda\n{line}\n"));
    let (text, _) = merged(&add(&whole(BODY), "first"), BODY);
    let (text, _) = merged(&add(&text, "second"), BODY);
    assert_eq!(below(&text), "\nsecond\n\nfirst\n");
}

#[test]
fn a_missing_last_newline_is_added_only_to_move_a_line() {
    let old = whole(BODY);
    let old = old.trim_end();
    let (text, _) = merged(old, "other");
    assert_eq!(text, whole("other").trim_end());
    let (text, _) = merged(&old.replace("# Agenda\n", "# Agenda\nmine\n"), "other");
    assert_eq!(text, whole("other") + "\nmine\n");
}

#[test]
fn padding_by_an_editor_is_no_line_of_a_person() {
    let body = "| who | due |\n| --- | - |\n| 张三 | today |";
    let old =
        whole(body).replace("| who | due |", "| who  | due   |").replace("| - |", "| ----- |").replace('\n', "\r\n");
    assert_eq!(merged(&old, "other").1, 0);
}

#[test]
fn without_its_sums_a_file_keeps_every_line_that_is_not_generated_now() {
    let old: String = whole(BODY).lines().filter(|line| !is_sum(line)).map(|line| format!("{line}\n")).collect();
    assert_eq!(merged(&old, BODY), (whole(BODY), 0));
    assert_eq!(below(&merged(&old, "# Agenda\n").0), "\n- [ ] [[张三]] ^vs-1\n- [ ] [[李四]] ^vs-2\n");
}

#[test]
fn a_conflicted_region_is_made_again_and_only_lines_of_people_are_kept() {
    let inside = |body: &str| file(body).inside;
    let (mine, yours) = (inside("# Agenda\n\n- [ ] A\n"), inside("# Agenda\n\n- [ ] B\n"));
    let conflict = format!(
        "<<<<<<< HEAD\n{mine}called A\nshared\n||||||| base\nshared\n{}=======\n{yours}shared\nheading\nheading\n>>>>>>> phone\n",
        inside("older")
    );
    let old = whole("x").replace(&inside("x"), &conflict);
    let (text, moved) = merged(&old, "# Agenda\n\n- [ ] C\n");
    assert_eq!((moved, below(&text)), (4, "\ncalled A\nshared\n\nheading\nheading\n"));
    assert_eq!(text, whole("# Agenda\n\n- [ ] C\n") + below(&text));
}

#[test]
fn a_row_of_equal_signs_outside_a_conflict_is_a_persons() {
    let old = whole(BODY).replace("# Agenda\n", "# Agenda\nMine\n=======\n");
    assert_eq!(below(&merged(&old, BODY).0), "\nMine\n=======\n");
}

#[test]
fn doubled_text_of_ours_is_dropped() {
    let inside = file(BODY).inside;
    let old = whole(BODY).replace(&inside, &format!("{inside}{inside}"));
    assert_eq!(merged(&old, BODY), (whole(BODY), 0));
}

/// Lines as people and hostile tools write them.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}".boxed(),
        "\\PC{0,8}".boxed(),
        select(vec!["", "---", "- [x] A", "=======", "# Agenda", "```", "    - sub", "<!-- vault-scan:end stale -->"])
            .prop_map(str::to_owned)
            .boxed(),
    ]
    .prop_map(|line| line.replace(['\n', '\r', '\0'], ""))
    .prop_filter("unsolved merges are refused", |line| !is_conflict_edge(line))
}

fn text() -> impl Strategy<Value = String> {
    let ending = select(vec!["\n", "\r\n"]);
    prop::collection::vec((line(), ending), 0..8)
        .prop_map(|lines| lines.into_iter().map(|(line, ending)| line + ending).collect())
}

/// What a template may give as a body.
fn body() -> impl Strategy<Value = String> {
    text().prop_filter("refused by the constructor", |text| !text.contains(OURS))
}

proptest! {
    #[test]
    fn text_outside_the_markers_survives_byte_for_byte(
        (bom, ending) in (select(vec!["", "\u{feff}"]), select(vec!["\n", "\r\n"])),
        (above, below) in (text(), text()),
        last in prop_oneof![Just(String::new()), line()],
        (first, second) in (body(), body()),
    ) {
        let created = whole(&first).replace('\n', ending);
        let (head, rest) = created.split_once("<!--").unwrap();
        let (head, tail) = (format!("{bom}{head}{above}"), format!("{below}{last}"));
        let old = format!("{head}<!--{rest}{tail}");
        let (new, moved) = merged(&old, &second);
        assert_eq!(moved, 0);
        assert!(new.starts_with(&head));
        assert!(new.ends_with(&tail));
        let region = Region::find(&new, "agenda").unwrap();
        assert_eq!((region.before, region.after), (head.as_str(), tail.as_str()));
        assert_eq!(merge(Some(new.as_bytes()), &file(&second)), Ok(Merged::Unchanged));
    }

    #[test]
    fn every_line_added_inside_survives_below_exactly_once(
        (first, second, ending) in (body(), body(), select(vec!["\n", "\r\n"])),
        added in prop::collection::vec((line(), 0..20_usize), 0..6),
        tail in text(),
    ) {
        let created = whole(&first).replace('\n', ending);
        let mut lines: Vec<String> = created.split_inclusive('\n').map(str::to_owned).collect();
        let begin = lines.iter().position(|line| line.contains(":begin")).unwrap();
        for (line, at) in &added {
            let end = lines.iter().position(|line| line.contains(":end agenda")).unwrap();
            lines.insert(begin + 1 + at % (end - begin), format!("{line}\n"));
        }
        let old = lines.concat() + &tail;
        let region = Region::find(&old, "agenda").unwrap();
        // A row equal to one that was or is generated is no row of a person's.
        let (first_file, second_file) = (file(&first), file(&second));
        let mut known = Sums::default();
        known.add_generated(&first_file.inside);
        known.add_generated(&second_file.inside);
        let expected: Vec<&str> =
            region.inside.lines().filter(|line| !is_sum(line) && !known.cover(line)).collect();
        let (new, moved) = merged(&old, &second);
        assert_eq!(moved, expected.len());
        let kept = below(&new).strip_suffix(tail.as_str()).unwrap();
        assert_eq!(kept.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>(), expected);
        assert_eq!(merge(Some(new.as_bytes()), &file(&second)), Ok(Merged::Unchanged));
        assert_eq!(merged(&new, &first).1, 0);
    }

    #[test]
    fn no_bytes_at_all_make_it_panic(bytes in prop::collection::vec(prop::num::u8::ANY, 0..64), split in 0..400_usize) {
        let mut old = whole(BODY).into_bytes();
        old.splice(split.min(old.len())..split.min(old.len()), bytes);
        let _ = merge(Some(&old), &file("other"));
    }
}

/// An agenda of lines with names, and what merging it with `fresh` gives, where `answered` is known.
fn answered(old: &str, fresh: &str, known: &Answered) -> Result<String, Refusal> {
    match merge(Some(old.as_bytes()), &file(fresh).knowing(known.clone()))? {
        Merged::Unchanged => Ok(old.into()),
        Merged::Replace { text, .. } => Ok(text),
        Merged::Create(text) => panic!("{text}"),
    }
}

const ASKED: &str =
    "# Agenda\n\n- [ ] A ^vs-00000001\n- [ ] B ^vs-00000002\n\n> [!note]- more\n> - [ ] C ^vs-00000003\n";

#[test]
fn an_answer_goes_stays_or_moves_below_as_it_is_known_and_an_unknown_one_stops_the_write() {
    let old = whole(ASKED).replace("- [ ] B ^vs-00000002\n", "- [x] B ^vs-00000002\n  - tea\n");
    let text = "- [x] B ^vs-00000002\n  - tea".to_owned();
    let with = |change: fn(&mut Answered, String)| {
        let mut known = Answered::default();
        change(&mut known, text.clone());
        answered(&old, ASKED, &known)
    };
    assert_eq!(answered(&old, ASKED, &Answered::default()), Err(Refusal::Unread));
    assert_eq!(with(|known, text| known.applied.extend([text])), Ok(whole(ASKED)));
    assert_eq!(with(|known, text| known.kept.extend([text])), Ok(old.clone()));
    let moved = with(|known, text| known.unplaced.extend([text])).unwrap();
    assert_eq!(below(&moved), "\n- [x] B ^vs-00000002\n  - tea\n");
    assert!(moved.contains("- [ ] B ^vs-00000002\n"));
    let later = old.replace("  - tea\n", "  - tea\n  - and cake\n");
    let mut known = Answered::default();
    known.applied.insert(text);
    assert_eq!(answered(&later, ASKED, &known), Err(Refusal::Unread));
}

#[test]
fn an_answer_that_stays_where_its_line_is_gone_stands_at_the_end_and_is_read_again() {
    let old = whole(ASKED).replace("[ ] B", "[x] B");
    let mut known = Answered::default();
    known.kept.insert("- [x] B ^vs-00000002".into());
    let fresh = ASKED.replace("- [ ] B ^vs-00000002\n", "");
    let text = answered(&old, &fresh, &known).unwrap();
    let region = Region::find(&text, "agenda").unwrap();
    assert!(region.inside.contains("- [x] B ^vs-00000002\n\n<!-- vault-scan:sum") && region.after.is_empty());
    assert_eq!(answered(&text, &fresh, &known), Ok(text));
}

#[test]
fn lines_below_an_open_line_stay_in_quotes_too_and_move_with_it_when_it_goes() {
    let draft = "> - [ ] C ^vs-00000003\n>   - ask\n>   - tell\n";
    let old = whole(ASKED).replace("> - [ ] C ^vs-00000003\n", draft);
    let known = Answered::default();
    assert_eq!(answered(&old, ASKED, &known), Ok(old.clone()));
    let changed = ASKED.replace("# Agenda", "# Other");
    assert!(answered(&old, &changed, &known).unwrap().contains(draft));
    let plain = ASKED.replace("> [!note]- more\n> ", "");
    let out = answered(&old, &plain, &known).unwrap();
    assert!(out.contains("- [ ] C ^vs-00000003\n  - ask\n  - tell\n"), "{out}");
    let gone = answered(&old, "# Agenda\n", &known).unwrap();
    assert_eq!(below(&gone), format!("\n{draft}"));
    let crlf = old.replace('\n', "\r\n");
    assert_eq!(answered(&crlf, ASKED, &known), Ok(crlf));
}

#[test]
fn equal_lines_below_different_lines_all_stay() {
    let draft = "- [ ] B ^vs-00000002\n  - the offer\n    - yes\n  - the date\n    - yes\n";
    let old = whole(ASKED).replace("- [ ] B ^vs-00000002\n", draft);
    let known = Answered::default();
    assert_eq!(answered(&old, ASKED, &known), Ok(old.clone()));
    let twice = old.replace(draft, &format!("{draft}{draft}  - and tea\n"));
    let out = answered(&twice, ASKED, &known).unwrap();
    assert!(out.contains(&format!("{draft}  - and tea\n\n")), "{out}");
}

#[test]
fn two_different_answers_to_one_line_both_stay_and_equal_ones_once() {
    let (one, other) = ("- [x] B ^vs-00000002\n  - tea\n", "- [x] B ^vs-00000002\n  - cake\n");
    let old = whole(ASKED).replace("- [ ] B ^vs-00000002\n", &format!("{one}{other}{one}"));
    let known = Answered { kept: [one, other].map(|text| text.trim_end().to_owned()).into(), ..Answered::default() };
    let out = answered(&old, ASKED, &known).unwrap();
    assert!(out.contains(&format!("{one}{other}\n")), "{out}");
}

#[test]
fn a_line_below_keeps_its_depth_where_no_blank_follows_the_quote_mark() {
    let fresh = ASKED.replace("> - [ ] C", ">- [ ] C");
    let draft = ">- [ ] C ^vs-00000003\n> - ask\n> <!-- vault-scan:end agenda -->\n";
    let old = whole(&fresh).replace(">- [ ] C ^vs-00000003\n", draft);
    let known = Answered::default();
    assert_eq!(answered(&old, &fresh, &known), Ok(old.clone()));
    let plain = fresh.replace("> [!note]- more\n>", "");
    let out = answered(&old, &plain, &known).unwrap();
    assert!(out.contains("- [ ] C ^vs-00000003\n - ask\n <!-- vault-scan:end agenda -->\n"), "{out}");
    assert!(Region::find(&out, "agenda").is_ok());
}
