//! The YAML test suite: nothing panics, what is invalid is diagnosed at a place, and what is valid reads as
//! `serde_yaml` reads it, or differs for a reason that is named here.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::Value;
use vault_scan::parse::front_matter::limits::Budget;
use vault_scan::parse::front_matter::load::{Loaded, load};
use vault_scan::parse::front_matter::read_front_matter;
use vault_scan::parse::front_matter::tree::{Node, NodeKind, ScalarStyle};
use walkdir::WalkDir;

use crate::front_matter_corpora::corpora;

/// One folder of the suite.
struct Case {
    name: String,
    yaml: String,
    is_invalid: bool,
}

fn cases(suite: &Path) -> Vec<Case> {
    WalkDir::new(suite)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() == "in.yaml")
        .filter_map(|entry| {
            let folder = entry.path().parent()?;
            Some(Case {
                name: folder.strip_prefix(suite).ok()?.display().to_string(),
                yaml: std::fs::read_to_string(entry.path()).ok()?,
                is_invalid: folder.join("error").exists(),
            })
        })
        .collect()
}

#[test]
fn every_case_is_read_as_the_suite_or_the_second_parser_says() {
    let Some(corpora) = corpora("yaml_suite") else { return };
    let cases = cases(&corpora.join("yaml-test-suite"));
    assert_eq!(cases.len(), 402);
    let mut differing: BTreeMap<String, String> = BTreeMap::new();
    let (mut refused, mut agreeing) = (0, 0);
    for case in &cases {
        let ours = load(&case.yaml, 0, &mut Budget::for_block());
        match &ours {
            Err(error) => assert!(error.span.lies_in(&case.yaml), "{}: {error:?}", case.name),
            Ok(loaded) => assert_spans_lie_inside(&loaded.root, &case.yaml, &case.name),
        }
        let difference = if case.is_invalid { accepted(&ours) } else { difference(&ours, &case.yaml) };
        match difference {
            Some(difference) => drop(differing.insert(case.name.clone(), difference)),
            None if case.is_invalid => refused += 1,
            None => agreeing += 1,
        }

        // As front matter: whatever it holds, it is read without a panic and its spans lie inside.
        let note = format!("---\n{}\n---\nbody\n", case.yaml);
        let front = read_front_matter(&note, &|_| true);
        for field in &front.fields {
            assert!(field.key_span.lies_in(&note), "{}", case.name);
            assert_spans_lie_inside(&field.value, &note, &case.name);
        }
        for (span, finding) in &front.findings {
            assert!(span.lies_in(&note), "{}: {finding:?}", case.name);
        }
    }
    eprintln!("{refused} invalid cases refused, {agreeing} valid ones agree, {} differ", differing.len());
    let named: Vec<&str> = DIFFERENCES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    for (name, difference) in &differing {
        assert!(named.contains(&name.as_str()), "unnamed difference in {name}: {difference}");
    }
    for name in named {
        assert!(differing.contains_key(name), "{name} is named as differing, but agrees");
    }
}

/// Where the two readings differ, and why.
const DIFFERENCES: &[(&str, &[&str])] = &[
    ("a key may be empty", &["2JQS", "6M2F", "CFD4", "FRK4", "M2N8/00", "NHX8", "S3PD", "SM9W/01", "UKK6/00"]),
    (
        "tabs may separate tokens and stand in text blocks",
        &[
            "6BCT", "6CA3", "96NN/00", "96NN/01", "A2M4", "DK95/00", "DK95/03", "DK95/04", "Q5MG", "R4YG", "Y79Y/001",
            "Y79Y/010",
        ],
    ),
    ("unknown directives and versions are passed over", &["2LFX", "6LVF", "BEC7", "MUS6/05", "MUS6/06"]),
    (
        "in brackets, text may start with `:` or `?` and a colon may stand on a line of its own",
        &[
            "4ABK", "4MUZ/00", "4MUZ/01", "4MUZ/02", "58MP", "5MUD", "5T43", "652Z", "9SA2", "DBG4", "HM87/00",
            "HM87/01", "K3WX", "NJ66", "VJP3/01",
        ],
    ),
    ("names of anchors may hold any sign", &["2SXE", "8XYN", "W5VH", "Y2GN"]),
    ("text of a folded root may stand in column 0", &["DK3J", "FP8R"]),
    ("a stream may hold nothing but the end of a document", &["HWV9", "QT73"]),
    ("a text block may end without a line end", &["JEF9/02", "L24T/01"]),
    ("tags are not applied: raw text is kept", &["FH7J"]),
    ("a key written twice is kept here and settled by the caller", &["X38W"]),
];

fn accepted(ours: &Result<Loaded, vault_scan::parse::front_matter::load::LoadError>) -> Option<String> {
    match ours {
        Ok(loaded) if loaded.findings.is_empty() => Some(format!("invalid, but read as {:?}", loaded.root.kind)),
        _ => None,
    }
}

fn difference(ours: &Result<Loaded, vault_scan::parse::front_matter::load::LoadError>, yaml: &str) -> Option<String> {
    let theirs = serde_yaml::from_str::<Value>(yaml);
    match (ours, theirs) {
        (Err(ours), Ok(theirs)) => Some(format!("only they read it: {ours:?} {theirs:?}")),
        (Ok(ours), Err(theirs)) => Some(format!("only we read it: {theirs} {:?}", ours.root.kind)),
        (Ok(ours), Ok(theirs)) if !is_same(&ours.root, &theirs) => Some(format!("{:?}\n  {theirs:?}", ours.root.kind)),
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => None,
    }
}

/// Whether `theirs` is what the raw text of `ours` would be with types.
fn is_same(ours: &Node, theirs: &Value) -> bool {
    if let Value::Tagged(tagged) = theirs {
        return is_same(ours, &tagged.value);
    }
    match (&ours.kind, theirs) {
        (NodeKind::Null, theirs) => theirs.is_null() || theirs.as_str().is_some_and(str::is_empty),
        (NodeKind::Scalar { text, .. }, Value::String(theirs)) => **text == **theirs,
        (NodeKind::Scalar { text, style: ScalarStyle::Plain }, theirs) => {
            serde_yaml::from_str::<Value>(text).is_ok_and(|typed| typed == *theirs)
        }
        (NodeKind::List(ours), Value::Sequence(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (NodeKind::Map(ours), Value::Mapping(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|((key, ours), (their_key, theirs))| {
                    is_same(ours, theirs) && is_same_key(&key.text, their_key)
                })
        }
        _ => false,
    }
}

/// Keys that are lists or maps are kept as their source, which a typed value does not show.
fn is_same_key(ours: &str, theirs: &Value) -> bool {
    match theirs {
        Value::String(theirs) => ours == theirs,
        Value::Sequence(_) | Value::Mapping(_) => true,
        Value::Tagged(tagged) => is_same_key(ours, &tagged.value),
        theirs => serde_yaml::from_str::<Value>(ours).is_ok_and(|typed| typed == *theirs),
    }
}

fn assert_spans_lie_inside(node: &Node, text: &str, name: &str) {
    assert!(node.span.lies_in(text), "{name}: {node:?}");
    match &node.kind {
        NodeKind::Null | NodeKind::Scalar { .. } => {}
        NodeKind::List(items) => items.iter().for_each(|item| assert_spans_lie_inside(item, text, name)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                assert!(key.span.lies_in(text), "{name}: {key:?}");
                assert_spans_lie_inside(value, text, name);
            }
        }
    }
}
