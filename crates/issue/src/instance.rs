//! Who gets a certificate: the subject, the file name and the subject alternative names.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crosstrust_x509::Name;

use crate::error::{Error, InstanceError, InstanceProblem};

/// An instance as a person writes it, before anything is checked.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct InstanceText {
    /// The name: a distinguished name if it holds a `=`, else the common name.
    pub name: String,
    /// The base of file names; the name if left out.
    pub filename: Option<String>,
    /// Addresses, for iPAddress names.
    pub ip: Vec<String>,
    /// DNS names, for dNSName names.
    pub dns: Vec<String>,
    /// Names for the otherName that trust restrictions compare.
    pub cn: Vec<String>,
}

/// An instance that a certificate can be made for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Instance {
    /// The name as written; the alias of its key store entry.
    pub name: String,
    /// The base of its file names, without folder and extension.
    pub filename: String,
    /// The subject.
    pub subject: Name,
    /// Addresses, in the order given, without duplicates.
    pub ip: Vec<IpAddr>,
    /// DNS names, in the order given, without duplicates.
    pub dns: Vec<String>,
    /// otherName common names, in the order given, without duplicates.
    pub common_names: Vec<String>,
}

impl Instance {
    /// Checks all details, and reports all that is wrong with them.
    pub fn from_text(text: &InstanceText) -> Result<Self, InstanceError> {
        let mut problems = Vec::new();
        let subject = subject(&text.name).map_err(|problem| problems.push(problem)).ok();
        if text.name.eq_ignore_ascii_case("ca") {
            problems.push(InstanceProblem::ReservedName { name: text.name.clone() });
        }
        let filename = text.filename.clone().unwrap_or_else(|| text.name.clone());
        if !Self::is_filename(&filename) {
            problems.push(InstanceProblem::Filename { filename: filename.clone() });
        }
        let ip = collect(&text.ip, &mut problems, Self::parse_ip);
        let dns = collect(&text.dns, &mut problems, Self::parse_dns);
        let common_names = collect(&text.cn, &mut problems, |cn| Ok(cn.to_owned()));
        match subject {
            Some(subject) if problems.is_empty() => {
                Ok(Self { name: text.name.clone(), filename, subject, ip, dns, common_names })
            }
            _ => Err(InstanceError { problems }),
        }
    }

    /// Reads an address: four decimal octets without leading zeros, or IPv6 without a scope.
    pub fn parse_ip(text: &str) -> Result<IpAddr, InstanceProblem> {
        let v4 = text.parse::<Ipv4Addr>().map(IpAddr::from);
        v4.or_else(|_| text.parse::<Ipv6Addr>().map(IpAddr::from))
            .map_err(|_| InstanceProblem::Ip { ip: text.to_owned() })
    }

    /// Reads a DNS name, of which elasticsearch-certutil asks only that it is ASCII.
    pub fn parse_dns(text: &str) -> Result<String, InstanceProblem> {
        let ascii = text.is_ascii().then(|| text.to_owned());
        ascii.ok_or_else(|| InstanceProblem::Dns { dns: text.to_owned() })
    }

    /// Whether text can be the base of a file name by elasticsearch-certutil's rule: what all
    /// common file systems take, with room for an extension.
    pub fn is_filename(text: &str) -> bool {
        (1..=251).contains(&text.len())
            && !text.starts_with('.')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || FILENAME_PUNCTUATION.contains(c))
    }

    /// Refuses instances that would be written to one file.
    pub fn check_filenames(instances: &[Self]) -> Result<(), Error> {
        let mut seen = Filenames::default();
        for Self { name, filename, .. } in instances {
            if let Some(first) = seen.take(filename, name) {
                let (second, filename) = (name.clone(), filename.clone());
                return Err(Error::DuplicateFilename { first: first.clone(), second, filename });
            }
        }
        Ok(())
    }
}

/// The file names that are taken, and by whom. Upper and lower case are one on some file systems.
pub(crate) struct Filenames<T>(BTreeMap<String, T>);

impl<T> Default for Filenames<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Filenames<T> {
    /// Takes a file name, and gives who has it already.
    pub(crate) fn take(&mut self, filename: &str, owner: T) -> Option<T> {
        self.0.insert(filename.to_lowercase(), owner)
    }
}

/// The subject that a name stands for: parsed if it holds a `=`, else `CN=` and the name.
pub(crate) fn subject(name: &str) -> Result<Name, InstanceProblem> {
    let text = if name.contains('=') { name.to_owned() } else { format!("CN={name}") };
    Name::parse(&text)
        .map_err(|source| InstanceProblem::DistinguishedName { name: name.to_owned(), source })
}

/// Reads each text, drops duplicates, and collects what is wrong.
fn collect<T: PartialEq>(
    texts: &[String],
    problems: &mut Vec<InstanceProblem>,
    read: impl Fn(&str) -> Result<T, InstanceProblem>,
) -> Vec<T> {
    let mut values = Vec::new();
    for text in texts {
        match read(text) {
            Ok(value) if values.contains(&value) => {}
            Ok(value) => values.push(value),
            Err(problem) => problems.push(problem),
        }
    }
    values
}

const FILENAME_PUNCTUATION: &str = "!@#$%^&{}[]()_+-=,.~'` ";

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> InstanceText {
        InstanceText { name: name.to_owned(), ..InstanceText::default() }
    }

    fn problems(text: &InstanceText) -> Vec<String> {
        let problems =
            Instance::from_text(text).err().map_or_else(Vec::new, |error| error.problems);
        problems.iter().map(ToString::to_string).collect()
    }

    /// A27, A28 and A30: what a name is turned into. There is no null here: an instance without a
    /// name is told of by the manifest.
    #[test]
    fn a_name_becomes_common_name_and_file_name() {
        let instance = Instance::from_text(&text("my instance")).unwrap();
        assert_eq!(instance.subject.to_string(), "CN=my instance");
        assert_eq!(instance.filename, "my instance");
        let instance = Instance::from_text(&text("CN=a,OU=b")).unwrap();
        assert_eq!(instance.subject.to_string(), "CN=a,OU=b");
        assert_eq!(instance.filename, "CN=a,OU=b");
    }

    /// Section 1.8: what may be a file name, character by character.
    #[test]
    fn file_names_are_what_every_file_system_takes() {
        for good in ["a..b", " ", "-", "CN=a,OU=b", "a.p12", &"x".repeat(251)] {
            assert!(Instance::is_filename(good), "{good}");
        }
        for character in (0..=0xff_u8).map(char::from) {
            let allowed =
                character.is_ascii_alphanumeric() || "!@#$%^&{}[]()_+-=,.~'` ".contains(character);
            let name = format!("a{character}b");
            assert_eq!(Instance::is_filename(&name), allowed, "{name:?}");
        }
        for bad in ["", ".", "..", ".x", "../up", "a/../b", "日本", &"x".repeat(252)] {
            assert!(!Instance::is_filename(bad), "{bad}");
        }
    }

    /// A29, A31 and A32, and section 1.8 for names.
    #[test]
    fn bad_names_are_refused() {
        #[track_caller]
        fn check(name: &str, expected: &[&str]) {
            let found = problems(&text(name));
            assert_eq!(found.len(), expected.len(), "{name}: {found:?}");
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.contains(expected), "{name}: {found}");
            }
        }

        check(&"x".repeat(252), &["valid filename"]);
        check("", &["valid filename"]);
        check("<>|<>*|?\"\\", &["valid DN", "valid filename"]);
        check("*.mydomain.com", &["valid filename"]);
        check(".mydomain.com", &["valid filename"]);
        check("../up", &["valid filename"]);
        check("THIS=not a,valid DN", &["valid DN"]);
        check("a+b", &["valid DN"]);
        check("ca", &["kept for the CA"]);
        // With this one the original writes nothing, and ends with a stack trace.
        check("CA", &["kept for the CA"]);
        let mut filename = text("n");
        filename.filename = Some("ca".to_owned());
        assert_eq!(problems(&filename), Vec::<String>::new());
        check("node ü", &["valid filename"]);
    }

    /// Section 2.2, addresses; DNS names are only asked to be ASCII, and `cn` nothing at all.
    #[test]
    fn addresses_are_textual_and_without_scope() {
        let addresses = ["10.0.0.1", "::1", "::ffff:10.0.0.1", "10.0.0.1"].map(str::to_owned);
        let mut good = text("n");
        good.ip = addresses.to_vec();
        assert_eq!(Instance::from_text(&good).unwrap().ip.len(), 3);
        for bad in ["10.0.0.01", "10.0.0.0/8", "fe80::1%eth0", " 10.0.0.1", "localhost", ""] {
            let mut with_bad = text("n");
            with_bad.ip = vec![bad.to_owned()];
            assert_eq!(problems(&with_bad), [format!("`{bad}` is not a valid IP address")]);
        }
        let mut names = text("n");
        names.dns = ["", "a b", "*.x", "_a"].map(str::to_owned).to_vec();
        names.cn = ["", "ünode", "日本"].map(str::to_owned).to_vec();
        let names = Instance::from_text(&names).unwrap();
        assert_eq!((names.dns.len(), names.common_names.len()), (4, 3));
    }

    #[test]
    fn files_of_two_instances_may_not_collide() {
        let instances = ["node", "Node"].map(|name| Instance::from_text(&text(name)).unwrap());
        let expected = Error::DuplicateFilename {
            first: "node".to_owned(),
            second: "Node".to_owned(),
            filename: "Node".to_owned(),
        };
        assert_eq!(Instance::check_filenames(&instances), Err(expected));
    }
}
