//! The types of key stores that Java knows by name, and the formats that it reads as each.

use std::fmt;

use crate::open::Format;

/// A type of key store, as `keystore.type` and `truststore.type` name it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StoreType {
    /// `CaseExactJKS`: JKS alone.
    CaseExactJks,
    /// `jks`, `pkcs12` or `dks`: Java looks at the file, and reads it as JKS or PKCS#12. Elasticsearch
    /// takes one of the first two by the name of the file where the settings name none.
    Dual,
    /// `jceks`: JCEKS, and JKS.
    Jceks,
}

impl StoreType {
    /// The type of a name in whatever case, if Java 17 to 25 has such.
    pub fn of(name: &str) -> Option<Self> {
        let row = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        row.map(|(_, store_type)| *store_type)
    }

    /// Whether a key store of a format is read as this type.
    pub fn takes(self, format: Format) -> bool {
        match self {
            Self::CaseExactJks => format == Format::Jks,
            Self::Dual => matches!(format, Format::Jks | Format::Pkcs12),
            Self::Jceks => matches!(format, Format::Jceks | Format::Jks),
        }
    }
}

impl fmt::Display for StoreType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::CaseExactJks => "CaseExactJKS",
            Self::Dual => "JKS or PKCS#12",
            Self::Jceks => "JCEKS",
        })
    }
}

/// What `KeyStore.getInstance` takes on a JDK without further providers.
const NAMES: [(&str, StoreType); 5] = [
    ("caseexactjks", StoreType::CaseExactJks),
    ("dks", StoreType::Dual),
    ("jceks", StoreType::Jceks),
    ("jks", StoreType::Dual),
    ("pkcs12", StoreType::Dual),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// As Elasticsearch 8.19 and 9.5 answer on Java 17 and 25, each name with a file of each format.
    #[test]
    fn a_type_takes_the_formats_that_java_reads_as_it() {
        let formats = [Format::Pkcs12, Format::Jks, Format::Jceks];
        let check = |name: &str, expected: Option<[bool; 3]>| {
            let found = StoreType::of(name).map(|one| formats.map(|format| one.takes(format)));
            assert_eq!(found, expected, "{name}");
        };
        for name in ["jks", "JKS", "pkcs12", "Pkcs12", "DKS"] {
            check(name, Some([true, true, false]));
        }
        check("jceks", Some([false, true, true]));
        check("JCEKS", Some([false, true, true]));
        check("caseexactjks", Some([false, true, false]));
        for name in ["PFX", "P12", "PKCS11", "PEM", "BCFKS", "KeychainStore", " pkcs12", ""] {
            check(name, None);
        }
    }
}
