#!/usr/bin/env bash
# Builds a binary that starts on any Linux into target/static/TARGET/: bash packaging/static/build.sh TARGET [PROFILE]
#
# x86_64-unknown-linux-musl and aarch64-unknown-linux-musl need nothing of the system that they run on.
# x86_64-unknown-linux-gnu.2.17 needs glibc 2.17 or later, and can load libraries, which a static one cannot.
# The profile is `dist`; tests take `release`, which is built sooner. It needs Python's pip, and rustup where the
# standard library of TARGET is not there yet; Zig is the linker and the C compiler.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:?which target? such as x86_64-unknown-linux-musl}
profile=${2:-dist}
triple=${target%%.*}
. packaging/static/tools.sh

[ -d "$(rustc --print target-libdir --target "$triple")" ] || rustup target add "$triple"

options=()
# A static binary cannot load libraries, which is what the defaults are for.
case $triple in *-musl) options+=(--no-default-features) ;; esac
cargo zigbuild --locked --profile "$profile" --target "$target" --package crosstrust-cli "${options[@]}"

folder=$profile
[ "$profile" != dev ] || folder=debug
mkdir -p "target/static/$target"
cp "${CARGO_TARGET_DIR:-target}/$triple/$folder/crosstrust" "target/static/$target/"
ls -l "target/static/$target/crosstrust"
