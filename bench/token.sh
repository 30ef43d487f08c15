#!/usr/bin/env bash
# How long signing with a key in a token takes: bash bench/token.sh [PATH_TO_CROSSTRUST]
#
# 100 requests of nodes, made beforehand, are signed with a CA key in a SoftHSM token: by one
# `crosstrust sign`, by the same with the key in a file, and by a loop of 100 `pkcs11-tool --sign`,
# which makes the bare signatures. Each with an RSA-2048 and a P-256 key, several times, in turns; the
# table shows medians of the wall clock. Without a path a `dist` build of this checkout is measured.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-5}
for module in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so /usr/lib64/pkcs11/libsofthsm2.so; do
    [ -e "$module" ] && break
done
[ -e "$module" ] && command -v softhsm2-util pkcs11-tool >/dev/null || {
    echo 'not measured: it takes SoftHSM and OpenSC (apt-get install softhsm2 opensc)'
    exit 0
}
mkdir tokens
printf 'directories.tokendir = %s/tokens\n' "$work" >softhsm2.conf
export SOFTHSM2_CONF=$work/softhsm2.conf
softhsm2-util --init-token --free --label ca --pin 123456 --so-pin 87654321 >log
printf 123456 >pin

# pkcs11-tool signs with the key of an id; it does not look at labels.
id() { [ "$1" = rsa-2048 ] && printf 01 || printf 02; }
uri() { printf 'pkcs11:token=ca;object=%s;id=%%%s?module-path=%s&pin-source=pin' "$1" "$(id "$1")" "$module"; }

{
    printf 'instances:\n'
    for ((i = 1; i <= 100; i++)); do
        printf '  - name: node%d\n    dns: [node%d.example.com]\n    cn: node%d.node.1234567abcd.cluster.myscope.account\n' "$i" "$i" "$i"
    done
} >instances.yml
{
    "$crosstrust" csr --in instances.yml
    for kind in rsa-2048 ec-p256; do
        "$crosstrust" ca --key "$(uri "$kind")" --generate --key-type "$kind" --out "token-$kind"
        "$crosstrust" ca --pem --key-type "$kind" --out "file-$kind"
    done
} >log 2>&1
head -c 1000 /dev/urandom >message
sha256sum message | cut -c1-64 | tr -d '\n' | xxd -r -p >hash

by_token() {
    "$crosstrust" sign 'requests/*/*.csr' --ca-cert "token-$1/ca.crt" --ca-key "$(uri "$1")" --out out
}
by_file() {
    "$crosstrust" sign 'requests/*/*.csr' --ca-cert "file-$1/ca.crt" --ca-key "file-$1/ca.key" --out out
}
by_loop() {
    local mechanism=SHA256-RSA-PKCS input=message
    [ "$1" = rsa-2048 ] || { mechanism=ECDSA input=hash; }
    mkdir out
    for ((i = 1; i <= 100; i++)); do
        pkcs11-tool --module "$module" --token-label ca --login --pin 123456 --id "$(id "$1")" --sign \
            --mechanism "$mechanism" --input-file "$input" --output-file "out/node$i.crt"
    done
}

# measure WAY KIND: one run; it counts only when it wrote what was asked for.
measure() {
    local found
    timed "$1-$2" "$1" "$2"
    found=$(find out -name 'node*.crt' -size +0 | wc -l)
    [ "$found" -eq 100 ] || stop "$1 $2 wrote $found files, not 100"
    rm -r out
}

for ((run = 1; run <= runs; run++)); do
    for kind in rsa-2048 ec-p256; do
        for way in by_token by_file by_loop; do
            measure "$way" "$kind"
        done
    done
done

printf '%d cores, %s, SoftHSM %s, %s; median of %d runs\n\n' "$(nproc)" "$("$crosstrust" --version)" \
    "$(softhsm2-util --version)" "$(opensc-tool --info 2>/dev/null | head -n 1 | cut -d" " -f1,2)" "$runs"
row='%-46s %9s  %s\n'
# shellcheck disable=SC2059
printf "$row" 'what' 'seconds' 'ratio'
for kind in rsa-2048 ec-p256; do
    for way in by_token by_file by_loop; do
        case $way in
        by_token) what="100 requests signed, $kind in the token" ;;
        by_file) what="100 requests signed, $kind in a file" ;;
        by_loop) what="100 signatures of $kind, pkcs11-tool loop" ;;
        esac
        # shellcheck disable=SC2059
        printf "$row" "$what" "$(median "$way-$kind")" "$(ratio "$way-$kind" "by_token-$kind")"
    done
done
