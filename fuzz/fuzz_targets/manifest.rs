//! Fuzzes the exercise `manifest`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("manifest", input));
