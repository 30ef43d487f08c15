//! An API key of Elasticsearch, as requests carry it.

use zeroize::Zeroizing;

use crate::failure::{Failure, Message};
use crate::input;

/// The text that `POST /_security/api_key` answers as `encoded`. Never printed, wiped from memory.
pub(super) struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// From an environment variable.
    pub(super) fn from_environment(variable: &str) -> Result<Self, Failure> {
        let refused = |what: &str| {
            let hint = "it holds the `encoded` text that POST /_security/api_key answers, such as VnVhQ2ZHY0JDZGJrU…";
            Failure::from(Message::new(what).at(variable).hint(hint))
        };
        let Some(value) = input::environment(variable) else {
            return Err(refused("no such environment variable"));
        };
        let value = Zeroizing::new(value.into_string().unwrap_or_default());
        let key = value.trim();
        let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=-_".contains(c);
        match key {
            "" => Err(refused("the environment variable holds no text")),
            key if key.chars().all(is_base64) => Ok(Self(Zeroizing::new(key.to_owned()))),
            _ => Err(refused("the environment variable holds no API key: it is not Base64")),
        }
    }

    /// The text, for a request and nothing else.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// A text of somebody who was given the key, without it.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        text.replace(self.reveal(), "…")
    }
}
