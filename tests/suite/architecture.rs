//! Which room of `src` may import which, and where effects may live, checked over the sources themselves.
//!
//! The tables are the documentation: a new edge is a line here, made in the open. Code for tests is exempt from the
//! effects, and comments and texts count for nothing. The reader of sources is in `sources`, the checks of whole
//! files (openings, paths of a machine) at the end.

mod checker;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::sources::{Source, UsedPath};

/// Each room and the rooms it may import. `lib.rs` only names the rooms; `main.rs` may import the face it starts.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("vocabulary", &[]),
    ("parse", &["model", "vocabulary"]),
    ("index", &["model"]),
    ("disk", &[]),
    ("state", &["model", "disk"]),
    ("vault", &["model", "disk"]),
    ("watch", &["model", "vault"]),
    ("report", &["model", "index"]),
    ("render", &["model", "report", "vocabulary"]),
    // Where the log is and what a task line is, the reader of notes says.
    ("write", &["model", "disk", "state", "vocabulary", "parse"]),
    ("app", &["model", "vocabulary", "parse", "index", "vault", "report", "render", "disk", "state", "watch", "write"]),
    (
        "cli",
        &[
            "app",
            "model",
            "vocabulary",
            "parse",
            "index",
            "vault",
            "report",
            "render",
            "disk",
            "state",
            "watch",
            "write",
        ],
    ),
    ("main", &["cli"]),
];

/// Modules of `report` that are no report: types of several reports, and facts of the index in the form of a line. A
/// report imports these, and never another report.
const SHARED_BY_REPORTS: &[&str] = &["counts", "exchange", "facts", "item", "reason", "suggestion", "told", "vouching"];

/// One effect: its name, what gives it away, and the only places that may have it.
struct Effect {
    name: &'static str,
    signs: &'static [Sign],
    places: &'static [&'static str],
}

/// What gives an effect away in code.
enum Sign {
    /// A path, or one below it: `std::fs` finds `use std::{fs, io}` and `std::fs::read`.
    Path(&'static str),
    /// A name on its own or anywhere in a path: `OpenOptions`.
    Name(&'static str),
    /// A call of a method of this name without arguments: `path.exists()`.
    Method(&'static str),
    /// A call of a macro: `println!`.
    Macro(&'static str),
    /// A derived or written implementation of a trait.
    Implements(&'static str),
}

/// A place is a room, a folder in it, or a file without `.rs`.
const EFFECTS: &[Effect] = &[
    Effect {
        name: "files",
        signs: &[
            Sign::Path("std::fs"),
            Sign::Path("std::os::unix::fs"),
            Sign::Path("std::os::windows::fs"),
            Sign::Path("walkdir"),
            Sign::Path("tempfile"),
            Sign::Name("OpenOptions"),
            Sign::Path("File"),
            Sign::Method("canonicalize"),
            Sign::Method("exists"),
            Sign::Method("is_dir"),
            Sign::Method("is_file"),
            Sign::Method("read_dir"),
            Sign::Method("read_link"),
            Sign::Method("symlink_metadata"),
            Sign::Method("try_exists"),
        ],
        places: &["vault", "disk", "state", "cli/config", "cli/config_files", "cli/git_files"],
    },
    Effect {
        name: "the clock that measures",
        signs: &[Sign::Path("notify"), Sign::Path("std::time::Instant::now"), Sign::Path("Instant::now")],
        places: &["watch/source"],
    },
    Effect {
        name: "date, environment, current folder",
        signs: &[
            Sign::Path("chrono::Local"),
            Sign::Path("chrono::Utc"),
            Sign::Path("Local::now"),
            Sign::Path("SystemTime::now"),
            Sign::Path("std::time::SystemTime::now"),
            Sign::Path("std::env"),
            Sign::Name("current_dir"),
        ],
        // `main` only hands the arguments on; what is kept is dated and expires; git runs in the vault.
        places: &["cli", "main", "state/clock", "vault/git"],
    },
    Effect {
        name: "printing",
        signs: &[
            Sign::Macro("print"),
            Sign::Macro("println"),
            Sign::Macro("eprint"),
            Sign::Macro("eprintln"),
            Sign::Macro("dbg"),
            Sign::Name("stdout"),
            Sign::Name("stderr"),
        ],
        // The bar draws itself, on the same standard error; of git both streams are read.
        places: &["cli/term", "cli/progress", "main", "vault/git"],
    },
    Effect {
        name: "what leaves the program",
        signs: &[Sign::Implements("Serialize")],
        places: &["report", "render/document", "state"],
    },
    Effect {
        name: "typed reading of foreign text",
        signs: &[Sign::Implements("Deserialize")],
        places: &["vocabulary", "cli/config", "parse/front_matter", "state"],
    },
    Effect { name: "templates", signs: &[Sign::Path("minijinja")], places: &["render"] },
    Effect { name: "network", signs: &[Sign::Path("std::net")], places: &[] },
    Effect {
        name: "ending the process, or starting another",
        signs: &[
            Sign::Path("std::process::exit"),
            Sign::Path("process::exit"),
            Sign::Path("std::process::abort"),
            Sign::Path("process::abort"),
            Sign::Path("std::process::Command"),
        ],
        // git is asked what is staged, and never told anything.
        places: &["vault/git"],
    },
    // The standard library cannot let two files change names on Windows.
    Effect { name: "unsafe code", signs: &[Sign::Name("unsafe")], places: &["disk/windows"] },
];

/// How a lock file names the public registry, which is no place of one machine.
const PUBLIC_REGISTRY: &str = concat!("registry+https://github.com/rust-lang/crates", ".io-index");

/// The home of nobody in particular, as examples name it.
const HOME_OF_NOBODY: &str = concat!("/ho", "me/me");

/// What no file of the repo may hold: folders of the machine it was written on, and hosts of its package mirror.
const PLACES_OF_A_MACHINE: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("crates", ".io-")];

#[test]
fn each_room_imports_only_what_the_table_allows() {
    assert_none(&sources().iter().flat_map(import_faults).collect::<Vec<_>>());
}

#[test]
fn effects_live_only_where_the_table_says() {
    assert_none(&sources().iter().flat_map(effect_faults).collect::<Vec<_>>());
}

#[test]
fn each_room_has_a_line_in_the_table() {
    let rooms: BTreeSet<String> = sources().iter().map(|source| source.room().to_owned()).collect();
    let named: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let unnamed: Vec<&String> = rooms.iter().filter(|room| *room != "lib" && !named.contains(room.as_str())).collect();
    assert!(unnamed.is_empty(), "rooms without a line in the table: {unnamed:?}");
}

#[test]
fn each_file_opens_by_saying_what_it_is() {
    let mut silent = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for path in rust_files(&repository().join(folder)) {
            if !read(&path).starts_with("//!") {
                silent.push(path.display().to_string());
            }
        }
    }
    assert_none(&silent);
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    let mut faults = Vec::new();
    for entry in WalkDir::new(repository()).into_iter().filter_entry(|entry| !is_apart(entry.path())) {
        let entry = entry.unwrap();
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        for (number, line) in
            text.lines().map(|line| line.replace(PUBLIC_REGISTRY, "").replace(HOME_OF_NOBODY, "")).enumerate()
        {
            if let Some(place) = PLACES_OF_A_MACHINE.iter().find(|place| line.contains(**place)) {
                faults.push(format!("{}:{}: names {place}", entry.path().display(), number + 1));
            }
        }
    }
    assert_none(&faults);
}

/// What a room imports against the table, one line per fault.
fn import_faults(source: &Source) -> Vec<String> {
    let room = source.room();
    let allowed = ROOMS.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, allowed)| *allowed);
    let mut faults = Vec::new();
    for used in source.own_paths() {
        let UsedPath { segments, line, .. } = &used;
        let Some(other) = segments.first() else {
            faults.push(format!("{}:{line}: `{room}` takes the whole crate; name the room", source.path));
            continue;
        };
        if other == room || room == "lib" {
            faults.extend(report_fault(source, &used));
        } else if ROOMS.iter().any(|(name, _)| name == other) && !allowed.contains(&other.as_str()) {
            faults.push(format!("{}:{line}: `{room}` may not import `{}`", source.path, segments.join("::")));
        }
    }
    faults
}

/// A report that imports another report.
fn report_fault(source: &Source, used: &UsedPath) -> Option<String> {
    let (own, other) = (source.module.get(1)?, used.segments.get(1)?);
    let is_free = source.room() != "report" || own == other || SHARED_BY_REPORTS.contains(&other.as_str());
    (!is_free).then(|| format!("{}:{}: the report `{own}` may not import `{other}`", source.path, used.line))
}

/// Effects outside their places, one line per fault.
fn effect_faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for effect in EFFECTS.iter().filter(|effect| !effect.places.iter().any(|place| source.lies_in(place))) {
        for sign in effect.signs {
            let lines = match sign {
                Sign::Path(path) => source.lines_of_path(path),
                Sign::Name(name) => source.lines_of_name(name),
                Sign::Method(name) => source.lines_of_method(name),
                Sign::Macro(name) => source.lines_of_macro(name),
                Sign::Implements(name) => source.lines_of_implementation(name),
            };
            faults.extend(lines.iter().map(|line| format!("{}:{line}: {} may not be here", source.path, effect.name)));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn sources() -> Vec<Source> {
    let root = repository().join("src");
    let sources: Vec<Source> = rust_files(&root)
        .into_iter()
        .filter(|path| !is_test_code(path))
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            Source::read(&inside, &read(&path))
        })
        .collect();
    assert!(sources.len() > 20, "only {} sources found", sources.len());
    sources
}

/// `tests.rs`, `…_tests.rs`, and what lies in a folder `tests`, is compiled for tests only.
fn is_test_code(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem == "tests" || stem.ends_with("_tests") || path.components().any(|part| part.as_os_str() == "tests")
}

/// Folders that are not part of the repo's own text.
fn is_apart(path: &Path) -> bool {
    let inside = path.strip_prefix(repository()).unwrap_or(path);
    ["target", ".git"].iter().any(|name| inside == Path::new(name))
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(root: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.map(walkdir::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
