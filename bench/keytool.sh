#!/usr/bin/env bash
# How long nodes take beside Java's own tool: bash bench/keytool.sh [PATH_TO_CROSSTRUST]
#
# 10 RSA-2048 nodes as PKCS#12 with their chain, by crosstrust and by a loop over keytool: key,
# request, certificate, and the import of CA and certificate, five calls a node. Then one key store
# is listed by both. The table shows medians of the wall clock. Without a path a `dist` build of
# this checkout is measured. It needs `keytool`, and OpenSSL for the CA.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-3}
nodes=10
command -v keytool >/dev/null || { printf 'keytool.sh: keytool is not installed\n'; exit 0; }

{
    printf 'instances:\n'
    for ((i = 1; i <= nodes; i++)); do
        printf '  - name: node%d\n    dns: [node%d.example.com]\n' "$i" "$i"
    done
} >instances.yml
keytool -genkeypair -keyalg RSA -keysize 2048 -alias ca -dname 'CN=Benchmark CA' -ext bc:c -validity 1095 \
    -keystore ca.p12 -storepass secret >/dev/null 2>&1
keytool -exportcert -rfc -alias ca -keystore ca.p12 -storepass secret -file ca.crt >/dev/null 2>&1

by_crosstrust() { "$crosstrust" cert --ca ca.p12 --ca-pass secret --in instances.yml --out out --pass secret; }

by_keytool() {
    mkdir out
    for ((i = 1; i <= nodes; i++)); do
        local store=(-keystore "out/node$i.p12" -storepass secret)
        keytool -genkeypair -keyalg RSA -keysize 2048 -alias node -dname "CN=node$i" "${store[@]}"
        keytool -certreq -alias node "${store[@]}" -file request
        keytool -gencert -alias ca -keystore ca.p12 -storepass secret -infile request -outfile "certificate" \
            -ext "san=dns:node$i.example.com" -validity 1095 -rfc
        keytool -importcert -noprompt -alias ca "${store[@]}" -file ca.crt
        keytool -importcert -noprompt -alias node "${store[@]}" -file certificate
    done
}

list_crosstrust() { "$crosstrust" inspect --pass secret ca.p12; }

list_keytool() { keytool -list -v -keystore ca.p12 -storepass secret; }

# measure NAME: one run; it counts only when it wrote what was asked for.
measure() {
    local found
    timed "$1" "$1"
    [ -d out ] || return 0
    found=$(find out -name '*.p12' | wc -l)
    [ "$found" -eq "$nodes" ] || stop "$1 wrote $found key stores"
    rm -r out
}

# row NAME WHAT BASE: with the ratio to BASE.
row() { printf '%-36s %9s %8s\n' "$2" "$(median "$1")" "$(ratio "$1" "$3")"; }

for ((run = 1; run <= runs; run++)); do
    for each in by_crosstrust by_keytool list_crosstrust list_keytool; do
        measure "$each"
    done
done
printf '%d cores, %s, %s; median of %d runs\n\n' \
    "$(nproc)" "$("$crosstrust" --version)" "$(java -version 2>&1 | head -n 1)" "$runs"
printf '%-36s %9s %8s\n' 'what' 'seconds' 'ratio'
row by_crosstrust "$nodes RSA-2048 PKCS#12, crosstrust" by_crosstrust
row by_keytool "$nodes RSA-2048 PKCS#12, keytool loop" by_crosstrust
row list_crosstrust 'a key store listed, crosstrust' list_crosstrust
row list_keytool 'a key store listed, keytool' list_crosstrust
