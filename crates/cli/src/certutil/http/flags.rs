//! The http mode from options alone, which the original does not have: nothing is asked but
//! passwords that are not given.

use crosstrust_issue::{Instance, InstanceText, Period, Purpose};

use super::authority::{self, Source};
use super::plan::{self, DEFAULT_VALIDITY, NewAuthority, Node, Plan, Signing};
use crate::certutil::authority::refused;
use crate::certutil::instances::from_file;
use crate::certutil::key::key_type;
use crate::certutil::options::Options;
use crate::certutil::output;
use crate::certutil::password::PasswordOption;
use crate::certutil::stop::{Status, Stop};
use crate::certutil::terminal::Terminal;

/// Whether options say what is to be made, so that there is no dialogue.
pub(super) fn are_given(options: &Options) -> bool {
    SAY_WHAT.iter().any(|name| options.has(name))
}

/// The plan that options describe.
pub(super) fn plan(options: &Options, terminal: &mut Terminal<'_>) -> Result<Plan, Stop> {
    let validity = period(options, "validity")?;
    let signing = signing(options, terminal)?;
    let nodes = nodes(options, terminal)?;
    let path = output::path(options, super::DEFAULT_OUTPUT, terminal)?;
    output::prepare_unasked(&path)?;
    let password = PasswordOption::read(options, "pass")?;
    password.warn_if_long(terminal)?;
    let password = match signing {
        Signing::Request => password.for_key("the private key", terminal)?,
        _ => Some(password.for_store("http.p12", terminal)?),
    };
    let password = password.unwrap_or_else(crosstrust_keystore::Password::empty);
    Ok(Plan { signing, validity, nodes, password, output: path })
}

fn signing(options: &Options, terminal: &mut Terminal<'_>) -> Result<Signing, Stop> {
    if options.has("csr") {
        return Ok(Signing::Request);
    }
    let password = PasswordOption::read(options, "ca-pass")?;
    if let Some(path) = options.one("ca")? {
        let source = match options.one("ca-key")? {
            Some(key) => Source::Files { certificate: path.to_owned(), key: key.to_owned() },
            None => Source::Store { path: path.to_owned() },
        };
        return authority::open(&source, &password, terminal)
            .map(|authority| Signing::Existing(Box::new(authority)));
    }
    let mut request = NewAuthority::new(key_type(options, terminal)?);
    request.validity = period(options, "ca-validity")?;
    if let Some(dn) = options.one("ca-dn")? {
        dn.clone_into(&mut request.subject);
    }
    let password = password.for_store("ca.p12", terminal)?;
    Ok(Signing::New { request, password })
}

fn period(options: &Options, name: &str) -> Result<Period, Stop> {
    let Some(text) = options.one(name)? else { return Ok(DEFAULT_VALIDITY) };
    let period = Period::parse(text).map_err(refused)?;
    if period.is_zero() {
        return Err(refused(crosstrust_issue::Error::NoDays));
    }
    Ok(period)
}

/// A node for each instance of a file, or the one that options describe.
fn nodes(options: &Options, terminal: &mut Terminal<'_>) -> Result<Vec<Node>, Stop> {
    let key_type = key_type(options, terminal)?;
    let instances = match options.one("in")? {
        Some(path) => from_file(path, terminal)?,
        None => vec![single(options)?],
    };
    if instances.is_empty() {
        return Err(Stop::new(Status::Config, "the instances file lists no instance"));
    }
    let key_usage = Purpose::http_server().key_usage;
    let node = |instance| Node { instance, key_type, key_usage: key_usage.clone() };
    Ok(instances.into_iter().map(node).collect())
}

fn single(options: &Options) -> Result<Instance, Stop> {
    let dns = options.list("dns");
    let name = match options.one("name")? {
        Some(name) => name.to_owned(),
        None => plan::default_name(&dns),
    };
    let text = InstanceText { name, dns, ip: options.list("ip"), ..InstanceText::default() };
    let wrong = |problem: String| Stop::new(Status::Config, format!("{}: {problem}", text.name));
    let mut instance = Instance::from_text(&text).map_err(|error| wrong(error.to_string()))?;
    if !text.name.contains('=') {
        instance.subject = plan::subject(&text.name).map_err(|error| wrong(error.to_string()))?;
    }
    Ok(instance)
}

const SAY_WHAT: [&str; 9] =
    ["csr", "ca", "ca-dn", "ca-validity", "validity", "in", "name", "dns", "ip"];
