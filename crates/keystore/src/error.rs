//! What can be wrong with a key, a certificate file or a key store.

/// Why a key store, key or certificate file could not be read or written.
///
/// A wrong password, a damaged file and an algorithm that is not supported are three different
/// variants, because they ask for three different remedies.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A PEM block holds something that its label does not say; the source tells what.
    #[error("`{label}` at line {line}")]
    Block {
        /// Line of the `-----BEGIN` line, from 1.
        line: usize,
        /// The label of the block.
        label: String,
        /// What is wrong with its contents.
        source: Box<Error>,
    },
    /// A certificate could not be read.
    #[error("certificate not readable")]
    Certificate(#[source] crosstrust_x509::Error),
    /// The bytes are not what the format asks for.
    #[error("damaged {part}: {problem}")]
    Damaged {
        /// The part of the file in which the problem was met.
        part: &'static str,
        /// What is wrong there.
        problem: FormatProblem,
    },
    /// Two entries of a key store to be written have one alias, compared without regard to case.
    #[error("two entries have the alias `{alias}`")]
    DuplicateAlias {
        /// The alias.
        alias: String,
    },
    /// The input is empty.
    #[error("empty, where a key or certificate was expected")]
    Empty,
    /// A private key and the certificate given with it are not of one pair.
    #[error("the private key does not belong to the certificate `{subject}`")]
    KeyMismatch {
        /// Subject of the certificate, RFC 4514.
        subject: String,
    },
    /// A private key stands alone: no certificate that was given belongs to it.
    #[error("no certificate belongs to the private key ({key})")]
    KeyWithoutCertificate {
        /// The kind of the key, such as `rsa-2048`.
        key: String,
    },
    /// No certificate says that it is an authority.
    #[error("holds no CA certificate, but {holds}")]
    NoAuthority {
        /// What is there instead, in words: ``2 private keys, 1 certificate (`CN=node1`)``.
        holds: String,
    },
    /// The input is encrypted and no password was given.
    #[error("{what} is encrypted and no password was given")]
    PasswordRequired {
        /// The encrypted thing, such as "the private key".
        what: &'static str,
    },
    /// The text is not PEM as it should be.
    #[error("line {line}: {kind}")]
    Pem {
        /// Line, from 1.
        line: usize,
        /// What is wrong there.
        kind: PemProblem,
    },
    /// The random number generator of the system gave nothing.
    #[error("the system's random number generator does not answer")]
    Random,
    /// scrypt parameters that are no powers of two, zero, or dearer than the limit.
    #[error(
        "scrypt with N={cost}, r={block_size}, p={parallelism} is invalid or dearer than {limit_mib} MiB"
    )]
    ScryptCost {
        /// N.
        cost: u64,
        /// r.
        block_size: u64,
        /// p.
        parallelism: u64,
        /// The memory that is allowed, in MiB.
        limit_mib: u64,
    },
    /// The crypto library refuses to sign with a key.
    #[error("{key} key refused for signing")]
    SigningKeyRefused {
        /// The kind of key, such as `rsa-1024`.
        key: String,
    },
    /// Structures nested deeper than allowed.
    #[error("{part} is nested deeper than {limit} levels")]
    TooDeep {
        /// The part of the file.
        part: &'static str,
        /// The limit.
        limit: usize,
    },
    /// Something larger than allowed.
    #[error("{what} of {size} bytes, over the limit of {limit}")]
    TooLarge {
        /// The thing.
        what: &'static str,
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// More things than allowed.
    #[error("more than {limit} {what}")]
    TooMany {
        /// The things.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// A key derivation with more iterations than allowed.
    #[error("{iterations} iterations in a key derivation, over the limit of {limit}")]
    TooManyIterations {
        /// The iterations that the file asks for.
        iterations: u64,
        /// The limit for one derivation.
        limit: u64,
    },
    /// All key derivations of the file together cost more than allowed.
    #[error("key derivations of over {limit} iterations in all")]
    TooMuchWork {
        /// The limit for one file.
        limit: u64,
    },
    /// The bytes are in no format that is known here.
    #[error("not in a format known here: {hint}")]
    UnknownFormat {
        /// What it looks like, or which formats are known.
        hint: &'static str,
    },
    /// A type of key that does not exist by that name.
    #[error("unknown key type `{text}`, known are {known}")]
    UnknownKeyType {
        /// The text as given.
        text: String,
        /// The names that are known.
        known: &'static str,
    },
    /// An algorithm that is not implemented, or that is refused for its weakness.
    #[error("unsupported {role} `{name}` ({oid})")]
    UnsupportedAlgorithm {
        /// What it is used for, such as "cipher" or "message authentication code".
        role: &'static str,
        /// Its name, as far as one is known.
        name: String,
        /// Its object identifier in dotted form.
        oid: String,
    },
    /// A feature of the format that is not implemented.
    #[error("unsupported: {feature}")]
    UnsupportedFeature {
        /// The feature, as a noun phrase.
        feature: &'static str,
    },
    /// The key cannot be written in the format asked for.
    #[error("a key of kind {key} has no {format} form")]
    UnsupportedKeyFormat {
        /// The kind of key.
        key: String,
        /// The format asked for.
        format: &'static str,
    },
    /// An RSA key of a size that is not made here.
    #[error("no RSA key of {bits} bits is made here, only of multiples of 512 from 512 to 8192")]
    UnsupportedRsaSize {
        /// The size asked for.
        bits: usize,
    },
    /// The password does not open the file.
    #[error("wrong password")]
    WrongPassword,
}

/// What is wrong with a structure of bytes.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatProblem {
    /// A length field that is reserved or overflows.
    #[error("invalid length field")]
    InvalidLength,
    /// A value outside its range, or inconsistent with another.
    #[error("invalid {what}")]
    InvalidValue {
        /// The value.
        what: &'static str,
    },
    /// The message authentication code is not that of the content, although the password is right.
    #[error("the content was changed after the key store was written")]
    MacMismatch,
    /// Something that must be there is not.
    #[error("missing {what}")]
    Missing {
        /// What is missing.
        what: &'static str,
    },
    /// Bytes after the end.
    #[error("{count} bytes after its end")]
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// The bytes end before the structure does.
    #[error("it ends too early")]
    Truncated,
    /// Another ASN.1 tag than expected.
    #[error("tag 0x{found:02x} where 0x{expected:02x} was expected")]
    UnexpectedTag {
        /// The identifier octet that the format asks for.
        expected: u8,
        /// The identifier octet that is there.
        found: u8,
    },
}

/// What a backslash in base64 comes from.
fn line_breaks(character: char) -> &'static str {
    if character == '\\' {
        ": its line breaks are written as `\\n`, which `printf '%b'` turns into such"
    } else {
        ""
    }
}

/// What is wrong with a PEM text.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PemProblem {
    /// The base64 text ends in the middle of a group, or its last bits are not zero.
    #[error("the base64 text is cut off")]
    CutOff,
    /// Data or text after the padding of the base64 text.
    #[error("base64 text after its padding, column {column}")]
    DataAfterPadding {
        /// Column, from 1, in characters.
        column: usize,
    },
    /// A beginning that is not closed by five dashes.
    #[error("`-----BEGIN` without five dashes at the end of the label")]
    InvalidBoundary,
    /// An encryption header that is not as RFC 1421 says.
    #[error("invalid `DEK-Info` header")]
    InvalidDekInfo,
    /// A character that base64 does not know.
    #[error("`{character}` is not a base64 character, column {column}{}", line_breaks(*.character))]
    InvalidCharacter {
        /// The character.
        character: char,
        /// Column, from 1, in characters.
        column: usize,
    },
    /// An end line without a block.
    #[error("`-----END {label}-----` without a beginning, which must stand at the start of a line")]
    EndWithoutBegin {
        /// The label of the end line.
        label: String,
    },
    /// The end line has another label than the beginning.
    #[error("`{begin}` ends as `{end}`")]
    LabelMismatch {
        /// The label of the first line.
        begin: String,
        /// The label of the last line.
        end: String,
    },
    /// A block without an end.
    #[error("`-----BEGIN {label}-----` has no end")]
    Unclosed {
        /// The label of the block.
        label: String,
    },
}
