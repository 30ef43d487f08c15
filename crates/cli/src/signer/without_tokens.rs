//! Keys in tokens, in a binary that is built without PKCS#11: a static one loads no modules.

use crosstrust_issue::{ElsewhereKey, Signing};
use crosstrust_keystore::KeyType;
use crosstrust_x509::Certificate;

use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::password::Source;

pub(super) fn check(_: &str, _: &mut Context) -> Result<(), Failure> {
    Err(refused())
}

pub(super) fn signer_of(
    _: &str,
    _: &Certificate,
    _: &Source<'_>,
    _: &mut Context,
) -> Result<Box<dyn Signing>, Failure> {
    Err(refused())
}

pub(super) fn key_of(
    _: &str,
    _: Option<KeyType>,
    _: &Source<'_>,
    _: &mut Context,
) -> Result<ElsewhereKey, Failure> {
    Err(refused())
}

fn refused() -> Failure {
    let what = "this binary has no PKCS#11, so it reaches no key in a token";
    Message::new(what).at("the pkcs11: URI of the key").hint(HINT).into()
}

const HINT: &str = "use the binary of a package instead of the static one, or sign with --ca-signer; `crosstrust \
     --version --verbose` says what a binary has";
