//! Private keys in the forms that other software reads.

use crosstrust_x509::KeyKind;
use zeroize::Zeroizing;

use super::PrivateKey;
use super::dek_info;
use crate::der;
use crate::der::AlgorithmIdentifier;
use crate::der::Reader;
use crate::der::tag;
use crate::error::Error;
use crate::pbe;
use crate::pem;
use crate::secret::Password;
use crate::secret::Secret;

impl PrivateKey {
    /// `PRIVATE KEY`: PKCS#8, not encrypted.
    pub fn to_pkcs8_pem(&self) -> Secret {
        pem::write_secret("PRIVATE KEY", &[], self.pkcs8.as_bytes())
    }

    /// `EncryptedPrivateKeyInfo`: PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC.
    pub fn to_encrypted_pkcs8_der(&self, password: &Password) -> Result<Secret, Error> {
        self.encrypted(pbe::StoreProfile::Modern, password).map(Secret::new)
    }

    /// `ENCRYPTED PRIVATE KEY`: the form that each supported version of Elasticsearch reads.
    pub fn to_encrypted_pkcs8_pem(&self, password: &Password) -> Result<Secret, Error> {
        let der = self.to_encrypted_pkcs8_der(password)?;
        Ok(pem::write_secret("ENCRYPTED PRIVATE KEY", &[], der.as_bytes()))
    }

    /// `RSAPrivateKey` (RFC 8017, appendix A.1.2), for RSA keys.
    pub fn to_pkcs1_der(&self) -> Result<Secret, Error> {
        if !matches!(self.kind, KeyKind::Rsa { .. }) {
            return Err(self.has_no("PKCS#1"));
        }
        self.inner().map(|(_, key)| Secret::new(key.to_vec()))
    }

    /// `RSA PRIVATE KEY`, for RSA keys.
    pub fn to_pkcs1_pem(&self) -> Result<Secret, Error> {
        self.to_pkcs1_der().map(|der| pem::write_secret(RSA_LABEL, &[], der.as_bytes()))
    }

    /// `ECPrivateKey` (RFC 5915) with its curve and its public part, for EC keys.
    pub fn to_sec1_der(&self) -> Result<Secret, Error> {
        if !matches!(self.kind, KeyKind::Ec { .. }) {
            return Err(self.has_no("SEC1"));
        }
        let (parameters, key) = self.inner()?;
        let mut fields = Reader::new(&key, "EC private key").sequence()?;
        let version = fields.element()?.raw();
        let scalar = fields.element()?.raw();
        // The curve has its place between the scalar and the public part.
        let curve = der::context(0, &[&parameters]);
        Ok(Secret::new(der::sequence(&[version, scalar, &curve, fields.rest()])))
    }

    /// `EC PRIVATE KEY`, for EC keys.
    pub fn to_sec1_pem(&self) -> Result<Secret, Error> {
        self.to_sec1_der().map(|der| pem::write_secret(EC_LABEL, &[], der.as_bytes()))
    }

    /// The form that has the key's algorithm in its label: PKCS#1 for RSA, SEC1 for EC.
    pub fn to_traditional_pem(&self) -> Result<Secret, Error> {
        let (label, der) = self.traditional()?;
        Ok(pem::write_secret(label, &[], der.as_bytes()))
    }

    /// The encrypted form that elasticsearch-certutil writes: the traditional one under
    /// `DEK-Info: AES-128-CBC`. Its key derivation is weak; prefer
    /// [`Self::to_encrypted_pkcs8_pem`].
    pub fn to_dek_info_pem(&self, password: &Password) -> Result<Secret, Error> {
        let (label, der) = self.traditional()?;
        let (headers, data) = dek_info::encrypt(der.as_bytes(), password)?;
        Ok(pem::write_secret(label, &headers, &data))
    }

    /// `EncryptedPrivateKeyInfo` with the algorithms of a profile.
    pub(crate) fn encrypted(
        &self,
        profile: pbe::StoreProfile,
        password: &Password,
    ) -> Result<Vec<u8>, Error> {
        let sealed = pbe::seal(profile, self.pkcs8.as_bytes(), password)?;
        Ok(der::sequence(&[&sealed.algorithm, &der::octet_string(&sealed.data)]))
    }

    fn traditional(&self) -> Result<(&'static str, Secret), Error> {
        match self.kind {
            KeyKind::Rsa { .. } => Ok((RSA_LABEL, self.to_pkcs1_der()?)),
            KeyKind::Ec { .. } => Ok((EC_LABEL, self.to_sec1_der()?)),
            _ => Err(self.has_no("traditional")),
        }
    }

    /// The parameters of the algorithm, and the contents of PKCS#8's OCTET STRING.
    fn inner(&self) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), Error> {
        let mut info = Reader::new(self.pkcs8.as_bytes(), "private key").sequence()?;
        info.expect(tag::INTEGER)?;
        let algorithm = AlgorithmIdentifier::read(&mut info)?;
        let parameters = algorithm.parameters.map(|element| element.raw().to_vec());
        let key = info.octet_string()?.into_owned();
        Ok((parameters.unwrap_or_default(), Zeroizing::new(key)))
    }

    fn has_no(&self, format: &'static str) -> Error {
        Error::UnsupportedKeyFormat { key: self.kind.to_string(), format }
    }
}

const RSA_LABEL: &str = "RSA PRIVATE KEY";
const EC_LABEL: &str = "EC PRIVATE KEY";
