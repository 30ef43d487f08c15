//! Instances as the text of an instances file.

use std::fmt::Write;

use crate::error::Error;
use crate::instance::Instance;
use crosstrust_x509::Name;

/// The text of an instances file that elasticsearch-certutil, and [`super::Manifest::parse`], read
/// as these instances. A subject that has no form in text is an error.
pub(super) fn write(instances: &[Instance]) -> Result<String, Error> {
    if instances.is_empty() {
        return Ok("instances: []\n".to_owned());
    }
    let mut text = "instances:\n".to_owned();
    for instance in instances {
        let name = subject_text(instance)?;
        let ip: Vec<String> = instance.ip.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "  - name: {}", quoted(&name));
        let _ = writeln!(text, "    filename: {}", quoted(&instance.filename));
        for (key, values) in [("ip", &ip), ("dns", &instance.dns), ("cn", &instance.common_names)] {
            if !values.is_empty() {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                let _ = writeln!(text, "    {key}: [{}]", values.join(", "));
            }
        }
    }
    Ok(text)
}

/// The subject: the common name alone where that is all it has, else the whole name.
fn subject_text(instance: &Instance) -> Result<String, Error> {
    let text = instance.subject.to_string();
    let same = |text: &str| Name::parse(text).is_ok_and(|name| name.matches(&instance.subject));
    if let Some(common_name) = instance.subject.common_name()
        && !common_name.contains('=')
        && same(&format!("CN={common_name}"))
    {
        return Ok(common_name.to_owned());
    }
    if same(&text) {
        return Ok(text);
    }
    Err(Error::Unencodable {
        subject: text,
        detail: "an instances file cannot say this subject".to_owned(),
    })
}

/// A YAML scalar in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
