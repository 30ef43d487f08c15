//! `certutil csr`: requests for somebody else's authority.

use std::collections::BTreeMap;

use crosstrust_issue::{Bundle, KeyFile, Purpose, package_request, request_all};

use super::authority::refused;
use super::instances;
use super::key::key_type;
use super::options::{Options, Spec};
use super::output;
use super::password::PasswordOption;
use super::stop::Stop;
use super::terminal::Terminal;
use super::{Mode, table};

/// The mode.
pub(super) const MODE: Mode =
    Mode { name: "csr", about: "generate certificate signing requests", options: &OPTIONS, run };

const OPTIONS: [Spec; 9] = [
    table::OUT,
    table::PASS,
    table::KEYSIZE,
    table::MULTIPLE,
    table::NAME,
    table::DNS,
    table::IP,
    table::CN,
    table::IN,
];

fn run(options: &Options, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    terminal.say("Makes private keys and certificate signing requests, in a zip file.")?;
    terminal.say("Send the .csr files to your CA, and keep the .key files to yourself.\n")?;
    let key_type = key_type(options, terminal)?;
    let password = PasswordOption::read(options, "pass")?;
    let path = output::path(options, "csr-bundle.zip", terminal)?;
    let instances = instances::collect(options, terminal)?;
    output::prepare_unasked(&path)?;
    if !instances.is_empty() {
        password.warn_if_long(terminal)?;
    }
    let mut keys = BTreeMap::new();
    for instance in &instances {
        let filename = &instance.filename;
        let typed = password.for_key(&format!("{filename}/{filename}.key"), terminal)?;
        keys.insert(filename.clone(), KeyFile::Traditional(typed));
    }
    let progress = terminal.progress("requests", instances.len());
    let made = request_all(&instances, key_type, &Purpose::default(), |requested| {
        let plain = KeyFile::Traditional(None);
        let key = keys.get(&requested.instance.filename).unwrap_or(&plain);
        let bundle = package_request(requested, key);
        progress.tick();
        bundle
    });
    drop(progress);
    let files = made.map_err(refused)?.into_iter().flat_map(|bundle| bundle.files).collect();
    output::write_archive(&path, &Bundle { files })?;
    terminal.say(&format!("Written to {}", path.display()))
}
