//! The `crosstrust` binary.

use std::process::ExitCode;

/// A static binary brings its own allocator: musl's is slow when all cores ask at once.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crosstrust_cli::main(std::env::args_os())
}
