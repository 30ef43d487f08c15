//! What can be wrong with a command line, in the words of the original.

/// Why a command line is not understood, in the words of the original.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::certutil) enum OptionError {
    /// Options that must stand beside others and do not.
    Missing {
        /// Their names.
        options: Vec<String>,
    },
    /// An option at the end of the line without its argument.
    MissingArgument {
        /// Its name.
        option: String,
    },
    /// An argument that should be a number.
    NotANumber {
        /// The argument.
        text: String,
        /// The option.
        option: String,
    },
    /// An option given twice of which one value is wanted.
    Repeated {
        /// Its name.
        option: String,
    },
    /// Options that must not stand beside others and do.
    Unavailable {
        /// Their names.
        options: Vec<String>,
    },
    /// A name that no option has, or that is short for several.
    Unrecognized {
        /// The name as given, without dashes.
        option: String,
    },
}

impl std::fmt::Display for OptionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing { options } => {
                write!(f, "Missing required option(s) [{}]", options.join(", "))
            }
            Self::MissingArgument { option } => write!(f, "Option {option} requires an argument"),
            Self::NotANumber { text, option } => {
                write!(f, "Cannot parse argument '{text}' of option {option}")
            }
            Self::Repeated { option } => write!(
                f,
                "Found multiple arguments for option {option}, but you asked for only one"
            ),
            Self::Unavailable { options } => write!(
                f,
                "Option(s) [{}] are unavailable given other options on the command line",
                options.join(", ")
            ),
            Self::Unrecognized { option } => write!(f, "{option} is not a recognized option"),
        }
    }
}
