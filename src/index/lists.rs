//! The lists of the index that hold what notes say about no one person, in their orders: tasks, meetings, answers. What
//! a note says is put in its place, and taken out again before the note's next version comes.

use crate::model::path::NotePath;

use super::record::{Answer, FollowUp, Index, MeetingRecord};
use super::said::{Listed, Said};

/// Puts what notes say into the empty lists of a new index.
pub(super) fn fill(index: &mut Index, listed: Vec<Listed>) {
    for Listed { follow_ups, closed, meeting, affairs, facts: _ } in listed {
        index.affairs.extend(affairs);
        index.follow_ups.extend(follow_ups);
        index.closed.extend(closed);
        index.meetings.extend(meeting);
    }
    for tasks in [&mut index.follow_ups, &mut index.closed] {
        tasks.sort_by(|a, b| place(a).cmp(&place(b)));
    }
    index.affairs.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    index.meetings.sort_by(|a, b| moment(a).cmp(&moment(b)));
}

/// Puts what the note at `path` says now in the place of what it said before.
pub(super) fn replace(index: &mut Index, path: &NotePath, listed: Listed) {
    replace_tasks(&mut index.follow_ups, path, listed.follow_ups);
    replace_tasks(&mut index.closed, path, listed.closed);
    let first = index.affairs.partition_point(|affair| affair.path < *path);
    let end = index.affairs.partition_point(|affair| affair.path <= *path);
    drop(index.affairs.splice(first..end, listed.affairs));
    index.meetings.retain(|meeting| meeting.path != *path);
    if let Some(meeting) = listed.meeting {
        let at = index.meetings.partition_point(|other| moment(other) < moment(&meeting));
        index.meetings.insert(at, meeting);
    }
}

fn replace_tasks(all: &mut Vec<FollowUp>, path: &NotePath, mut tasks: Vec<FollowUp>) {
    tasks.sort_by(|a, b| place(a).cmp(&place(b)));
    let first = all.partition_point(|task| task.path < *path);
    let end = all.partition_point(|task| task.path <= *path);
    drop(all.splice(first..end, tasks));
}

/// All answers of the log, in order. They are few, and two notes may give the same one.
pub(super) fn answers(said: &[Said]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = said.iter().flat_map(Said::answers).copied().collect();
    answers.sort_unstable();
    answers.dedup();
    answers
}

fn place(task: &FollowUp) -> (&NotePath, u32) {
    (&task.path, task.line)
}

fn moment(meeting: &MeetingRecord) -> (chrono::NaiveDate, &NotePath) {
    (meeting.date, &meeting.path)
}
