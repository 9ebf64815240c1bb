//! All that writes to a vault at once, in random order: editors that save in place or by a new file, a sync client
//! between two devices, git, somebody who answers the agenda, and the program scanning, watching, logging and undoing on
//! both. Others act between any two file calls of the program, too.
//!
//! What must hold whatever the order: no version that somebody saved is lost, no answer is written twice or dropped, and
//! once all are quiet the devices agree and nothing is written any more. `VAULT_SCAN_LONG=1` plays many more games.

mod busy_disk;
mod git;
mod others;
mod program;
mod texts;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use tempfile::TempDir;

use self::busy_disk::Meanwhile;
use self::others::{Change, Doing, How, Others};
use self::program::Program;

/// Something the program does on a device, while others may act before its n-th file call.
#[derive(Clone, Debug)]
enum Act {
    Other(Doing),
    Scan(usize, Vec<(usize, Doing)>),
    Watch(usize, Vec<(usize, Doing)>),
    Log(usize, usize, Vec<(usize, Doing)>),
    Undo(usize, Vec<(usize, Doing)>),
    /// Two seconds and more go by: what the program made and displaced is looked at a last time by the next run.
    Later(usize),
    Tomorrow,
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![Just(How::Truncate), Just(How::Rename), Just(How::InPlace)]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => Just(Change::Text),
        2 => Just(Change::Log),
        2 => Just(Change::Task),
        1 => Just(Change::DropTask),
        1 => Just(Change::DoTask),
    ]
}

fn doing() -> impl Strategy<Value = Doing> {
    let (device, file) = (0..2usize, 0..others::FILES.len());
    prop_oneof![
        4 => (device.clone(), file.clone(), change(), how()).prop_map(|(device, file, change, how)| Doing::Edit { device, file, change, how }),
        2 => (device.clone(), file, how()).prop_map(|(device, file, how)| Doing::Open { device, file, how }),
        1 => device.clone().prop_map(Doing::Empty),
        3 => (device.clone(), change()).prop_map(|(device, change)| Doing::Save { device, change }),
        6 => (device.clone(), any::<u8>(), 0..others::ANSWERS.len(), how()).prop_map(|(device, item, answer, how)| Doing::Answer { device, item, answer, how }),
        4 => Just(Doing::Sync),
        1 => device.clone().prop_map(Doing::Commit),
        2 => (device.clone(), any::<u8>()).prop_map(|(device, commit)| Doing::CheckOut { device, commit }),
        2 => device.prop_map(Doing::FinishCheckOut),
        1 => Just(Doing::Solve),
    ]
}

fn meanwhile() -> impl Strategy<Value = Vec<(usize, Doing)>> {
    let answer = (0..2usize, any::<u8>(), 0..others::ANSWERS.len(), how())
        .prop_map(|(device, item, answer, how)| Doing::Answer { device, item, answer, how });
    prop_oneof![
        3 => Just(Vec::new()),
        2 => vec((0..400usize, doing()), 1..4),
        1 => vec((0..200usize, answer), 1..3),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let device = 0..2usize;
    prop_oneof![
        12 => doing().prop_map(Act::Other),
        4 => (device.clone(), meanwhile()).prop_map(|(device, others)| Act::Scan(device, others)),
        4 => (device.clone(), meanwhile()).prop_map(|(device, others)| Act::Watch(device, others)),
        1 => (device.clone(), 0..3usize, meanwhile()).prop_map(|(device, person, others)| Act::Log(device, person, others)),
        2 => (device.clone(), meanwhile()).prop_map(|(device, others)| Act::Undo(device, others)),
        2 => device.prop_map(Act::Later),
        1 => Just(Act::Tomorrow),
    ]
}

fn games() -> ProptestConfig {
    let cases = if std::env::var_os("VAULT_SCAN_LONG").is_some() { 1_000 } else { 64 };
    ProptestConfig { cases, max_shrink_iters: 4_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(games())]

    #[test]
    fn whoever_writes_in_whatever_order_no_version_is_lost_and_no_answer_is_given_twice(acts in vec(act(), 1..30)) {
        let mut game = Game::new();
        for act in &acts {
            game.play(act);
        }
        game.come_to_rest();
    }
}

/// Two devices and all who write to them.
struct Game {
    _folder: TempDir,
    others: Arc<Mutex<Others>>,
    programs: [Program; 2],
}

impl Game {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let others = Arc::new(Mutex::new(Others::new(folder.path())));
        let programs = [0, 1].map(|device| Program::new(folder.path(), device, &others));
        let mut game = Game { _folder: folder, others, programs };
        // What everybody starts from: both devices alike, with their reports.
        game.play(&Act::Scan(0, Vec::new()));
        game.others().act(&Doing::Sync);
        game.others().act(&Doing::Commit(0));
        game.others().act(&Doing::Commit(1));
        game
    }

    fn others(&self) -> MutexGuard<'_, Others> {
        self.others.lock().unwrap()
    }

    fn play(&mut self, act: &Act) {
        match act {
            Act::Other(doing) => self.others().act(doing),
            Act::Tomorrow => self.programs.iter_mut().for_each(Program::sleep_over_night),
            Act::Scan(device, meanwhile) => self.run(*device, meanwhile, Program::scan),
            Act::Watch(device, meanwhile) => self.run(*device, meanwhile, Program::watch),
            Act::Log(device, person, meanwhile) => self.run(*device, meanwhile, |program| program.log(*person)),
            Act::Later(device) => self.programs[*device].later(),
            Act::Undo(device, meanwhile) => self.run(*device, meanwhile, Program::undo),
        }
        self.each_answer_stands_once();
    }

    fn run(&mut self, device: usize, meanwhile: &[(usize, Doing)], run: impl FnOnce(&mut Program)) {
        let before = self.others().answers_on(device);
        self.others().take_given(device);
        self.programs[device].meanwhile(Meanwhile::from_iter(meanwhile.iter().cloned()));
        run(&mut self.programs[device]);
        // Nobody but whoever answers the agenda could take an answer away.
        let only_answers =
            |(_, doing): &(usize, Doing)| matches!(doing, Doing::Answer { device: on, .. } if *on == device);
        let given = self.others().take_given(device);
        if meanwhile.iter().all(only_answers) {
            let others = self.others();
            let before = before.into_iter().chain(given);
            let after: BTreeSet<String> = others.answers_on(device).into_iter().map(|(id, _)| id).collect();
            for (id, line) in before.filter(|(id, _)| !after.contains(id)) {
                assert!(others.has_taken(device, &id, &line), "{line} went, and no note on {device} has it");
            }
        }
    }

    fn each_answer_stands_once(&self) {
        for device in 0..2 {
            for (path, id, count) in self.others().logged(device) {
                assert!(count <= 1, "{id} stands {count} times in {path} on {device}");
            }
        }
    }

    /// Everybody finishes what they were at; then the devices must agree, and stay as they are.
    fn come_to_rest(&mut self) {
        self.others().finish();
        for round in 0.. {
            let before = self.others().all();
            self.others().act(&Doing::Sync);
            self.others().act(&Doing::Solve);
            for device in 0..2 {
                match round % 2 {
                    0 => self.run(device, &[], Program::scan),
                    _ => self.run(device, &[], Program::watch),
                }
                self.others().act(&Doing::Sync);
                self.others().act(&Doing::Solve);
            }
            self.each_answer_stands_once();
            let after = self.others().all();
            if round > 1 && before == after {
                break;
            }
            assert!(round < 10, "it never comes to rest:\n{}", texts::difference(&before, &after));
        }
        let others = self.others();
        let [here, there] = others.all();
        assert!(
            here == there,
            "the devices differ:\n{}",
            texts::difference(std::slice::from_ref(&here), std::slice::from_ref(&there))
        );
        assert!(!here.keys().any(|path| path.contains(".vs-")), "something is left over: {:?}", here.keys());
        others.nothing_is_lost();
        drop(others);
        self.reports_made_anew_are_the_same();
    }

    /// Not only because the files were carried over: each device comes to them by itself.
    fn reports_made_anew_are_the_same(&mut self) {
        let before = self.others().generated(1);
        self.others().remove_reports(1);
        self.run(1, &[], Program::scan);
        assert_eq!(self.others().generated(1), before);
    }
}
