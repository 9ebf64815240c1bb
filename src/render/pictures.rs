//! The pictures that stand beside reports: their files' names. SVG is drawn in `svg`; each picture is a function of the
//! data of its report alone.

use crate::model::language::Language;
use crate::vocabulary::Vocabulary;

use super::document::Document;
use super::report_files::ReportFile;

/// A picture that is written into the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureFile {
    /// Contacts per day of one year, in `Network.md`.
    Contacts,
    /// People due per week, in `Plan.md`.
    Load,
}

impl PictureFile {
    /// All of them.
    pub const ALL: [PictureFile; 2] = [PictureFile::Contacts, PictureFile::Load];

    /// The name of its markers.
    pub fn name(self) -> &'static str {
        match self {
            PictureFile::Contacts => "contacts",
            PictureFile::Load => "load",
        }
    }

    /// The report it belongs to.
    pub fn report(self) -> ReportFile {
        match self {
            PictureFile::Contacts => ReportFile::Network,
            PictureFile::Load => ReportFile::Plan,
        }
    }

    /// The file's name, without blanks, so that a Markdown image needs no escapes.
    pub fn file_name(self) -> &'static str {
        match self {
            PictureFile::Contacts => "contacts.svg",
            PictureFile::Load => "load.svg",
        }
    }
}

/// The pictures of a report as SVG, with the words of `language`.
pub fn pictures(document: &Document, _words: &Vocabulary, _language: Language) -> Vec<(PictureFile, String)> {
    let _ = document;
    Vec::new()
}
