//! Briefs: printed for someone, and as files for the meetings and events of the next days. A file goes when its meeting
//! is over, unless somebody wrote into it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::index::record::{MeetingRecord, PersonId};
use crate::index::steps::meetings_ahead;
use crate::index::suggested::Suggested;
use crate::model::fold::fold;
use crate::model::note::{Held, NoteKind};
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::render::engine::{Engine, TemplateError};
use crate::report::brief::{Brief, Briefs};
use crate::state::folder::State;
use crate::write::generated::{GeneratedFile, Presence};
use crate::write::intent::Intent;
use crate::write::removal::{BRIEF, BRIEFS, OldBrief};
use crate::write::target::{TargetPath, safe_name};

use super::files::PlanError;
use super::load::Loaded;
use super::reports::{Output, printed};

/// A meeting with more people than this is no talk with each of them.
const TABLE: usize = 4;
/// What the names of all briefs begin with. A file called as the note itself would take its links in other programs.
const PREFIX: &str = "Brief ";

/// What a file is about.
#[derive(Clone, Copy, Debug)]
enum Subject<'i> {
    Person(PersonId),
    Event(&'i MeetingRecord),
}

impl Loaded {
    /// The brief on someone; `None` for an id of another vault.
    pub fn brief(&self, id: PersonId, today: Today) -> Option<Brief> {
        Briefs::new(&self.suggestions(today)).brief(id)
    }

    /// The same as it is printed; nothing for an id of another vault.
    ///
    /// # Errors
    /// A template that fails.
    pub fn printed_brief(&self, id: PersonId, output: Output, today: Today) -> Result<String, TemplateError> {
        let page = self.brief(id, today);
        page.map_or(Ok(String::new()), |page| printed(&self.engine(output)?, output, "brief", &page))
    }

    /// The briefs that should stand in the vault, and those that should go.
    ///
    /// # Errors
    /// A template that fails, or a reports folder that cannot be one.
    pub(super) fn brief_files(&self, suggested: &Suggested<'_>, state: &State) -> Result<Vec<Intent>, PlanError> {
        let today = suggested.today;
        let wanted = self.wanted_briefs(today);
        let mut intents = Vec::new();
        if !wanted.is_empty() {
            let folder = self.in_reports(BRIEFS);
            let engine = self.engine_for(Output::Markdown, &folder)?;
            let briefs = Briefs::new(suggested);
            let files = wanted.iter().collect::<Vec<_>>().into_par_iter();
            let files = files.map(|(name, subject)| self.brief_file(&engine, &briefs, (name, *subject)));
            intents.extend(files.collect::<Result<Vec<_>, PlanError>>()?.into_iter().flatten().map(Intent::Report));
        }
        intents.extend(self.old_briefs(&wanted, state).into_iter().map(Intent::Remove));
        Ok(intents)
    }

    fn brief_file(
        &self,
        engine: &Engine,
        briefs: &Briefs<'_, '_>,
        (name, subject): (&String, Subject<'_>),
    ) -> Result<Option<GeneratedFile>, PlanError> {
        let body = match subject {
            Subject::Person(id) => match briefs.brief(id) {
                Some(brief) => engine.render("brief", &brief)?,
                None => return Ok(None),
            },
            Subject::Event(note) => engine.render("event-brief", &briefs.event(note))?,
        };
        let path = self.in_reports(&format!("{BRIEFS}/{name}"));
        self.placed(&path, |target| GeneratedFile::new(target, BRIEF, "", &body, Presence::Always)).map(Some)
    }

    /// Whom and what there is to be a brief for, by file name.
    fn wanted_briefs(&self, today: Today) -> BTreeMap<String, Subject<'_>> {
        let last = today.0.checked_add_days(Days::new(self.options.brief_days.into())).unwrap_or(today.0);
        let mut wanted: Vec<(&NotePath, Subject<'_>)> = Vec::new();
        for (id, record) in (0..).map(PersonId).zip(&self.index.people) {
            if record.silence().is_none() && self.meets(id, today, last) {
                wanted.push((&record.path, Subject::Person(id)));
            }
        }
        let first = self.index.meetings.partition_point(|note| note.date < today.0);
        let near = self.index.meetings.iter().skip(first).take_while(|note| note.date <= last);
        let events = near.filter(|note| note.kind == NoteKind::Event && note.held != Held::Cancelled);
        wanted.extend(events.map(|note| (&note.path, Subject::Event(note))));
        let mut taken: BTreeSet<String> = BTreeSet::new();
        wanted.into_iter().map(|(path, subject)| (self.brief_name(path, &mut taken), subject)).collect()
    }

    /// Whether someone is met within the days, in a circle small enough to talk to each.
    fn meets(&self, id: PersonId, today: Today, last: NaiveDate) -> bool {
        let ahead = meetings_ahead(&self.index, id, today);
        let mut near = ahead.iter().take_while(|meeting| meeting.date <= last);
        near.any(|meeting| meeting.note.is_none_or(|note| note.people.len() <= TABLE))
    }

    /// A file name for the note at `path` that every system takes. Of two notes of one name the folder tells which.
    fn brief_name(&self, path: &NotePath, taken: &mut BTreeSet<String>) -> String {
        let stem = path.stem().trim_start_matches('@');
        let folder = path.folder().rsplit('/').next().unwrap_or_default();
        let is_shared = self.shared_stems.contains(&fold(path.stem())) && !folder.is_empty();
        let whole = if is_shared { format!("{PREFIX}{stem} ({folder})") } else { format!("{PREFIX}{stem}") };
        let mut name = format!("{}.md", safe_name(&whole));
        for number in 2.. {
            if taken.insert(fold(&name)) {
                break;
            }
            name = format!("{} {number}.md", safe_name(&whole));
        }
        name
    }

    /// Briefs that stand in their folder and are wanted no more. A folder that cannot be listed has none to take away.
    fn old_briefs(&self, wanted: &BTreeMap<String, Subject<'_>>, state: &State) -> Vec<OldBrief> {
        let folder = self.root.join(self.in_reports(BRIEFS));
        let names = state.disk().list(&folder).unwrap_or_default();
        let kept: BTreeSet<String> = wanted.keys().map(|name| fold(name)).collect();
        let mut names: Vec<String> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
        names.sort();
        let old = names.into_iter().filter(|name| name.starts_with(PREFIX) && !kept.contains(&fold(name)));
        old.filter_map(|name| OldBrief::new(TargetPath::new(&self.in_reports(&format!("{BRIEFS}/{name}"))).ok()?))
            .collect()
    }
}

#[cfg(test)]
#[path = "briefs_tests.rs"]
mod tests;
