//! PKCS#7 (RFC 5652): bundles of certificates as `openssl crl2pkcs7` and Windows write them.

use crosstrust_x509::Certificate;

use crate::der::Reader;
use crate::der::tag;
use crate::error::Error;
use crate::error::FormatProblem;

/// The certificates of a `SignedData` in DER or BER, in its order. Its signatures, if it has any,
/// are not read.
pub fn read(bytes: &[u8]) -> Result<Vec<Certificate>, Error> {
    let mut outer = Reader::new(bytes, PART);
    let mut content_info = outer.sequence()?;
    outer.end()?;
    if content_info.object_identifier()? != SIGNED_DATA {
        return Err(Error::UnsupportedFeature { feature: "PKCS#7 that is not signed data" });
    }
    let mut data = content_info.context(0)?.sequence()?;
    data.integer()?;
    data.expect(tag::SET)?;
    data.expect(tag::SEQUENCE)?;
    let missing = data.damaged(FormatProblem::Missing { what: "certificates" });
    let mut set = data.optional(tag::context(0))?.ok_or(missing)?.reader()?;
    let mut certificates = Vec::new();
    while !set.is_empty() {
        let element = set.element()?;
        // The other choices are attribute certificates and the like (section 10.2.2).
        if element.tag() == tag::SEQUENCE {
            certificates.push(Certificate::from_der(element.raw()).map_err(Error::Certificate)?);
        }
    }
    Ok(certificates)
}

/// Whether the bytes begin like a `ContentInfo` of signed data.
pub(crate) fn is_pkcs7(bytes: &[u8]) -> bool {
    let content_type =
        Reader::new(bytes, PART).sequence().and_then(|mut info| info.object_identifier());
    content_type.is_ok_and(|content_type| content_type == SIGNED_DATA)
}

const PART: &str = "PKCS#7";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
