//! What somebody answered on the agenda or in another report, as wishes for notes: pure but for the notes it is handed.
//!
//! A line is found by its name among today's; else, as it may come from an older agenda, by making the names of all
//! that its people were ever asked about. What was answered before is passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::fold::fold;
use crate::model::link::Link;
use crate::model::path::NotePath;
use crate::model::span::{LineIndex, Span};
use crate::model::today::Today;
use crate::parse::ticks::{Mark, Tick, TickContext, ticks};
use crate::render::report_files::ReportFile;
use crate::write::generated::answered::Answered;
use crate::write::generated::known_lines;
use crate::write::intent::{Intent, Log, LogLine, TaskEdit};
use crate::write::markers::Region;
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

use super::load::{Loaded, time_words};

mod act;
mod find;
mod introduced;
mod people;
mod reminded;

/// The bytes of a note as they are now; none if it cannot be read.
pub type ReadNote<'a> = dyn Fn(&NotePath) -> Option<Vec<u8>> + 'a;

/// What the answers of the reports call for.
#[derive(Debug, Default)]
pub struct Ticks {
    /// What is wanted of notes; one for all log lines of a note.
    pub intents: Vec<Intent>,
    /// What could not be done, placed in its report.
    pub problems: Vec<Diagnostic>,
    /// Notes that nothing can be written to, as they are known by name only.
    pub refused: Vec<(TargetPath, Refusal)>,
    answers: Vec<Answer>,
    marks: BTreeSet<char>,
}

/// One answered line.
#[derive(Debug)]
struct Answer {
    /// Its texts, one for each time it stands there.
    texts: Vec<String>,
    fate: Fate,
    /// The notes that must be written before it may go.
    targets: BTreeSet<TargetPath>,
}

/// What becomes of an answered line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It goes once its notes are written.
    Goes,
    /// It stays where it is.
    Stays,
    /// It moves below.
    Below,
}

/// What one answer calls for.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    logs: Vec<(NotePath, LogLine)>,
    tasks: Vec<TaskEdit>,
}

/// What all answers call for.
#[derive(Default)]
struct Wanted {
    logs: BTreeMap<TargetPath, Vec<LogLine>>,
    tasks: Vec<TaskEdit>,
}

/// A report as it stands, with the text between its markers.
struct Sheet<'t> {
    path: NotePath,
    inside: &'t str,
    offset: usize,
    lines: LineIndex<'t>,
}

impl<'t> Sheet<'t> {
    fn new(path: &str, report: ReportFile, text: &'t str) -> Option<Self> {
        let region = Region::find(text, report.marker()).ok()?;
        let offset = region.before.len() + region.begin.len();
        Some(Sheet { path: NotePath::new(path), inside: region.inside, offset, lines: LineIndex::new(text) })
    }

    fn place(&self, finding: Finding, tick: &Tick) -> Diagnostic {
        let span = Span::new(self.offset + tick.place.start, self.offset + tick.place.end);
        finding.at(&self.path, &self.lines, span)
    }
}

/// Why an answer calls for nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Amiss {
    /// It was answered before.
    Answered,
    /// It stays until the finding is mended.
    Stays(Finding),
    /// It moves below with a finding.
    Below(Finding),
    /// It stays, as its note may not be written.
    Refused(TargetPath, Refusal),
}

impl Loaded {
    /// What the answers in some reports, each the whole file, call for on `today`. A file whose markers are damaged has
    /// none.
    pub fn ticks(&self, reports: &[(ReportFile, String)], today: Today, read: &ReadNote<'_>) -> Ticks {
        let marks = &self.obsidian.tasks;
        let mut found =
            Ticks { marks: marks.done_marks.union(&marks.cancelled_marks).copied().collect(), ..Ticks::default() };
        let time = time_words(&self.options);
        let answered: Vec<(Sheet<'_>, Vec<Tick>)> = reports
            .iter()
            .filter_map(|(report, text)| Sheet::new(&self.report_path(*report, today), *report, text))
            .map(|sheet| {
                let is_ours = known_lines(sheet.inside);
                let context = TickContext { today: today.0, time: &time, tasks: marks, is_ours: &is_ours };
                let ticks = ticks(sheet.inside, &context);
                (sheet, ticks)
            })
            .filter(|(_, ticks)| !ticks.is_empty())
            .collect();
        if answered.is_empty() {
            return found;
        }
        let finder = find::Finder::new(self, today);
        let mut wanted = Wanted::default();
        let mut seen = BTreeSet::new();
        for (sheet, ticks) in &answered {
            for tick in ticks {
                // The same line may stand in two reports: the second waits until the notes say what became of the first.
                let answer = match seen.insert(tick.id) {
                    true => self.answer(sheet, tick, &finder, (today, read), (&mut found, &mut wanted)),
                    false => Answer { texts: tick.texts.clone(), fate: Fate::Stays, targets: BTreeSet::new() },
                };
                found.answers.push(answer);
            }
        }
        let logs = wanted.logs.into_iter().map(|(target, lines)| Intent::Log(Log { target, lines }));
        found.intents = logs.chain(wanted.tasks.into_iter().map(Intent::Task)).collect();
        found
    }

    /// What becomes of one answered line, with what it calls for added to all that is wanted.
    fn answer(
        &self,
        sheet: &Sheet<'_>,
        tick: &Tick,
        finder: &find::Finder<'_>,
        (today, read): (Today, &ReadNote<'_>),
        (found, wanted): (&mut Ticks, &mut Wanted),
    ) -> Answer {
        let mut answer = Answer { texts: tick.texts.clone(), fate: Fate::Goes, targets: BTreeSet::new() };
        let mut tell = |finding: Finding| found.problems.push(sheet.place(finding, tick));
        match self.wishes(tick, finder, today, read) {
            Ok(wishes) => {
                for (note, line) in wishes.logs {
                    let Ok(target) = TargetPath::existing(&note) else { continue };
                    answer.targets.insert(target.clone());
                    wanted.logs.entry(target).or_default().push(line);
                }
                answer.targets.extend(wishes.tasks.iter().map(|task| task.target.clone()));
                wanted.tasks.extend(wishes.tasks);
            }
            Err(Amiss::Answered) if self.is_told(tick, finder, read) => {}
            Err(Amiss::Answered) => {
                answer.fate = Fate::Below;
                tell(Finding::new("tick-below-kept", [&tick.who()]));
            }
            Err(Amiss::Stays(finding)) => {
                answer.fate = Fate::Stays;
                tell(finding);
            }
            Err(Amiss::Refused(target, refusal)) => {
                answer.fate = Fate::Stays;
                if !found.refused.iter().any(|(known, _)| *known == target) {
                    found.refused.push((target, refusal));
                }
            }
            Err(Amiss::Below(finding)) => {
                answer.fate = Fate::Below;
                tell(finding);
            }
        }
        answer
    }

    fn wishes(
        &self,
        tick: &Tick,
        finder: &find::Finder<'_>,
        today: Today,
        read: &ReadNote<'_>,
    ) -> Result<Wishes, Amiss> {
        let unknown = || Amiss::Below(Finding::new("tick-unknown", [&tick.who()]));
        let not_yet = || self.half_saved.as_ref().map(|note| half_saved(tick, note));
        let case = finder.find(tick).ok_or_else(|| self.damaged(tick).or_else(not_yet).unwrap_or_else(unknown))?;
        if let find::Case::Answered = case {
            return Err(Amiss::Answered);
        }
        match &tick.mark {
            Mark::Unread(words) if words.is_empty() => {
                return Err(Amiss::Stays(Finding::new("tick-no-date", [&tick.who()])));
            }
            Mark::Unread(words) => return Err(Amiss::Stays(Finding::new("tick-date-unread", [words]))),
            Mark::PutOff(day) if *day < today.0 => {
                return Err(Amiss::Stays(Finding::new("tick-date-past", [&day.to_string()])));
            }
            _ => {}
        }
        self.act(&case, tick, today, read)
    }

    /// The note a line links, if an unsolved merge keeps it from being read: who it is about is known when that is solved.
    fn damaged(&self, tick: &Tick) -> Option<Amiss> {
        let damaged =
            self.index.diagnostics.iter().filter(|found| matches!(found.code, "merge-markers" | "merge-conflict"));
        let stem = |link: &Link| {
            let target = link.target.rsplit('/').next().unwrap_or_default();
            fold(target.strip_suffix(".md").unwrap_or(target))
        };
        let found = damaged.into_iter().find(|found| {
            let name = fold(found.path.stem());
            tick.links.iter().any(|link| stem(link) == name)
        })?;
        let refusal = Refusal::MergeMarkers { line: found.position.line as usize };
        Some(Amiss::Refused(TargetPath::existing(&found.path).ok()?, refusal))
    }

    /// Whether all that stands below an answer given before is in the notes already.
    fn is_told(&self, tick: &Tick, finder: &find::Finder<'_>, read: &ReadNote<'_>) -> bool {
        if tick.below.is_empty() {
            return true;
        }
        let mut paths: BTreeSet<NotePath> = BTreeSet::new();
        let people = self.index.answers(tick.id).iter().filter_map(|answer| answer.person).chain(finder.linked(tick));
        paths.extend(people.filter_map(|id| self.index.person(id)).map(|record| record.path.clone()));
        let texts: Vec<String> =
            paths.iter().filter_map(read).filter_map(|bytes| String::from_utf8(bytes).ok()).collect();
        tick.below.texts().all(|line| texts.iter().any(|text| text.contains(line)))
    }
}

/// What the line is about may stand in a note that somebody is saving; the next look tells.
fn half_saved(tick: &Tick, note: &NotePath) -> Amiss {
    Amiss::Stays(Finding::new("tick-half-saved", [&tick.who(), note.as_str()]))
}

impl Ticks {
    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// How many answers are to be carried out.
    pub fn waiting(&self) -> usize {
        self.answers.iter().filter(|answer| answer.fate == Fate::Goes && !answer.targets.is_empty()).count()
    }

    /// What becomes of the answered lines, when these notes could not be written.
    pub fn answered(&self, refused: &BTreeSet<TargetPath>) -> Answered {
        let mut answered = Answered { marks: self.marks.clone(), ..Answered::default() };
        for answer in &self.answers {
            let texts = answer.texts.iter().cloned();
            match answer.fate {
                Fate::Goes if answer.targets.is_disjoint(refused) => answered.applied.extend(texts),
                Fate::Goes | Fate::Stays => answered.kept.extend(texts),
                Fate::Below => answered.unplaced.extend(texts),
            }
        }
        answered
    }

    /// The notes that answers are to be written to.
    pub fn targets(&self) -> BTreeSet<TargetPath> {
        self.answers.iter().flat_map(|answer| answer.targets.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests;
