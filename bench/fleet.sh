#!/usr/bin/env bash
# How long a report on many clusters takes: bash bench/fleet.sh [PATH_TO_CROSSTRUST]
#
# Fleets of 100 and 1,000 clusters (or CLUSTERS) of 10 nodes with P-256 keys: every other cluster has a CA of its own,
# all of these CAs with certutil's name; the others share one CA for each 50. Each trusts its own CA and those of two
# neighbours, and all but one in ten have restrictions of 1 to 20 patterns. The table has the time and the peak
# memory of the run in the middle of three (or RUNS), and the size of what is written.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-3}
sizes=${CLUSTERS:-100 1000}

name() { printf 'cluster-%04d' "$1"; }

# The folder of the CA of a cluster.
authority() {
    if (($1 % 2)); then printf 'ca/own-%d' "$1"; else printf 'ca/shared-%d' $(($1 / 50)); fi
}

make_authority() {
    local folder
    folder=$(authority "$1")
    [ ! -d "$folder" ] || return 0
    mkdir -p ca
    if (($1 % 2)); then
        "$crosstrust" ca --pem --out "$folder" --key-type ec-p256
    else
        "$crosstrust" ca --pem --out "$folder" --key-type ec-p256 --dn "CN=Shared CA $(($1 / 50))"
    fi
} >/dev/null

# The first is the cluster's own pattern, the next two admit its neighbours.
restrictions() {
    local count=$((1 + $1 % 20)) other
    printf 'trust.subject_name:\n'
    for ((other = $1; other < $1 + count; other++)); do
        printf -- "  - '*.node.%s.cluster.fleet.account'\n" "$(name $((other % clusters)))"
    done
}

make_cluster() {
    local folder own n
    folder=fleet/$(name "$1") own=$(authority "$1")
    printf 'instances:\n' >instances.yml
    for ((n = 1; n <= 10; n++)); do
        printf '  - {name: es%d, dns: [es%d.%s.example.com], cn: [es%d.node.%s.cluster.fleet.account]}\n' \
            "$n" "$n" "$(name "$1")" "$n" "$(name "$1")"
    done >>instances.yml
    "$crosstrust" cert --ca-cert "$own/ca.crt" --ca-key "$own/ca.key" --pem --in instances.yml \
        --key-type ec-p256 --out "$folder" >/dev/null
    mkdir -p "$folder/ca"
    for n in "$1" $((($1 + 1) % clusters)) $((($1 + 2) % clusters)); do
        cp "$(authority "$n")/ca.crt" "$folder/ca/$n.crt"
    done
    if (($1 % 10)); then restrictions "$1" >"$folder/trust.yml"; fi
}

make_fleet() {
    clusters=$1
    rm -rf fleet ca
    for ((c = 0; c < clusters; c++)); do make_authority "$c"; done
    for ((c = 0; c < clusters; c++)); do make_cluster "$c"; done
}

# Seconds and KiB of a report; that it finds something is no failure.
measure() {
    rm -rf page
    command time -f '%e %M' -o measured "$crosstrust" report fleet --out page --fail-on never >/dev/null
    cat measured
}

bytes() { stat -c %s "$1"; }

printf '| clusters × 10 nodes | s | MiB | page, kB | JSON, kB |\n|---|---|---|---|---|\n'
for size in $sizes; do
    make_fleet "$size"
    middle=$(for ((run = 0; run < runs; run++)); do measure; done | sort -n | sed -n "$(((runs + 1) / 2))p")
    printf '| %s | %s | %s | %s | %s |\n' "$size" "${middle% *}" $((${middle#* } / 1024)) \
        $(($(bytes page/index.html) / 1000)) $(($(bytes page/report.json) / 1000))
    if [ -n "${KEEP:-}" ]; then rm -rf "$KEEP-$size" && cp -a fleet "$KEEP-$size"; fi
done
