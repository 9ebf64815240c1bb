//! Index to plain data, one pure function a report.
