//! The folder that travels to the machine with a CA's key: what was read is written again as it was.

use crosstrust_issue::{Draft, Error, Exchange};

pub(crate) fn run(input: &[u8]) {
    if let Some(draft) = Draft::from_der(input) {
        assert_eq!(draft.der(), input);
    }
    let names = [Exchange::MANIFEST, Exchange::AUTHORITY, "node1.tbs"];
    let files: Vec<(String, Vec<u8>)> =
        names.map(str::to_owned).into_iter().zip(parts(input)).collect();
    match Exchange::read(&files) {
        Ok(read) => {
            let written = read.files().files.into_iter();
            let written = written.map(|file| (file.path, file.contents.as_bytes().to_vec()));
            assert_eq!(written.collect::<Vec<_>>(), files);
        }
        Err(Error::Exchange { file, detail }) => assert!(!file.is_empty() && !detail.is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// The three files, with four zeros between them.
fn parts(input: &[u8]) -> Vec<Vec<u8>> {
    let between = |bytes: &[u8]| bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let (mut rest, mut parts) = (input, Vec::new());
    while let (Some(place), 0..2) = (between(rest), parts.len()) {
        let (part, after) = rest.split_at(place);
        parts.push(part.to_vec());
        rest = after.get(BETWEEN.len()..).unwrap_or_default();
    }
    parts.push(rest.to_vec());
    parts
}

const BETWEEN: [u8; 4] = [0; 4];
