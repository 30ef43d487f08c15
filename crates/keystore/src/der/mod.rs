//! ASN.1: a reader that takes BER and DER, a writer of DER, object identifiers.
//!
//! Key stores come as BER from NSS and `BouncyCastle` (indefinite lengths, strings in pieces), and
//! their authentication code covers the bytes as written, so nothing is normalised beforehand.

mod algorithm;
pub(crate) mod oid;
mod read;
pub(crate) mod tag;
mod write;

pub(crate) use self::algorithm::AlgorithmIdentifier;
pub(crate) use self::read::Element;
pub(crate) use self::read::Reader;
pub(crate) use self::read::is_one_sequence;
pub(crate) use self::write::bit_string;
pub(crate) use self::write::context;
pub(crate) use self::write::element;
pub(crate) use self::write::integer;
pub(crate) use self::write::null;
pub(crate) use self::write::object_identifier;
pub(crate) use self::write::octet_string;
pub(crate) use self::write::sequence;
pub(crate) use self::write::set;
pub(crate) use self::write::unsigned;
