//! Fuzzes the exercise `private_key`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("private_key", input));
