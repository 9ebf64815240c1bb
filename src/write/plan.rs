//! What would be written, decided before anything is: pure, and the one thing `--dry-run`, `--check` and tests read.
//!
//! What is absent: the disk. It is asked through a function, and told what to do by [`Change`]s.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use sha2::{Digest as _, Sha256};

use crate::state::record::hash;

use super::context::WriteContext;
use super::diff::unified;
use super::generated::{GeneratedFile, Merged, Presence, merge};
use super::intent::{Intent, Restore};
use super::refusal::Refusal;
use super::removal::{Fate, fate};
use super::splice::{NoteText, Splice};
use super::target::{TargetPath, twin_key};
use super::{log, task};

/// What stands at a target.
#[derive(Debug)]
pub enum Standing {
    /// Nothing, and no name that would be the same file elsewhere.
    Absent,
    /// Nothing, but its name is taken on a disk that folds case or composes letters.
    Taken {
        /// The name that stands there.
        by: String,
    },
    /// A regular file.
    File {
        /// All its bytes.
        bytes: Vec<u8>,
        /// What forbids changing it, whatever it holds; no matter while it is right as it is.
        obstacle: Option<Refusal>,
    },
    /// Something that is neither read nor written.
    Refused(Refusal),
}

/// One write; the closed list of what the program can do to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Log lines.
    Append(Splice),
    /// One task line.
    Tick(Splice),
    /// The text between our markers.
    Replace {
        /// The file as the plan saw it, byte for byte.
        old: String,
        /// The file as it will be.
        new: String,
        /// How many lines of a person move below the end marker.
        moved_lines: usize,
    },
    /// A new file with this text.
    Create {
        /// The whole file.
        text: String,
    },
    /// A brief of ours taken away.
    Remove {
        /// The file as the plan saw it, byte for byte.
        old: String,
    },
    /// The bytes that stood there before one of these.
    Restore {
        /// The file as the plan saw it, byte for byte.
        old: String,
        /// The file as it was; nothing for one that is taken away.
        new: Option<String>,
    },
}

/// An edit with the intent that called for it, so that it can be planned again if the file changes meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is wanted, and where.
    pub intent: Intent,
    /// What to do.
    pub edit: Edit,
}

/// Everything one run would do, in the order of the files given.
#[derive(Debug, Default)]
pub struct Plan {
    /// Writes to be made.
    pub changes: Vec<Change>,
    /// Files that are right already.
    pub unchanged: Vec<TargetPath>,
    /// Briefs that are needed no more and stay, as somebody wrote into them.
    pub stays: Vec<TargetPath>,
    /// Files that must be left alone, and why.
    pub refused: Vec<(TargetPath, Refusal)>,
    /// Files that could not be looked at.
    pub failed: Vec<(TargetPath, io::Error)>,
}

/// What is to be done about one file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Not there, and not wanted.
    Nothing,
    /// Right as it is.
    Unchanged,
    /// Needed no more, and left for what somebody wrote into it.
    Stays,
    /// A write.
    Edit(Edit),
}

/// Plans what `intents` want, asking `look` what stands where each will write. Two wishes for one note are two edits, the
/// second of what the first makes of it; two files of one name are not.
pub fn plan(intents: Vec<Intent>, context: &WriteContext<'_>, look: impl Fn(&Intent) -> io::Result<Standing>) -> Plan {
    let mut plan = Plan::default();
    let mut seen = BTreeSet::new();
    let mut edited: BTreeMap<TargetPath, Edits> = BTreeMap::new();
    for intent in intents {
        let target = intent.target().clone();
        let earlier = edited.get(&target);
        let intent = match earlier {
            Some(edits) => edits.carry(intent),
            None => intent,
        };
        let is_whole_file = matches!(intent, Intent::Report(_) | Intent::Note(_));
        if is_whole_file && !seen.insert(twin_key(target.as_str())) {
            let name = target.name().to_owned();
            plan.refused.push((target, Refusal::Twin { name }));
            continue;
        }
        let standing = match earlier.and_then(|edits| edits.0.last()) {
            Some(edit) => Ok(Standing::File { bytes: edit.new().into(), obstacle: None }),
            None => look(&intent),
        };
        match standing.map(|standing| step(&intent, standing, context)) {
            Ok(Ok(Step::Nothing)) => {}
            Ok(Ok(Step::Unchanged)) => plan.unchanged.push(target),
            Ok(Ok(Step::Stays)) => plan.stays.push(target),
            Ok(Ok(Step::Edit(edit))) => {
                if let Edit::Append(splice) | Edit::Tick(splice) = &edit {
                    edited.entry(target).or_default().0.push(splice.clone());
                }
                plan.changes.push(Change { intent, edit });
            }
            Ok(Err(refusal)) => plan.refused.push((target, refusal)),
            Err(error) => plan.failed.push((target, error)),
        }
    }
    plan
}

/// What a plan has done to one note so far.
#[derive(Debug, Default)]
struct Edits(Vec<Splice>);

impl Edits {
    /// The wish as it reads after these edits: the line of a task that was read before them has moved.
    fn carry(&self, mut intent: Intent) -> Intent {
        if let (Intent::Task(task), Some(first), Some(last)) = (&mut intent, self.0.first(), self.0.last())
            && task.read_from == Some(Sha256::digest(first.old()).into())
            && let Some(number) = self.0.iter().try_fold(task.number, |number, edit| edit.moved_line(number))
        {
            task.number = number;
            task.read_from = Some(Sha256::digest(last.new()).into());
        }
        intent
    }
}

/// What `intent` calls for where `standing` stands.
pub(super) fn step(intent: &Intent, standing: Standing, context: &WriteContext<'_>) -> Result<Step, Refusal> {
    match intent {
        Intent::Report(file) => report_step(file, standing),
        Intent::Note(note) => match standing {
            Standing::Absent => Ok(Step::Edit(Edit::Create { text: note.text.clone() })),
            Standing::Taken { by } => Err(Refusal::Twin { name: by }),
            Standing::File { .. } => Err(Refusal::Exists),
            Standing::Refused(refusal) => Err(refusal),
        },
        Intent::Log(log) => {
            in_note(standing, |note| log::append(note, log, context).map(|edit| edit.map(Edit::Append)))
        }
        Intent::Task(task) => {
            in_note(standing, |note| task::change(note, task, context).map(|edit| edit.map(Edit::Tick)))
        }
        Intent::Remove(_) => removal_step(standing),
        Intent::Restore(restore) => restore_step(restore, standing),
    }
}

/// A brief of ours goes while all of it is ours; what is not ours is left in peace.
fn removal_step(standing: Standing) -> Result<Step, Refusal> {
    let Standing::File { bytes, obstacle } = standing else { return Ok(Step::Nothing) };
    match (fate(&bytes), obstacle) {
        (Fate::Foreign, _) => Ok(Step::Nothing),
        (Fate::Stays, _) => Ok(Step::Stays),
        (Fate::Goes, Some(refusal)) => Err(refusal),
        (Fate::Goes, None) => {
            let old = String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)?;
            Ok(Step::Edit(Edit::Remove { old }))
        }
    }
}

/// A file gets its earlier bytes only while it holds exactly what the program wrote.
fn restore_step(restore: &Restore, standing: Standing) -> Result<Step, Refusal> {
    let (bytes, obstacle) = match standing {
        Standing::Absent if restore.text.is_none() => return Ok(Step::Unchanged),
        Standing::Absent | Standing::Taken { .. } => return Err(Refusal::Gone),
        Standing::File { bytes, obstacle } => (bytes, obstacle),
        Standing::Refused(refusal) => return Err(refusal),
    };
    if restore.text.as_ref().is_some_and(|text| text.as_bytes() == bytes) {
        return Ok(Step::Unchanged);
    }
    if hash(&bytes) != restore.expected {
        return Err(Refusal::ChangedSince);
    }
    match obstacle {
        Some(refusal) => Err(refusal),
        None => {
            let old = String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)?;
            Ok(Step::Edit(Edit::Restore { old, new: restore.text.clone() }))
        }
    }
}

/// An edit of a note that must be there.
fn in_note(
    standing: Standing,
    edit: impl FnOnce(&NoteText<'_>) -> Result<Option<Edit>, Refusal>,
) -> Result<Step, Refusal> {
    let (bytes, obstacle) = match standing {
        Standing::Absent | Standing::Taken { .. } => return Err(Refusal::Gone),
        Standing::File { bytes, obstacle } => (bytes, obstacle),
        Standing::Refused(refusal) => return Err(refusal),
    };
    match (edit(&NoteText::cut(&bytes)?)?, obstacle) {
        (None, _) => Ok(Step::Unchanged),
        (Some(_), Some(refusal)) => Err(refusal),
        (Some(edit), None) => Ok(Step::Edit(edit)),
    }
}

/// What `file` calls for where `standing` stands. A report with nothing to say leaves what is not ours in peace.
fn report_step(file: &GeneratedFile, standing: Standing) -> Result<Step, Refusal> {
    let wanted = file.presence() == Presence::Always;
    let (bytes, obstacle) = match standing {
        Standing::Absent | Standing::Taken { .. } if !wanted => return Ok(Step::Nothing),
        Standing::Absent => (None, None),
        Standing::Taken { by } => return Err(Refusal::Twin { name: by }),
        Standing::File { bytes, obstacle } => (Some(bytes), obstacle),
        Standing::Refused(refusal) => return Err(refusal),
    };
    let merged = match merge(bytes.as_deref(), file) {
        Err(Refusal::Foreign) if !wanted => return Ok(Step::Nothing),
        merged => merged?,
    };
    match (merged, obstacle) {
        (Merged::Unchanged, _) => Ok(Step::Unchanged),
        (_, Some(refusal)) => Err(refusal),
        (Merged::Create(text), None) => Ok(Step::Edit(Edit::Create { text })),
        (Merged::Replace { text, moved_lines }, None) => {
            let old = String::from_utf8(bytes.unwrap_or_default()).map_err(|_| Refusal::NotUtf8)?;
            Ok(Step::Edit(Edit::Replace { old, new: text, moved_lines }))
        }
    }
}

impl Change {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        match &self.edit {
            Edit::Append(splice) | Edit::Tick(splice) => unified(self.intent.target(), splice.old(), splice.new()),
            Edit::Create { text } => unified(self.intent.target(), "", text),
            Edit::Replace { old, new, .. } => unified(self.intent.target(), old, new),
            Edit::Remove { old } => unified(self.intent.target(), old, ""),
            Edit::Restore { old, new } => unified(self.intent.target(), old, new.as_deref().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::model::obsidian::TasksSettings;
    use crate::vocabulary::Vocabulary;

    fn plan(files: Vec<GeneratedFile>, look: impl Fn(&TargetPath) -> io::Result<Standing>) -> Plan {
        let (words, tasks) = (Vocabulary::built_in(), TasksSettings::default());
        let context = WriteContext { words, language: Language::English, tasks: &tasks };
        super::plan(files.into_iter().map(Intent::Report).collect(), &context, |intent| look(intent.target()))
    }

    fn file(path: &str, body: &str, presence: Presence) -> GeneratedFile {
        GeneratedFile::new(TargetPath::new(path).unwrap(), "agenda", "", body, presence).unwrap()
    }

    fn text_of(plan: &Plan) -> &str {
        match &plan.changes[0].edit {
            Edit::Create { text } => text,
            Edit::Replace { new, .. } => new,
            Edit::Append(splice) | Edit::Tick(splice) => splice.new(),
            Edit::Restore { new, .. } => new.as_deref().unwrap_or_default(),
            Edit::Remove { .. } => "",
        }
    }

    fn standing(text: &str) -> Standing {
        Standing::File { bytes: text.into(), obstacle: None }
    }

    /// (changes, unchanged, refused, failed)
    fn counts(plan: &Plan) -> (usize, usize, usize, usize) {
        (plan.changes.len(), plan.unchanged.len(), plan.refused.len(), plan.failed.len())
    }

    #[test]
    fn an_absent_file_is_created_then_unchanged_then_replaced() {
        let made = plan(vec![file("A.md", "one", Presence::Always)], |_| Ok(Standing::Absent));
        let created = text_of(&made).to_owned();
        assert!(made.changes[0].diff().contains("+one\n"));
        let same = plan(vec![file("A.md", "one", Presence::Always)], |_| Ok(standing(&created)));
        assert_eq!(counts(&same), (0, 1, 0, 0));
        let other = plan(vec![file("A.md", "two", Presence::Always)], |_| Ok(standing(&created)));
        assert_eq!(counts(&other), (1, 0, 0, 0));
        let diff = other.changes[0].diff();
        assert!(diff.contains("\n-one\n") && diff.contains("\n+two\n"));
    }

    #[test]
    fn a_report_with_nothing_to_say_is_not_created_but_kept_up_to_date() {
        let empty = || vec![file("A.md", "nothing", Presence::IfPresent)];
        assert_eq!(counts(&plan(empty(), |_| Ok(Standing::Absent))), (0, 0, 0, 0));
        assert_eq!(counts(&plan(empty(), |_| Ok(Standing::Taken { by: "a.md".into() }))), (0, 0, 0, 0));
        assert_eq!(counts(&plan(empty(), |_| Ok(standing("# mine\n")))), (0, 0, 0, 0));
        let full = plan(vec![file("A.md", "one", Presence::Always)], |_| Ok(Standing::Absent));
        assert_eq!(counts(&plan(empty(), |_| Ok(standing(text_of(&full))))), (1, 0, 0, 0));
        let damaged = text_of(&full).replace("end agenda", "end");
        assert_eq!(counts(&plan(empty(), |_| Ok(standing(&damaged)))), (0, 0, 1, 0));
    }

    #[test]
    fn what_forbids_a_write_matters_only_when_there_is_one() {
        let full = plan(vec![file("A.md", "one", Presence::Always)], |_| Ok(Standing::Absent));
        let locked =
            |_: &TargetPath| Ok(Standing::File { bytes: text_of(&full).into(), obstacle: Some(Refusal::ReadOnly) });
        assert_eq!(counts(&plan(vec![file("A.md", "one", Presence::Always)], locked)), (0, 1, 0, 0));
        let changed = plan(vec![file("A.md", "two", Presence::Always)], locked);
        assert_eq!(changed.refused[0].1, Refusal::ReadOnly);
    }

    #[test]
    fn twins_foreign_files_and_errors_are_told_apart_and_stop_nothing_else() {
        let names = ["taken.md", "foreign.md", "link.md", "broken.md", "fine.md", "FINE.md"];
        let files = names.map(|name| file(name, "one", Presence::Always)).into();
        let plan = plan(files, |target| match target.as_str() {
            "taken.md" => Ok(Standing::Taken { by: "Taken.md".into() }),
            "foreign.md" => Ok(standing("# mine\n")),
            "link.md" => Ok(Standing::Refused(Refusal::LinkOutside)),
            "broken.md" => Err(io::Error::other("disk")),
            _ => Ok(Standing::Absent),
        });
        assert_eq!(counts(&plan), (1, 0, 4, 1));
        let twin = |name: &str| Refusal::Twin { name: name.into() };
        let refusals: Vec<_> = plan.refused.into_iter().map(|(_, refusal)| refusal).collect();
        assert_eq!(refusals, [twin("Taken.md"), Refusal::Foreign, Refusal::LinkOutside, twin("FINE.md")]);
    }
}
