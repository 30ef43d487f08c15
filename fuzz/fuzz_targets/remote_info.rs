//! Fuzzes the exercise `remote_info`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("remote_info", input));
