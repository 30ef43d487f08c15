//! Reads `pattern<TAB>name` lines in the escapes of tab-separated cases, and prints a verdict each.

use std::io::BufRead;
use std::io::Write;

use crosstrust_pattern::Error;
use crosstrust_pattern::ErrorKind;
use crosstrust_pattern::Pattern;
use crosstrust_pattern::tsv;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut last: Option<(String, Result<Pattern, Error>)> = None;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (pattern, name) = line.split_once('\t').ok_or("a line without a tab")?;
        let (pattern, name) = (tsv::unescape(pattern)?, tsv::unescape(name)?);
        if last.as_ref().is_none_or(|(text, _)| *text != pattern) {
            let parsed = Pattern::parse(&pattern);
            last = Some((pattern, parsed));
        }
        let Some((_, parsed)) = &last else { continue };
        match parsed {
            Ok(pattern) => writeln!(out, "{}", pattern.matches(&name))?,
            Err(Error {
                kind: ErrorKind::TooComplex { .. } | ErrorKind::TooLarge { .. }, ..
            }) => {
                writeln!(out, "complex")?;
            }
            Err(_) => writeln!(out, "error")?,
        }
    }
    Ok(())
}
