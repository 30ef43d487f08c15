//! Fuzzes the exercise `http_answer`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| crosstrust_exercise::run("http_answer", input));
