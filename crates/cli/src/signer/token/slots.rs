//! Finds the token that a URI means.

use cryptoki::context::Pkcs11;
use cryptoki::slot::{Slot, SlotInfo, TokenInfo};

use super::uri::TokenUri;
use super::words::Trouble;

/// A token, and where it is.
pub(super) struct Token {
    pub(super) slot: Slot,
    pub(super) info: TokenInfo,
}

/// The one token that has what the URI asks for.
pub(super) fn find(module: &Pkcs11, uri: &TokenUri) -> Result<Token, Trouble> {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for slot in module.get_slots_with_token()? {
        // A slot whose token is just taken out, or is none that the module reads, is not the one.
        let (Ok(place), Ok(info)) = (module.get_slot_info(slot), module.get_token_info(slot))
        else {
            continue;
        };
        if !info.token_initialized() {
            continue;
        }
        let is_meant = has_slot(uri, slot, &place) && has_token(uri, &info);
        if is_meant { &mut found } else { &mut others }.push(Token { slot, info });
    }
    if found.len() > 1 {
        let what = format!("several tokens are like that: {}", listed(&found));
        return Err(Trouble::new(what).hint("add serial=… to the URI"));
    }
    found.pop().ok_or_else(|| {
        if others.is_empty() {
            return Trouble::new("the module has no token").hint(
                "see that the token is plugged in, and that the module's own configuration is right",
            );
        }
        let what = format!("no token is like that; there is {}", listed(&others));
        Trouble::new(what).hint("write token=… with the label of one of them")
    })
}

fn has_slot(uri: &TokenUri, slot: Slot, info: &SlotInfo) -> bool {
    uri.slot.id.is_none_or(|id| id == slot.id())
        && is(uri.slot.manufacturer.as_ref(), info.manufacturer_id())
        && is(uri.slot.description.as_ref(), info.slot_description())
}

fn has_token(uri: &TokenUri, info: &TokenInfo) -> bool {
    is(uri.token.label.as_ref(), info.label())
        && is(uri.token.manufacturer.as_ref(), info.manufacturer_id())
        && is(uri.token.model.as_ref(), info.model())
        && is(uri.token.serial.as_ref(), info.serial_number())
}

/// Modules fill their texts up with blanks, which a URI may leave out.
fn is(asked: Option<&String>, found: &str) -> bool {
    asked.is_none_or(|asked| asked.trim_end() == found.trim_end())
}

fn listed(tokens: &[Token]) -> String {
    let one = |Token { slot, info }: &Token| {
        let (label, serial) = (info.label().trim_end(), info.serial_number().trim_end());
        format!("`{label}` (serial {serial}, slot {})", slot.id())
    };
    let more = tokens.len().saturating_sub(MOST);
    let mut listed: Vec<String> = tokens.iter().take(MOST).map(one).collect();
    if more > 0 {
        listed.push(format!("{more} more"));
    }
    listed.join(", ")
}

/// So many are told.
const MOST: usize = 10;
