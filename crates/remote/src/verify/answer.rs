//! An answer of Elasticsearch, before it is known to which question.

use serde_json::Value;

/// Why an answer cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// Nothing is in it.
    #[error("the answer is empty")]
    Empty,
    /// It is an error of Elasticsearch.
    #[error("Elasticsearch answered with an error: {reason}")]
    Error {
        /// What it says.
        reason: String,
    },
    /// It is not JSON.
    #[error("line {line}, column {column}: the answer is not JSON")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON, and not what was asked for.
    #[error("the answer is no {what}")]
    Shape {
        /// What it should be.
        what: &'static str,
    },
}

/// Reads JSON that is no error of Elasticsearch.
pub(super) fn parse(text: &str) -> Result<Value, AnswerError> {
    // Some shells put a byte order mark before what they save.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(AnswerError::Empty);
    }
    let value: Value = serde_json::from_str(text)
        .map_err(|error| AnswerError::Json { line: error.line(), column: error.column() })?;
    match value.get("error").filter(|_| value.get("status").is_some()) {
        Some(error) => {
            let reason = error.get("reason").unwrap_or(error).as_str().unwrap_or("no reason");
            Err(AnswerError::Error { reason: reason.to_owned() })
        }
        None => Ok(value),
    }
}
