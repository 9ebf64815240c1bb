//! The sample vault of the Tasks plugin, where it is at hand: `VAULT_SCAN_CORPORA` names the folder of collections.

use std::path::PathBuf;

use super::support::read;
use crate::model::note::NoteKind::{Daily, Other, Person};

#[test]
fn every_note_of_the_tasks_plugin_is_read() {
    let Some(folder) = std::env::var_os("VAULT_SCAN_CORPORA") else { return };
    let folder = PathBuf::from(folder).join("obsidian-tasks-test-data");
    let mut tasks = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let Ok(text) = std::fs::read_to_string(file.unwrap().path()) else { continue };
        for kind in [Person, Daily, Other] {
            tasks += read(kind, &text).tasks.len();
        }
    }
    assert!(tasks > 100, "{tasks}");
}

#[test]
fn tasks_in_comments_are_none_but_a_comment_in_a_task_is_passed_over() {
    let text = "Whole line:\n%%\n- [ ] #task hidden\n%%\n\n- [ ] #task shown: %% #tag [[A]] %% - still\n";
    let body = read(Other, text);
    assert_eq!(body.tasks.iter().map(|task| task.text.as_ref()).collect::<Vec<_>>(), ["shown: - still"]);
    assert!(body.tasks[0].links.is_empty());
}
