//! Authorities and node certificates with the names that trust restrictions compare.
