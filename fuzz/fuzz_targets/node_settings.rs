//! Fuzzes the exercise `node_settings`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("node_settings", input));
