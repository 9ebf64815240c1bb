//! What systems do differently: modes, owners, attributes, hard links, exchanging two names.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use super::Access;

#[cfg(unix)]
pub(super) fn hard_links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
pub(super) fn hard_links(_: &Metadata) -> u64 {
    1
}

/// What the process's mask leaves of "everyone may read and write", as for any file an editor creates; or the user's
/// alone.
#[cfg(unix)]
pub(super) fn restrict(options: &mut OpenOptions, access: Access) {
    let mode = if access == Access::Private { 0o600 } else { 0o666 };
    std::os::unix::fs::OpenOptionsExt::mode(options, mode);
}

#[cfg(not(unix))]
pub(super) fn restrict(_: &mut OpenOptions, _: Access) {}

#[cfg(unix)]
pub(super) fn make_folder(path: &Path, access: Access) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    if access == Access::Private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    builder.create(path)
}

#[cfg(not(unix))]
pub(super) fn make_folder(path: &Path, _: Access) -> io::Result<()> {
    fs::create_dir(path)
}

#[cfg(unix)]
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(path)?;
    let mode = if metadata.is_dir() { 0o700 } else { 0o600 };
    if metadata.permissions().mode() & 0o7777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives the new file the owner and group of the old one, so that a run by root or in a shared folder locks nobody
/// out. Who may not give files away keeps what the folder gives: the write itself must not fail for that.
#[cfg(unix)]
pub(super) fn keep_owner(file: &File, replaced: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(now) = file.metadata() else { return };
    if (now.uid(), now.gid()) != (replaced.uid(), replaced.gid())
        && fchown(file, Some(replaced.uid()), Some(replaced.gid())).is_err()
    {
        let _ = fchown(file, None, Some(replaced.gid()));
    }
}

#[cfg(not(unix))]
pub(super) fn keep_owner(_: &File, _: &Metadata) {}

/// Copies extended attributes: tags of file managers, where a file came from. Those the disk or the system keeps for
/// itself stay behind.
#[cfg(unix)]
pub(super) fn keep_attributes(file: &File, model: &Path) {
    use xattr::FileExt;
    let Ok(names) = xattr::list(model) else { return };
    for name in names {
        if let Ok(Some(value)) = xattr::get(model, &name) {
            let _ = file.set_xattr(&name, &value);
        }
    }
}

#[cfg(not(unix))]
pub(super) fn keep_attributes(_: &File, _: &Path) {}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(unsupported)
}

#[cfg(not(any(windows, target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(windows)]
pub(super) use super::windows::{exchange, named, rename_new};

/// Errors that a caller acts on have their portable names already.
#[cfg(not(windows))]
pub(super) fn named(error: io::Error) -> io::Error {
    error
}

/// Where the disk does not know the flag, a second name is made for the file and the first removed; without hard links
/// it stays unsupported.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(unsupported) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => link_and_remove(from, to),
        done => done,
    }
}

#[cfg(not(any(windows, target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    link_and_remove(from, to)
}

#[cfg(not(windows))]
fn link_and_remove(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).map_err(|error| match error.kind() {
        // What Linux says of a disk without hard links.
        io::ErrorKind::PermissionDenied => io::ErrorKind::Unsupported.into(),
        _ => error,
    })?;
    fs::remove_file(from)
}

/// A file system that does not know a flag says "invalid argument" or "no such call".
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn unsupported(error: rustix::io::Errno) -> io::Error {
    use rustix::io::Errno;
    if [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP].contains(&error) {
        return io::ErrorKind::Unsupported.into();
    }
    error.into()
}

/// Makes the names in a folder last. Where a folder cannot be opened or synced, the file itself is safe by then.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
