//! Fuzzes the exercise `exchange`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("exchange", input));
