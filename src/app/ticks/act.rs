//! What an answer calls for, by what its line is about.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::app::entry::Mark as Written;
use crate::app::load::{Loaded, time_words};
use crate::index::item_ids::{follow_up_id, task_ids};
use crate::index::record::{FollowUp, PersonId, PersonRecord};
use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::parse::note::{NameRole, ParseContext, parse_note};
use crate::parse::periodic::PeriodicNotes;
use crate::parse::ticks::{Mark, Tick};
use crate::report::reason::Source;
use crate::write::intent::{LogLine, TaskChange, TaskEdit};
use crate::write::target::TargetPath;

use super::find::Case;
use super::{Amiss, ReadNote, Wishes};

impl Loaded {
    /// The wishes of an answer to `case`, whose day, if it was put off, is still ahead.
    pub(super) fn act(&self, case: &Case<'_>, tick: &Tick, today: Today, read: &ReadNote<'_>) -> Result<Wishes, Amiss> {
        let done_on = match tick.mark {
            Mark::Done(Some(day)) => day,
            _ => today.0,
        };
        match case {
            Case::Contact(person) => self.log(tick, &[*person], done_on, &|_, _| None),
            Case::Yearly(person, label) => {
                self.log(tick, &[*person], done_on, &|_, language| Some(self.greeting(label.as_deref(), language)))
            }
            Case::Festival(_, people) if people.is_empty() => {
                Err(Amiss::Below(Finding::new("tick-nobody", [&tick.who()])))
            }
            Case::Festival(festival, people) => {
                let words = &self.options.vocabulary;
                let name = |language: Language| words.festival_name(festival, language.tag()).to_owned();
                self.log(tick, people, done_on, &|_, language| Some(self.greeting(Some(&name(language)), language)))
            }
            Case::Meeting { people, day, title, task, channel } => {
                // A day that a plugin put on the line is that of the tick; one written below is that of the meeting.
                let met_on = tick.told_on.unwrap_or((*day).min(today.0));
                let task = task.as_ref().filter(|_| !matches!(tick.mark, Mark::PutOff(_)));
                let mut wishes = match (task, &tick.mark) {
                    (Some(_), Mark::Skip) => Wishes::default(),
                    // A skip says of its day that they did not meet.
                    (_, Mark::Skip) => self.log(tick, people, *day, &|_, _| None)?,
                    (_, Mark::PutOff(_)) => self.log(tick, people, today.0, &|_, _| None)?,
                    _ => self.log(tick, people, met_on, &|record, language| {
                        Some(self.met(record, channel, title, language))
                    })?,
                };
                if let Some(source) = task {
                    wishes.tasks.extend(self.task_at(source, tick, met_on, read)?);
                }
                Ok(wishes)
            }
            Case::Task(task) => self.task(task, tick, done_on, today, read),
            Case::Reminder(reminder) => self.reminded(reminder, tick, done_on),
            Case::Nobody => Err(Amiss::Below(Finding::new("tick-nobody", [&tick.who()]))),
            Case::Answered => Err(Amiss::Answered),
        }
    }

    /// A log line for each of `people`. What was written below the line is its text, else `words` say it.
    fn log(
        &self,
        tick: &Tick,
        people: &[PersonId],
        day: NaiveDate,
        words: &dyn Fn(&PersonRecord, Language) -> Option<String>,
    ) -> Result<Wishes, Amiss> {
        let mut wishes = Wishes::default();
        for record in people.iter().filter_map(|id| self.index.person(*id)) {
            let language = self.note_language(record);
            let own = tick.below.text().map(str::to_owned);
            let (text, mark) = match tick.mark {
                Mark::Done(_) => (own.or_else(|| words(record, language)), None),
                Mark::Skip => (own, Some(Written::Skip(None))),
                Mark::PutOff(until) => (own, Some(Written::Snooze { until, of: None })),
                Mark::Unread(_) => return Err(Amiss::Answered),
            };
            let mark = mark.map(|mark| self.mark_text(mark, language));
            let text = [text, mark].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let nested = tick.below.nested();
            let line = LogLine { date: day, channel: None, text, nested, id: Some(tick.id.to_string()) };
            wishes.logs.push((record.path.clone(), line));
        }
        Ok(wishes)
    }

    fn greeting(&self, label: Option<&str>, language: Language) -> String {
        let words = &self.options.vocabulary;
        let of = label.unwrap_or_else(|| words.label("birthday", language.tag()));
        let greetings = words.label("greetings", language.tag());
        match language {
            Language::Chinese => format!("{of}{greetings}"),
            Language::English => format!("{of} {greetings}"),
        }
    }

    /// `见面：报价`, `met: the offer`.
    fn met(&self, record: &PersonRecord, channel: &str, title: &str, language: Language) -> String {
        let word = self.options.vocabulary.channel_name(channel, language.tag());
        let title = title.strip_prefix(&*record.person.name).unwrap_or(title).trim();
        if self.options.vocabulary.channel(&fold(title)).is_some() {
            // `方晴午餐` was a lunch, not a meeting about one.
            return title.to_owned();
        }
        match (title.is_empty(), language) {
            (true, _) => word.to_owned(),
            (false, Language::Chinese) => format!("{word}：{title}"),
            (false, Language::English) => format!("{word}: {title}"),
        }
    }

    fn task(
        &self,
        task: &FollowUp,
        tick: &Tick,
        done_on: NaiveDate,
        today: Today,
        read: &ReadNote<'_>,
    ) -> Result<Wishes, Amiss> {
        if task.recurrence.is_some() && !matches!(tick.mark, Mark::PutOff(_)) {
            return Err(Amiss::Below(Finding::new("tick-recurs", [&task.text])));
        }
        let mut wishes = Wishes::default();
        let wanted = follow_up_id(task);
        let edit = self.edit(&task.path, change(&tick.mark, done_on, today.0), read, |ids, _| {
            ids.iter().position(|id| *id == wanted)
        });
        wishes.tasks.push(edit.ok_or_else(|| Amiss::Stays(Finding::new("write-task-gone", [&task.text])))?);
        if matches!(tick.mark, Mark::Done(_)) && !tick.below.is_empty() {
            let first = task.people.first().copied().into_iter().collect::<Vec<_>>();
            wishes.logs = self.log(tick, &first, done_on, &|_, _| Some(task.text.to_string()))?.logs;
        }
        Ok(wishes)
    }

    /// The task that plans a meeting.
    fn task_at(
        &self,
        source: &Source,
        tick: &Tick,
        day: NaiveDate,
        read: &ReadNote<'_>,
    ) -> Result<Option<TaskEdit>, Amiss> {
        let path = NotePath::new(&source.path);
        let edit = self.edit(&path, change(&tick.mark, day, day), read, |_, lines| {
            lines.iter().position(|line| *line == source.line)
        });
        edit.map(Some).ok_or_else(|| Amiss::Stays(Finding::new("write-task-gone", [&tick.words])))
    }

    /// The change of one task of a note as it is now; none if the note cannot be read or the task is gone.
    fn edit(
        &self,
        path: &NotePath,
        change: TaskChange,
        read: &ReadNote<'_>,
        which: impl Fn(&[crate::model::item_id::ItemId], &[u32]) -> Option<usize>,
    ) -> Option<TaskEdit> {
        let bytes = read(path)?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let time = time_words(&self.options);
        let (periodic, _) = PeriodicNotes::compile(&self.obsidian);
        let words = &self.options.vocabulary;
        let context = ParseContext { words, time: &time, obsidian: &self.obsidian, periodic: &periodic };
        let (note, _) = parse_note(path, text, &NameRole::Ordinary, &context);
        let lines: Vec<u32> = note.tasks.iter().map(|task| task.line).collect();
        let task = note.tasks.get(which(&task_ids(path, &note.tasks), &lines)?)?;
        Some(TaskEdit {
            target: TargetPath::existing(path).ok()?,
            line: text.get(task.span.range())?.to_owned(),
            number: task.line as usize,
            read_from: Some(Sha256::digest(&bytes).into()),
            change,
        })
    }
}

fn change(mark: &Mark, done_on: NaiveDate, today: NaiveDate) -> TaskChange {
    match mark {
        Mark::Skip => TaskChange::Cancelled(today),
        Mark::PutOff(day) => TaskChange::Scheduled(*day),
        Mark::Done(_) | Mark::Unread(_) => TaskChange::Done(done_on),
    }
}
