//! Distinguished names as text.

use crosstrust_x509::{Name, NameError};

pub(crate) fn run(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    if let Ok(name) = Name::parse(text) {
        match Name::parse(&name.to_string()) {
            // The type of a string does not show in text.
            Ok(again) => assert!(again.matches(&name), "`{name}` is read as `{again}`"),
            // Names are read with Java's keywords and shown with those of LDAP, as `title` for `T`.
            Err(error) => assert!(matches!(error, NameError::Keyword { .. }), "`{name}`: {error}"),
        }
        show(&name);
    }
}

/// Prints a name, and reads its bytes again.
pub(crate) fn show(name: &Name) {
    let _ = (name.to_string(), name.common_name(), name.is_empty());
    assert!(name.matches(name), "`{name}` does not match itself");
    assert_eq!(Name::from_der(name.der()).as_ref(), Some(name));
}
