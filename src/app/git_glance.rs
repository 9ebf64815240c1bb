//! Whether git changed notes while they were looked at. It holds its lock as long as it writes, and then gives its index
//! a new time: a checkout that began and ended between two glances shows in that.

use std::path::Path;

use crate::disk::Disk;
use crate::disk::git::{index_of, work_in};
use crate::vault::stamp::{Stamp, stamp};

/// What can be seen of git in one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GitGlance {
    is_at_work: bool,
    index: Option<Stamp>,
}

impl GitGlance {
    /// Of the repository that `root` lies in; nothing is seen where there is none.
    pub(super) fn at(disk: &dyn Disk, root: &Path) -> Self {
        // Work that ends between the two is in the index.
        let is_at_work = work_in(disk, root).is_some();
        GitGlance { is_at_work, index: index_of(disk, root).as_deref().and_then(stamp) }
    }

    /// Whether git did nothing from this glance to a `later` one.
    pub(super) fn is_quiet_until(&self, later: &GitGlance) -> bool {
        !self.is_at_work && self == later
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::disk::real::RealDisk;

    #[test]
    fn work_of_git_shows_when_it_goes_on_at_a_glance_and_when_it_began_and_ended_between_two() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let glance = || GitGlance::at(&RealDisk, root);
        assert!(glance().is_quiet_until(&glance()), "no repository");
        let (index, lock) = (root.join(".git/index"), root.join(".git/index.lock"));
        fs::create_dir(root.join(".git")).unwrap();
        assert!(glance().is_quiet_until(&glance()), "nothing was ever added");
        fs::write(&index, "as long as before").unwrap();
        fs::File::options().write(true).open(&index).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let before = glance();
        assert!(before.is_quiet_until(&glance()));
        fs::write(&lock, "as long as before").unwrap();
        let during = glance();
        assert!(!before.is_quiet_until(&during) && !during.is_quiet_until(&glance()));
        fs::rename(&lock, &index).unwrap();
        let after = glance();
        assert!(!before.is_quiet_until(&after), "it began and ended between two glances");
        assert!(!during.is_quiet_until(&after), "the first was late");
        assert!(after.is_quiet_until(&glance()));
        let later = SystemTime::now() + Duration::from_secs(1);
        fs::File::options().write(true).open(&index).unwrap().set_modified(later).unwrap();
        assert!(!after.is_quiet_until(&glance()));
    }
}
