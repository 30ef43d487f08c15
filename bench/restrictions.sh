#!/usr/bin/env bash
# How long large restrictions files take: bash bench/restrictions.sh [PATH_TO_CROSSTRUST]
#
# Judges 100,000 names by files of 1,000, 10,000 and 100,000 patterns, and lints the file of 10,000,
# which compares every pattern with every other. Wall clock, median of three runs, and peak memory
# where GNU time is installed. Without a path a `dist` build of this checkout is measured.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-3}

# patterns COUNT: most name a cluster, every tenth a node, every tenth an expression.
patterns() {
    awk -v count="$1" 'BEGIN {
        print "trust.subject_name:"
        for (i = 0; i < count; i++) {
            if (i % 10 == 8) printf "  - \x27node%d.example.com\x27\n", i
            else if (i % 10 == 9) printf "  - \x27/es[0-9]+\\.rack%d\\.example\\.com/\x27\n", i
            else printf "  - \x27*.node.%032x.cluster.1053523734.account\x27\n", i * 7919
        }
    }'
}

# Two thirds of them are names of a cluster that the largest file lets in.
names() {
    awk 'BEGIN {
        for (i = 0; i < 100000; i++) {
            if (i % 3) printf "instance-%010d.node.%032x.cluster.1053523734.account\n", i % 50, i * 7919
            else printf "instance-%010d.node.%032x.cluster.2042042042.account\n", i % 50, i
        }
    }'
}

# measure NAME COMMAND...: wall time and peak memory, whatever the verdict.
measure() {
    local name=$1 around=()
    shift
    [ ! -x /usr/bin/time ] || around=(/usr/bin/time -q -f '%M' -o "$name.memory")
    timed "$name" judged "${around[@]}" "$@"
}

judged() {
    local status=0
    "$@" <names || status=$?
    [ "$status" -le 1 ]
}

row() {
    local memory=-
    [ ! -f "$1.memory" ] || memory=$(awk 'END { printf "%.0f", $1 / 1024 }' "$1.memory")
    printf '%-44s %9s %7s\n' "$2" "$(median "$1" %.3f)" "$memory"
}

names >names
for count in 1000 10000 100000; do
    patterns "$count" >"$count.yml"
done
for ((run = 1; run <= runs; run++)); do
    for count in 1000 10000 100000; do
        measure "match-$count" "$crosstrust" restrictions match --file "$count.yml" -
    done
    measure lint "$crosstrust" restrictions lint 10000.yml
done

printf '%d cores, %s; median of %d runs\n\n' "$(nproc)" "$("$crosstrust" --version)" "$runs"
printf '%-44s %9s %7s\n' 'what' 'seconds' 'MiB'
row match-1000 '100,000 names by 1,000 patterns'
row match-10000 '100,000 names by 10,000 patterns'
row match-100000 '100,000 names by 100,000 patterns'
row lint 'lint of 10,000 patterns'
