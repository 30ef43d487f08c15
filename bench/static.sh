#!/usr/bin/env bash
# How fast the static binary is beside the ordinary one: bash bench/static.sh [PATH_TO_CROSSTRUST] [PATH_TO_STATIC]
#
# 20 RSA-2048 nodes, 200 P-256 nodes, and a report on a fleet of 100 clusters of 10 nodes, by both in turns, RUNS (15) times. The
# table has medians of the processors' time in seconds, which other work on the machine changes little, and their ratio. RSA
# keys take a random time to find: their ratio is as exact as there are runs. Without paths, `dist` builds of this checkout.
set -euo pipefail

runs=${RUNS:-15}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -gt 0 ]; then
    crosstrust=$(realpath "$1")
else
    cargo build --quiet --profile dist --locked --manifest-path "$root/Cargo.toml" --package crosstrust-cli
    crosstrust=${CARGO_TARGET_DIR:-$root/target}/dist/crosstrust
fi
if [ $# -gt 1 ]; then
    static=$(realpath "$2")
else
    bash "$root/packaging/static/build.sh" x86_64-unknown-linux-musl >/dev/null
    static=$root/target/static/x86_64-unknown-linux-musl/crosstrust
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
TIMEFORMAT='%U %S'

instances() {
    printf 'instances:\n'
    for ((i = 1; i <= $1; i++)); do
        printf '  - {name: node%d, dns: [node%d.example.com], cn: [node%d.node.a.cluster.b.account]}\n' "$i" "$i" "$i"
    done
}

rsa() { "$1" cert --ca-cert ca/ca.crt --ca-key ca/ca.key --in 20.yml --pem --out out; }
p256() { "$1" cert --ca-cert ca/ca.crt --ca-key ca/ca.key --in 200.yml --pem --key-type ec-p256 --out out; }
report() { "$1" report fleet-100 --out out --fail-on never; }

# measure NAME BINARY: the processors' time of one run.
measure() {
    rm -rf out
    { time "$1" "$2" >log 2>&1; } 2>&1 | awk '{ print $1 + $2 }'
}

median() { sort -n "$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

instances 20 >20.yml
instances 200 >200.yml
"$crosstrust" ca --pem --out ca >/dev/null
KEEP=$work/fleet RUNS=1 CLUSTERS=100 bash "$root/bench/fleet.sh" "$crosstrust" >/dev/null
for ((run = 1; run <= runs; run++)); do
    for what in rsa p256 report; do
        measure "$what" "$crosstrust" >>"$what.ordinary"
        measure "$what" "$static" >>"$what.static"
    done
done

row() {
    awk -v what="$2" -v a="$(median "$1.ordinary")" -v b="$(median "$1.static")" \
        'BEGIN { printf "%-36s %9.2f %9.2f %7.2f\n", what, a, b, b / a }'
}
printf '%d cores, %s; median of %d pairs\n\n' "$(nproc)" "$("$crosstrust" --version)" "$runs"
printf '%-36s %9s %9s %7s\n' 'what' 'ordinary' 'static' 'ratio'
row rsa '20 RSA-2048 nodes'
row p256 '200 P-256 nodes'
row report 'report on 100 clusters of 10 nodes'
