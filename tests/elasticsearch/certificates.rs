//! Certificates of the fixtures.

use crosstrust_keystore::pem;
use crosstrust_testkit::fixture;
use crosstrust_x509::Certificate;

/// Those of a PEM file, in its order.
pub(crate) fn certificates(name: &str) -> Vec<Certificate> {
    let document = pem::scan(&fixture(name)).unwrap();
    document.blocks.iter().map(|block| Certificate::from_der(block.contents()).unwrap()).collect()
}
