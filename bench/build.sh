#!/usr/bin/env bash
# How long a clone takes to its first result: bash bench/build.sh
#
# A clean clone of what is committed, its dependencies downloaded beforehand: `cargo run --release -- demo` from nothing, then
# the next command after a change of crates/cli. The table has the wall clock of each run (RUNS, 3) and the median. A path that
# is given is left aside: nothing of an earlier build counts.
set -euo pipefail

runs=${RUNS:-3}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=$work/clone/target
unset CARGO_INCREMENTAL

# measure NAME COMMAND...
measure() {
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    "$@" >"$work/log" 2>&1 || {
        tail -n 20 "$work/log" >&2
        exit 1
    }
    end=$EPOCHREALTIME
    awk -v start="$start" -v end="$end" 'BEGIN { printf "%.1f\n", end - start }' >>"$work/$name.times"
}

row() {
    printf '%-44s %9s  %s\n' "$2" "$(sort -n "$work/$1.times" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }')" \
        "$(paste -sd ' ' "$work/$1.times")"
}

for ((run = 1; run <= runs; run++)); do
    cd "$work"
    rm -rf clone
    git clone --quiet "$root" clone
    cd clone
    cargo fetch --quiet --locked
    measure first cargo run --quiet --release --locked -- demo
    grep -q '^  refused   stranger' "$work/log"
    sed -i 's/"nothing is signed"/"nothing at all is signed"/' crates/cli/src/commands/sign_offline.rs
    if git diff --quiet; then printf 'nothing was changed\n' >&2; exit 1; fi
    measure next cargo run --quiet --release --locked -- --version
done
printf '%d cores, %s; median of %d runs, then each\n\n' "$(nproc)" "$(rustc --version | cut -d' ' -f1,2)" "$runs"
printf '%-44s %9s\n' 'what' 'seconds'
row first 'cargo run --release -- demo, a clean clone'
row next 'the next command after a change of crates/cli'
