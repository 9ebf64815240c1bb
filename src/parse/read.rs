//! What reading one value gives.

use crate::model::diagnostic::Finding;

/// A value as read, with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Warnings and hints about it; the value holds all the same.
    pub hints: Vec<Finding>,
}

impl<T> Read<T> {
    /// A value nothing is to be said about.
    pub fn plain(value: T) -> Self {
        Read { value, hints: Vec::new() }
    }
}
