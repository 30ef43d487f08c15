//! The `crosstrust` binary.

fn main() {}
