#!/usr/bin/env bash
# Makes a wheel of the static binary, in target/wheels/: bash packaging/python/build.sh TARGET [PROFILE]
# It compiles what `packaging/static/build.sh` with the same words has not compiled yet.
# A static binary runs beside any C library: the wheel says so of glibc (manylinux) and of musl (musllinux).
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:?which target? such as x86_64-unknown-linux-musl}
profile=${2:-dist}
. packaging/static/tools.sh
export CARGO_TARGET_DIR
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-target}")
mkdir -p target/wheels
rm -f target/wheels/crosstrust-*"${target%%-*}".whl
cd packaging/python
maturin build --quiet --zig --locked --no-default-features --profile "$profile" --target "$target" \
    --compatibility manylinux_2_17 musllinux_1_1 --out ../../target/wheels
ls ../../target/wheels/*"${target%%-*}".whl
