//! For tests only: fixtures, scratch folders, other people's tools as judges.
//!
//! Everything here panics on trouble and names it, since a test can do nothing else. Tools that
//! are not installed are passed over, unless the environment says that they must be there:
//! see [`tool()`].

#![allow(clippy::disallowed_methods, reason = "tests read and write files and the environment")]

mod fixture;
mod folder;
mod judge;
mod names;
mod run;
mod seeds;
mod tool;

pub use fixture::{fixture, fixture_path, fixture_text, root, rows};
pub use folder::Folder;
pub use judge::java_judge;
pub use names::certificate_of_names;
pub use run::{Ended, Run, crosstrust};
pub use seeds::{Seed, seeded_targets, seeds};
pub use tool::{Tool, missing, python_with, tool, unpackaged_tool};
