//! Certificate policies (RFC 5280, section 6.1), as Java processes them where no policy is asked for: a path
//! fails only where `policyConstraints` ask for one, by a mapping of anyPolicy, or by a qualifier in critical
//! policies.

use std::collections::{BTreeMap, BTreeSet};

use crosstrust_x509::{Certificate, Extension, ExtensionReading, der};

use crate::chain::Link;
use crate::error::{PathError, PolicyProblem};

/// The contents of an object identifier.
type Policy = Vec<u8>;

/// What is known of policies when the next certificate down is looked at.
pub(super) struct Policies {
    /// The policies at this depth, the root's being any, and what each of them expects below. Nothing
    /// once no policy is valid any more. Where a policy hangs in the tree makes no difference.
    valid: BTreeMap<Policy, BTreeSet<Policy>>,
    /// How many certificates may follow before a policy must be valid, before mappings are inhibited,
    /// and before anyPolicy is.
    explicit: i64,
    mapping: i64,
    any: i64,
}

impl Policies {
    /// Above a path of so many certificates.
    pub(super) fn new(length: usize) -> Self {
        let unlimited = i64::try_from(length).unwrap_or(i64::MAX).saturating_add(1);
        let root = (ANY.to_vec(), BTreeSet::from([ANY.to_vec()]));
        Self {
            valid: BTreeMap::from([root]),
            explicit: unlimited,
            mapping: unlimited,
            any: unlimited,
        }
    }

    /// Goes on to the next certificate.
    pub(super) fn check(&mut self, link: Link<'_>, is_leaf: bool) -> Result<(), PathError> {
        let problem = self.step(link, is_leaf).err();
        let error = |problem| PathError::Policies { subject: link.subject(), problem };
        problem.map_or(Ok(()), |problem| Err(error(problem)))
    }

    fn step(&mut self, link: Link<'_>, is_leaf: bool) -> Result<(), PolicyProblem> {
        let certificate = link.certificate;
        self.descend(certificate, !is_leaf && link.is_self_issued())?;
        if !is_leaf && !self.valid.is_empty() {
            self.map(certificate)?;
        }
        if is_leaf {
            self.limit(link, true);
        }
        if self.explicit == 0 && self.valid.is_empty() {
            return Err(PolicyProblem::NoneValid);
        }
        if !is_leaf {
            self.limit(link, false);
        }
        Ok(())
    }

    /// Keeps of the certificate's policies those that are expected (section 6.1.3, step d).
    fn descend(&mut self, certificate: &Certificate, any_goes: bool) -> Result<(), PolicyProblem> {
        let above = std::mem::take(&mut self.valid);
        let Some(extension) = read(certificate, POLICIES).filter(|_| !above.is_empty()) else {
            return Ok(());
        };
        let expected = above.values().flatten().collect::<BTreeSet<_>>();
        let policies = policies(&extension.value);
        for (policy, is_qualified) in policies.iter().filter(|(policy, _)| policy != ANY) {
            if *is_qualified && extension.critical {
                return Err(PolicyProblem::CriticalQualifier);
            }
            if expected.contains(policy) || expected.iter().any(|one| *one == ANY) {
                self.valid.insert(policy.clone(), BTreeSet::from([policy.clone()]));
            }
        }
        let is_any = policies.iter().any(|(policy, _)| policy == ANY);
        if is_any && (self.any > 0 || any_goes) {
            for policy in expected {
                let own = || BTreeSet::from([policy.clone()]);
                self.valid.entry(policy.clone()).or_insert_with(own);
            }
        }
        Ok(())
    }

    /// Replaces what is expected by what it is mapped to (section 6.1.4, steps a and b).
    fn map(&mut self, certificate: &Certificate) -> Result<(), PolicyProblem> {
        let Some(extension) = read(certificate, MAPPINGS) else { return Ok(()) };
        let mut mapped = BTreeSet::new();
        for (issuer, subject) in mappings(&extension.value) {
            if issuer == ANY || subject == ANY {
                return Err(PolicyProblem::MapsAny);
            }
            if self.mapping == 0 {
                self.valid.remove(&issuer);
            } else if let Some(expected) = self.valid.get_mut(&issuer) {
                if mapped.insert(issuer) {
                    expected.clear();
                }
                expected.insert(subject);
            } else if self.valid.contains_key(ANY) {
                mapped.insert(issuer.clone());
                self.valid.insert(issuer, BTreeSet::from([subject]));
            }
        }
        Ok(())
    }

    /// Counts the certificate, unless it is self-issued, and takes its own limits (section 6.1.4, steps h
    /// to j; section 6.1.5, steps a and b, of the last one).
    fn limit(&mut self, link: Link<'_>, is_leaf: bool) {
        let counts = !link.is_self_issued();
        let [require, inhibit] = read(link.certificate, CONSTRAINTS)
            .map_or([None; 2], |extension| constraints(&extension.value));
        self.explicit = counted(self.explicit, counts);
        if is_leaf {
            self.explicit = require.filter(|limit| *limit == 0).unwrap_or(self.explicit);
            return;
        }
        self.mapping = counted(self.mapping, counts);
        self.any = counted(self.any, counts);
        self.explicit = require.unwrap_or(i64::MAX).min(self.explicit);
        self.mapping = inhibit.unwrap_or(i64::MAX).min(self.mapping);
        let skipped = read(link.certificate, INHIBIT_ANY)
            .and_then(|extension| number(&der::read_one(&extension.value, der::INTEGER)?));
        // Java takes minus one for no limit.
        self.any = skipped.filter(|limit| *limit >= 0).unwrap_or(i64::MAX).min(self.any);
    }
}

fn counted(left: i64, counts: bool) -> i64 {
    if counts && left > 0 { left.saturating_sub(1) } else { left }
}

/// An extension that Java reads.
fn read<'a>(certificate: &'a Certificate, oid: &str) -> Option<&'a Extension> {
    let mut extensions = certificate.extensions().iter();
    extensions.find(|one| one.oid == oid && one.reading() != ExtensionReading::Unread)
}

/// Each policy, and whether it has qualifiers.
fn policies(value: &[u8]) -> Vec<(Policy, bool)> {
    let policy = |element: &der::Element<'_>| {
        let (policy, qualifiers) = der::read(element.contents)?;
        Some((policy.contents.to_vec(), !qualifiers.is_empty()))
    };
    elements(value).iter().filter_map(policy).collect()
}

/// What each policy of the issuer is to the subject.
fn mappings(value: &[u8]) -> Vec<(Policy, Policy)> {
    let pair = |element: &der::Element<'_>| {
        let (issuer, rest) = der::read(element.contents)?;
        let (subject, _) = der::read(rest)?;
        Some((issuer.contents.to_vec(), subject.contents.to_vec()))
    };
    elements(value).iter().filter_map(pair).collect()
}

/// `requireExplicitPolicy` and `inhibitPolicyMapping`.
fn constraints(value: &[u8]) -> [Option<i64>; 2] {
    let fields = elements(value);
    [0x80, 0x81].map(|tag| fields.iter().find(|field| field.tag == tag).and_then(number))
}

fn number(element: &der::Element<'_>) -> Option<i64> {
    der::small_integer(element.contents).map(i64::from)
}

fn elements(value: &[u8]) -> Vec<der::Element<'_>> {
    let sequence = der::read_one(value, der::SEQUENCE);
    sequence.and_then(|sequence| der::read_all(sequence.contents)).unwrap_or_default()
}

/// anyPolicy, 2.5.29.32.0.
const ANY: &[u8] = &[0x55, 0x1d, 0x20, 0x00];
const POLICIES: &str = "2.5.29.32";
const MAPPINGS: &str = "2.5.29.33";
const CONSTRAINTS: &str = "2.5.29.36";
const INHIBIT_ANY: &str = "2.5.29.54";
