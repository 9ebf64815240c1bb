//! The program's own folders outside the vault.
