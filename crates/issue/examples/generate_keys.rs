//! Generates RSA-2048 keys on all cores and does nothing with them: what a batch of certificates
//! cannot be faster than. Takes the number of keys.

use crosstrust_keystore::{Error, KeyType, PrivateKey};
use rayon::prelude::*;

fn main() -> Result<(), Error> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100);
    (0..count).into_par_iter().try_for_each(|_: u32| {
        PrivateKey::generate(KeyType::Rsa2048)?;
        Ok(())
    })
}
