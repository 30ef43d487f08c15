#!/usr/bin/env bash
# How long a command takes that does nothing: bash bench/start.sh [PATH_TO_CROSSTRUST]
#
# The version, as each tool prints it (keytool its help), 50 times in turns; the table shows medians of the wall clock in
# milliseconds, with the start of the process in them. Without a path a `dist` build of this
# checkout is measured.
set -euo pipefail

runs=50
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -gt 0 ]; then
    crosstrust=$(realpath "$1")
else
    cargo build --quiet --profile dist --locked --manifest-path "$root/Cargo.toml" --package crosstrust-cli
    crosstrust=${CARGO_TARGET_DIR:-$root/target}/dist/crosstrust
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# measure NAME COMMAND...
measure() {
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    "$@" >/dev/null 2>&1
    end=$EPOCHREALTIME
    awk -v start="$start" -v end="$end" 'BEGIN { printf "%.2f\n", (end - start) * 1000 }' >>"$name.times"
}

row() {
    [ -f "$1.times" ] || return 0
    printf '%-36s %9s\n' "$2" "$(sort -n "$1.times" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }')"
}

for ((run = 1; run <= runs; run++)); do
    measure true /bin/true
    measure crosstrust "$crosstrust" --version
    measure openssl openssl version
    ! command -v certtool >/dev/null || measure certtool certtool --version
    # A JVM is slow to start; some runs will do.
    [ "$run" -gt 5 ] || ! command -v keytool >/dev/null || measure keytool keytool -help
done
printf '%d cores, %s; median of %d runs\n\n' "$(nproc)" "$("$crosstrust" --version)" "$runs"
printf '%-36s %9s\n' 'what' 'ms'
row true 'a process that does nothing (true)'
row crosstrust 'crosstrust --version'
row openssl 'openssl version'
row certtool 'certtool --version'
row keytool 'keytool -help'
