//! Measures parsing patterns, matching names against all of them, and finding covered patterns.
//!
//! `cargo run --release --example throughput -- 10000 100000`

use std::time::Duration;
use std::time::Instant;

use crosstrust_pattern::Matcher;
use crosstrust_pattern::Pattern;
use crosstrust_pattern::analysis::Analysis;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>());
    let patterns = arguments.next().unwrap_or(Ok(10_000))?;
    let names = arguments.next().unwrap_or(Ok(100_000))?;

    let texts: Vec<String> = (0..patterns).map(pattern).collect();
    let parsed = timed("parse", || texts.iter().map(|text| Pattern::parse(text)).collect())?;
    let parsed: Vec<Pattern> = parsed;
    let matcher = timed("index", || Ok(Matcher::new(&parsed)))?;
    let names: Vec<String> = (0..names).map(|number| name(number, patterns)).collect();
    let count = timed("match", || {
        Ok(names.iter().filter(|name| matcher.first_match(name).is_some()).count())
    })?;
    let covered = timed("analysis", || {
        let analysis = Analysis::new(&parsed);
        Ok((0..parsed.len()).filter(|&index| analysis.cover(index).is_some()).count())
    })?;
    let mut out = std::io::stdout().lock();
    std::io::Write::write_fmt(
        &mut out,
        format_args!(
            "{} patterns, {covered} covered, {count} of {} names match\n",
            parsed.len(),
            names.len()
        ),
    )?;
    Ok(())
}

/// Runs a step and says how long it took.
fn timed<T>(
    step: &str,
    run: impl FnOnce() -> Result<T, crosstrust_pattern::Error>,
) -> Result<T, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let result = run()?;
    let elapsed: Duration = start.elapsed();
    std::io::Write::write_fmt(
        &mut std::io::stdout().lock(),
        format_args!("{step}: {:.3} s\n", elapsed.as_secs_f64()),
    )?;
    Ok(result)
}

/// The pattern with this number; the shapes are those found in practice.
fn pattern(number: usize) -> String {
    let id =
        format!("{:032x}", u128::from(scatter(number)) << 40 | u128::from(scatter(number + 7)));
    match number % 10 {
        0..=3 => format!("*.node.{id}.cluster.{}.account", number / 50),
        4 | 5 => format!("*.es-{number}.example.com"),
        6 => format!("node-{number}.prod.example.com"),
        7 => format!("node{number}*.internal"),
        8 => format!("*.node.*.cluster.{number}.account"),
        _ => format!(r"/instance-[0-9]{{10}}\.node\.[0-9a-f]{{32}}\.cluster\.{number}\.account/"),
    }
}

/// The name with this number; about half match some pattern.
fn name(number: usize, patterns: usize) -> String {
    let pattern = scatter(number) % u64::try_from(patterns).unwrap_or(1).max(1);
    let pattern = usize::try_from(pattern).unwrap_or_default();
    let text = self::pattern(pattern);
    let text = text.replace(
        r"/instance-[0-9]{10}\.node\.[0-9a-f]{32}\",
        "instance-0000000001.node.0123456789abcdef0123456789abcdef",
    );
    let text = text.replace(['\\', '/'], "").replace('*', "instance-0000000042");
    if number.is_multiple_of(2) { text } else { format!("{text}.example") }
}

/// A number that looks random and is not.
fn scatter(number: usize) -> u64 {
    let number = u64::try_from(number).unwrap_or_default().wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}
