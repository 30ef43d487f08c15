//! The `crosstrust` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    crosstrust_cli::main(std::env::args_os())
}
