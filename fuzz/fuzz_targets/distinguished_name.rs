//! Fuzzes the exercise `distinguished_name`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("distinguished_name", input));
