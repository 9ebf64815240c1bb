//! Arguments to exit code.
