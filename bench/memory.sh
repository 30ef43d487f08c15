#!/usr/bin/env bash
# How much memory large work takes: bash bench/memory.sh [PATH_TO_CROSSTRUST]
#
# 10,000 nodes issued (P-256, PEM), their certificates judged by `preflight node`, and 100,000 names
# judged by a restrictions file of 10,000 patterns. Peak resident memory and wall clock, once each.
# Without a path a `dist` build of this checkout is measured. It needs GNU time.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

[ -x /usr/bin/time ] || { printf 'memory.sh: GNU time is not installed\n'; exit 0; }

awk 'BEGIN {
    print "instances:"
    for (i = 0; i < 10000; i++) {
        printf "  - name: node%d\n    dns: [node%d.example.com]\n", i, i
        printf "    cn: node%d.node.1234567abcd.cluster.myscope.account\n", i
    }
}' >instances.yml
awk 'BEGIN {
    print "trust.subject_name:"
    for (i = 0; i < 10000; i++) printf "  - \x27*.node.%032x.cluster.1053523734.account\x27\n", i * 7919
}' >trust.yml
awk 'BEGIN {
    for (i = 0; i < 100000; i++) printf "instance-%010d.node.%032x.cluster.1053523734.account\n", i % 50, i * 7919
}' >names
"$crosstrust" ca --pem --key-type ec-p256 --out ca >/dev/null

# measure WHAT COMMAND...: a row. Findings are no failure.
measure() {
    local what=$1 status=0
    shift
    /usr/bin/time -q -f '%M %e' -o figures "$@" <names >log 2>&1 || status=$?
    [ "$status" -le 1 ] || { cat log >&2; exit 1; }
    awk -v what="$what" 'END { printf "%-44s %7.0f %9.2f\n", what, $1 / 1024, $2 }' figures
}

printf '%d cores, %s; one run each\n\n' "$(nproc)" "$("$crosstrust" --version)"
printf '%-44s %7s %9s\n' 'what' 'MiB' 'seconds'
measure '10,000 P-256 nodes issued as PEM' \
    "$crosstrust" cert --ca-cert ca/ca.crt --ca-key ca/ca.key --in instances.yml --pem --key-type ec-p256 --out out
[ "$(find out -name 'node*.crt' | wc -l)" -eq 10000 ] || { printf 'memory.sh: files are missing\n' >&2; exit 1; }
measure '10,000 certificates by preflight node' "$crosstrust" preflight node 'out/*/*.crt' --trust ca/ca.crt
measure '100,000 names by 10,000 patterns' "$crosstrust" restrictions match --file trust.yml -
