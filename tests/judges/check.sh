#!/usr/bin/env bash
# Asks Java whether the fixtures' tables still hold: bash tests/judges/check.sh [JAVA]
#
# cluster/scenarios.tsv is judged by Pkix.java, in both roles. Exit status 1
# and one line for each verdict that does not hold.
set -euo pipefail

java=${1:-java}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../../fixtures"
wrong=$(mktemp)
trap 'rm -f "$wrong"' EXIT

tail -n +2 cluster/scenarios.tsv | cut -f1 | while read -r name; do
    printf -- '--trust\n%s\n--chain\n%s\n' "cluster/scenarios/$name".{trust,chain}.pem
done | "$java" "$here/Pkix.java" - |
    awk -F'\t' '
        NR == FNR { if (FNR > 1) { want[$1, "client"] = $2; want[$1, "server"] = $3 } next }
        {
            name = $1
            gsub(/^.*\/|\.chain\.pem$/, "", name)
            expected = want[name, $2]
            delete want[name, $2]
            holds = expected == "ok" ? $3 == "ok" : $3 != "ok" && index($3, expected)
            if (!holds) print name " as " $2 ": expected `" expected "`, Java says `" $3 "`"
        }
        END { for (key in want) { split(key, part, SUBSEP); print part[1] " as " part[2] ": not judged" } }
    ' cluster/scenarios.tsv - >"$wrong"

cat "$wrong"
rows=$(($(wc -l <cluster/scenarios.tsv) - 1))
printf '%d scenarios, %d verdicts wrong\n' "$rows" "$(wc -l <"$wrong")"
[ ! -s "$wrong" ]
