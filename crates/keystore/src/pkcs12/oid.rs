//! Object identifiers of RFC 7292 and RFC 2985, and Java's own.

pub(super) const DATA: &str = "1.2.840.113549.1.7.1";
pub(super) const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";
pub(super) const ENVELOPED_DATA: &str = "1.2.840.113549.1.7.3";
pub(super) const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

pub(super) const KEY_BAG: &str = "1.2.840.113549.1.12.10.1.1";
pub(super) const SHROUDED_KEY_BAG: &str = "1.2.840.113549.1.12.10.1.2";
pub(super) const CERTIFICATE_BAG: &str = "1.2.840.113549.1.12.10.1.3";
pub(super) const CRL_BAG: &str = "1.2.840.113549.1.12.10.1.4";
pub(super) const SECRET_BAG: &str = "1.2.840.113549.1.12.10.1.5";
pub(super) const SAFE_CONTENTS_BAG: &str = "1.2.840.113549.1.12.10.1.6";

pub(super) const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";

pub(super) const FRIENDLY_NAME: &str = "1.2.840.113549.1.9.20";
pub(super) const LOCAL_KEY_ID: &str = "1.2.840.113549.1.9.21";
/// Oracle's attribute that makes a certificate a trusted entry for Java.
pub(super) const TRUSTED_KEY_USAGE: &str = "2.16.840.1.113894.746875.1.1";
/// The value of that attribute: anyExtendedKeyUsage (RFC 5280, section 4.2.1.12).
pub(super) const ANY_EXTENDED_KEY_USAGE: &str = "2.5.29.37.0";
