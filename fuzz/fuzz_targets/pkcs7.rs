//! Fuzzes the exercise `pkcs7`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("pkcs7", input));
