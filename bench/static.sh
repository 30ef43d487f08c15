#!/usr/bin/env bash
# How fast the static binary is beside the ordinary one: bash bench/static.sh [PATH_TO_CROSSTRUST] [PATH_TO_STATIC]
#
# 20 RSA-2048 nodes, 200 P-256 nodes, and a report on a fleet of 100 clusters of 10 nodes, by both in turns, RUNS (15) times. The
# table has medians of the processors' time in seconds, which other work on the machine changes little, and their ratio. RSA
# keys take a random time to find: their ratio is as exact as there are runs. Without paths, `dist` builds of this checkout.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-15}
if [ $# -gt 1 ]; then
    static=$(cd "$OLDPWD" && realpath "$2")
else
    bash "$root/packaging/static/build.sh" x86_64-unknown-linux-musl >/dev/null
    static=$root/target/static/x86_64-unknown-linux-musl/crosstrust
fi
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

# measure NAME BINARY WHICH: adds the processors' time of one run to NAME-WHICH.times.
measure() {
    rm -rf out
    { time "$1" "$2" >log 2>&1; } 2>&1 | awk '{ print $1 + $2 }' >>"$1-$3.times"
}

instances 20 >20.yml
instances 200 >200.yml
"$crosstrust" ca --pem --out ca >/dev/null
KEEP=$work/fleet RUNS=1 CLUSTERS=100 bash "$root/bench/fleet.sh" "$crosstrust" >/dev/null
for ((run = 1; run <= runs; run++)); do
    for what in rsa p256 report; do
        measure "$what" "$crosstrust" ordinary
        measure "$what" "$static" static
    done
done

row() {
    printf '%-36s %9s %9s %7s\n' "$2" "$(median "$1-ordinary" %.2f)" "$(median "$1-static" %.2f)" "$(ratio "$1-static" "$1-ordinary")"
}
printf '%d cores, %s; median of %d pairs\n\n' "$(nproc)" "$("$crosstrust" --version)" "$runs"
printf '%-36s %9s %9s %7s\n' 'what' 'ordinary' 'static' 'ratio'
row rsa '20 RSA-2048 nodes'
row p256 '200 P-256 nodes'
row report 'report on 100 clusters of 10 nodes'
