//! Elasticsearch itself is the judge: its published code is asked, and must agree with us.
//!
//! `bash tests/elasticsearch/setup.sh` sets the judges up. Without them, the tests say so and pass.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic, and reads files"
)]

mod api_key;
mod certificates;
#[path = "../judges/chains/chain.rs"]
mod chain;
mod chains;
mod clock;
mod handshakes;
mod host_names;
mod issued;
mod judge;
mod kit;
mod kit_settings;
mod log_lines;
mod node;
mod nodes;
mod parts;
mod patterns;
mod plain_settings;
mod random;
mod random_chains;
mod registered;
mod requests;
mod restrictions;
mod roll_over;
mod settings;
mod signing;
mod start;
mod stores;
mod tally;
mod values;
mod verify_url;
mod written;
