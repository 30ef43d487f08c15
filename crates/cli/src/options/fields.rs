//! `--x509-fields`, for commands that judge by restrictions.

use clap::Args;
use crosstrust_restrictions::X509Field;

use crate::failure::{Failure, Message};

/// `--x509-fields`.
#[derive(Args, Clone, Debug)]
pub(crate) struct FieldsOption {
    /// Fields that are compared: subjectAltName.otherName.commonName, subjectAltName.dnsName
    #[arg(long = "x509-fields", value_name = "FIELD", value_delimiter = ',')]
    fields: Vec<String>,
}

impl FieldsOption {
    /// The fields as they are written, if the option is given.
    pub(crate) fn asked(&self) -> Option<&[String]> {
        (!self.fields.is_empty()).then_some(self.fields.as_slice())
    }

    /// The fields; Elasticsearch's default if none is named.
    pub(crate) fn fields(&self) -> Result<Vec<X509Field>, Failure> {
        if self.fields.is_empty() {
            return Ok(X509Field::DEFAULT.to_vec());
        }
        let parse = |text: &String| {
            let field = text.trim().parse::<X509Field>();
            field.map_err(|error| Message::new(error).at("--x509-fields").into())
        };
        self.fields.iter().map(parse).collect()
    }
}
