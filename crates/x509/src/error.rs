//! What can be wrong with a certificate's bytes.

/// Why bytes are not a certificate, or a part of one.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not one DER certificate (RFC 5280, section 4.1).
    #[error("not a DER certificate")]
    Malformed,
    /// The bytes are not one DER certification request (RFC 2986, section 4).
    #[error("not a DER certification request")]
    MalformedRequest,
    /// The text is not an RFC 3339 time.
    #[error("`{text}` is not a time like 2026-01-31T12:00:00Z")]
    Time {
        /// The text as given.
        text: String,
    },
    /// A certificate is followed by other bytes.
    #[error("{count} bytes follow the certificate")]
    TrailingBytes {
        /// How many.
        count: usize,
    },
}
