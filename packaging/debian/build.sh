#!/usr/bin/env bash
# Builds the Debian packages into target/debian: bash packaging/debian/build.sh
# Needs cargo-deb: cargo install --locked cargo-deb
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}

cargo build --release --locked --package crosstrust-cli
mkdir -p target/completions
"$target/release/crosstrust" completions bash > target/completions/crosstrust.bash
"$target/release/crosstrust" completions fish > target/completions/crosstrust.fish
"$target/release/crosstrust" completions zsh > target/completions/_crosstrust

mkdir -p target/debian
rm -f target/debian/*.deb
cargo deb --quiet --no-build --package crosstrust-cli --output target/debian/
cargo deb --quiet --no-build --package crosstrust-cli --variant certutil --output target/debian/
ls target/debian/*.deb
