//! The agenda: whom to contact today and why, what is coming, what was done.

use chrono::NaiveDate;
use serde::Serialize;

use super::item::AgendaItem;

/// Options of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaOptions {
    /// How many days ahead it looks; 30 unless told.
    pub days: u32,
    /// How many contacts a day asks for; what exceeds it is folded. 5 unless told.
    pub max_per_day: usize,
    /// How many people a festival line names.
    pub greet: usize,
}

impl Default for AgendaOptions {
    fn default() -> Self {
        AgendaOptions { days: 30, max_per_day: 5, greet: 5 }
    }
}

/// How many people come due in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeekLoad {
    /// Its Monday.
    pub week: NaiveDate,
    /// People due in it, meetings included.
    pub people: usize,
}

/// The agenda of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agenda {
    /// `vault-scan/agenda/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Its lines, in order.
    pub items: Vec<AgendaItem>,
    /// People due per week, this week first.
    pub forecast: Vec<WeekLoad>,
}
