#!/usr/bin/env bash
# Builds the Debian packages into target/debian: bash packaging/debian/build.sh [PROFILE]
# Needs cargo-deb: cargo install --locked cargo-deb
# The profile is `dist`; tests take `release`, which is built sooner.
set -euo pipefail
cd "$(dirname "$0")/../.."
profile=${1:-dist}
target=${CARGO_TARGET_DIR:-target}

cargo build --profile "$profile" --locked --package crosstrust-cli
mkdir -p target/completions
"$target/$profile/crosstrust" completions bash > target/completions/crosstrust.bash
"$target/$profile/crosstrust" completions fish > target/completions/crosstrust.fish
"$target/$profile/crosstrust" completions zsh > target/completions/_crosstrust

mkdir -p target/debian
rm -f target/debian/*.deb
cargo deb --quiet --no-build --profile "$profile" --package crosstrust-cli --output target/debian/
cargo deb --quiet --no-build --profile "$profile" --package crosstrust-cli --variant certutil --output target/debian/
ls target/debian/*.deb
