//! Git on a device: another version of all notes, written one by one while its lock stands.

use std::fs;

use super::others::Others;

impl Others {
    pub(super) fn commit(&mut self, device: usize) {
        let files = self.notes(device);
        self.objects.extend(files.values().cloned());
        self.devices[device].commits.push(files);
    }

    pub(super) fn check_out(&mut self, device: usize, commit: usize) {
        let lock = self.at(device, ".git/index.lock");
        if self.devices[device].commits.is_empty() || lock.exists() {
            return;
        }
        fs::write(lock, "").unwrap();
        self.commit(device);
        let commits = &self.devices[device].commits;
        let files: Vec<(String, Vec<u8>)> = commits[commit % commits.len()].clone().into_iter().collect();
        let (now, later) = files.split_at(files.len() / 2);
        self.write_out(device, now);
        self.devices[device].checking_out = Some(later.to_vec());
    }

    pub(super) fn finish_check_out(&mut self, device: usize) {
        let Some(files) = self.devices[device].checking_out.take() else { return };
        self.write_out(device, &files);
        fs::remove_file(self.at(device, ".git/index.lock")).unwrap();
    }

    /// Git looked before it began; what is saved while it writes is lost by git.
    fn write_out(&mut self, device: usize, files: &[(String, Vec<u8>)]) {
        for (path, bytes) in files {
            let target = self.at(device, path);
            if fs::read(&target).is_ok_and(|old| old != *bytes) {
                self.give_up(device, path);
                self.orphan(device, &target);
                fs::remove_file(&target).unwrap();
                fs::write(&target, bytes).unwrap();
                self.touched(device, &target);
            }
        }
    }
}
