//! Keys in tokens, through PKCS#11 modules.

mod key;
mod login;
mod make;
mod module;
mod pool;
mod public;
mod sign;
mod slots;
mod uri;
mod words;

use crosstrust_issue::{ElsewhereKey, Signing};
use crosstrust_keystore::{KeyType, SignatureScheme};
use crosstrust_x509::{Certificate, PublicKey};
use cryptoki::context::Pkcs11;
use cryptoki::session::Session;
use cryptoki::types::AuthPin;

use self::key::Key;
use self::login::Tries;
use self::pool::Pool;
use self::sign::{TokenSigner, Way};
use self::slots::Token;
use self::uri::TokenUri;
use self::words::Trouble;
use crate::context::Context;
use crate::failure::{Failure, Message};
use crate::password::Source;

/// Says what is wrong with a URI, without a look at the token.
pub(super) fn check(key: &str, context: &mut Context) -> Result<(), Failure> {
    parse(key, context).map(|_| ())
}

/// What signs with the key of a URI, which is that of a certificate.
pub(super) fn signer_of(
    key: &str,
    certificate: &Certificate,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Box<dyn Signing>, Failure> {
    let uri = parse(key, context)?;
    let opened = Opened::new(&uri, Access::Read, source, context)?;
    opened.signer_of(&uri, certificate).map_err(|trouble| told(&uri, trouble))
}

/// The key of a URI, for a new certificate or a request; with a kind of key, one that is made first.
pub(super) fn key_of(
    key: &str,
    made: Option<KeyType>,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<ElsewhereKey, Failure> {
    let uri = parse(key, context)?;
    let access = if made.is_some() { Access::Write } else { Access::Read };
    let opened = Opened::new(&uri, access, source, context)?;
    if let Some(key_type) = made {
        make::pair(&opened.session, &uri, key_type).map_err(|trouble| told(&uri, trouble))?;
        let label = opened.token.info.label().trim_end();
        context.note(&format!("{}: made in the token `{label}`", uri.shown));
    }
    opened.key(&uri).map_err(|trouble| told(&uri, trouble))
}

/// A token, and a session that logged in.
struct Opened {
    module: Pkcs11,
    token: Token,
    session: Session,
    pin: Option<AuthPin>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Access {
    Read,
    Write,
}

impl Opened {
    fn new(
        uri: &TokenUri,
        access: Access,
        source: &Source<'_>,
        context: &mut Context,
    ) -> Result<Self, Failure> {
        let told = |trouble| told(uri, trouble);
        let module = module::load(uri).map_err(told)?;
        let token = slots::find(&module, uri).map_err(told)?;
        let session = match access {
            Access::Read => module.open_ro_session(token.slot),
            Access::Write => module.open_rw_session(token.slot),
        };
        let session = session.map_err(|error| told(error.into()))?;
        let mut pin = None;
        if login::is_wanted(&session, &token).map_err(told)? {
            if let Some(warning) = Tries::of(&token.info).before().map_err(told)? {
                context.warn(&format!("{}: {warning}", uri.shown));
            }
            pin = self::pin(uri, &token, source, context)?;
            login::log_in(&module, &session, &token, pin.as_ref()).map_err(told)?;
        }
        Ok(Self { module, token, session, pin })
    }

    fn signer_of(
        self,
        uri: &TokenUri,
        certificate: &Certificate,
    ) -> Result<Box<dyn Signing>, Trouble> {
        let key = key::find(&self.session, uri)?;
        let wanted = certificate.public_key();
        let other = public::of(&self.session, &key)?.filter(|own| own.der() != wanted.der());
        if let Some(other) = other.filter(|own| own.key_bits() != wanted.key_bits()) {
            let what = format!(
                "the key in the token, {other}, is not that of the certificate `{}`, {wanted}",
                certificate.subject()
            );
            return Err(Trouble::new(what).hint("name the certificate that was made with it"));
        }
        self.signer(uri, key, wanted)
    }

    fn key(self, uri: &TokenUri) -> Result<ElsewhereKey, Trouble> {
        let key = key::find(&self.session, uri)?;
        let public_key = public::of(&self.session, &key)?.ok_or_else(|| {
            Trouble::new("the token does not show the public half of the key").hint(PUBLIC)
        })?;
        let signer = self.signer(uri, key, &public_key)?;
        Ok(ElsewhereKey { public_key, signer })
    }

    fn signer(
        self,
        uri: &TokenUri,
        key: Key,
        public_key: &PublicKey,
    ) -> Result<Box<dyn Signing>, Trouble> {
        let Self { module, token, session, pin } = self;
        let kind = public_key.kind();
        let scheme = SignatureScheme::of(kind).ok_or_else(|| {
            let what = format!("nothing is signed with a key {kind}");
            Trouble::new(what).hint("use an RSA key, or an EC key on P-256 or P-384")
        })?;
        let asks_itself = token.info.protected_authentication_path();
        if key.always_authenticate && pin.is_none() && !asks_itself {
            let what =
                "the key wants the PIN for each signature, and the run logged in for another key";
            return Err(Trouble::new(what).hint("keep the two keys in two tokens"));
        }
        let way = Way::choose(&module, token.slot, scheme, &key)?;
        let pin = pin.filter(|_| key.always_authenticate);
        let pool = Pool::new(module, token.slot, &token.info, session);
        Ok(Box::new(TokenSigner { shown: uri.shown.clone(), scheme, way, key, pool, pin }))
    }
}

/// The PIN, from the one place that has it; none where the token has keys of its own for it.
fn pin(
    uri: &TokenUri,
    token: &Token,
    source: &Source<'_>,
    context: &mut Context,
) -> Result<Option<AuthPin>, Failure> {
    let shown = &uri.shown;
    let label = token.info.label().trim_end();
    if token.info.protected_authentication_path() {
        context.note(&format!("{shown}: enter the PIN of `{label}` at the token itself"));
        return Ok(None);
    }
    let pin = match &uri.pin_source {
        Some(_) if source.is_given() => {
            let what = "the PIN is given twice: by `pin-source` and by an option";
            return Err(Message::new(what).at(shown).hint("leave one of them out").into());
        }
        Some(path) => context.given(&Source::of_pin(path))?,
        None => context.given(source)?,
    };
    let pin = if pin.is_some() { pin } else { context.ask_pin(label)? };
    let Some(pin) = pin else {
        let what = format!("the token `{label}` wants a PIN");
        return Err(Message::new(what).at(shown).hint(source.missing_pin()).into());
    };
    if pin.is_empty() {
        let message = Message::new("the PIN is empty, so it is not tried").at(shown);
        return Err(message.hint("check what gives the PIN").into());
    }
    Ok(Some(AuthPin::from(pin.expose().to_owned())))
}

fn parse(key: &str, context: &mut Context) -> Result<TokenUri, Failure> {
    let uri = TokenUri::parse(key).map_err(|error| {
        Message::new(error.what).at("the pkcs11: URI of the key").maybe_hint(error.hint)
    })?;
    for name in &uri.ignored {
        context.warn(&format!("{}: `{name}` means nothing here", uri.shown));
    }
    Ok(uri)
}

fn told(uri: &TokenUri, trouble: Trouble) -> Failure {
    Message::new(trouble.what).at(&uri.shown).maybe_hint(trouble.hint).into()
}

const PUBLIC: &str = "put the public key into the token, too, with the id of the private one";
