//! Batches against a clock of the test's own, and against what real editors did.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::*;

fn ms(milliseconds: u64) -> Moment {
    Duration::from_millis(milliseconds)
}

fn path(name: &str) -> PathBuf {
    Path::new("/v").join(name)
}

fn still(_: &Path) -> Option<Stamp> {
    Some(Stamp { size: 1, modified: None })
}

/// The moment at which the batch settles, and the look, asked whenever it wants to be.
fn settles(
    batch: &mut Batch,
    from: Moment,
    stamp: &dyn Fn(&Path) -> Option<Stamp>,
    clock: &Cell<Moment>,
) -> (Moment, Look) {
    let mut now = from;
    for _ in 0..1000 {
        clock.set(now);
        match batch.next(now, stamp) {
            Next::Look(look) => return (now, look),
            Next::At(at) => {
                assert!(at > now, "the batch wants to be asked in the past");
                now = at;
            }
            Next::Nothing => panic!("nothing was told of"),
        }
    }
    panic!("never settles")
}

fn settled(batch: &mut Batch, from: Moment) -> (Moment, Look) {
    settles(batch, from, &still, &Cell::default())
}

#[test]
fn a_save_settles_after_the_quiet_time_and_not_before() {
    let mut batch = Batch::default();
    assert_eq!(batch.next(ms(0), &still), Next::Nothing);
    batch.add_file(path("a.md"), ms(1000));
    assert!(matches!(batch.next(ms(1000), &still), Next::At(at) if at < ms(1200)));
    let (at, look) = settled(&mut batch, ms(1000));
    assert_eq!((at, look), (ms(1200), Look::Files([path("a.md")].into())));
    assert_eq!(batch.take(), Look::Files([path("a.md")].into()));
    assert!(batch.is_empty());
}

#[test]
fn each_event_begins_the_quiet_time_anew_up_to_two_seconds() {
    let mut batch = Batch::default();
    for at in (0..=1950).step_by(150) {
        batch.add_file(path("a.md"), ms(at));
        assert!(!matches!(batch.next(ms(at), &still), Next::Look(_)), "{at}");
    }
    assert_eq!(settled(&mut batch, ms(1950)).0, ms(2000));
}

#[test]
fn a_file_that_grows_without_events_is_waited_for_and_the_stamps_are_taken_apart() {
    let clock = Cell::new(ms(0));
    let taken = RefCell::new(Vec::new());
    let growing = |_: &Path| {
        taken.borrow_mut().push(clock.get());
        let size = clock.get().min(ms(600)).as_millis() as u64;
        Some(Stamp { size, modified: None })
    };
    let mut batch = Batch::default();
    batch.add_file(path("a.md"), ms(0));
    let (at, _) = settles(&mut batch, ms(0), &growing, &clock);
    assert!(at >= ms(600) && at < ms(700), "{at:?}");
    let taken = taken.into_inner();
    let last: Vec<&Moment> = taken.iter().rev().take(2).collect();
    let apart = *last[0] - *last[1];
    assert!((ms(25)..=ms(50)).contains(&apart), "{apart:?}");
}

#[test]
fn a_file_that_is_gone_settles_too() {
    let mut batch = Batch::default();
    batch.add_file(path("a.md"), ms(0));
    assert_eq!(settles(&mut batch, ms(0), &|_| None, &Cell::default()).0, ms(200));
}

#[test]
fn more_files_than_are_kept_by_name_call_for_a_look_at_everything() {
    let mut batch = Batch::default();
    for number in 0..60_000 {
        batch.add_file(path(&format!("{}.md", number % 20_000)), ms(number / 1000));
    }
    let (_, look) = settled(&mut batch, ms(60));
    assert!(matches!(look, Look::Everything(files) if files.len() == MOST_FILES));
}

#[test]
fn a_look_at_everything_opens_the_named_files_all_the_same() {
    let mut batch = Batch::default();
    batch.add_file(path("a.md"), ms(0));
    batch.add_walk(ms(10));
    assert_eq!(settled(&mut batch, ms(10)), (ms(210), Look::Everything([path("a.md")].into())));
}

/// A recording of what a watcher and the disk said while an editor saved: `#` opens a comment, `size` lines say how
/// large the note was from that moment on, `event` lines what was told.
struct Recording {
    events: Vec<(Moment, String)>,
    sizes: BTreeMap<Moment, Option<u64>>,
    last: Moment,
}

fn recording(text: &str) -> Recording {
    let mut read = Recording { events: Vec::new(), sizes: BTreeMap::new(), last: ms(0) };
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut words = line.split('\t');
        let mut word = || words.next().unwrap_or_else(|| panic!("{line}"));
        let (at, what, value) = (ms(word().parse().unwrap()), word(), word());
        match what {
            "size" => drop(read.sizes.insert(at, value.parse().ok())),
            _ => read.events.push((at, value.to_owned())),
        }
        read.last = at;
    }
    read
}

#[test]
fn each_recorded_save_gives_one_look_at_the_note_when_it_is_whole() {
    use crate::model::obsidian::ObsidianSettings;
    use crate::vault::filter::Filter;
    use crate::watch::event::Event;
    use crate::watch::interest::{Interest, View, interest};

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/watch");
    let filter = Filter::new(&ObsidianSettings::default()).0;
    let view = View { root: Path::new("/v"), filter: &filter, reports: "Reports", is_folder: &|_| false };
    let mut recordings = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let read = recording(&std::fs::read_to_string(&file).unwrap());
        let whole = *read.sizes.values().next_back().unwrap();
        let size = |now: Moment| read.sizes.range(..=now).next_back().and_then(|(_, size)| *size);
        recordings += 1;
        // As it was told, with each event twice, and backwards in its own millisecond.
        for variant in 0..3 {
            let mut events = read.events.clone();
            match variant {
                1 => events = events.into_iter().flat_map(|event| [event.clone(), event]).collect(),
                2 => events.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1))),
                _ => {}
            }
            let mut batch = Batch::default();
            let mut looks = Vec::new();
            let clock = Cell::new(ms(0));
            let stamp = |at: &Path| {
                let size = if at == path("note.md") { size(clock.get()) } else { None };
                size.map(|size| Stamp { size, modified: None })
            };
            let mut events = events.into_iter().peekable();
            for now in (0..read.last.as_millis() as u64 + 3000).map(ms) {
                clock.set(now);
                while let Some((_, told)) = events.next_if(|(at, _)| *at <= now) {
                    if let Interest::File(file) = interest(Event::Either(path(&told)), &view) {
                        batch.add_file(file, now);
                    }
                }
                if matches!(batch.next(now, &stamp), Next::Look(_)) {
                    looks.push((now, batch.take(), size(now)));
                }
            }
            assert_eq!(looks.len(), 1, "{name} {variant}: {looks:?}");
            let (at, look, seen) = &looks[0];
            assert_eq!(look, &Look::Files([path("note.md")].into()), "{name} {variant}");
            assert_eq!(*seen, whole, "{name} {variant}: seen half saved");
            assert!(*at <= read.last + ms(400), "{name} {variant}: {at:?} after {:?}", read.last);
        }
    }
    assert!(recordings >= 7, "{recordings} recordings");
}
