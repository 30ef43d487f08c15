//! Fuzzes the exercise `certificate`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("certificate", input));
