//! An API key of Elasticsearch, as requests carry it.

use crosstrust_keystore::pem::of_base64;
use zeroize::Zeroizing;

use crate::failure::{Failure, Message};
use crate::input;

/// The text that `POST /_security/api_key` answers as `encoded`. Never printed, wiped from memory.
#[derive(Clone)]
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

    /// A text of somebody who was given the key, without it and without the id and the secret that it stands for,
    /// whatever signs or ends of lines stand between their letters.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        let letters = text.char_indices().filter_map(|(at, c)| Some((at, letter(c)?)));
        let letters: Zeroizing<Vec<(usize, char)>> = Zeroizing::new(letters.collect());
        let (mut out, mut copied) = (String::with_capacity(text.len()), 0);
        let secrets = self.secrets();
        let mut from = 0;
        while let Some(rest) = letters.get(from..).filter(|rest| !rest.is_empty()) {
            let found = secrets.iter().find(|secret| begins_with(rest, secret));
            let end = found.and_then(|secret| rest.get(secret.len().checked_sub(1)?));
            let (Some(secret), Some((end, _)), Some((start, _))) = (found, end, rest.first())
            else {
                from += 1;
                continue;
            };
            out.push_str(text.get(copied..*start).unwrap_or_default());
            out.push('\u{2026}');
            // Letters are of one byte each.
            copied = end + 1;
            from += secret.len();
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        out
    }

    /// The same for an answer that may be JSON, in which letters may be written by their numbers.
    pub(super) fn hidden_in_answer(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, inner, after)) = next_string(rest) {
            out.push_str(before);
            let decoded = serde_json::from_str::<String>(inner).ok();
            let hidden = decoded.as_ref().map(|decoded| self.hidden_in(decoded));
            match hidden.filter(|hidden| decoded.as_ref() != Some(hidden)) {
                Some(hidden) => out.push_str(&serde_json::Value::from(hidden).to_string()),
                None => out.push_str(inner),
            }
            rest = after;
        }
        out.push_str(rest);
        self.hidden_in(&out)
    }

    /// What nobody is told, in letters of base64: the text, and its id and secret, as far as they are long enough not
    /// to stand anywhere by chance. The longest comes first.
    fn secrets(&self) -> Zeroizing<Vec<Vec<char>>> {
        let letters = |text: &str| text.chars().filter_map(letter).collect::<Vec<char>>();
        let plain: Zeroizing<String> = Zeroizing::new(self.0.chars().filter_map(letter).collect());
        let padding = plain.len().next_multiple_of(4).saturating_sub(plain.len());
        let padded = Zeroizing::new(format!("{}{}", *plain, "=".repeat(padding)));
        let bytes = Zeroizing::new(of_base64(&padded).unwrap_or_default());
        let decoded = str::from_utf8(&bytes).unwrap_or_default();
        let parts = decoded.split(':').map(letters);
        let mut secrets: Vec<Vec<char>> = std::iter::once(letters(&self.0)).chain(parts).collect();
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Zeroizing::new(secrets)
    }
}

/// A letter of base64, be it that of URLs; nothing for what may stand between such letters.
fn letter(c: char) -> Option<char> {
    match c {
        '-' | '+' => Some('+'),
        '_' | '/' => Some('/'),
        c if c.is_ascii_alphanumeric() => Some(c),
        _ => None,
    }
}

fn begins_with(letters: &[(usize, char)], secret: &[char]) -> bool {
    letters.len() >= secret.len() && letters.iter().zip(secret).all(|((_, one), two)| one == two)
}

/// What stands before the next string of a JSON text, the string in its quotes, and what follows.
fn next_string(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_at(text.find('"')?);
    let mut is_escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    let (string, after) = rest.split_at(end?.0 + 1);
    Some((before, string, after))
}

/// Letters of a secret.
const SHORTEST: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the Elastic documentation.
    const KEY: &str = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==";

    #[test]
    fn the_key_is_hidden_however_it_is_written() {
        #[track_caller]
        fn check(key: &ApiKey, text: &str, expected: &str) {
            assert_eq!(key.hidden_in_answer(text), expected, "{text}");
        }

        let key = ApiKey(Zeroizing::new(KEY.to_owned()));
        let escaped: String = KEY.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        check(&key, &format!("a {KEY}"), "a \u{2026}==");
        check(&key, &format!("{{\"{escaped}\": [1, 2.50]}}"), "{\"\u{2026}==\": [1, 2.50]}");
        check(&key, "key VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw", "key \u{2026}:\u{2026}");
        let (one, two) = KEY.split_at(20);
        check(&key, &format!("a {one}\r\n  {two} b"), "a \u{2026}== b");
        check(&key, &format!("[\"{one}\\n\\t{two}\"]"), "[\"\u{2026}==\"]");
        check(&key, "{\"a\": \"b\\\"c\", \"b\": \"", "{\"a\": \"b\\\"c\", \"b\": \"");
        check(
            &key,
            "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6 b\u{fc}cher",
            "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6 b\u{fc}cher",
        );
        let short = ApiKey(Zeroizing::new("abc".to_owned()));
        check(&short, "abc abc", "abc abc");
    }
}
