//! The table of commands: of a row come the words of the command line and what runs them.

/// Makes `Command`, the commands of a group, and its `run`. A row names the command and its module, which
/// has `Arguments` and `run`; behind `=`, what runs it in another way.
macro_rules! commands {
    ($($name:ident($module:ident) $(= $run:expr)?,)*) => {
        /// The commands.
        #[derive(Debug, clap::Subcommand)]
        enum Command {
            $($name($module::Arguments),)*
        }

        impl Command {
            fn run(&self, context: &mut Context) -> Result<Outcome, Failure> {
                match self {
                    $(Self::$name(arguments) => {
                        commands!(@run $module $(= $run)?)(arguments, context)
                    })*
                }
            }
        }
    };
    (@run $module:ident) => { $module::run };
    (@run $module:ident = $run:expr) => { $run };
}

pub(crate) use commands;
