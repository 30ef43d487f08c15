//! What is said where a key in a token is not the one that is meant.

use crosstrust_testkit::tool;

use super::soft_token::SoftToken;

#[test]
fn what_is_missing_or_ambiguous_is_told_with_what_is_there() {
    let Some(token) = SoftToken::new() else { return };
    token.make("root", "01", "EC:prime256v1", &[]);
    token.make("twin", "02", "EC:prime256v1", &[]);
    token.make("twin", "03", "rsa:2048", &[]);
    token.run(&["ca", "--key", &token.uri("root")]).succeeds();
    let uri = token.uri("root");
    let (_, query) = uri.split_once('?').unwrap();
    let check = |path: &str, query: &str, expected: &[&str]| {
        let uri = format!("pkcs11:{path}?{query}");
        let line = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", &uri, "--name", "n"];
        let told = token.run(&line).exits_with(2).messages();
        for words in expected {
            assert!(told.replace('\n', " ").contains(words), "{path}: {words}: {told}");
        }
        assert!(!token.folder.join("certificates").exists());
    };
    let there = ["`object=root;id=%01` (EC)", "`object=twin;id=%03` (RSA)"];
    check("token=ca;object=rooot", query, &there);
    check("token=ca;object=twin", query, &["several private keys", "object=twin;id=%02", "id=%03"]);
    check("token=ca;object=twin;id=%02", query, &["is not that of the certificate"]);
    check("token=ca;object=twin;id=%03", query, &["rsa-2048", "is not that of the certificate"]);
    check("token=cas;object=root", query, &["no token is like that; there is `ca` (serial "]);
    check("slot-id=99999;object=root", query, &["no token is like that"]);
    check(
        "object=root;library-manufacturer=Snake%20Oil",
        query,
        &["which is not what the URI asks for"],
    );
    check("token=ca;type=public", query, &["only a private key signs"]);
    check(
        "token=ca;object=root",
        "module-path=/no/such.so",
        &["there is no module", "PKCS11_MODULE_PATH"],
    );
    let no_module = format!("module-path={}", token.folder.join("pin").display());
    check("token=ca;object=root", &no_module, &["cannot be loaded"]);
    check("token=ca;object=root", "module-name=no-such-module", &["no module `no-such-module`"]);

    let leaf = ["cert", "--ca-cert", "ca/ca.crt", "--ca-key", &uri, "--name", "n", "--pem"];
    token.run(&[&leaf[..], &["--out", "leaf"]].concat()).succeeds();
    let by_leaf =
        ["cert", "--ca-cert", "leaf/n/n.crt", "--ca-key", "pkcs11:object=no", "--name", "n"];
    let told = token.run(&by_leaf).exits_with(2).messages();
    assert!(told.contains("error: leaf/n/n.crt: `CN=n` is not a CA"), "{told}");

    token.initialize(&tool("softhsm2-util").unwrap(), "ca");
    check("token=ca;object=root", query, &["several tokens are like that", "add serial="]);
}

#[test]
fn a_key_that_is_there_is_not_made_again() {
    let Some(token) = SoftToken::new() else { return };
    let uri = token.uri("root");
    let missing = token.run(&["ca", "--key", &uri]).exits_with(2).messages();
    assert!(missing.contains("the token has no private key"), "{missing}");
    let make = ["ca", "--key", &uri, "--generate", "--key-type", "ec-p384"];
    token.run(&make).succeeds();
    token.run(&make).exits_with(2);
    let again = token.run(&[&make[..], &["--out", "other"]].concat()).exits_with(2).messages();
    assert!(again.contains("there is such a key: `object=root;id="), "{again}");
    assert!(again.contains("leave --generate out"), "{again}");
    token.run(&["ca", "--key", &uri, "--out", "other"]).succeeds();
    assert!(!token.folder.join("other/ca.key").exists());

    for (line, expected) in [
        (&["ca", "--key", "ca.key"][..], "names no key in a token"),
        (&["ca", "--key", &uri, "--key-type", "ec-p256"], "--key-type says what is made"),
        (&["ca", "--key", &uri, "--out", "ca.p12"], "this one stays in its token"),
    ] {
        let told = token.run(line).exits_with(2).messages();
        assert!(told.contains(expected), "{line:?}: {told}");
    }
}
