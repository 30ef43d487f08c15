//! What is read of `pkcs11:` URIs, by the examples of RFC 7512, section 3.

use super::*;

#[track_caller]
fn read(text: &str) -> TokenUri {
    TokenUri::parse(text).unwrap()
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = TokenUri::parse(text).unwrap_err();
    assert!(error.what.contains(expected), "{text}: {error:?}");
}

#[test]
fn the_examples_of_the_rfc_are_read() {
    assert_eq!(read("pkcs11:"), TokenUri { shown: "pkcs11:".to_owned(), ..TokenUri::default() });
    let uri = read("pkcs11:object=my-key;type=private?pin-source=file:/etc/token");
    assert_eq!(uri.object.as_deref(), Some("my-key"));
    assert_eq!(uri.pin_source.as_deref(), Some("/etc/token"));
    assert_eq!(uri.shown, "pkcs11:object=my-key;type=private");

    let softtoken = "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;\
        manufacturer=Snake%20Oil,%20Inc.;model=1.0;object=my-key;type=private;\
        id=%69%95%3E%5C%F4%BD%EC%91;serial=?pin-source=file:/etc/token_pin";
    let uri = read(softtoken);
    let token = TokenAttributes {
        label: Some("The Software PKCS#11 Softtoken".to_owned()),
        manufacturer: Some("Snake Oil, Inc.".to_owned()),
        model: Some("1.0".to_owned()),
        serial: Some(String::new()),
    };
    assert_eq!(uri.token, token);
    assert_eq!(uri.id.unwrap(), [0x69, 0x95, 0x3e, 0x5c, 0xf4, 0xbd, 0xec, 0x91]);
    assert_eq!(uri.pin_source.as_deref(), Some("/etc/token_pin"));

    let uri = read("pkcs11:object=my-sign-key;type=private?module-name=mypkcs11");
    assert_eq!(uri.module_name.as_deref(), Some("mypkcs11"));
    let uri = read("pkcs11:object=my-sign-key;type=private?module-path=/mnt/libmypkcs11.so.1");
    assert_eq!(uri.module_path.as_deref(), Some("/mnt/libmypkcs11.so.1"));
    let uri = read("pkcs11:slot-description=Sun%20Metaslot");
    assert_eq!(uri.slot.description.as_deref(), Some("Sun Metaslot"));

    let uri = read(
        "pkcs11:library-manufacturer=Snake%20Oil,%20Inc.;library-description=Soft%20Token%20Library;library-version=1.23",
    );
    let library = LibraryAttributes {
        manufacturer: Some("Snake Oil, Inc.".to_owned()),
        description: Some("Soft Token Library".to_owned()),
        version: Some((1, 23)),
    };
    assert_eq!(uri.library, library);
    let uri = read("pkcs11:token=A%20name%20with%20a%20substring%20%25%3B;object=my-key");
    assert_eq!(uri.token.label.as_deref(), Some("A name with a substring %;"));
    let uri = read("pkcs11:token=Name%20with%20a%20small%20A%20with%20acute:%20%C3%A1");
    assert_eq!(uri.token.label.as_deref(), Some("Name with a small A with acute: á"));
}

#[test]
fn the_examples_of_the_rfc_that_name_no_private_key_or_hold_the_pin_are_refused() {
    refused("pkcs11:object=my-pubkey;type=public", "only a private key signs");
    refused("pkcs11:object=my-certificate;type=cert", "only a private key signs");
    let pin = "pkcs11:token=Software%20PKCS%2311%20softtoken;manufacturer=Snake%20Oil,%20Inc.?pin-value=the-pin";
    refused(pin, "`pin-value`");
    // With & for ?, it would be part of the label, and shown.
    refused("pkcs11:token=ca;object=root&pin-value=1234", "`pin-value`");
    refused("pkcs11:object=root?module-path=/x?pin-value=1234", "`pin-value`");
    refused("pkcs11:object=root&pin-source=pin", "an attribute stands behind a &");
    assert!(!format!("{:?}", TokenUri::parse(pin)).contains("the-pin"));
}

#[test]
fn what_vendors_add_is_refused_in_the_path_and_told_in_the_query() {
    refused("pkcs11:token=my-token;object=k;vendor-aaa=value-a", "`vendor-aaa`");
    let uri = read("pkcs11:token=t?pin-source=file:/etc/token_pin&vendor-bbb=value-b");
    assert_eq!(uri.ignored, ["vendor-bbb"]);
}

#[test]
fn what_the_grammar_does_not_have_is_refused() {
    refused("pkcs12:object=a", "does not begin");
    refused("pkcs11:object", "no `=`");
    refused("pkcs11:object=a;", "no `=`");
    refused("pkcs11:;object=a", "no `=`");
    refused("pkcs11:=a", "the name of an attribute");
    refused("pkcs11:object=a;object=b", "`object` twice");
    refused("pkcs11:object=a?module-path=a&module-path=b", "`module-path` twice");
    refused("pkcs11:object=a b", "a character");
    refused("pkcs11:object=a/b", "a character");
    refused("pkcs11:object=é", "a character");
    refused("pkcs11:object=a?module-path=/a;b", "a character");
    refused("pkcs11:object=%4", "hexadecimal");
    refused("pkcs11:object=%+4", "hexadecimal");
    refused("pkcs11:object=%é", "hexadecimal");
    refused("pkcs11:object=%FF", "not UTF-8");
    refused("pkcs11:slot-id=0x1", "not a number");
    refused("pkcs11:slot-id=+1", "not a number");
    refused("pkcs11:slot-id=", "not a number");
    refused("pkcs11:library-version=1.256", "not a version");
    refused("pkcs11:Token=a", "`Token`");
    refused("pkcs11:object=a;pin-source=/b", "`pin-source`");
}

#[test]
fn the_scheme_is_read_in_any_case_and_a_path_may_hold_what_only_separates_elsewhere() {
    let uri = read("PKCS11:object=a&b=c;slot-id=00?module-path=/a?b|c");
    assert_eq!(uri.object.as_deref(), Some("a&b=c"));
    assert_eq!(uri.slot.id, Some(0));
    assert_eq!(uri.module_path.as_deref(), Some("/a?b|c"));
}

#[test]
fn the_pin_comes_from_a_file() {
    #[track_caller]
    fn check(source: &str, expected: Result<&str, &str>) {
        let found = TokenUri::parse(&format!("pkcs11:?pin-source={source}"));
        match expected {
            Ok(path) => assert_eq!(found.unwrap().pin_source.as_deref(), Some(path), "{source}"),
            Err(what) => assert!(found.unwrap_err().what.contains(what), "{source}"),
        }
    }

    check("/run/pin", Ok("/run/pin"));
    check("pin.txt", Ok("pin.txt"));
    check("a/b:c", Ok("a/b:c"));
    check("file:/run/my%20pin", Ok("/run/my pin"));
    check("file:///run/pin", Ok("/run/pin"));
    check("FILE://localhost/run/pin", Ok("/run/pin"));
    check("file:pin", Ok("pin"));
    check("file://host/run/pin", Err("another host"));
    check("file:", Err("another host, or none"));
    check("|cat%20/run/pin", Err("a command"));
    check("%7Ccat", Err("a command"));
    check("https://host/pin", Err("no file"));
    check("", Err("empty"));
}

/// Whatever is cut off or put in: it is read or refused, and a PIN is never repeated.
#[test]
fn damaged_uris_are_read_or_refused() {
    let whole = "pkcs11:token=t%20%C3%A1;id=%01;slot-id=1;library-version=1.2?module-path=/a&pin-source=file:///p";
    for (end, _) in whole.char_indices() {
        let (head, tail) = whole.split_at(end);
        let _ = TokenUri::parse(head);
        let _ = TokenUri::parse(tail);
        for put in ["%", "%2", ";", "&", "?", "=", "é", " ", "\0", "file:", "|"] {
            let _ = TokenUri::parse(&format!("{head}{put}{tail}"));
        }
        let read = TokenUri::parse(&format!("{head};pin-value=5678{tail}"));
        assert!(!format!("{:?}", read.err()).contains("5678"), "{head}");
    }
}
