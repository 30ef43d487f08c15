//! Reads `pkcs11:` URIs (RFC 7512), strictly: what is not understood might have said which key is meant.

use std::collections::BTreeMap;

/// What a URI says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct TokenUri {
    /// The URI without its query, which may name files: it is what messages show.
    pub(super) shown: String,
    /// What the token must have.
    pub(super) token: TokenAttributes,
    /// What the slot must have.
    pub(super) slot: SlotAttributes,
    /// What the module must say of itself.
    pub(super) library: LibraryAttributes,
    /// The label of the key.
    pub(super) object: Option<String>,
    /// The id of the key.
    pub(super) id: Option<Vec<u8>>,
    /// The file of the PIN.
    pub(super) pin_source: Option<String>,
    /// The file of the module.
    pub(super) module_path: Option<String>,
    /// The name of the module.
    pub(super) module_name: Option<String>,
    /// Attributes of the query that mean nothing here.
    pub(super) ignored: Vec<String>,
}

/// The attributes of a token.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct TokenAttributes {
    pub(super) label: Option<String>,
    pub(super) manufacturer: Option<String>,
    pub(super) model: Option<String>,
    pub(super) serial: Option<String>,
}

/// The attributes of a slot.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct SlotAttributes {
    pub(super) id: Option<u64>,
    pub(super) manufacturer: Option<String>,
    pub(super) description: Option<String>,
}

/// The attributes of a module.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct LibraryAttributes {
    pub(super) manufacturer: Option<String>,
    pub(super) description: Option<String>,
    /// Major and minor version.
    pub(super) version: Option<(u8, u8)>,
}

/// What is wrong with a URI. It never holds a value, which may be a PIN.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct UriError {
    pub(super) what: String,
    pub(super) hint: Option<&'static str>,
}

impl TokenUri {
    /// Reads a URI.
    pub(super) fn parse(text: &str) -> Result<Self, UriError> {
        let rest = text.split_once(':').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("pkcs11"));
        let (_, rest) = rest.ok_or_else(|| UriError::new("does not begin with `pkcs11:`"))?;
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        refuse_hidden(path, query.unwrap_or_default())?;
        let mut values = attributes(path, ';', PATH_CHARACTERS)?;
        let mut asked = attributes(query.unwrap_or_default(), '&', QUERY_CHARACTERS)?;
        match values.remove("type").as_deref() {
            None | Some(b"private") => {}
            Some(_) => {
                let what = "`type` is not `private`, and only a private key signs";
                return Err(UriError::new(what).hint("write type=private, or leave it out"));
            }
        }
        let mut uri = Self { shown: format!("pkcs11:{path}"), ..Self::default() };
        uri.set_path(&mut values)?;
        uri.pin_source = text_of(&mut asked, "pin-source")?.map(pin_file).transpose()?;
        uri.module_path = text_of(&mut asked, "module-path")?;
        uri.module_name = text_of(&mut asked, "module-name")?;
        uri.ignored = asked.into_keys().map(str::to_owned).collect();
        match values.into_keys().next() {
            Some(name) => {
                let what = format!("no attribute `{name}` is known in the path of a pkcs11: URI");
                Err(UriError { what, hint: Some(misplaced(name)) })
            }
            None => Ok(uri),
        }
    }

    fn set_path(&mut self, values: &mut Values<'_>) -> Result<(), UriError> {
        self.token = TokenAttributes {
            label: text_of(values, "token")?,
            manufacturer: text_of(values, "manufacturer")?,
            model: text_of(values, "model")?,
            serial: text_of(values, "serial")?,
        };
        self.slot = SlotAttributes {
            id: text_of(values, "slot-id")?.map(|text| number("slot-id", &text)).transpose()?,
            manufacturer: text_of(values, "slot-manufacturer")?,
            description: text_of(values, "slot-description")?,
        };
        self.library = LibraryAttributes {
            manufacturer: text_of(values, "library-manufacturer")?,
            description: text_of(values, "library-description")?,
            version: text_of(values, "library-version")?.map(|text| version(&text)).transpose()?,
        };
        self.object = text_of(values, "object")?;
        self.id = values.remove("id");
        Ok(())
    }
}

impl UriError {
    fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: None }
    }

    fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// The attributes by name, decoded.
type Values<'a> = BTreeMap<&'a str, Vec<u8>>;

fn attributes<'a>(
    text: &'a str,
    separator: char,
    characters: &str,
) -> Result<Values<'a>, UriError> {
    let mut values = Values::new();
    for attribute in text.split(separator).filter(|_| !text.is_empty()) {
        let (name, value) = attribute.split_once('=').ok_or_else(|| {
            UriError::new("an attribute of the URI has no `=`").hint("write name=value")
        })?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            let what = "the name of an attribute of the URI has other characters than letters, digits, - and _";
            return Err(UriError::new(what));
        }
        let value = decoded(name, value, characters)?;
        if values.insert(name, value).is_some() {
            return Err(UriError::new(format!("the URI has the attribute `{name}` twice")));
        }
    }
    Ok(values)
}

/// Refuses what belongs behind a `?`, or a `&` behind that, and would be part of a value where it stands; values are
/// shown.
fn refuse_hidden(path: &str, query: &str) -> Result<(), UriError> {
    if [path, query].iter().any(|part| part.contains("pin-value=")) {
        let what = "`pin-value` shows the PIN to everybody who lists processes: refused";
        return Err(UriError::new(what).hint(PIN_HINT));
    }
    let behind = ["&pin-source=", "&module-path=", "&module-name="];
    if behind.iter().any(|name| path.contains(name)) {
        let what = "an attribute stands behind a & where no ? was before";
        return Err(UriError::new(what).hint(misplaced("pin-source")));
    }
    Ok(())
}

/// A value without its percent-encoding.
fn decoded(name: &str, value: &str, characters: &str) -> Result<Vec<u8>, UriError> {
    let mut bytes = Vec::new();
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        if character == '%' {
            let digits =
                rest.as_str().get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            bytes.push(byte.ok_or_else(|| {
                UriError::new(format!("`{name}` has a % without two hexadecimal digits after it"))
                    .hint("write %25 for the percent sign itself")
            })?);
            rest = rest.as_str().get(2..).unwrap_or_default().chars();
        } else if character.is_ascii_alphanumeric() || characters.contains(character) {
            bytes.push(u8::try_from(character).unwrap_or_default());
        } else {
            let what = format!("`{name}` has a character that is not allowed as it is");
            return Err(UriError::new(what).hint(ENCODE_HINT));
        }
    }
    Ok(bytes)
}

fn text_of(values: &mut Values<'_>, name: &str) -> Result<Option<String>, UriError> {
    let text = values.remove(name).map(String::from_utf8).transpose();
    text.map_err(|_| UriError::new(format!("`{name}` is not UTF-8 text")))
}

fn number(name: &str, text: &str) -> Result<u64, UriError> {
    let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| UriError::new(format!("`{name}` is not a number")))
}

/// `MAJOR.MINOR`, or `MAJOR` for `MAJOR.0`.
fn version(text: &str) -> Result<(u8, u8), UriError> {
    let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
    let part = |text: &str| {
        number("library-version", text).ok().and_then(|number| u8::try_from(number).ok())
    };
    let wrong = || UriError::new("`library-version` is not a version, such as 2.6");
    Ok((part(major).ok_or_else(wrong)?, part(minor).ok_or_else(wrong)?))
}

/// The file that `pin-source` names: a path, or a `file:` URI, which was decoded with the value.
fn pin_file(value: String) -> Result<String, UriError> {
    let scheme = value.split_once(':').filter(|(scheme, _)| !scheme.contains('/'));
    match scheme {
        _ if value.starts_with('|') => {
            let what = "`pin-source` names a command, which is not run";
            Err(UriError::new(what).hint(PIN_HINT))
        }
        None if value.is_empty() => Err(UriError::new("`pin-source` is empty").hint(PIN_HINT)),
        None => Ok(value),
        Some((scheme, path)) if scheme.eq_ignore_ascii_case("file") => {
            let local = match path.strip_prefix("//") {
                None => Some(path),
                Some(with_host) => with_host
                    .strip_prefix("localhost")
                    .or(Some(with_host))
                    .filter(|path| path.starts_with('/')),
            };
            let local = local.filter(|path| !path.is_empty());
            let what = "`pin-source` names a file of another host, or none";
            local.map(str::to_owned).ok_or_else(|| UriError::new(what).hint(PIN_HINT))
        }
        Some(_) => Err(UriError::new("`pin-source` is no file").hint(PIN_HINT)),
    }
}

/// What to do about an attribute that the path does not have.
fn misplaced(name: &str) -> &'static str {
    match name {
        "pin-source" | "module-path" | "module-name" => {
            "it belongs behind a ?, with & before each further one: pkcs11:object=…?module-path=…"
        }
        "label" => "the label of a key is object=…, that of a token is token=…",
        _ => {
            "known are token, manufacturer, model, serial, object, id, type, slot-id, \
             slot-manufacturer, slot-description, library-manufacturer, library-description and \
             library-version"
        }
    }
}

/// What values have beside letters, digits and percent-encoding: section 2.3 of the RFC.
const PATH_CHARACTERS: &str = "-._~:[]@!$'()*+,=&";
const QUERY_CHARACTERS: &str = "-._~:[]@!$'()*+,=/?|";
const ENCODE_HINT: &str = "write it as % and two hexadecimal digits: a blank is %20, / is %2F, ; is %3B; and quote the whole \
     URI for the shell";
const PIN_HINT: &str = "name a file that holds the PIN with ?pin-source=FILE";

#[cfg(test)]
mod tests;
