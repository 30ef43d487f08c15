//! AlgorithmIdentifier (RFC 5280, section 4.1.1.2).

use super::read::Element;
use super::read::Reader;
use crate::error::Error;
use crate::error::FormatProblem;

/// An algorithm and its parameters.
pub(crate) struct AlgorithmIdentifier<'a> {
    /// The algorithm, in dotted form.
    pub(crate) oid: String,
    /// Its parameters, NULL among them.
    pub(crate) parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads the AlgorithmIdentifier that must come next.
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut sequence = reader.sequence()?;
        let oid = sequence.object_identifier()?;
        let parameters = if sequence.is_empty() { None } else { Some(sequence.element()?) };
        Ok(Self { oid, parameters })
    }

    /// The inside of the SEQUENCE that the parameters must be.
    pub(crate) fn sequence(&self, part: &'static str) -> Result<Reader<'a>, Error> {
        let missing =
            Error::Damaged { part, problem: FormatProblem::Missing { what: "parameters" } };
        let raw = self.parameters.as_ref().ok_or(missing)?.raw();
        Reader::new(raw, part).sequence()
    }
}
