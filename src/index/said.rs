//! What one note says about whom: the outcome of resolving its links and of judging its lines, kept in a few bytes that
//! point into the note. From these and the notes the record of a person is made, for all people at first and after a
//! save for those alone of whom the saved note speaks.
//!
//! A new fact about a person that follows from their lines, as what they gave, needs nothing here: [`record_of`] meets
//! every entry about them with its verdict and can take it up into their record. A fact for which links have to be
//! resolved or notes compared is a new case of [`Told`], pushed by [`gather`] and taken up by [`record_of`]. A fact
//! about no person goes to [`Listed`], and [`Lists`] keeps it in order.
//!
//! [`gather`]: super::gather::gather
//! [`record_of`]: super::portrait::record_of
//! [`Lists`]: super::lists

use crate::model::diagnostic::Diagnostic;

use super::contact::Verdict;
use super::identity::Someone;
use super::ledger::NoteFacts;
use super::record::{AffairRecord, Answer, FollowUp, MeetingRecord, PassedOverReason};

/// One thing that a note says about someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It is theirs, and its keys count.
    Keys,
    /// An entry names them.
    Entry {
        /// Its place among the entries of the note.
        entry: u32,
        /// The place of the item below it that names them, where its own lines do not.
        item: Option<u32>,
        /// What it counts for.
        verdict: Verdict,
    },
    /// A line without a date names them.
    Undated {
        /// Its place among those of the note.
        line: u32,
        /// Why it does not count.
        reason: PassedOverReason,
    },
    /// It is theirs, and names a tie of them.
    Tie {
        /// Its place among the ties of the note.
        tie: u32,
        /// To whom; nobody known, or one of several, is `None`.
        to: Option<Someone>,
    },
    /// It is that of someone else, and names a tie to them.
    TiedBy {
        /// Its place among the ties of the note.
        tie: u32,
        /// Whose note it is.
        from: Someone,
    },
}

/// What a note says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// By whom it is about; of one person in the order of the note.
    about: Box<[(Someone, Told)]>,
    apart: Option<Box<Apart>>,
}

/// What few notes have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Apart {
    /// Which agenda lines the log answers.
    pub(super) answers: Vec<Answer>,
    /// What was odd.
    pub(super) findings: Vec<Diagnostic>,
    /// Aliases that stand where a name is expected, folded, with what there is to tell of it: it is told once in a vault.
    pub(super) hints: Vec<(Box<str>, Diagnostic)>,
}

/// What a note says that stands in lists of the whole index.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// Open tasks about people.
    pub(super) follow_ups: Vec<FollowUp>,
    /// Those that are done or cancelled.
    pub(super) closed: Vec<FollowUp>,
    /// The meeting or event that the note is.
    pub(super) meeting: Option<MeetingRecord>,
    /// Affairs of people.
    pub(super) affairs: Vec<AffairRecord>,
    /// What was given and got.
    pub(super) facts: NoteFacts,
}

impl Said {
    /// What is said `about` whom, in the order of the note, and what few notes have.
    pub(super) fn new(mut about: Vec<(Someone, Told)>, apart: Apart) -> Self {
        about.sort_by_key(|(who, _)| *who);
        Said { about: about.into(), apart: (apart != Apart::default()).then(|| Box::new(apart)) }
    }

    /// Whom it is about, each once.
    pub(super) fn people(&self) -> impl Iterator<Item = Someone> {
        self.about.chunk_by(|(a, _), (b, _)| a == b).filter_map(|same| same.first()).map(|(who, _)| *who)
    }

    /// What it says about one person.
    pub(super) fn of(&self, who: Someone) -> impl Iterator<Item = Told> {
        let first = self.about.partition_point(|(other, _)| *other < who);
        let rest = self.about.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(other, _)| *other == who).map(|(_, told)| *told)
    }

    /// Which agenda lines it answers.
    pub(super) fn answers(&self) -> &[Answer] {
        self.apart.as_ref().map_or(&[], |apart| &apart.answers)
    }

    /// What was odd in it.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        self.apart.as_ref().map_or(&[], |apart| &apart.findings)
    }

    /// The aliases it uses as names.
    pub(super) fn hints(&self) -> &[(Box<str>, Diagnostic)] {
        self.apart.as_ref().map_or(&[], |apart| &apart.hints)
    }
}
