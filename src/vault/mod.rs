//! Reads the folder: walk, filter, read, Obsidian settings.
