//! Fuzzes the exercise `alternative_names`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("alternative_names", input));
