//! Whether two phrases fit, by the stretches they share.

use std::ops::Range;

use super::MatchKind;
use super::phrase::{Phrase, Unit};

/// How two phrases fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) kind: MatchKind,
    pub(super) score: u32,
    /// The shared stretches, in bytes of the offer.
    pub(super) places: Vec<Range<usize>>,
}

/// A stretch that two phrases share.
struct Run {
    asked: usize,
    offered: usize,
    len: usize,
}

/// What is one word: two characters, or a word of letters.
const ONE_WORD: u32 = 2;
/// What is two words, and by itself evidence.
const TWO_WORDS: u32 = 4;
/// The longest phrase of which one word at its end says what it is about: `B端产品定价` is about 定价.
const SHORT: u32 = 8;

/// Holds a text against an offer; none where nothing shows that they are about the same.
pub(super) fn compare(asked: &Phrase, offered: &Phrase) -> Option<Fit> {
    let (a, b) = (asked.weight(), offered.weight());
    if !may_cover(asked, offered) {
        return None;
    }
    let runs = runs(asked, offered);
    let mut places: Vec<Range<usize>> = runs.iter().filter_map(|run| place(offered, run)).collect();
    places.sort_by_key(|place| place.start);
    if asked.has_same_units(offered) {
        let whole = a >= TWO_WORDS || asked.units.iter().any(|unit| !unit.is_general);
        return (whole && a >= ONE_WORD).then_some(Fit { kind: MatchKind::Equal, score: 100, places });
    }
    let (shorter, longer) = if b <= a { (offered, a) } else { (asked, b) };
    let covered: u32 = runs.iter().map(|run| weight(run_of(offered, run), |_| true)).sum();
    let telling: u32 = runs.iter().map(|run| weight(run_of(offered, run), |unit| !unit.is_general)).sum();
    let longest = runs.iter().map(|run| weight(run_of(offered, run), |_| true)).max().unwrap_or(0);
    let least = shorter.weight();
    // Words strewn over a long text are chance.
    let is_together = longest >= TWO_WORDS || longer <= 3 * least;
    let share = |most: u32, of: u32| most * covered / of.max(1);
    if covered == least && telling >= ONE_WORD {
        let fits = match least {
            TWO_WORDS.. => is_together,
            _ => runs.first().is_some_and(|run| is_head(asked, offered, run, longer)),
        };
        return fits.then(|| Fit { kind: MatchKind::Contains, score: 60 + share(35, longer), places });
    }
    let fits = covered * 3 >= least * 2 && telling >= TWO_WORDS && is_together;
    fits.then(|| Fit { kind: MatchKind::Words, score: share(30, least) + share(25, longer), places })
}

/// Whether enough units are in both, wherever they stand: most pairs that are held against each other end here.
fn may_cover(asked: &Phrase, offered: &Phrase) -> bool {
    let is_shared = |unit: &&Unit| asked.units.iter().any(|other| other.id == unit.id);
    let covered: u32 = offered.units.iter().filter(is_shared).map(|unit| unit.weight).sum();
    covered * 3 >= asked.weight().min(offered.weight()) * 2
}

/// Whether one word is what the longer phrase is about. In Chinese that is its end; of two English words either.
fn is_head(asked: &Phrase, offered: &Phrase, run: &Run, longer: u32) -> bool {
    let is_word = run_of(offered, run).iter().all(|unit| !unit.is_character);
    let is_last = run.asked + run.len == asked.units.len() && run.offered + run.len == offered.units.len();
    if is_word { longer <= TWO_WORDS } else { is_last && longer <= SHORT }
}

/// The longest stretches that stand in both, none overlapping another.
fn runs(asked: &Phrase, offered: &Phrase) -> Vec<Run> {
    let (mut free_a, mut free_b) = (vec![true; asked.units.len()], vec![true; offered.units.len()]);
    let mut runs = Vec::new();
    while let Some(run) = longest(asked, offered, &free_a, &free_b) {
        free_a.iter_mut().skip(run.asked).take(run.len).for_each(|free| *free = false);
        free_b.iter_mut().skip(run.offered).take(run.len).for_each(|free| *free = false);
        runs.push(run);
    }
    runs
}

fn longest(asked: &Phrase, offered: &Phrase, free_a: &[bool], free_b: &[bool]) -> Option<Run> {
    let mut best: Option<(u32, Run)> = None;
    for a in 0..asked.units.len() {
        for b in 0..offered.units.len() {
            let len = common(asked.units.get(a..)?, offered.units.get(b..)?, free_a.get(a..)?, free_b.get(b..)?);
            let run = Run { asked: a, offered: b, len };
            let weight = weight(run_of(offered, &run), |_| true);
            if weight >= ONE_WORD && best.as_ref().is_none_or(|(most, _)| weight > *most) {
                best = Some((weight, run));
            }
        }
    }
    best.map(|(_, run)| run)
}

fn common(a: &[Unit], b: &[Unit], free_a: &[bool], free_b: &[bool]) -> usize {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return 0 };
    let pairs = a.iter().zip(b).zip(free_a.iter().zip(free_b));
    let same = pairs.take_while(|((a, b), (free_a, free_b))| {
        a.id == b.id && a.stretch == first_a.stretch && b.stretch == first_b.stretch && **free_a && **free_b
    });
    same.count()
}

fn run_of<'p>(offered: &'p Phrase, run: &Run) -> &'p [Unit] {
    offered.units.get(run.offered..run.offered + run.len).unwrap_or_default()
}

fn weight(units: &[Unit], counts: impl Fn(&Unit) -> bool) -> u32 {
    units.iter().filter(|unit| counts(unit)).map(|unit| unit.weight).sum()
}

fn place(offered: &Phrase, run: &Run) -> Option<Range<usize>> {
    let units = run_of(offered, run);
    Some(units.first()?.place.start..units.last()?.place.end)
}
