//! The `crosstrust` command.
