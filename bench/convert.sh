#!/usr/bin/env bash
# How long a node's key store takes to become PEM: bash bench/convert.sh [PATH_TO_CROSSTRUST]
#
# One `crosstrust convert`, which writes key, chain and CA, against one `openssl pkcs12` call, which
# writes them into one file. Each is run 20 times, in turns; the table shows medians of the wall
# clock. Without a path a `dist` build of this checkout is measured.
set -euo pipefail

runs=20
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

"$crosstrust" ca --pass x >/dev/null
"$crosstrust" cert --ca elastic-stack-ca.p12 --ca-pass x --name node1 --out node1.p12 --pass x >/dev/null

by_crosstrust() { "$crosstrust" convert node1.p12 --in-pass x --to pem --out out; }

by_openssl() {
    mkdir out
    openssl pkcs12 -in node1.p12 -passin pass:x -noenc -out out/node1.pem
}

measure() {
    local start=$EPOCHREALTIME end
    "$1" >log 2>&1 || {
        cat log >&2
        printf 'convert.sh: %s failed\n' "$1" >&2
        exit 1
    }
    end=$EPOCHREALTIME
    awk -v start="$start" -v end="$end" 'BEGIN { printf "%.4f\n", end - start }' >>"$1.times"
    rm -r out
}

median() { sort -n "$1.times" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

for ((run = 1; run <= runs; run++)); do
    measure by_crosstrust
    measure by_openssl
done
printf '%d cores, %s, %s; median of %d runs\n\n' \
    "$(nproc)" "$("$crosstrust" --version)" "$(openssl version | cut -d' ' -f1,2)" "$runs"
printf '%-36s %9s\n' 'what' 'seconds' 'key store to PEM, crosstrust' "$(median by_crosstrust)" \
    'key store to PEM, openssl pkcs12' "$(median by_openssl)"
