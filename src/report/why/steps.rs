//! The steps to a due day, as data.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::PlanKind;
use crate::index::standing::{PlannedBy, Silence, Step};

/// One step, in order of reasoning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DueStep {
    /// The last contact.
    LastContact {
        /// Its day.
        date: NaiveDate,
    },
    /// There was never any contact.
    NeverContacted,
    /// The cadence that holds.
    Cadence {
        /// ISO 8601 period.
        cadence: String,
        /// The winning rule.
        rule: &'static str,
        /// Preset or tag name, or closeness and busyness; empty otherwise.
        detail: String,
    },
    /// No cadence holds.
    NoCadence {
        /// The rule that said so; `none` when none spoke.
        rule: &'static str,
    },
    /// Last contact and cadence give this day.
    DueOn {
        /// The day.
        date: NaiveDate,
    },
    /// A contact was skipped on purpose.
    Skipped {
        /// The day it was skipped on.
        date: NaiveDate,
        /// The day that is due instead.
        due: NaiveDate,
    },
    /// Hidden through a day.
    SnoozedThrough {
        /// The last hidden day.
        date: NaiveDate,
    },
    /// Paused.
    Paused {
        /// The last day of the pause, if it has one.
        until: Option<NaiveDate>,
    },
    /// A day is arranged.
    Planned {
        /// The day.
        date: NaiveDate,
        /// `entry`, `task`, `meeting`, `next-contact` or `meeting-rule`.
        by: &'static str,
    },
    /// A first day was given out, so that not everybody comes at once.
    FirstContactOn {
        /// The day.
        date: NaiveDate,
    },
    /// Never reminded about.
    Silent {
        /// `archived`, `let-go` or `deceased`.
        because: &'static str,
    },
}

impl DueStep {
    /// The step as data; `detail` is that of the cadence.
    pub(super) fn of(step: Step, detail: &str) -> Self {
        match step {
            Step::LastContact(date) => DueStep::LastContact { date },
            Step::NeverContacted => DueStep::NeverContacted,
            Step::Cadence(period, rule) => {
                DueStep::Cadence { cadence: period.to_string(), rule: rule.name(), detail: detail.to_owned() }
            }
            Step::NoCadence(rule) => DueStep::NoCadence { rule: rule.name() },
            Step::DueOn(date) => DueStep::DueOn { date },
            Step::Skipped(date, due) => DueStep::Skipped { date, due },
            Step::SnoozedThrough(date) => DueStep::SnoozedThrough { date },
            Step::Paused(until) => DueStep::Paused { until },
            Step::Planned(date, by) => DueStep::Planned { date, by: planned_by(by) },
            Step::FirstContactOn(date) => DueStep::FirstContactOn { date },
            Step::Silent(silence) => DueStep::Silent { because: silence_word(silence) },
        }
    }
}

fn planned_by(by: PlannedBy) -> &'static str {
    match by {
        PlannedBy::Entry => "entry",
        PlannedBy::Plan(kind) => plan_word(kind),
        PlannedBy::MeetingRule => "meeting-rule",
    }
}

/// The word for a kind of plan.
pub(super) fn plan_word(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::DatedTask => "task",
        PlanKind::MeetingNote => "meeting",
        PlanKind::NextContact => "next-contact",
    }
}

fn silence_word(silence: Silence) -> &'static str {
    match silence {
        Silence::Archived => "archived",
        Silence::LetGo => "let-go",
        Silence::Deceased => "deceased",
    }
}
