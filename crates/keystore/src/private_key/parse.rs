//! Private keys out of DER: PKCS#8, PKCS#1, SEC1, OpenSSL's DSA form.

use crosstrust_x509::KeyKind;
use crosstrust_x509::PublicKey;
use zeroize::Zeroizing;

use super::DSA;
use super::EC_PUBLIC_KEY;
use super::ED448;
use super::ED25519;
use super::PrivateKey;
use super::RSA_ENCRYPTION;
use super::RSASSA_PSS;
use super::public;
use crate::der;
use crate::der::AlgorithmIdentifier;
use crate::der::Reader;
use crate::der::tag;
use crate::error::Error;
use crate::error::FormatProblem;
use crate::pbe::Budget;
use crate::pbe::Scheme;
use crate::secret::Password;
use crate::secret::Secret;

impl PrivateKey {
    /// Reads a PKCS#8 `PrivateKeyInfo` (RFC 5208; RFC 5958), DER or BER.
    ///
    /// Algorithms that are not known are kept as they are.
    pub fn from_pkcs8_der(bytes: &[u8]) -> Result<Self, Error> {
        let mut outer = Reader::new(bytes, PKCS8);
        let mut info = outer.sequence()?;
        outer.end()?;
        info.integer()?;
        let algorithm = AlgorithmIdentifier::read(&mut info)?;
        let key = Zeroizing::new(info.octet_string()?.into_owned());
        let parameters = algorithm.parameters.as_ref().map(der::Element::raw);
        match algorithm.oid.as_str() {
            RSA_ENCRYPTION => Self::from_pkcs1_der(&key),
            EC_PUBLIC_KEY => ec(&key, parameters),
            ED25519 => ed25519(&key),
            ED448 => {
                let public = public::ed448(&key);
                Ok(Self { public, ..Self::opaque(bytes, KeyKind::Ed448) })
            }
            DSA => Ok(Self::opaque(bytes, KeyKind::Dsa { bits: dsa_bits(parameters)? })),
            oid => {
                let mut opaque = Self::opaque(bytes, KeyKind::Other { oid: oid.to_owned() });
                if oid == RSASSA_PSS {
                    opaque.public = rsa_pss(&key, parameters);
                }
                Ok(opaque)
            }
        }
    }

    /// Reads and decrypts a PKCS#8 `EncryptedPrivateKeyInfo` (RFC 5958, section 3).
    pub fn from_encrypted_pkcs8_der(bytes: &[u8], password: &Password) -> Result<Self, Error> {
        Self::from_encrypted_pkcs8(bytes, password, &mut Budget::new())
    }

    /// The same, as a part of a file whose cost is bounded as a whole.
    pub(crate) fn from_encrypted_pkcs8(
        bytes: &[u8],
        password: &Password,
        budget: &mut Budget,
    ) -> Result<Self, Error> {
        let mut outer = Reader::new(bytes, ENCRYPTED_PKCS8);
        let mut info = outer.sequence()?;
        outer.end()?;
        let scheme = Scheme::read(&mut info)?;
        let data = info.octet_string()?;
        Self::from_pkcs8_der(&scheme.open(&data, password, budget)?)
    }

    /// Reads a PKCS#1 `RSAPrivateKey` (RFC 8017, appendix A.1.2).
    pub fn from_pkcs1_der(bytes: &[u8]) -> Result<Self, Error> {
        let mut outer = Reader::new(bytes, "RSA private key");
        let mut key = outer.sequence()?;
        outer.end()?;
        key.integer()?;
        let (modulus, exponent) = (key.unsigned()?, key.unsigned()?);
        let public = public::rsa(modulus, exponent);
        let public = public.ok_or(key.damaged(FormatProblem::InvalidValue { what: "modulus" }))?;
        let algorithm = der::sequence(&[&der::object_identifier(RSA_ENCRYPTION), &der::null()]);
        let kind = public.kind().clone();
        Ok(Self { pkcs8: private_key_info(&algorithm, bytes), kind, public: Some(public) })
    }

    /// Reads a SEC1 `ECPrivateKey` (RFC 5915) that names its curve.
    pub fn from_sec1_der(bytes: &[u8]) -> Result<Self, Error> {
        ec(bytes, None)
    }

    /// Reads a SEC1 `ECPrivateKey` whose curve may stand outside, as DER `ECParameters`.
    pub(crate) fn from_sec1(bytes: &[u8], parameters: Option<&[u8]>) -> Result<Self, Error> {
        ec(bytes, parameters)
    }

    /// Reads OpenSSL's `DSAPrivateKey`: version, p, q, g, public and private value.
    pub(crate) fn from_dsa_der(bytes: &[u8]) -> Result<Self, Error> {
        let mut outer = Reader::new(bytes, "DSA private key");
        let mut key = outer.sequence()?;
        outer.end()?;
        key.integer()?;
        let [p, q, g, _public, private] =
            [key.unsigned()?, key.unsigned()?, key.unsigned()?, key.unsigned()?, key.unsigned()?];
        let domain = der::sequence(&[&der::unsigned(p), &der::unsigned(q), &der::unsigned(g)]);
        let algorithm = der::sequence(&[&der::object_identifier(DSA), &domain]);
        let pkcs8 = private_key_info(&algorithm, &Zeroizing::new(der::unsigned(private)));
        Ok(Self { pkcs8, kind: KeyKind::Dsa { bits: public::bits(p) }, public: None })
    }

    fn opaque(pkcs8: &[u8], kind: KeyKind) -> Self {
        Self { pkcs8: Secret::new(pkcs8.to_vec()), kind, public: None }
    }
}

/// An `ECPrivateKey`, with the parameters that its surroundings name.
fn ec(bytes: &[u8], outside: Option<&[u8]>) -> Result<PrivateKey, Error> {
    let mut outer = Reader::new(bytes, "EC private key");
    let mut key = outer.sequence()?;
    outer.end()?;
    key.integer()?;
    let scalar = Zeroizing::new(key.octet_string()?.into_owned());
    let inside = key.optional(tag::context(0))?.map(|element| element.content());
    let carried = match key.peek() {
        Some(next) if next == tag::context(1) => Some(key.context(1)?.bit_string()?),
        _ => None,
    };
    let missing = key.damaged(FormatProblem::Missing { what: "curve" });
    let parameters = outside.or(inside).ok_or(missing)?;
    if inside.is_some_and(|inside| inside != parameters) {
        return Err(
            key.damaged(FormatProblem::InvalidValue { what: "curve, named twice and differently" })
        );
    }
    // What is neither a curve's name nor its numbers would make a malformed key of any that is written.
    let mut whole = Reader::new(parameters, "EC parameters");
    whole.element()?;
    whole.end()?;
    let curve = public::curve(parameters);
    let scalar = public::fixed_length(&scalar, &curve)
        .ok_or_else(|| key.damaged(FormatProblem::InvalidValue { what: "scalar" }))?;
    let point = match public::point(&scalar, &curve) {
        Some(computed) => Some(computed.map_err(|()| {
            key.damaged(FormatProblem::InvalidValue { what: "scalar for this curve" })
        })?),
        None => carried.map(<[u8]>::to_vec),
    };

    let carried = point.as_ref().map(|point| der::context(1, &[&der::bit_string(point)]));
    let private = Zeroizing::new(der::sequence(&[
        &der::integer(1),
        &Zeroizing::new(der::octet_string(&scalar)),
        &carried.unwrap_or_default(),
    ]));
    let algorithm = der::sequence(&[&der::object_identifier(EC_PUBLIC_KEY), parameters]);
    let public = point.and_then(|point| public::info(&algorithm, &point));
    Ok(PrivateKey {
        pkcs8: private_key_info(&algorithm, &private),
        kind: KeyKind::Ec { curve },
        public,
    })
}

/// The seed of an Ed25519 key, an OCTET STRING inside the one of PKCS#8 (RFC 8410, section 7).
fn ed25519(key: &[u8]) -> Result<PrivateKey, Error> {
    let mut reader = Reader::new(key, "Ed25519 private key");
    let seed = Zeroizing::new(reader.octet_string()?.into_owned());
    let invalid = reader.damaged(FormatProblem::InvalidValue { what: "seed" });
    let public = public::ed25519(&seed).ok_or(invalid)?;
    let algorithm = der::sequence(&[&der::object_identifier(ED25519)]);
    let private = Zeroizing::new(der::octet_string(&seed));
    let pkcs8 = private_key_info(&algorithm, &private);
    Ok(PrivateKey { pkcs8, kind: KeyKind::Ed25519, public: Some(public) })
}

/// The public part of an RSA key that is bound to PSS (RFC 4055, section 1.2).
fn rsa_pss(key: &[u8], parameters: Option<&[u8]>) -> Option<PublicKey> {
    let mut fields = Reader::new(key, "RSA private key").sequence().ok()?;
    fields.integer().ok()?;
    let (modulus, exponent) = (fields.unsigned().ok()?, fields.unsigned().ok()?);
    let oid = der::object_identifier(RSASSA_PSS);
    let algorithm = der::sequence(&[&oid, parameters.unwrap_or_default()]);
    let key = der::sequence(&[&der::unsigned(modulus), &der::unsigned(exponent)]);
    public::info(&algorithm, &key)
}

fn dsa_bits(parameters: Option<&[u8]>) -> Result<usize, Error> {
    let mut reader = Reader::new(parameters.unwrap_or_default(), "DSA parameters");
    Ok(public::bits(reader.sequence()?.unsigned()?))
}

/// Version 0, the algorithm, the key; no attributes.
fn private_key_info(algorithm: &[u8], key: &[u8]) -> Secret {
    let key = Zeroizing::new(der::octet_string(key));
    Secret::new(der::sequence(&[&der::integer(0), algorithm, &key]))
}

/// Whether DER bytes look like a PKCS#8 key, an encrypted one, PKCS#1 or SEC1, and read so.
pub(crate) fn from_any_der(
    bytes: &[u8],
    passwords: &[Password],
    budget: &mut Budget,
) -> Option<Result<PrivateKey, Error>> {
    let mut fields = Reader::new(bytes, PKCS8).sequence().ok()?;
    let first = fields.element().ok()?;
    let second = fields.peek()?;
    match (first.tag(), second) {
        (tag::SEQUENCE, tag::OCTET_STRING) => {
            Some(super::pem::try_passwords("the private key", passwords, |password| {
                PrivateKey::from_encrypted_pkcs8(bytes, password, budget)
            }))
        }
        (tag::INTEGER, tag::SEQUENCE) if first.content().len() == 1 => {
            Some(PrivateKey::from_pkcs8_der(bytes))
        }
        (tag::INTEGER, tag::OCTET_STRING) => Some(PrivateKey::from_sec1_der(bytes)),
        (tag::INTEGER, tag::INTEGER) => Some(PrivateKey::from_pkcs1_der(bytes)),
        _ => None,
    }
}

const PKCS8: &str = "PKCS#8 private key";
const ENCRYPTED_PKCS8: &str = "encrypted PKCS#8 private key";
