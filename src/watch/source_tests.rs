//! What the watcher says becomes ours; a few files are really watched.

use std::fs;

use notify::event::{AccessKind, AccessMode, DataChange, Flag, RenameMode};

use super::*;

fn told(kind: EventKind) -> Vec<Event> {
    translated(Ok(notify::Event::new(kind).add_path("/v/a".into())))
}

#[test]
fn reading_is_no_event_and_a_rename_may_be_of_either_kind() {
    let a = || PathBuf::from("/v/a");
    for (kind, expected) in [
        (EventKind::Access(AccessKind::Open(AccessMode::Any)), vec![]),
        (EventKind::Access(AccessKind::Close(AccessMode::Write)), vec![]),
        (EventKind::Access(AccessKind::Read), vec![]),
        (EventKind::Create(CreateKind::File), vec![Event::File(a())]),
        (EventKind::Create(CreateKind::Folder), vec![Event::Folder(a())]),
        (EventKind::Create(CreateKind::Any), vec![Event::Either(a())]),
        (EventKind::Modify(ModifyKind::Data(DataChange::Any)), vec![Event::File(a())]),
        (EventKind::Modify(ModifyKind::Name(RenameMode::To)), vec![Event::Either(a())]),
        (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), vec![Event::Either(a())]),
        (EventKind::Remove(RemoveKind::Folder), vec![Event::Folder(a())]),
        (EventKind::Remove(RemoveKind::File), vec![Event::File(a())]),
        (EventKind::Any, vec![Event::Either(a())]),
    ] {
        assert_eq!(told(kind), expected, "{kind:?}");
    }
}

#[test]
fn lost_events_come_before_the_paths_and_errors_are_lost_events() {
    let event = notify::Event::new(EventKind::Create(CreateKind::File)).add_path("/v/a".into()).set_flag(Flag::Rescan);
    assert_eq!(translated(Ok(event)), [Event::Lost]);
    assert_eq!(translated(Err(notify::Error::generic("?"))), [Event::Lost]);
    assert_eq!(translated(Err(notify::Error::new(ErrorKind::MaxFilesWatch))), [Event::Limit]);
}

#[test]
fn a_full_channel_loses_events_and_says_so_once() {
    let source = Source::new();
    let mut full = false;
    for number in 0..60_000 {
        if source.sender.try_send(Event::File(format!("/v/{number}").into())).is_err() {
            source.shared.lost.store(true, Ordering::SeqCst);
            full = true;
        }
    }
    assert!(full);
    assert_eq!(source.next(Duration::ZERO), Some(Event::Lost));
    assert_eq!(source.next(Duration::ZERO), None);
}

#[test]
fn the_end_comes_first_even_when_there_is_no_room_for_it() {
    let source = Source::new();
    while source.sender.try_send(Event::Lost).is_ok() {}
    source.stopper().stop();
    assert_eq!(source.next(Duration::from_secs(60)), Some(Event::Stop));
}

#[test]
fn sixty_thousand_writes_with_a_slow_consumer_are_told_of_or_said_to_be_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = Source::new();
    source.listen().unwrap();
    source.cover(&[folder.path().to_owned()]).unwrap();
    let files: Vec<PathBuf> = (0..300).map(|number| folder.path().join(format!("{number}.md"))).collect();
    for round in 0..200 {
        for file in &files {
            fs::write(file, round.to_string()).unwrap();
        }
    }
    let mut seen = BTreeSet::new();
    let mut lost = false;
    while let Some(event) = source.next(Duration::from_secs(2)) {
        match event {
            Event::File(path) | Event::Either(path) => drop(seen.insert(path)),
            Event::Lost => lost = true,
            _ => {}
        }
    }
    assert!(lost || files.iter().all(|file| seen.contains(file)), "{} seen", seen.len());
}
