//! The checker of rooms and effects itself, on snippets that must and must not be found.

use super::{effect_faults, import_faults};
use crate::sources::Source;

fn imports(path: &str, text: &str) -> usize {
    import_faults(&Source::read(path, text)).len()
}

fn effects(path: &str, text: &str) -> usize {
    effect_faults(&Source::read(path, text)).len()
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    for text in [
        "use crate::index::Person;",
        "use crate::{model::Note, index::Person};",
        "use crate::{\n    index::{Person, Timeline},\n};",
        "fn f() { crate::index::build(); }",
        "use super::super::index::Person;",
        "pub(crate) use crate::index;",
        "use vault_scan::index::Person;",
        "use crate as whole;",
        "/* ' */ use crate::index::Person; // \"",
        "const A: char = '\"'; use crate::index::Person;",
        "fn f<'a>(x: &'a str) { crate::index::build(x) }",
    ] {
        assert_ne!(imports("parse/fields.rs", text), 0, "{text}");
    }
}

#[test]
fn an_allowed_import_is_no_fault() {
    for text in [
        "use crate::model::Note;",
        "use super::values::Value;",
        "use crate::parse::tasks::Task;",
        "pub(crate) fn f() {}",
        "pub(in crate::parse) fn f() {}",
        "// use crate::index::Person;",
        "//! [`crate::index`] reads this.",
        "/* use crate::index::Person; /* nested */ use crate::index; */",
        "const A: &str = \"use crate::index::Person;\";",
        "const A: &str = r#\"crate::index::x \" crate::index\"#;",
        "#[cfg(test)]\nmod tests { use crate::index::Person; }",
        "#[cfg(test)] use crate::index::Person;",
        "#[cfg(test)]\nmod tests;",
    ] {
        assert_eq!(imports("parse/fields.rs", text), 0, "{text}");
    }
}

#[test]
fn code_after_a_test_module_is_still_read() {
    let text = "#[cfg(test)]\nmod tests { fn f() { let _ = \"}\"; } }\nuse crate::cli::Args;";
    assert_eq!(imports("model/note.rs", text), 1);
    assert_eq!(imports("model/note.rs", "#[cfg(not(test))]\nuse crate::cli::Args;"), 1);
}

#[test]
fn nothing_imports_cli() {
    for room in ["model", "parse", "index", "report", "render", "write", "vault", "app"] {
        assert_eq!(imports(&format!("{room}/x.rs"), "use crate::cli::Args;"), 1, "{room}");
    }
    assert_eq!(imports("main.rs", "use vault_scan::cli;"), 0);
    assert_eq!(imports("main.rs", "use vault_scan::parse;"), 1);
}

#[test]
fn a_report_imports_no_other_report() {
    assert_eq!(imports("report/agenda.rs", "use crate::report::stale::Stale;"), 1);
    assert_eq!(imports("report/agenda.rs", "use super::stale::Stale;"), 1);
    assert_eq!(imports("report/agenda/lines.rs", "use super::super::stale::Stale;"), 1);
    assert_eq!(imports("report/agenda.rs", "use super::{item::Item, reason::Reason};"), 0);
    assert_eq!(imports("report/agenda/lines.rs", "use super::meetings::Lines;"), 0);
    assert_eq!(imports("report/mod.rs", "pub use agenda::Agenda; pub use self::stale::Stale;"), 0);
}

#[test]
fn an_effect_is_found_however_it_is_written() {
    for text in [
        "use std::fs;",
        "use std::{fs, io};",
        "use std::{\n    fs::{self, File},\n};",
        "fn f() { let _ = std::fs::read(\"x\"); }",
        "fn f() { File::open(path); }",
        "fn f(p: &Path) -> bool { p.exists() }",
        "use walkdir::WalkDir;",
        "fn f() { let t = Instant::now(); }",
        "fn f() { let t = std::time::SystemTime::now(); }",
        "use chrono::Local;",
        "use chrono::{Local, NaiveDate};",
        "use std::env;",
        "fn f() { println!(\"x\"); }",
        "fn f() { write!(io::stdout(), \"x\"); }",
        "#[derive(Clone, Serialize)] struct A;",
        "#[derive(serde::Deserialize)] struct A;",
        "impl<'d> Deserialize<'d> for A {}",
        "impl serde::Serialize for A {}",
        "use minijinja::Environment;",
        "use std::net::TcpStream;",
        "fn f() { std::process::exit(1) }",
        "use std::process::exit;",
        "fn f() { unsafe { g() } }",
    ] {
        assert_eq!(effects("model/note.rs", text), 1, "{text}");
    }
}

#[test]
fn an_effect_in_its_place_is_no_fault() {
    for (path, text) in [
        ("vault/read.rs", "use std::fs;"),
        ("disk/real.rs", "use tempfile::Builder;"),
        ("disk/real/open.rs", "use std::fs;"),
        ("cli/config.rs", "use std::fs;"),
        ("cli/config/find.rs", "use std::fs;"),
        ("cli/term.rs", "fn f() { println!(\"x\"); }"),
        ("main.rs", "fn f() { eprintln!(\"x\"); }"),
        ("report/agenda.rs", "#[derive(Serialize)] struct A;"),
        ("render/engine.rs", "fn f<R: Serialize>(r: &R) {} use minijinja::Environment;"),
        ("vocabulary/words.rs", "impl<'d> Deserialize<'d> for A {}"),
        ("cli/mod.rs", "use std::env;"),
    ] {
        assert_eq!(effects(path, text), 0, "{path}: {text}");
    }
}

#[test]
fn an_effect_beside_its_place_is_a_fault() {
    for (path, text) in [
        ("write/plan.rs", "use std::fs;"),
        ("write/disks.rs", "use std::fs;"),
        ("cli/cmd/scan.rs", "fn f() { println!(\"x\"); }"),
        ("vault/obsidian.rs", "#[derive(Deserialize)] struct A;"),
        ("report/agenda.rs", "#[derive(Deserialize)] struct A;"),
        ("watch/batch.rs", "fn f() { Instant::now(); }"),
    ] {
        assert_eq!(effects(path, text), 1, "{path}: {text}");
    }
}

#[test]
fn words_that_only_resemble_an_effect_are_no_fault() {
    for text in [
        "fn f() { entries.skip_current_dir(); }",
        "struct File { size: u64 }",
        "const A: &str = env!(\"CARGO_PKG_VERSION\");",
        "/// Like `println!` and `std::fs`.\nfn f() {}",
        "#[cfg(test)]\nmod tests { use std::fs; #[test] fn f() { println!(\"x\"); } }",
        "use serde::Serialize; fn f<R: Serialize>(r: &R) {}",
    ] {
        assert_eq!(effects("model/note.rs", text), 0, "{text}");
    }
}
