//! Files of a test vault that git cannot hold, as written in `setup.toml`:
//!
//! ```toml
//! [[file]]
//! path = "x.md"
//! kind = "size"        # also: fifo, hex, mode, symlink, repeat
//! bytes = 5_000_000
//! ```

use std::fs;
use std::path::Path;

use toml::{Table, Value};

/// Whether the vault could be made on this system.
pub(crate) enum Prepared {
    /// All of it is there.
    Whole,
    /// This system cannot hold it, for this reason.
    NotHere(&'static str),
}

/// Carries out the recipe, if there is one.
pub(crate) fn prepare(recipe: &Path, vault: &Path) -> Prepared {
    let Ok(text) = fs::read_to_string(recipe) else { return Prepared::Whole };
    let recipe: Table = toml::from_str(&text).unwrap();
    for file in recipe.get("file").and_then(Value::as_array).unwrap() {
        let file = file.as_table().unwrap();
        let path = vault.join(word(file, "path"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if let Prepared::NotHere(reason) = make(&path, file) {
            return Prepared::NotHere(reason);
        }
    }
    Prepared::Whole
}

fn make(path: &Path, file: &Table) -> Prepared {
    match word(file, "kind") {
        // A file of this many bytes that takes no room on the disk.
        "size" => fs::File::create(path).unwrap().set_len(number(file, "bytes")).unwrap(),
        // Bytes in hexadecimal, blanks allowed.
        "hex" => fs::write(path, bytes_of(word(file, "hex"))).unwrap(),
        // A text said many times between two others.
        "repeat" => {
            let times = usize::try_from(number(file, "times")).unwrap();
            let text = [word(file, "before"), &word(file, "text").repeat(times), word(file, "after")].concat();
            fs::write(path, text).unwrap();
        }
        "fifo" => return fifo(path),
        "mode" => return mode(path, number(file, "mode")),
        "symlink" => return symlink(path, Path::new(word(file, "to"))),
        other => panic!("no such kind: {other}"),
    }
    Prepared::Whole
}

#[cfg(unix)]
fn fifo(path: &Path) -> Prepared {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    Prepared::Whole
}

#[cfg(unix)]
fn mode(path: &Path, mode: u64) -> Prepared {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(u32::try_from(mode).unwrap())).unwrap();
    if fs::File::open(path).is_ok() {
        return Prepared::NotHere("this user may read everything");
    }
    Prepared::Whole
}

#[cfg(unix)]
fn symlink(path: &Path, to: &Path) -> Prepared {
    std::os::unix::fs::symlink(to, path).unwrap();
    Prepared::Whole
}

#[cfg(not(unix))]
fn fifo(_: &Path) -> Prepared {
    Prepared::NotHere("this system has no named pipes among files")
}

#[cfg(not(unix))]
fn mode(_: &Path, _: u64) -> Prepared {
    Prepared::NotHere("this system has no such permissions")
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> Prepared {
    Prepared::NotHere("symbolic links need a permission here")
}

fn word<'t>(file: &'t Table, key: &str) -> &'t str {
    file.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("`{key}` is missing"))
}

fn number(file: &Table, key: &str) -> u64 {
    let number = file.get(key).and_then(Value::as_integer).unwrap_or_else(|| panic!("`{key}` is missing"));
    u64::try_from(number).unwrap()
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}
