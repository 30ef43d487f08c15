//! The key stores of the Python package `cryptography-vectors`, among them those of PKITS.
//!
//! The package is data: `pip install cryptography-vectors`. Without it the test is passed over,
//! unless `CROSSTRUST_INTEROP=required` is set.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(clippy::print_stderr, reason = "a test that is passed over says so")]

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crosstrust_keystore::Password;
use crosstrust_keystore::open::open;
use crosstrust_testkit::tool;

/// The folder of the package, as Python finds it.
fn package() -> Option<PathBuf> {
    let program = "import cryptography_vectors as v, os; print(os.path.dirname(v.__file__))";
    let ended = tool("python3")?.with(["-c", program]).run();
    (ended.status == Some(0)).then(|| PathBuf::from(ended.text().trim()))
}

/// Opens each key store of a folder and gives the complaints about them, and their number.
fn complaints(folder: &Path) -> (Vec<String>, usize) {
    let passwords = ["password", "cryptography", ""].map(Password::new);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let stores = files.filter(|path| path.extension().is_some_and(|extension| extension == "p12"));
    let mut complaints = Vec::new();
    let mut count = 0;
    for path in stores {
        count += 1;
        match open(&fs::read(&path).unwrap(), &passwords) {
            Ok(contents) if contents.keys().any(|entry| entry.key.open().is_none()) => {
                complaints.push(format!("{}: a key is locked", path.display()));
            }
            Ok(contents) if contents.entries.is_empty() => {
                complaints.push(format!("{}: empty", path.display()));
            }
            Ok(_) => {}
            Err(error) => complaints.push(format!("{}: {error}", path.display())),
        }
    }
    (complaints, count)
}

#[test]
fn every_key_store_of_the_corpus_opens() {
    let Some(package) = package() else {
        let required = env::var("CROSSTRUST_INTEROP").is_ok_and(|value| value == "required");
        assert!(!required, "`cryptography-vectors` is required and not there");
        eprintln!("passed over: `cryptography-vectors` is not there");
        return;
    };
    for (folder, least) in [("pkcs12", 31), ("x509/PKITS_data/pkcs12", 405)] {
        let (complaints, count) = complaints(&package.join(folder));
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
        assert!(count >= least, "only {count} key stores in {folder}");
    }
}
