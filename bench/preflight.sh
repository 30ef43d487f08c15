#!/usr/bin/env bash
# How long it takes to judge many certificates: bash bench/preflight.sh [PATH_TO_CROSSTRUST]
#
# Issues 10,000 node certificates (P-256 keys, signed by an RSA-2048 CA, each with an otherName) and
# judges all of them by that CA and a restrictions file; then as a matrix of two clusters of 5,000.
# Wall clock, median of three runs, and where GNU time is installed the processors' time and the peak
# of memory of the last run. Without a path the
# `dist` build of this checkout is measured.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-3}

# instances FIRST LAST
instances() {
    awk -v first="$1" -v last="$2" 'BEGIN {
        print "instances:"
        for (i = first; i <= last; i++) {
            printf "  - name: node%05d\n    dns: [node%05d.example.com]\n", i, i
            printf "    cn: [node%05d.node.1234567abcd.cluster.myscope.account]\n", i
        }
    }'
}

# measure NAME COMMAND...: wall time and peak memory of a command that must accept every node.
measure() {
    local name=$1 around=()
    shift
    [ ! -x /usr/bin/time ] || around=(/usr/bin/time -f '%M %U %S' -o "$name.memory")
    timed "$name" "${around[@]}" "$@"
    cp log "$name.out"
}

row() {
    local memory=- processors=-
    if [ -f "$1.memory" ]; then
        memory=$(awk 'END { printf "%.0f", $1 / 1024 }' "$1.memory")
        processors=$(awk 'END { printf "%.2f", $2 + $3 }' "$1.memory")
    fi
    printf '%-44s %9s %11s %7s\n' "$2" "$(median "$1" %.3f)" "$processors" "$memory"
}

"$crosstrust" ca --pem --out ca 2>/dev/null >/dev/null
for cluster in east west; do
    if [ "$cluster" = east ]; then instances 1 5000; else instances 5001 10000; fi >"$cluster.yml"
    "$crosstrust" cert --ca-cert ca/ca.crt --ca-key ca/ca.key --key-type ec-p256 --pem \
        --in "$cluster.yml" --out "$cluster" >/dev/null 2>&1
done
printf "trust.subject_name:\n  - '*.node.1234567abcd.cluster.myscope.account'\n" >trust.yml

judge=(--trust ca/ca.crt --restrictions trust.yml)
for ((run = 1; run <= runs; run++)); do
    measure node "$crosstrust" preflight node 'east/*/*.crt' 'west/*/*.crt' "${judge[@]}"
    measure json "$crosstrust" preflight node 'east/*/*.crt' 'west/*/*.crt' "${judge[@]}" --format json
    measure matrix "$crosstrust" preflight matrix \
        --cluster 'east=east/*/*.crt,ca=ca/ca.crt,restrictions=trust.yml' \
        --cluster 'west=west/*/*.crt,ca=ca/ca.crt,restrictions=trust.yml'
done
# Rows that say the same are one.
grep -qE '^10,?000 nodes: .* accepted  accepted ' node.out || stop 'not all 10,000 nodes are accepted'

printf '%d cores, %s; median of %d runs\n\n' "$(nproc)" "$("$crosstrust" --version)" "$runs"
printf '%-44s %9s %11s %7s\n' 'what' 'seconds' 'cpu seconds' 'MiB'
row node 'preflight node, 10,000 certificates'
row json 'the same as JSON'
row matrix 'preflight matrix, two clusters of 5,000'
