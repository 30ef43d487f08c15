//! Changed copies of the seeds in `fixtures/fuzz`, many thousands for each format: nothing may panic,
//! and none may take long.

#![allow(clippy::disallowed_methods, reason = "a chore reads and writes files")]

use std::fs;
use std::io::Write;
use std::ops::Range;
use std::panic;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use crosstrust_exercise::{EXERCISES, Exercise};
use crosstrust_testkit::seeds;
use rayon::prelude::*;

/// Runs every exercise, or those named, on so many changed inputs, and prints how long they took. The
/// same numbers make the same inputs on every machine.
pub(crate) fn run(count: &str, names: &[&str]) -> anyhow::Result<()> {
    let count: u64 = count.parse().with_context(|| format!("`{count}` is no count of inputs"))?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{:20} {:>8} {:>9} {:>11} {:>8}",
        "format", "inputs", "seconds", "slowest, ms", "which"
    )?;
    let wanted = |exercise: &Exercise| names.is_empty() || names.contains(&exercise.name);
    for exercise in EXERCISES.into_iter().filter(wanted) {
        let seeds: Vec<Vec<u8>> = seeds(exercise.name).into_iter().map(|seed| seed.bytes).collect();
        let start = Instant::now();
        let times = (0..count).into_par_iter().map(|number| attempt(exercise, &seeds, number));
        let slowest = times.try_reduce(Default::default, |one, other| Ok(one.max(other)))?;
        let (name, seconds) = (exercise.name, start.elapsed().as_secs_f64());
        let (time, number) = slowest;
        let milliseconds = time.as_secs_f64() * 1000.0;
        writeln!(out, "{name:20} {count:>8} {seconds:>9.1} {milliseconds:>11.1} {number:>8}")?;
        ensure!(time < LONGEST, "{name}: input {number} took {time:?}");
    }
    Ok(())
}

/// Runs the exercise on one changed input; gives how long it took, and its number.
fn attempt(exercise: Exercise, seeds: &[Vec<u8>], number: u64) -> anyhow::Result<(Duration, u64)> {
    let input = changed(seeds, number);
    let start = Instant::now();
    if panic::catch_unwind(|| (exercise.run)(&input)).is_ok() {
        return Ok((start.elapsed(), number));
    }
    let kept = std::env::temp_dir().join(format!("{}-{number}", exercise.name));
    fs::write(&kept, &input)?;
    bail!("{}: input {number} makes it panic: {}", exercise.name, kept.display());
}

/// A seed with one to five changes.
fn changed(seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut random = Random(number);
    let mut input = random.one_of(seeds).cloned().unwrap_or_default();
    for _ in 0..=random.below(4) {
        let at = random.stretch(input.len());
        match random.below(7) {
            0 => drop(input.drain(at)),
            1 => drop(input.splice(at, random.piece(seeds))),
            2 => drop(input.splice(at.start..at.start, random.piece(seeds))),
            3 => {
                let piece = input.get(at.clone()).unwrap_or_default();
                let repeated = piece.repeat(1 + random.below(REPEATS));
                drop(input.splice(at, repeated));
            }
            4 => input.truncate(at.start),
            5 => set(&mut input, at.start, |octet| octet ^ (1 << random.below(8))),
            _ => set(&mut input, at.start, |_| *random.one_of(&OCTETS).unwrap_or(&0)),
        }
    }
    input.truncate(LARGEST);
    input
}

fn set(input: &mut [u8], at: usize, change: impl FnOnce(u8) -> u8) {
    if let Some(octet) = input.get_mut(at) {
        *octet = change(*octet);
    }
}

/// The generator `SplitMix64` of Sebastiano Vigna, which needs no more than a number to start from.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, or 0 if there is none.
    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// A stretch of so many bytes, most often a short one.
    fn stretch(&mut self, length: usize) -> Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 8 };
        start..start + self.below((length - start).min(most) + 1)
    }

    /// A piece of some seed.
    fn piece(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let seed = self.one_of(seeds).map_or(&[][..], Vec::as_slice);
        let stretch = self.stretch(seed.len());
        seed.get(stretch).unwrap_or_default().to_vec()
    }
}

/// How long one input may take.
const LONGEST: Duration = Duration::from_secs(2);
/// How large inputs become.
const LARGEST: usize = 1 << 16;
/// How often a piece is repeated at most.
const REPEATS: usize = 300;
/// Octets that mean something in a format: limits of numbers, tags and lengths of DER, punctuation.
const OCTETS: [u8; 32] = [
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x1e, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x84, 0x88,
    0xa0, 0xff, b'\n', b' ', b'"', b'#', b'*', b'/', b'0', b'9', b':', b'[', b'\\', b'{', b'|',
    b'~',
];
