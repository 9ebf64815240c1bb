//! Stops a loop: when each round writes what the one before it wrote, somebody else undoes it, and neither will give in.

use std::collections::BTreeMap;
use std::time::Duration;

use super::moment::Moment;

/// So many equal rounds in a row are no chance.
const ROUNDS: usize = 5;

/// Rounds further apart are none of a loop.
const APART: Duration = Duration::from_secs(60);

/// What a round wrote: each file with the hash of its bytes.
pub type Wrote = BTreeMap<String, u64>;

/// Counts equal rounds.
#[derive(Debug, Default)]
pub struct Breaker {
    last: Wrote,
    at: Moment,
    equal: usize,
}

impl Breaker {
    /// Takes in what a round wrote. Gives the files once too many rounds were equal; one that wrote nothing is none.
    pub fn take(&mut self, wrote: Wrote, now: Moment) -> Option<Vec<String>> {
        if wrote.is_empty() {
            return None;
        }
        let goes_on = wrote == self.last && now.saturating_sub(self.at) <= APART;
        self.equal = if goes_on { self.equal + 1 } else { 1 };
        (self.last, self.at) = (wrote, now);
        (self.equal >= ROUNDS).then(|| self.last.keys().cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrote(hash: u64) -> Wrote {
        Wrote::from([("Reports/Agenda.md".to_owned(), hash)])
    }

    fn at(seconds: u64) -> Moment {
        Duration::from_secs(seconds)
    }

    #[test]
    fn the_fifth_equal_round_in_a_row_stops_and_the_fourth_does_not() {
        let mut breaker = Breaker::default();
        for round in 0..4 {
            assert_eq!(breaker.take(wrote(1), at(round * 2)), None, "{round}");
            assert_eq!(breaker.take(Wrote::new(), at(round * 2 + 1)), None, "a round without a write is none");
        }
        assert_eq!(breaker.take(wrote(1), at(8)), Some(vec!["Reports/Agenda.md".to_owned()]));
    }

    #[test]
    fn other_bytes_and_long_pauses_begin_anew() {
        let mut breaker = Breaker::default();
        for round in 0..20 {
            assert_eq!(breaker.take(wrote(round % 2), at(round * 2)), None);
        }
        let mut breaker = Breaker::default();
        for round in 0..20 {
            assert_eq!(breaker.take(wrote(1), at(round * 61)), None);
        }
    }
}
