//! Why nothing was written: data, worded by the catalogue of diagnostics.

use crate::model::diagnostic::Finding;

use super::target::NameFault;

/// A reason to leave a file as it is. Refusing changes no byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The first property is not `generated_by: vault-scan`: somebody else's file.
    Foreign,
    /// A picture in which somebody drew.
    PictureEdited,
    /// Not UTF-8; an encoding is never guessed for a write.
    NotUtf8,
    /// UTF-16 with a byte-order mark.
    Utf16,
    /// NUL bytes: no text file.
    NulByte,
    /// Lines that end in CR alone.
    LoneCarriageReturn,
    /// The front matter has no closing line.
    OpenFrontMatter,
    /// Blank lines stand before the front matter.
    BlankBeforeFrontMatter,
    /// An unsolved merge in a person's part of the file, at this line.
    MergeMarkers {
        /// Line, from 1.
        line: usize,
    },
    /// One of our two marker lines is not there.
    MarkerMissing {
        /// The line looked for.
        marker: String,
    },
    /// One of our two marker lines is there more than once.
    MarkerTwice {
        /// The line looked for.
        marker: String,
    },
    /// The end marker stands before the begin marker.
    MarkersSwapped,
    /// The text to be written holds a line that would end its own place in the file.
    TextHoldsMarker {
        /// That line.
        line: String,
    },
    /// The text to be written holds a line of an agenda that is answered already.
    TextHoldsAnswer {
        /// The line.
        line: String,
    },
    /// The note, or the text a person put around ours, is over 4 MB, or the file over 256 MB.
    TooLarge {
        /// Size in bytes.
        bytes: u64,
    },
    /// More than one hard link: a rename would part them.
    HardLinks {
        /// How many names the file has.
        count: u64,
    },
    /// Write-protected.
    ReadOnly,
    /// The bytes still lie in a cloud.
    Placeholder,
    /// Another program has the file open and lets nobody write.
    InUse,
    /// A sync client left two versions of the note.
    ConflictCopy {
        /// The name of the other version.
        name: String,
    },
    /// git is at work in the vault.
    GitAtWork {
        /// The file that says so, as it is named inside git's folder.
        file: String,
    },
    /// A link leads out of the vault.
    LinkOutside,
    /// A link leads nowhere.
    LinkBroken,
    /// Not a regular file.
    NotAFile,
    /// A part of the path that should be a folder is none.
    NotAFolder {
        /// Its name.
        name: String,
    },
    /// Another name is the same file on a disk that folds case or composes letters.
    Twin {
        /// That name.
        name: String,
    },
    /// A name that may not be created.
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        fault: NameFault,
    },
    /// A folder where notes are read as people, daily notes or templates: a report there would be taken for one.
    FolderOfNotes {
        /// The folder.
        folder: String,
    },
    /// A new note whose name is taken.
    Exists,
    /// The note is not there any more.
    Gone,
    /// The task line is not there any more, or was changed.
    TaskGone {
        /// The line looked for.
        line: String,
    },
    /// The task line stands there several times, and none is sure to be the one.
    TaskTwice {
        /// The line looked for.
        line: String,
    },
    /// The task recurs: ticking it is left to the program that makes the next one.
    TaskRecurs {
        /// The line.
        line: String,
    },
    /// Nowhere in the note would a log line be read as one.
    NoPlaceInLog,
    /// The file holds something else than what the program wrote there.
    ChangedSince,
    /// What the write would displace cannot be kept.
    Unkept {
        /// Our own folder.
        folder: String,
        /// What the disk says.
        reason: String,
    },
    /// Another run of the program has been writing for half a minute.
    Waited,
    /// The bytes from before are not there any more, or somebody saved into them.
    CopyGone,
    /// Somebody answered a line of the agenda after it was read: it is read again first.
    Unread,
    /// Somebody else kept saving the file while it was to be written.
    KeepsChanging,
}

impl Refusal {
    /// The refusal as a finding: code and arguments for the sentence.
    pub fn finding(&self) -> Finding {
        match self {
            Refusal::Foreign => Finding::new("write-foreign", []),
            Refusal::PictureEdited => Finding::new("write-picture-edited", []),
            Refusal::NotUtf8 => Finding::new("write-not-utf8", []),
            Refusal::Utf16 => Finding::new("write-utf16", []),
            Refusal::NulByte => Finding::new("write-nul-byte", []),
            Refusal::LoneCarriageReturn => Finding::new("write-lone-cr", []),
            Refusal::OpenFrontMatter => Finding::new("write-open-front-matter", []),
            Refusal::BlankBeforeFrontMatter => Finding::new("write-blank-before-front-matter", []),
            Refusal::MergeMarkers { line } => Finding::new("write-merge-markers", [&line.to_string()]),
            Refusal::MarkerMissing { marker } => Finding::new("write-marker-missing", [marker]),
            Refusal::MarkerTwice { marker } => Finding::new("write-marker-twice", [marker]),
            Refusal::MarkersSwapped => Finding::new("write-markers-swapped", []),
            Refusal::TextHoldsMarker { line } => Finding::new("write-text-holds-marker", [line]),
            Refusal::TextHoldsAnswer { line } => Finding::new("write-text-holds-answer", [line]),
            Refusal::TooLarge { bytes } => Finding::new("write-too-large", [&bytes.div_ceil(1 << 20).to_string()]),
            Refusal::HardLinks { count } => Finding::new("write-hard-links", [&count.to_string()]),
            Refusal::Placeholder => Finding::new("write-placeholder", []),
            Refusal::InUse => Finding::new("write-in-use", []),
            Refusal::ConflictCopy { name } => Finding::new("write-conflict-copy", [name]),
            // A lock may be left over and deleted; to delete what says that a merge is open would lose the merge.
            Refusal::GitAtWork { file } if file.ends_with("lock") => Finding::new("write-git-at-work", [file]),
            Refusal::GitAtWork { file } => Finding::new("write-git-unfinished", [file]),
            Refusal::ReadOnly => Finding::new("write-read-only", []),
            Refusal::LinkOutside => Finding::new("write-link-outside", []),
            Refusal::LinkBroken => Finding::new("write-link-broken", []),
            Refusal::NotAFile => Finding::new("write-not-a-file", []),
            Refusal::NotAFolder { name } => Finding::new("write-not-a-folder", [name]),
            Refusal::Twin { name } => Finding::new("write-twin", [name]),
            Refusal::BadName { name, fault } => bad_name(name, *fault),
            Refusal::FolderOfNotes { folder } => Finding::new("write-folder-of-notes", [folder]),
            Refusal::Exists => Finding::new("write-exists", []),
            Refusal::Gone => Finding::new("write-gone", []),
            Refusal::TaskGone { line } => Finding::new("write-task-gone", [line]),
            Refusal::TaskTwice { line } => Finding::new("write-task-twice", [line]),
            Refusal::TaskRecurs { line } => Finding::new("write-task-recurs", [line]),
            Refusal::NoPlaceInLog => Finding::new("write-no-place-in-log", []),
            Refusal::ChangedSince => Finding::new("write-changed-since", []),
            Refusal::Unkept { folder, reason } => Finding::new("write-unkept", [folder, reason]),
            Refusal::Waited => Finding::new("write-waited", []),
            Refusal::CopyGone => Finding::new("write-copy-gone", []),
            Refusal::Unread => Finding::new("write-unread", []),
            Refusal::KeepsChanging => Finding::new("write-keeps-changing", []),
        }
    }
}

fn bad_name(name: &str, fault: NameFault) -> Finding {
    match fault {
        NameFault::Empty => Finding::new("write-name-empty", []),
        NameFault::TooLong => Finding::new("write-name-long", [name, &name.len().to_string()]),
        NameFault::Character(c) => Finding::new("write-name-character", [name, &c.escape_debug().to_string()]),
        NameFault::Edge => Finding::new("write-name-edge", [name]),
        NameFault::Reserved => Finding::new("write-name-reserved", [name]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lock_of_git_is_ever_said_to_be_deleted() {
        for (file, code) in [
            ("index.lock", "write-git-at-work"),
            ("MERGE_HEAD", "write-git-unfinished"),
            ("rebase-merge", "write-git-unfinished"),
        ] {
            assert_eq!(Refusal::GitAtWork { file: file.into() }.finding().code, code, "{file}");
        }
    }

    #[test]
    fn every_refusal_has_its_sentence_in_both_languages_and_says_all_it_knows() {
        let catalogue: toml::Table = include_str!("../diagnostics.toml").parse().unwrap();
        let text = String::from("x");
        let bad = |fault| Refusal::BadName { name: "x".into(), fault };
        let refusals = [
            Refusal::Foreign,
            Refusal::PictureEdited,
            Refusal::NotUtf8,
            Refusal::Utf16,
            Refusal::NulByte,
            Refusal::LoneCarriageReturn,
            Refusal::OpenFrontMatter,
            Refusal::BlankBeforeFrontMatter,
            Refusal::Placeholder,
            Refusal::InUse,
            Refusal::ConflictCopy { name: text.clone() },
            Refusal::GitAtWork { file: "index.lock".into() },
            Refusal::GitAtWork { file: text.clone() },
            Refusal::MergeMarkers { line: 1 },
            Refusal::MarkerMissing { marker: text.clone() },
            Refusal::MarkerTwice { marker: text.clone() },
            Refusal::MarkersSwapped,
            Refusal::TextHoldsMarker { line: text.clone() },
            Refusal::TextHoldsAnswer { line: text.clone() },
            Refusal::TooLarge { bytes: 1 },
            Refusal::HardLinks { count: 2 },
            Refusal::ReadOnly,
            Refusal::LinkOutside,
            Refusal::LinkBroken,
            Refusal::NotAFile,
            Refusal::NotAFolder { name: text.clone() },
            Refusal::Twin { name: text.clone() },
            Refusal::FolderOfNotes { folder: text.clone() },
            Refusal::TaskGone { line: text.clone() },
            Refusal::TaskTwice { line: text.clone() },
            Refusal::TaskRecurs { line: text.clone() },
            Refusal::Unkept { folder: text.clone(), reason: text },
            Refusal::Waited,
            Refusal::NoPlaceInLog,
            Refusal::Exists,
            Refusal::Gone,
            Refusal::ChangedSince,
            Refusal::CopyGone,
            bad(NameFault::Empty),
            bad(NameFault::TooLong),
            bad(NameFault::Character('?')),
            bad(NameFault::Edge),
            bad(NameFault::Reserved),
            Refusal::Unread,
            Refusal::KeepsChanging,
        ];
        for finding in refusals.iter().map(Refusal::finding) {
            for language in ["en", "zh"] {
                let message = catalogue[finding.code][language]["message"].as_str().unwrap();
                assert!(!catalogue[finding.code][language]["help"].as_str().unwrap().is_empty());
                let places = (0..9).filter(|n| message.contains(&format!("{{{n}}}"))).count();
                assert_eq!(places, finding.arguments.len(), "{} {language}", finding.code);
            }
        }
    }
}
