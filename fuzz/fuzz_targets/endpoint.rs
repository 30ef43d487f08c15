//! Fuzzes the exercise `endpoint`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("endpoint", input));
