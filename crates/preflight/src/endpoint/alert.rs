//! TLS alerts (RFC 8446, section 6).

use std::fmt;

/// An alert that the other side sent, by its number.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Alert(pub u8);

impl Alert {
    /// 40: nothing in common.
    pub const HANDSHAKE_FAILURE: Self = Self(40);
    /// 42: a certificate is bad, or missing.
    pub const BAD_CERTIFICATE: Self = Self(42);
    /// 43: a certificate of an unsupported kind.
    pub const UNSUPPORTED_CERTIFICATE: Self = Self(43);
    /// 44: a certificate is revoked.
    pub const CERTIFICATE_REVOKED: Self = Self(44);
    /// 45: a certificate has expired.
    pub const CERTIFICATE_EXPIRED: Self = Self(45);
    /// 46: a certificate is refused for another reason, which is what Java sends for most.
    pub const CERTIFICATE_UNKNOWN: Self = Self(46);
    /// 48: the issuer is not known.
    pub const UNKNOWN_CA: Self = Self(48);
    /// 49: the certificate is valid, and access is denied.
    pub const ACCESS_DENIED: Self = Self(49);
    /// 51: a signature does not fit.
    pub const DECRYPT_ERROR: Self = Self(51);
    /// 70: the protocol version is not supported.
    pub const PROTOCOL_VERSION: Self = Self(70);
    /// 112: the server name is not known.
    pub const UNRECOGNIZED_NAME: Self = Self(112);
    /// 116: a client certificate is required, and none was sent.
    pub const CERTIFICATE_REQUIRED: Self = Self(116);

    /// Its name in the registry, if it has one.
    pub fn name(self) -> Option<&'static str> {
        let found = NAMES.iter().find(|(code, _)| *code == self.0);
        found.map(|(_, name)| *name)
    }
}

/// `certificate_unknown (46)`.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name().unwrap_or("unassigned"), self.0)
    }
}

/// The registry of RFC 8446, section 6, with the older ones of RFC 5246.
const NAMES: [(u8, &str); 34] = [
    (0, "close_notify"),
    (10, "unexpected_message"),
    (20, "bad_record_mac"),
    (21, "decryption_failed"),
    (22, "record_overflow"),
    (30, "decompression_failure"),
    (40, "handshake_failure"),
    (41, "no_certificate"),
    (42, "bad_certificate"),
    (43, "unsupported_certificate"),
    (44, "certificate_revoked"),
    (45, "certificate_expired"),
    (46, "certificate_unknown"),
    (47, "illegal_parameter"),
    (48, "unknown_ca"),
    (49, "access_denied"),
    (50, "decode_error"),
    (51, "decrypt_error"),
    (60, "export_restriction"),
    (70, "protocol_version"),
    (71, "insufficient_security"),
    (80, "internal_error"),
    (86, "inappropriate_fallback"),
    (90, "user_canceled"),
    (100, "no_renegotiation"),
    (109, "missing_extension"),
    (110, "unsupported_extension"),
    (111, "certificate_unobtainable"),
    (112, "unrecognized_name"),
    (113, "bad_certificate_status_response"),
    (114, "bad_certificate_hash_value"),
    (115, "unknown_psk_identity"),
    (116, "certificate_required"),
    (120, "no_application_protocol"),
];
