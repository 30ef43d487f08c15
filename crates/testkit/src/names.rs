//! Certificates with given names, by OpenSSL.

use std::path::PathBuf;

use crate::{Folder, tool};

/// Makes `STEM.crt` and `STEM.key` in the folder: self-signed, with names such as
/// `CN:a DNS:b IP:192.0.2.1 OTHER:c`. Gives the path of the certificate; nothing if OpenSSL is not there.
#[track_caller]
pub fn certificate_of_names(folder: &Folder, names: &str, stem: &str) -> Option<PathBuf> {
    let openssl = tool("openssl")?;
    // Java loads no certificate without an issuer.
    let mut subject = "/O=Example".to_owned();
    let mut section = "[req]\ndistinguished_name=dn\n[dn]\n[ext]\n".to_owned();
    let mut alternatives = String::new();
    for (number, name) in names.split(' ').enumerate() {
        let Some((form, value)) = name.split_once(':') else { panic!("`{name}` has no form") };
        match form {
            "CN" => subject = format!("/CN={value}"),
            "OTHER" => alternatives += &format!("otherName.{number}=2.5.4.3;UTF8:{value}\n"),
            _ => alternatives += &format!("{form}.{number}={value}\n"),
        }
    }
    if !alternatives.is_empty() {
        section += &format!("subjectAltName=@names\n[names]\n{alternatives}");
    }
    folder.write("names.cnf", section);
    let [certificate, key] = ["crt", "key"].map(|suffix| folder.join(&format!("{stem}.{suffix}")));
    let arguments =
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let more = ["-config", "names.cnf", "-extensions", "ext", "-days", "30", "-subj", &subject];
    let run = openssl.with(arguments).args(more);
    run.arg("-keyout")
        .arg(key)
        .arg("-out")
        .arg(&certificate)
        .folder(folder.path())
        .run()
        .succeeds();
    Some(certificate)
}
