//! DER certificate signing requests.

use crosstrust_x509::CertificateRequest;

use crate::{alternative_names, distinguished_name};

pub(crate) fn run(input: &[u8]) {
    let Ok(request) = CertificateRequest::from_der(input) else { return };
    assert!(input.starts_with(request.der()), "the bytes are kept as they are");
    distinguished_name::show(request.subject());
    if let Some(names) = request.subject_alt_names() {
        alternative_names::show(names);
    }
    let _ = (request.check_signature(), request.public_key().to_string());
}
