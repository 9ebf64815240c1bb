//! Paths of the vault as seen from the current folder, so that they can be opened where they are printed.

use std::path::{Component, Path};

/// The way from folder `here` to folder `root`, both absolute: empty when they are one, else with a final `/`. The
/// whole path where there is no short way.
pub fn way_from(here: &Path, root: &Path) -> String {
    let shared = here.components().zip(root.components()).take_while(|(a, b)| a == b).count();
    let up = here.components().skip(shared);
    let down: Vec<_> = root.components().skip(shared).map(|part| part.as_os_str().to_string_lossy()).collect();
    let only_the_root_is_shared =
        !matches!(here.components().nth(shared.saturating_sub(1)), Some(Component::Normal(_)));
    if shared == 0 || only_the_root_is_shared && here.components().count() > shared {
        return format!("{}/", root.display());
    }
    let mut way = "../".repeat(up.count());
    for part in down {
        way.push_str(&part);
        way.push('/');
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_is_named_from_where_the_user_stands() {
        for (here, root, expected) in [
            ("/home/me/notes", "/home/me/notes", ""),
            ("/home/me", "/home/me/notes", "notes/"),
            ("/home/me/notes/人脉", "/home/me/notes", "../"),
            ("/home/me/a", "/home/me/b", "../b/"),
            ("/tmp", "/home/me/notes", "/home/me/notes/"),
            ("/", "/home/me", "home/me/"),
        ] {
            assert_eq!(way_from(Path::new(here), Path::new(root)), expected, "{here} {root}");
        }
    }
}
