//! A verdict without its words, so that many can be kept and compared.

use crate::verdict::Verdict;

/// A verdict, and the code of the rule that explains it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Outcome {
    /// Accepted.
    Accepted,
    /// Neither accepted nor refused.
    NotJudged(&'static str),
    /// Refused.
    Refused(&'static str),
}

impl Outcome {
    /// What a verdict comes to.
    pub fn of(verdict: &Verdict) -> Self {
        let code = verdict.rule().map_or("", |rule| rule.code);
        match verdict {
            Verdict::Accepted => Self::Accepted,
            Verdict::NotJudged(_) => Self::NotJudged(code),
            Verdict::Refused(_) => Self::Refused(code),
        }
    }

    /// That of both steps, or of both roles, as [`Verdict::and`] has it.
    #[must_use]
    pub fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::Refused(_), _) | (Self::NotJudged(_), Self::NotJudged(_) | Self::Accepted) => {
                self
            }
            _ => next,
        }
    }

    /// Whether it is accepted.
    pub fn is_accepted(self) -> bool {
        self == Self::Accepted
    }

    /// The code of the rule that explains why it is not accepted.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Accepted => None,
            Self::NotJudged(code) | Self::Refused(code) => Some(code),
        }
    }

    /// The word for programs: `accepted`, `refused`, `not_judged`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NotJudged(_) => "not_judged",
            Self::Refused(_) => "refused",
        }
    }

    /// The word for people: `accepted`, `refused`, `not judged`.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotJudged(_) => "not judged",
            _ => self.key(),
        }
    }
}
