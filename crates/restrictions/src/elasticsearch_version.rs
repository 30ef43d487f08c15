//! Versions of Elasticsearch, for what changed between them.

use std::str::FromStr;

/// A version of Elasticsearch from 7 to 9, as exactly as it is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ElasticsearchVersion {
    major: u32,
    minor: Option<u32>,
    patch: Option<u32>,
}

impl ElasticsearchVersion {
    /// The newest that is known.
    pub const NEWEST: Self = Self { major: 9, minor: None, patch: None };

    /// The first number.
    pub fn major(self) -> u32 {
        self.major
    }

    /// Whether the setting `trust_restrictions.x509_fields` exists: since 8.5.3 and 7.17.8.
    ///
    /// Where too little of the version is told, yes.
    pub fn knows_x509_fields(self) -> bool {
        let (minor, patch) = match self.major {
            7 => (17, 8),
            8 => (5, 3),
            _ => return true,
        };
        let told = (self.minor.unwrap_or(minor), self.patch.unwrap_or(patch));
        // The last numbers count only within the same minor version.
        told.0 > minor || (told.0 == minor && told.1 >= patch)
    }
}

/// A text that is not a version from 7 to 9.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("versions from 7 to 9 are known, such as 7.17, 8.19.0 or 9")]
pub struct UnknownVersion;

/// `8`, `8.17` or `8.17.2`, whatever follows a dash left aside.
impl FromStr for ElasticsearchVersion {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let release = text.split('-').next().unwrap_or(text);
        let numbers = release.split('.').map(str::parse::<u32>);
        let numbers: Vec<u32> = numbers.collect::<Result<_, _>>().map_err(|_| UnknownVersion)?;
        match *numbers.as_slice() {
            [major @ 7..=9, ref rest @ ..] if rest.len() < 3 => {
                Ok(Self { major, minor: rest.first().copied(), patch: rest.get(1).copied() })
            }
            _ => Err(UnknownVersion),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ElasticsearchVersion;

    #[test]
    fn the_setting_of_fields_came_with_8_5_3_and_7_17_8() {
        #[track_caller]
        fn check(text: &str, expected: Option<bool>) {
            let version = text.parse::<ElasticsearchVersion>().ok();
            assert_eq!(version.map(ElasticsearchVersion::knows_x509_fields), expected, "{text}");
        }

        check("7", Some(true));
        check("7.16.3", Some(false));
        check("7.17", Some(true));
        check("7.17.7", Some(false));
        check("7.17.8", Some(true));
        check("8.4.3", Some(false));
        check("8.5.2-SNAPSHOT", Some(false));
        check("8.5.3", Some(true));
        check("8.6.0", Some(true));
        check("8.10.0", Some(true));
        check("9.0.0", Some(true));
        check("6.8", None);
        check("8.x", None);
        check("8.1.2.3", None);
    }
}
