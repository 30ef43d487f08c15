//! Certificate requests in files.

use crosstrust_keystore::{Entry, OtherKind, open};
use crosstrust_x509::CertificateRequest;

use crate::failure::{Failure, Message, chain};
use crate::input::Input;

/// The one request of a file.
pub(crate) fn request_in(input: &Input) -> Result<CertificateRequest, Failure> {
    let Input { path, bytes } = input;
    let contents =
        open::open(bytes, &[]).map_err(|error| Message::new(chain(&error)).at(path).hint(HINT))?;
    let mut requests: Vec<&[u8]> = Vec::new();
    for entry in &contents.entries {
        if let Entry::Other(other) = entry
            && let OtherKind::Request { der } = &other.kind
        {
            requests.push(der);
        }
    }
    let [der] = requests.as_slice() else {
        let message = format!("holds {} requests, where one is expected", requests.len());
        return Err(Message::new(message).at(path).hint(HINT).into());
    };
    CertificateRequest::from_der(der).map_err(|error| Message::new(chain(&error)).at(path).into())
}

const HINT: &str = "name files of one request each, PEM or DER; `crosstrust csr` makes them";
