//! Opens one note: regular files only, without blocking, whole, and only as text it is sure of.
//!
//! What cannot be read stays known by its name, with a finding that says why.

use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use crate::disk::open::{is_placeholder, open_without_blocking};
use crate::model::diagnostic::Finding;

use super::walk::Found;

/// The largest note that is parsed, in bytes (4 MB).
pub const NOTE_LIMIT: u64 = 4_000_000;

/// What opening a note gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteRead {
    /// Its text. Of a UTF-8 note this is the file byte for byte, byte-order mark included, so spans are places
    /// in the file.
    Text(String, Encoding),
    /// The note is known by its name alone, for this reason.
    Unread(Finding),
}

/// How a text was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without byte-order mark.
    Utf8,
    /// UTF-16 with byte-order mark, low byte first. Spans are not places in the file: never written.
    Utf16Le,
    /// UTF-16 with byte-order mark, high byte first. Spans are not places in the file: never written.
    Utf16Be,
}

impl Encoding {
    /// What the user should know about it, if anything.
    pub fn finding(self) -> Option<Finding> {
        match self {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(Finding::new("note-utf-16", ["UTF-16 LE"])),
            Encoding::Utf16Be => Some(Finding::new("note-utf-16", ["UTF-16 BE"])),
        }
    }
}

/// Reads a note that `walk` found.
pub fn read_note(found: &Found) -> NoteRead {
    if let Some(bytes) = &found.given {
        let size = bytes.len() as u64;
        return if size > NOTE_LIMIT { NoteRead::Unread(too_large(size)) } else { decode(bytes.to_vec()) };
    }
    match read_regular(&found.os_path, NOTE_LIMIT) {
        Ok(bytes) => decode(bytes),
        Err(Refusal::NotRegular) => NoteRead::Unread(Finding::new("note-not-a-file", [])),
        Err(Refusal::NotDownloaded) => NoteRead::Unread(Finding::new("note-not-downloaded", [])),
        Err(Refusal::TooLarge(size)) => NoteRead::Unread(too_large(size)),
        Err(Refusal::Io(error)) => NoteRead::Unread(Finding::new("note-unreadable", [&error.to_string()])),
    }
}

/// The text of a file that a person wrote for this program: settings, a template. As careful as with notes, so a pipe
/// or a file that never ends keeps nobody waiting.
///
/// # Errors
/// What the system says, or that the file is no regular one, over 4 MB, or not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let bytes = read_regular(path, NOTE_LIMIT).map_err(|refusal| match refusal {
        Refusal::NotRegular => io::Error::other("not a regular file"),
        Refusal::NotDownloaded => io::Error::other("not downloaded"),
        Refusal::TooLarge(_) => ErrorKind::FileTooLarge.into(),
        Refusal::Io(error) => error,
    })?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "not UTF-8"))
}

fn too_large(size: u64) -> Finding {
    let tenths = size.div_ceil(100_000);
    Finding::new("note-too-large", [&format!("{}.{}", tenths / 10, tenths % 10)])
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A pipe, a device, a folder.
    NotRegular,
    /// Only a name stands here; reading would fetch the rest from a cloud.
    NotDownloaded,
    /// Larger than allowed; its size in bytes.
    TooLarge(u64),
    /// The system said no.
    Io(io::Error),
}

/// All bytes of a regular file of at most `limit` bytes.
pub(super) fn read_regular(path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
    let file = open_without_blocking(path).map_err(Refusal::Io)?;
    let metadata = file.metadata().map_err(Refusal::Io)?;
    if !metadata.is_file() {
        return Err(Refusal::NotRegular);
    }
    if is_placeholder(&metadata) {
        return Err(Refusal::NotDownloaded);
    }
    if metadata.len() > limit {
        return Err(Refusal::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    // One byte more than allowed shows a file that grew since its size was asked.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(Refusal::Io)?;
    if bytes.len() as u64 > limit { Err(Refusal::TooLarge(bytes.len() as u64)) } else { Ok(bytes) }
}

fn decode(bytes: Vec<u8>) -> NoteRead {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes, Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes, Encoding::Utf16Be),
        all if all.contains(&0) => NoteRead::Unread(if is_bare_utf16(all) { unknown_encoding() } else { binary() }),
        _ => String::from_utf8(bytes)
            .map_or_else(|_| NoteRead::Unread(unknown_encoding()), |text| NoteRead::Text(text, Encoding::Utf8)),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: Encoding) -> NoteRead {
    match utf16(bytes, unit) {
        Some(text) if text.contains('\0') => NoteRead::Unread(binary()),
        Some(text) => NoteRead::Text(text, encoding),
        None => NoteRead::Unread(unknown_encoding()),
    }
}

/// Strict: an odd byte or half a surrogate pair means the mark was chance.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() {
        return None;
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().ok()
}

/// Whether bytes with NUL among them read as plain text in UTF-16. Such a note is not decoded, as nothing proves
/// it, but "binary" would be the wrong word to its owner.
fn is_bare_utf16(bytes: &[u8]) -> bool {
    // UTF-8 with a stray NUL also pairs up to some text; English in UTF-16 is UTF-8 with every other byte NUL.
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if zeros * 4 < bytes.len() && std::str::from_utf8(bytes).is_ok() {
        return false;
    }
    let plain = |text: String| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    [u16::from_le_bytes as fn([u8; 2]) -> u16, u16::from_be_bytes]
        .into_iter()
        .any(|unit| utf16(bytes, unit).is_some_and(plain))
}

fn binary() -> Finding {
    Finding::new("note-binary", [])
}

fn unknown_encoding() -> Finding {
    Finding::new("note-encoding", [])
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::PathBuf;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::model::path::NotePath;
    use crate::vault::stamp::Stamp;

    const NOTE: &str = "---\ntype: 人物\n---\n# 张三\n\n- 2026-11-20 午餐：谈了新工作 🎉\n";
    /// `张三\n人物\n` in GB18030.
    const GB18030: &[u8] = &[0xd5, 0xc5, 0xc8, 0xfd, b'\n', 0xc8, 0xcb, 0xce, 0xef, b'\n'];

    fn read_bytes(bytes: &[u8]) -> NoteRead {
        let folder = tempfile::tempdir().unwrap();
        let os_path = folder.path().join("a.md");
        fs::write(&os_path, bytes).unwrap();
        read_note(&found(os_path))
    }

    fn found(os_path: PathBuf) -> Found {
        Found { path: NotePath::new("a.md"), os_path, stamp: Stamp::default(), given: None }
    }

    fn unread(code: &'static str) -> NoteRead {
        NoteRead::Unread(Finding::new(code, []))
    }

    #[test]
    fn one_chinese_note_in_six_encodings_is_read_or_named_and_never_guessed() {
        let le: Vec<u8> = NOTE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = NOTE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = format!("\u{feff}{NOTE}");
        let cases: [(&str, Vec<u8>, NoteRead); 7] = [
            ("UTF-8", NOTE.into(), NoteRead::Text(NOTE.into(), Encoding::Utf8)),
            ("UTF-8 with mark", marked.clone().into(), NoteRead::Text(marked, Encoding::Utf8)),
            ("UTF-16 LE", [&[0xff, 0xfe], le.as_slice()].concat(), NoteRead::Text(NOTE.into(), Encoding::Utf16Le)),
            ("UTF-16 BE", [&[0xfe, 0xff], be.as_slice()].concat(), NoteRead::Text(NOTE.into(), Encoding::Utf16Be)),
            ("GB18030", GB18030.into(), unread("note-encoding")),
            ("UTF-16 LE without mark", le, unread("note-encoding")),
            ("UTF-16 BE without mark", be, unread("note-encoding")),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(read_bytes(&bytes), expected, "{name}");
        }
    }

    #[test]
    fn broken_utf16_and_binary_files_are_known_by_name_only() {
        assert_eq!(read_bytes(&[0xff, 0xfe, 0x20]), unread("note-encoding"), "odd length");
        assert_eq!(read_bytes(&[0xff, 0xfe, 0x00, 0xd8, 0x20, 0x00]), unread("note-encoding"), "half a pair");
        assert_eq!(read_bytes(&[0xff, 0xfe, 0x00, 0x00, 0x41, 0x00]), unread("note-binary"), "UTF-32");
        assert_eq!(read_bytes(b"# a\n\0\n"), unread("note-binary"));
        assert_eq!(read_bytes(b"a\0 \0b\0\n\0"), unread("note-encoding"), "English in UTF-16");
        assert_eq!(read_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), unread("note-binary"));
        assert_eq!(read_bytes(b""), NoteRead::Text(String::new(), Encoding::Utf8));
    }

    #[test]
    fn utf16_is_said_and_utf8_is_not() {
        assert_eq!(Encoding::Utf8.finding(), None);
        assert_eq!(Encoding::Utf16Le.finding(), Some(Finding::new("note-utf-16", ["UTF-16 LE"])));
    }

    #[test]
    fn a_note_of_the_limit_is_read_and_one_byte_more_is_not() {
        let limit = NOTE_LIMIT as usize;
        assert!(matches!(read_bytes(&vec![b'a'; limit]), NoteRead::Text(text, _) if text.len() == limit));
        assert_eq!(read_bytes(&vec![b'a'; limit + 1]), NoteRead::Unread(Finding::new("note-too-large", ["4.1"])));
    }

    #[test]
    fn a_sparse_file_of_a_gigabyte_is_turned_down_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let os_path = folder.path().join("a.md");
        File::create(&os_path).unwrap().set_len(1 << 30).unwrap();
        let begun = Instant::now();
        assert_eq!(read_note(&found(os_path)), NoteRead::Unread(Finding::new("note-too-large", ["1073.8"])));
        assert!(begun.elapsed() < Duration::from_millis(500));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_folder_are_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("x.md");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let begun = Instant::now();
        assert_eq!(read_note(&found(pipe)), unread("note-not-a-file"));
        assert!(begun.elapsed() < Duration::from_secs(1));
        assert_eq!(read_note(&found(folder.path().to_owned())), unread("note-not-a-file"));
    }

    #[test]
    fn a_note_that_went_away_is_said() {
        let NoteRead::Unread(finding) = read_note(&found("/nowhere/a.md".into())) else { panic!("was read") };
        assert_eq!(finding.code, "note-unreadable");
    }
}
