//! `certutil ca`: a new authority.

use std::path::Path;

use crosstrust_issue::{Authority, AuthorityRequest, Bundle, Constraints, Packaging};
use crosstrust_keystore::Password;
use crosstrust_x509::KeyUsageBit;

use super::authority::refused;
use super::key::{days, key_type};
use super::options::{Argument, Options, Spec};
use super::output;
use super::password::{self, PasswordOption};
use super::stop::Stop;
use super::terminal::Terminal;
use super::{Mode, table};
use crate::context::now;

/// The mode.
pub(super) const MODE: Mode = Mode {
    name: "ca",
    about: "generate a new local certificate authority",
    options: &OPTIONS,
    run,
};

const OPTIONS: [Spec; 7] = [
    table::OUT,
    table::PASS,
    table::KEYSIZE,
    table::PEM,
    table::DAYS,
    Spec::new(&["ca-dn"], Argument::Required("DN"), "distinguished name of the new CA"),
    Spec::new(
        &["keyusage"],
        Argument::Required("list"),
        "comma separated key usages of the new CA [keyCertSign,cRLSign]",
    ),
];

fn run(options: &Options, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    terminal.say("Makes a certificate authority: a certificate and the private key that signs.")?;
    terminal.say("Whoever has the key can make certificates that your cluster trusts.\n")?;
    let (request, constraints) = wanted(options, terminal)?;
    let pem = options.has("pem");
    let password = PasswordOption::read(options, "pass")?;
    password.warn_if_long(terminal)?;
    // A bare `--pass` asks now; without one, the password of a key store is asked for last.
    let password = password.for_key("CA Private key", terminal)?;
    let default = if pem { "elastic-stack-ca.zip" } else { "elastic-stack-ca.p12" };
    let path = output::path(options, default, terminal)?;
    output::prepare(&path, terminal)?;
    let packaging = packaging(pem, password, &path, terminal)?;
    let now = now();
    let authority =
        Authority::generate_constrained(&request, &constraints, now).map_err(refused)?;
    let bundle = Bundle::of_authority(&authority, &packaging, now).map_err(refused)?;
    write(&path, bundle, pem)?;
    terminal.say(&format!("Written to {}", path.display()))
}

fn wanted(
    options: &Options,
    terminal: &mut Terminal<'_>,
) -> Result<(AuthorityRequest, Constraints), Stop> {
    let request = AuthorityRequest {
        subject: subject(options)?,
        days: days(options)?,
        key_type: key_type(options, terminal)?,
    };
    let key_usage = key_usage(&options.all("keyusage"))?;
    Ok((request, Constraints { path_len: None, key_usage }))
}

fn packaging(
    pem: bool,
    password: Option<Password>,
    path: &Path,
    terminal: &mut Terminal<'_>,
) -> Result<Packaging, Stop> {
    let password = match password {
        password if pem => return Ok(Packaging::TraditionalPem { password }),
        Some(password) => password::ascii(password)?,
        None => PasswordOption::Absent.for_store(&output::base_name(path), terminal)?,
    };
    Ok(Packaging::Pkcs12 { password })
}

fn write(path: &Path, mut bundle: Bundle, pem: bool) -> Result<(), Stop> {
    if pem {
        bundle.put_below("ca");
        return output::write_archive(path, &bundle);
    }
    let store = bundle.files.first().map(|file| file.contents.as_bytes());
    output::write(path, store.unwrap_or_default())
}

fn subject(options: &Options) -> Result<String, Stop> {
    let given = options.one("ca-dn")?.filter(|dn| !dn.is_empty());
    Ok(given.unwrap_or(Authority::DEFAULT_SUBJECT).to_owned())
}

/// The key usages of comma-separated lists; those of an authority if none is named.
pub(super) fn key_usage(lists: &[&str]) -> Result<Vec<KeyUsageBit>, Stop> {
    let names = lists.iter().flat_map(|list| list.split(',')).map(str::trim);
    let mut bits = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        let bit = KeyUsageBit::ALL.into_iter().find(|bit| bit.name() == name);
        let bit = bit.ok_or_else(|| Stop::other(format!("Unknown keyUsage: {name}")))?;
        if !bits.contains(&bit) {
            bits.push(bit);
        }
    }
    if bits.is_empty() {
        return Ok(Constraints::default().key_usage);
    }
    Ok(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B07 of elasticsearch-certutil's tests.
    #[test]
    fn key_usage_names_are_exact_trimmed_and_may_repeat() {
        use KeyUsageBit::{CrlSign, DigitalSignature, KeyCertSign};

        let default = [KeyCertSign, CrlSign];
        assert_eq!(key_usage(&[]).unwrap(), default);
        assert_eq!(key_usage(&["", " , "]).unwrap(), default);
        let given = ["digitalSignature, cRLSign", "cRLSign"];
        assert_eq!(key_usage(&given).unwrap(), [DigitalSignature, CrlSign]);
        for unknown in ["KeyCertSign", "x"] {
            let stop = key_usage(&[unknown]).unwrap_err();
            assert_eq!(stop.message, format!("Unknown keyUsage: {unknown}"));
        }
        for bit in KeyUsageBit::ALL {
            assert_eq!(key_usage(&[bit.name()]).unwrap(), [bit]);
        }
    }
}
