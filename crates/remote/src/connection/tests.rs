//! Tests of the connection file.
