#!/usr/bin/env bash
# How long a node's key store takes to become PEM: bash bench/convert.sh [PATH_TO_CROSSTRUST]
#
# One `crosstrust convert`, which writes key, chain and CA, against one `openssl pkcs12` call, which
# writes them into one file. Each is run 20 times, in turns; the table shows medians of the wall
# clock. Without a path a `dist` build of this checkout is measured.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=20

"$crosstrust" ca --pass x >/dev/null
"$crosstrust" cert --ca elastic-stack-ca.p12 --ca-pass x --name node1 --out node1.p12 --pass x >/dev/null

by_crosstrust() { "$crosstrust" convert node1.p12 --in-pass x --to pem --out out; }

by_openssl() {
    mkdir out
    openssl pkcs12 -in node1.p12 -passin pass:x -noenc -out out/node1.pem
}

for ((run = 1; run <= runs; run++)); do
    for each in by_crosstrust by_openssl; do
        timed "$each" "$each"
        rm -r out
    done
done
printf '%d cores, %s, %s; median of %d runs\n\n' \
    "$(nproc)" "$("$crosstrust" --version)" "$(openssl version | cut -d' ' -f1,2)" "$runs"
printf '%-36s %9s\n' 'what' 'seconds' 'key store to PEM, crosstrust' "$(median by_crosstrust)" \
    'key store to PEM, openssl pkcs12' "$(median by_openssl)"
