//! On which disks events do not tell all: those whose files another machine, or another system, also writes.

use std::path::{Path, PathBuf};

/// File systems of other machines and of hosts, where a write elsewhere makes no event here.
const SILENT: [&str; 14] = [
    "9p", "drvfs", "nfs", "nfs4", "cifs", "smb3", "smbfs", "virtiofs", "vboxsf", "prl_fs", "afs", "ceph", "davfs",
    "ncpfs",
];

/// The type of the file system that holds `folder`, by the text of Linux's `mountinfo`: of the deepest mount above it,
/// and of several at one place the last.
pub fn file_system<'t>(folder: &Path, mountinfo: &'t str) -> Option<&'t str> {
    let mounts = mountinfo.lines().filter_map(mount).filter(|(place, _)| folder.starts_with(place));
    mounts.max_by_key(|(place, _)| place.components().count()).map(|(_, kind)| kind)
}

/// Whether a vault on such a file system is polled.
pub fn is_silent(file_system: &str) -> bool {
    SILENT.contains(&file_system) || file_system == "fuse" || file_system.starts_with("fuse.")
}

/// Place and type: `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`.
fn mount(line: &str) -> Option<(PathBuf, &str)> {
    let (before, after) = line.split_once(" - ")?;
    let place = before.split(' ').nth(4)?;
    Some((PathBuf::from(plain(place)), after.split(' ').next()?))
}

/// Blanks in a place are written as three octal digits.
fn plain(place: &str) -> String {
    let mut bytes = Vec::with_capacity(place.len());
    let mut rest = place.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'\\').then(|| after.get(..3)).flatten();
        let code = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
22 21 0:20 / /proc rw - proc proc rw
23 21 0:30 / /mnt/c rw,noatime - 9p drvfs rw,dirsync,aname=drvfs;path=C:\\
24 21 0:31 / /srv/notes rw - nfs4 server:/notes rw
25 21 0:32 / /srv/notes/local rw - btrfs /dev/sdb rw
26 21 0:33 / /media/My\\040Disk rw - fuse.sshfs me@host: rw
27 21 0:34 / /tmp rw - tmpfs tmpfs rw
28 21 0:35 / /tmp rw - cifs //host/share rw
29 21 0:36 / /run/\\344\\272\\272 rw - fuseblk /dev/sdc rw
";

    #[test]
    fn the_deepest_mount_above_a_folder_counts_and_of_several_the_last() {
        for (folder, kind, silent) in [
            ("/vaults/me", "ext4", false),
            ("/mnt/c/Users/me/vault", "9p", true),
            ("/mnt/cd", "ext4", false),
            ("/srv/notes", "nfs4", true),
            ("/srv/notes/local/vault", "btrfs", false),
            ("/media/My Disk/vault", "fuse.sshfs", true),
            ("/tmp/vault", "cifs", true),
            ("/run/人/vault", "fuseblk", false),
        ] {
            let found = file_system(Path::new(folder), MOUNTS).unwrap();
            assert_eq!((found, is_silent(found)), (kind, silent), "{folder}");
        }
        for kind in ["9p", "drvfs", "nfs", "cifs", "smb3", "fuse", "fuse.rclone"] {
            assert!(is_silent(kind), "{kind}");
        }
        for kind in ["ext4", "tmpfs", "overlay", "apfs", "fusectl"] {
            assert!(!is_silent(kind), "{kind}");
        }
        assert_eq!(file_system(Path::new("/x"), "no mounts here\n"), None);
    }
}
