//! Versions of Elasticsearch and of its Kubernetes operator, and which of them work together.

use std::fmt;
use std::str::FromStr;

/// A version, such as `9.1.0`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub patch: u32,
}

impl Version {
    /// A version from its numbers.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// Reads three numbers between dots. What a pre-release adds after `-` is not looked at.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text.split_once('-').map_or(text, |(numbers, _)| numbers);
        let mut parts = numbers.split('.').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<u32>().ok()).flatten()
        });
        let version = Self::new(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// Whether a cluster of this version can follow indices of one of `remote`: it must be of the same
    /// version or a later one, and of the next major version at most, from the last minor ones before
    /// it.
    pub fn follows(self, remote: Self) -> bool {
        if self.major == remote.major {
            return self >= remote;
        }
        let last = match remote.major {
            6 => 8,
            7 => 17,
            _ => 18,
        };
        self.major == remote.major.saturating_add(1) && remote.minor >= last
    }

    /// Whether a search from a cluster of this version reaches one of `remote`, by the
    /// compatibility table of cross-cluster search.
    pub fn searches(self, remote: Self) -> bool {
        let pair = ((self.major, self.minor), (remote.major, remote.minor));
        if self.major == remote.major {
            return remote.minor.saturating_add(1) >= self.minor;
        }
        matches!(
            pair,
            ((7, 17), (8, _))
                | ((8, 0), (7, 17))
                | ((8, 18), (9, 0))
                | ((8, 19), (9, _))
                | ((9, 0), (8, 18))
        )
    }
}

impl FromStr for Version {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or("write three numbers, such as 9.1.0")
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, patch } = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(Version::parse("8.14.1"), Some(Version::new(8, 14, 1)));
        assert_eq!(Version::parse("9.3.0-SNAPSHOT"), Some(Version::new(9, 3, 0)));
        for bad in ["", "8", "8.14", "8.14.x", "8.14.1.2", "v8.14.1", "8.+1.0", "8.99999999999.0"] {
            assert_eq!(Version::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_follower_is_as_new_as_its_leader_and_not_much_newer() {
        #[track_caller]
        fn check(local: &str, remote: &str, expected: bool) {
            let version = |text: &str| Version::parse(text).unwrap();
            assert_eq!(version(local).follows(version(remote)), expected, "{local} of {remote}");
        }

        check("8.14.0", "8.14.0", true);
        check("8.14.0", "8.14.1", false);
        check("8.14.0", "8.2.0", true);
        check("8.2.0", "7.17.9", true);
        check("8.2.0", "7.16.0", false);
        check("9.1.0", "8.19.0", true);
        check("9.1.0", "8.5.0", false);
        check("9.1.0", "7.17.9", false);
        check("7.17.9", "8.0.0", false);
    }

    /// Rows of the documentation's compatibility table.
    #[test]
    fn searches_follow_the_compatibility_table() {
        #[track_caller]
        fn check(local: &str, remote: &str, expected: bool) {
            let version = |text: &str| Version::parse(&format!("{text}.0")).unwrap();
            assert_eq!(version(local).searches(version(remote)), expected, "{local} to {remote}");
        }

        check("8.14", "8.13", true);
        check("8.14", "8.12", false);
        check("8.12", "8.17", true);
        check("7.17", "8.5", true);
        check("7.16", "8.0", false);
        check("8.0", "7.17", true);
        check("8.1", "7.17", false);
        check("8.18", "9.0", true);
        check("8.18", "9.1", false);
        check("8.19", "9.2", true);
        check("8.17", "9.0", false);
        check("9.0", "8.18", true);
        check("9.0", "8.19", false);
        check("9.1", "8.19", false);
    }
}
