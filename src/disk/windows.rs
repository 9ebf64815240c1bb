//! Windows: two files change names through `ReplaceFileW` with a backup, which keeps the attributes and the access list
//! of the note. The one place with unsafe code, as the standard library has neither call.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::windows::ffi::OsStrExt as _;
use std::path::Path;
use std::ptr::null;
use std::sync::atomic::{AtomicU64, Ordering};

use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DENIED, ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED, ERROR_SHARING_VIOLATION,
    ERROR_UNABLE_TO_MOVE_REPLACEMENT_2,
};
use windows_sys::Win32::Storage::FileSystem::{MOVEFILE_WRITE_THROUGH, MoveFileExW, ReplaceFileW};

use super::stray;

/// Lets `a` and `b` change names. In between, the old `b` has a name of our own, under which it is found again.
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let backup = loop {
        let number = (u64::from(std::process::id()) << 24) + (1 << 23) + COUNT.fetch_add(1, Ordering::Relaxed);
        let backup = a.with_file_name(stray::name(number));
        // A backup replaces what has its name: what a crash left there may be the only copy of a text.
        if backup.symlink_metadata().is_err() {
            break backup;
        }
    };
    match replace(b, a, &backup) {
        Ok(()) => rename_new(&backup, a),
        Err(error) => {
            // The one failure that leaves the note under the name of the backup.
            if error.raw_os_error() == Some(ERROR_UNABLE_TO_MOVE_REPLACEMENT_2 as i32) {
                fs::rename(&backup, b)?;
            }
            Err(named(error))
        }
    }
}

/// Gives `from` the name `to` only if that is free, and brings it to the disk.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let (from, to) = (wide(from)?, wide(to)?);
    // Without the flag to replace, a taken name is an error; without the one to copy, so is another disk.
    #[allow(unsafe_code, reason = "both texts end in NUL and outlive the call, which keeps neither")]
    let done = unsafe { MoveFileExW(from.as_ptr(), to.as_ptr(), MOVEFILE_WRITE_THROUGH) };
    if done == 0 { Err(named(io::Error::last_os_error())) } else { Ok(()) }
}

fn replace(replaced: &Path, replacement: &Path, backup: &Path) -> io::Result<()> {
    let (replaced, replacement, backup) = (wide(replaced)?, wide(replacement)?, wide(backup)?);
    #[allow(unsafe_code, reason = "all texts end in NUL and outlive the call, which keeps none; the rest is reserved")]
    let done = unsafe { ReplaceFileW(replaced.as_ptr(), replacement.as_ptr(), backup.as_ptr(), 0, null(), null()) };
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Errors that a caller acts on, under their portable names. Virus scanners, indexers and editors hold files for some
/// milliseconds, which Windows tells as a sharing violation or as denied access.
pub(super) fn named(error: io::Error) -> io::Error {
    match error.raw_os_error().map(|code| code as u32) {
        Some(ERROR_ACCESS_DENIED | ERROR_SHARING_VIOLATION) => ErrorKind::ResourceBusy.into(),
        Some(ERROR_INVALID_FUNCTION | ERROR_NOT_SUPPORTED) => ErrorKind::Unsupported.into(),
        _ => error,
    }
}

/// A path as Windows takes it.
fn wide(path: &Path) -> io::Result<Vec<u16>> {
    let mut units: Vec<u16> = path.as_os_str().encode_wide().collect();
    if units.contains(&0) {
        return Err(ErrorKind::InvalidInput.into());
    }
    units.push(0);
    Ok(units)
}
