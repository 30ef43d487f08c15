#!/usr/bin/env bash
# Makes a wheel of the static binary, in target/wheels/: bash packaging/python/build.sh TARGET [PROFILE]
# It compiles only what `packaging/static/build.sh` with the same words has not compiled yet: cargo-zigbuild calls this script in
# cargo's place, and maturin then runs with the same compiler and linker.
# A static binary runs beside any C library: the wheel says so of glibc (manylinux) and of musl (musllinux).
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -n "${WHEELS:-}" ]; then
    unset CARGO
    cd packaging/python
    exec maturin "$@" --quiet --compatibility manylinux_2_17 musllinux_1_1 --out "$WHEELS"
fi

target=${1:?which target? such as x86_64-unknown-linux-musl}
profile=${2:-dist}
. packaging/static/tools.sh
export CARGO_TARGET_DIR
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-target}")
mkdir -p target/wheels
rm -f target/wheels/crosstrust-*"${target%%-*}".whl
WHEELS=$PWD/target/wheels CARGO=$PWD/packaging/python/build.sh \
    cargo-zigbuild zigbuild --locked --profile "$profile" --target "$target" --no-default-features
ls target/wheels/*"${target%%-*}".whl
