//! The http mode as a dialogue, in the original's order of questions.

use crosstrust_issue::Period;
use crosstrust_keystore::{KeyType, Password};

use super::authority;
use super::nodes::ask_nodes;
use super::plan::{DEFAULT_VALIDITY, NewAuthority, Plan, Signing};
use super::questions::{CHANGE, ask_key_size, ask_key_usage, ask_name, bits, names};
use crate::certutil::key::key_type;
use crate::certutil::options::Options;
use crate::certutil::output;
use crate::certutil::password::{PasswordOption, keep};
use crate::certutil::stop::Stop;
use crate::certutil::terminal::Terminal;

/// Asks what is to be made.
pub(super) fn plan(options: &Options, terminal: &mut Terminal<'_>) -> Result<Plan, Stop> {
    let key_type = key_type(options, terminal)?;
    let signing = ask_signing(key_type, terminal)?;
    let validity = if let Signing::Request = signing {
        DEFAULT_VALIDITY
    } else {
        let question = "For how long should your certificate be valid?";
        ask_period(question, DEFAULT_VALIDITY, SHORT_CERTIFICATE, terminal)?
    };
    let nodes = ask_nodes(key_type, terminal)?;
    let password = match PasswordOption::read(options, "pass")? {
        PasswordOption::Given(typed) => typed.password,
        _ => ask_password(&signing, terminal)?,
    };
    let question = format!(
        "What filename should be used for the output zip file? [{}] ",
        super::DEFAULT_OUTPUT
    );
    let typed = match options.one("out")? {
        Some(path) => path.to_owned(),
        None => terminal.ask_or(&question, super::DEFAULT_OUTPUT)?,
    };
    let path = std::path::absolute(typed).map_err(Stop::other)?;
    output::prepare_unasked(&path)?;
    Ok(Plan { signing, validity, nodes, password, output: path })
}

fn ask_signing(key_type: KeyType, terminal: &mut Terminal<'_>) -> Result<Signing, Stop> {
    terminal.say("## Certificate or signing request?\n")?;
    terminal
        .say("If your organisation has its own CA, make a request (CSR) and send it there.\n")?;
    if terminal.ask_yes_no("Generate a CSR?", false)? {
        return Ok(Signing::Request);
    }
    terminal.say("\n## Which CA?\n")?;
    if terminal.ask_yes_no("Use an existing CA?", false)? {
        let source = authority::ask(terminal)?;
        let authority = authority::open(&source, &PasswordOption::Absent, terminal)?;
        return Ok(Signing::Existing(Box::new(authority)));
    }
    let request = ask_authority(key_type, terminal)?;
    let password = ask_new_password("CA password:", true, terminal)?;
    Ok(Signing::New { request, password })
}

/// Shows what a new authority is to be until nothing of it is to be changed.
fn ask_authority(key_type: KeyType, terminal: &mut Terminal<'_>) -> Result<NewAuthority, Stop> {
    let mut new = NewAuthority::new(key_type);
    loop {
        terminal.say(&format!(
            "\nA new CA will be made:\n\nSubject DN: {}\nValidity: {}\nKey Size: {}\nKey Usage: {}\n",
            new.subject,
            new.validity,
            bits(new.key_type),
            names(&new.constraints.key_usage),
        ))?;
        if !terminal.ask_yes_no(CHANGE, false)? {
            return Ok(new);
        }
        new.subject = ask_name("CA Name", &new.subject, terminal)?.to_string();
        new.validity = ask_period("CA Validity", new.validity, SHORT_AUTHORITY, terminal)?;
        new.key_type = ask_key_size(new.key_type, terminal)?;
        new.constraints.key_usage = ask_key_usage(&new.constraints.key_usage, terminal)?;
    }
}

/// Asks for a period; whether a short one is meant is asked as well.
fn ask_period(
    prompt: &str,
    current: Period,
    short: u64,
    terminal: &mut Terminal<'_>,
) -> Result<Period, Stop> {
    loop {
        let answer = terminal.ask_or(&format!("{prompt} [{current}] "), &current.to_string())?;
        let period = match Period::parse(&answer) {
            Ok(period) if !period.is_zero() => period,
            Ok(_) => {
                terminal.complain("Error: the period is no time at all");
                continue;
            }
            Err(error) => {
                terminal.complain(&format!("Error: {error}"));
                continue;
            }
        };
        if period.approximate_days() >= short {
            return Ok(period);
        }
        terminal.say_always(&format!("{period} is shorter than {short} days."))?;
        if terminal.ask_yes_no("Are you sure?", false)? {
            return Ok(period);
        }
    }
}

fn ask_password(signing: &Signing, terminal: &mut Terminal<'_>) -> Result<Password, Stop> {
    match signing {
        Signing::Request => {
            ask_new_password("Provide a password for the private key:", false, terminal)
        }
        _ => ask_new_password("Provide a password for the \"http.p12\" file:", true, terminal),
    }
}

/// Asks for a password twice, until both are the same and it can be used.
fn ask_new_password(
    prompt: &str,
    ascii: bool,
    terminal: &mut Terminal<'_>,
) -> Result<Password, Stop> {
    loop {
        let first = terminal.ask_secret(&format!("{prompt}  [<ENTER> for none]"))?;
        if first.length == 0 {
            return Ok(first.password);
        }
        if ascii && !first.password.is_ascii() {
            terminal.complain("Passwords must be plain ASCII");
            continue;
        }
        let second = terminal.ask_secret("Repeat password to confirm: ")?;
        if !first.password.is_same_as(&second.password) {
            terminal.complain("Passwords do not match");
            continue;
        }
        if keep(&first, terminal)? {
            return Ok(first.password);
        }
    }
}

/// Days.
const SHORT_AUTHORITY: u64 = 90;
/// Days.
const SHORT_CERTIFICATE: u64 = 60;
