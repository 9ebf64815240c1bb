//! Plan and apply: the only writer.
