//! What every input must survive: one exercise for each format that comes from outside.
//!
//! An exercise takes bytes, hands them to the library that reads the format, and holds what must be
//! true of whatever comes out: what was read can be written and read again, two ways to the same
//! answer agree, another implementation agrees. An exercise panics when something is wrong, which
//! is how a fuzzer, a test and the run over mutated inputs all learn of it.

mod certificate;
mod connection;
mod container;
mod endpoint;
mod exchange;
mod manifest;
mod node_settings;
mod pattern;
mod restrictions;

use std::fmt;

/// The programs of the page about the libraries, which doc tests compile and run.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/library.md")]
struct LibraryPage;

/// What is done with the inputs of one format.
#[derive(Clone, Copy)]
pub struct Exercise {
    /// The name of the format, of its fuzz target and of its folder of seeds.
    pub name: &'static str,
    /// Takes any input. Panics when a library does, or when an invariant does not hold.
    pub run: fn(&[u8]),
}

/// All exercises, by name.
pub const EXERCISES: [Exercise; 18] = [
    Exercise { name: "alternative_names", run: certificate::run_alternative_names },
    Exercise { name: "certificate", run: certificate::run },
    Exercise { name: "connection", run: connection::run },
    Exercise { name: "distinguished_name", run: certificate::run_distinguished_name },
    Exercise { name: "endpoint", run: endpoint::run },
    Exercise { name: "exchange", run: exchange::run },
    Exercise { name: "http_answer", run: connection::run_http_answer },
    Exercise { name: "jks", run: container::run },
    Exercise { name: "manifest", run: manifest::run },
    Exercise { name: "node_settings", run: node_settings::run },
    Exercise { name: "pattern", run: pattern::run },
    Exercise { name: "pem", run: container::run_pem },
    Exercise { name: "pkcs12", run: container::run },
    Exercise { name: "pkcs7", run: container::run },
    Exercise { name: "private_key", run: container::run_key },
    Exercise { name: "remote_info", run: connection::run_remote_info },
    Exercise { name: "request", run: certificate::run_request },
    Exercise { name: "restrictions", run: restrictions::run },
];

/// Runs the exercise of this name. Panics if there is none.
pub fn run(name: &str, input: &[u8]) {
    let exercise = EXERCISES.iter().find(|exercise| exercise.name == name);
    assert!(exercise.is_some(), "no exercise is called `{name}`");
    exercise.inspect(|exercise| (exercise.run)(input));
}

/// Only the name, since a function says nothing.
impl fmt::Debug for Exercise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
