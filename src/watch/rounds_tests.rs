//! The loop against clocks and a git of the test's own.

use chrono::Days;

use super::*;
use crate::watch::breaker::Wrote;

/// A loop with its world.
struct Play {
    rounds: Rounds,
    start: Now,
    moment: Moment,
    /// How far the clock on the wall is set off.
    off: Duration,
    git: bool,
}

impl Play {
    /// A loop whose first round is over, at noon.
    fn new(mode: Mode) -> Self {
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_176_000);
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let start = Now { moment: Duration::ZERO, wall, date, midnight: Duration::from_secs(12 * 3600) };
        let mut play =
            Play { rounds: Rounds::new(mode, start), start, moment: Duration::ZERO, off: Duration::ZERO, git: false };
        let first = play.next();
        assert!(matches!(first, Step::Round(Round { look: Look::Nowhere, always: Always::Yes, .. })), "{first:?}");
        play.rounds.done(Done::default(), play.moment).unwrap();
        play
    }

    fn now(&self) -> Now {
        let since = self.start.midnight.as_secs() as i128 - (self.moment + self.off).as_secs() as i128;
        let days = if since > 0 { 0 } else { 1 + (-since) as u64 / 86_400 };
        let midnight = self.start.midnight + Duration::from_secs(86_400 * days) - (self.moment + self.off);
        let date = self.start.date + Days::new(days);
        Now { moment: self.moment, wall: self.start.wall + self.moment + self.off, date, midnight }
    }

    fn step(&mut self) -> Step {
        let (now, git) = (self.now(), self.git);
        self.rounds.step(now, World { stamp: &|_| None, git: &|| git })
    }

    /// Goes on through waits and looks around until something is to be done.
    fn next(&mut self) -> Step {
        for _ in 0..100_000 {
            match self.step() {
                Step::Wait(time) => {
                    assert!(time > Duration::ZERO && time <= PULSE, "{time:?}");
                    self.moment += time;
                }
                Step::LookAround => self.rounds.polled(ms(5), self.moment),
                step => return step,
            }
        }
        panic!("nothing is ever to be done")
    }

    fn round(&mut self) -> Round {
        match self.next() {
            Step::Round(round) => round,
            step => panic!("{step:?}"),
        }
    }

    fn save(&mut self, name: &str) {
        self.rounds.take(Interest::File(path(name)), self.moment);
    }

    fn wrote(&mut self, hash: u64) -> Result<(), Vec<String>> {
        let wrote = Wrote::from([("Reports/Agenda.md".to_owned(), hash)]);
        self.rounds.done(Done { wrote, ..Done::default() }, self.moment)
    }
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn path(name: &str) -> PathBuf {
    Path::new("/v").join(name)
}

#[test]
fn a_save_makes_one_round_after_it_settled() {
    let mut play = Play::new(Mode::Events);
    play.save("a.md");
    assert_eq!(
        play.round(),
        Round { look: Look::Files([path("a.md")].into()), always: Always::OnNews, git: Git::Quiet }
    );
    assert_eq!(play.moment, ms(200));
    play.rounds.done(Done::default(), play.moment).unwrap();
    assert_eq!(play.round().look, Look::Everything(Default::default()), "the next is the reconcile");
    assert_eq!(play.moment, RECONCILE);
}

#[test]
fn a_thousand_notes_checked_out_make_one_round_after_git_is_done() {
    let mut play = Play::new(Mode::Events);
    play.git = true;
    for number in 0..1000 {
        play.save(&format!("{number}.md"));
        if number % 10 == 0 {
            play.moment += ms(50);
            assert!(!matches!(play.step(), Step::Round(_)), "{number}");
        }
    }
    play.moment += ms(300);
    play.git = false;
    assert!(matches!(play.round().look, Look::Files(files) if files.len() == 1000));
    play.wrote(1).unwrap();
    assert_eq!(play.round().look, Look::Everything(Default::default()));
    assert!(play.moment >= RECONCILE);
}

#[test]
fn a_look_that_git_breaks_into_is_taken_again_but_not_for_ever() {
    let mut play = Play::new(Mode::Events);
    play.save("a.md");
    for _ in 0..BROKEN_OFF {
        assert_eq!(play.round().git, Git::Quiet);
        play.rounds.interrupted(play.moment);
    }
    let last = play.round();
    assert_eq!((last.git, last.always), (Git::WaitedFor, Always::Yes));
    play.rounds.done(Done::default(), play.moment).unwrap();
    play.save("a.md");
    assert_eq!(play.round().git, Git::Quiet);
}

#[test]
fn git_is_waited_for_a_minute_and_conflicts_that_stay_hold_back_nothing_more() {
    let mut play = Play::new(Mode::Events);
    play.git = true;
    play.save("a.md");
    play.round();
    assert!(play.moment >= GIT_PATIENCE && play.moment <= GIT_PATIENCE + ms(500), "{:?}", play.moment);
    play.rounds.done(Done::default(), play.moment).unwrap();
    let then = play.moment;
    play.save("a.md");
    play.round();
    assert_eq!(play.moment, then + ms(200));
    play.rounds.done(Done::default(), play.moment).unwrap();
    play.git = false;
    play.save("a.md");
    play.round();
    play.rounds.done(Done::default(), play.moment).unwrap();
    let then = play.moment;
    play.git = true;
    play.save("a.md");
    play.round();
    assert!(play.moment >= then + GIT_PATIENCE);
}

#[test]
fn a_round_that_git_broke_into_is_made_again_when_git_is_done() {
    let mut play = Play::new(Mode::Events);
    play.save("a.md");
    play.round();
    play.git = true;
    play.rounds.interrupted(play.moment);
    play.moment += ms(5000);
    assert!(matches!(play.step(), Step::Wait(_)));
    play.git = false;
    assert_eq!(
        play.round(),
        Round { look: Look::Everything(Default::default()), always: Always::Yes, git: Git::Quiet }
    );
}

#[test]
fn reports_are_written_at_most_once_in_two_seconds() {
    let mut play = Play::new(Mode::Events);
    let mut last: Option<Moment> = None;
    for round in 0..5 {
        play.save("a.md");
        play.round();
        if let Some(last) = last {
            assert!(play.moment >= last + BETWEEN_WRITES, "{round}");
            assert!(play.moment <= last + BETWEEN_WRITES + ms(10), "{round}");
        }
        last = Some(play.moment);
        play.wrote(round).unwrap();
    }
}

#[test]
fn five_rounds_that_write_the_same_end_the_loop() {
    let mut play = Play::new(Mode::Events);
    for round in 0..5 {
        play.save("Reports/Agenda.md");
        play.round();
        assert_eq!(play.wrote(7).is_err(), round == 4, "{round}");
    }
}

#[test]
fn midnight_makes_reports_anew_on_its_own() {
    let mut play = Play::new(Mode::Events);
    let noon = play.start.midnight;
    loop {
        let round = play.round();
        play.rounds.done(Done::default(), play.moment).unwrap();
        if round.always == Always::Yes {
            break;
        }
        assert!(play.moment < noon);
    }
    assert!(play.moment >= noon && play.moment < noon + ms(1001), "{:?}", play.moment);
}

#[test]
fn a_clock_that_was_set_by_more_than_a_minute_or_a_sleep_calls_for_a_full_look() {
    for (off, looks) in [(59, false), (61, true), (4 * 3600, true)] {
        let mut play = Play::new(Mode::Events);
        play.moment += ms(1000);
        assert!(matches!(play.step(), Step::Wait(_)));
        play.off = Duration::from_secs(off);
        play.moment += ms(1000);
        let expected =
            Step::Round(Round { look: Look::Everything(Default::default()), always: Always::Yes, git: Git::Quiet });
        assert_eq!(play.step() == expected, looks, "{off}");
    }
}

#[test]
fn everything_is_looked_at_every_ten_minutes_and_every_byte_each_day() {
    let mut play = Play::new(Mode::Events);
    let mut looks = Vec::new();
    while play.moment < EVERY_BYTE + RECONCILE {
        looks.push((play.round().look, play.moment));
        play.rounds.done(Done::default(), play.moment).unwrap();
    }
    let bytes: Vec<Moment> = looks.iter().filter(|(look, _)| *look == Look::EveryByte).map(|(_, at)| *at).collect();
    assert_eq!(bytes, [EVERY_BYTE]);
    assert!((143..=146).contains(&looks.len()), "{}", looks.len());
}

#[test]
fn an_emptied_note_is_looked_at_again_when_it_is_time() {
    let mut play = Play::new(Mode::Events);
    play.save("a.md");
    play.round();
    let again = Some(play.moment + ms(10_000));
    play.rounds.done(Done { again, ..Done::default() }, play.moment).unwrap();
    assert_eq!(play.round().look, Look::Everything(Default::default()));
    assert_eq!(Some(play.moment), again);
}

#[test]
fn what_could_not_be_done_is_tried_again_with_the_next_look() {
    let mut play = Play::new(Mode::Events);
    play.save("a.md");
    play.round();
    play.rounds.done(Done { unfinished: true, ..Done::default() }, play.moment).unwrap();
    assert_eq!(play.round().always, Always::Yes);
    play.rounds.done(Done::default(), play.moment).unwrap();
    assert_eq!(play.round().always, Always::OnNews);
}

#[test]
fn polling_looks_around_often_and_never_more_than_half_a_minute_apart() {
    for took in [ms(1), ms(100), ms(5000)] {
        let mut play = Play::new(Mode::Polling);
        let mut last = Duration::ZERO;
        for _ in 0..20 {
            match play.step() {
                Step::LookAround => {
                    let apart = play.moment - last;
                    assert!(apart <= POLL_AT_MOST && apart >= ms(1000), "{apart:?}");
                    last = play.moment;
                    play.rounds.polled(took, play.moment);
                }
                Step::Wait(time) => play.moment += time,
                step => panic!("{step:?}"),
            }
        }
        play.rounds.take_file(path("a.md"), play.moment);
        let told = play.moment;
        assert_eq!(play.round().look, Look::Files([path("a.md")].into()));
        assert_eq!(play.moment, told + ms(200));
    }
}

#[test]
fn a_watch_limit_goes_over_to_polling_and_the_end_comes_before_all_else() {
    let mut play = Play::new(Mode::Events);
    play.rounds.take(Interest::Limit, play.moment);
    assert_eq!(play.rounds.mode(), Mode::Polling);
    play.save("a.md");
    play.rounds.take(Interest::Stop, play.moment);
    assert_eq!(play.step(), Step::Stop);
}

#[test]
fn settings_are_read_when_they_are_quiet() {
    let mut play = Play::new(Mode::Events);
    play.rounds.take(Interest::Settings, play.moment);
    play.moment += ms(150);
    play.rounds.take(Interest::Settings, play.moment);
    assert_eq!(play.next(), Step::Settings);
    assert_eq!(play.moment, ms(350));
}
