//! Opening a file to read it, without ever waiting for somebody else.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Opens `path` for reading. Opening a pipe that nobody writes to would wait for ever; here it does not.
///
/// # Errors
/// Whatever the system says.
pub fn open_without_blocking(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits() as i32);
    options.open(path)
}

/// Whether the bytes of a file still lie in a cloud: `SF_DATALESS`, set by iCloud and other file providers.
#[cfg(target_os = "macos")]
pub fn is_placeholder(metadata: &Metadata) -> bool {
    std::os::macos::fs::MetadataExt::st_flags(metadata) & 0x4000_0000 != 0
}

/// Whether the bytes of a file still lie in a cloud: `FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS`, set by OneDrive.
#[cfg(windows)]
pub fn is_placeholder(metadata: &Metadata) -> bool {
    std::os::windows::fs::MetadataExt::file_attributes(metadata) & 0x0040_0000 != 0
}

/// No sync client of other systems marks such files in a way that is sure.
#[cfg(not(any(target_os = "macos", windows)))]
pub fn is_placeholder(_: &Metadata) -> bool {
    false
}
