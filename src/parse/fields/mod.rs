//! Front matter and body fields to typed values: key aliases resolved, conflicts told, each value read leniently
//! with one diagnostic where it cannot be.

pub mod gather;
pub mod length;
pub mod occasion;
pub mod person;
pub mod values;

mod yearly_days;
