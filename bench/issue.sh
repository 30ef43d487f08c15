#!/usr/bin/env bash
# How long issuing takes, side by side: bash bench/issue.sh [PATH_TO_CROSSTRUST]
#
# 100 RSA-2048 nodes as PKCS#12 by crosstrust, by a shell loop over openssl and, where GnuTLS is
# installed, by one over certtool; the generation of 100 such keys alone; then 1,000 P-256 nodes as
# PEM by crosstrust alone. Each is run several times, in turns; the table shows medians of the wall
# clock. Without a path a `dist` build of this checkout is measured.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=${RUNS:-3}
# With the command beside it, so that what both depend on is compiled once.
cargo build --quiet --profile dist --locked --manifest-path "$root/Cargo.toml" \
    --package crosstrust-cli --package crosstrust-issue --example generate_keys
generate_keys=${CARGO_TARGET_DIR:-$root/target}/dist/examples/generate_keys

# instances COUNT: an instances file of that many nodes.
instances() {
    printf 'instances:\n'
    for ((i = 1; i <= $1; i++)); do
        printf '  - name: node%d\n    dns: [node%d.example.com, localhost]\n' "$i" "$i"
        printf '    ip: ["%s"]\n    cn: node%d.node.1234567abcd.cluster.myscope.account\n' "$(address "$i")" "$i"
    done
}

address() { printf '10.0.%d.%d' $(($1 / 256)) $(($1 % 256)); }

by_crosstrust() {
    "$crosstrust" cert --ca ca.p12 --ca-pass secret --in instances-100.yml --out "$1" --pass ''
}

pem_by_crosstrust() {
    "$crosstrust" cert --ca ca.p12 --ca-pass secret --in instances-1000.yml --out "$1" --pem --key-type ec-p256
}

# The same files as by_crosstrust, the way such scripts are usually written.
by_openssl() {
    mkdir "$1"
    for ((i = 1; i <= 100; i++)); do
        local node=$1/node$i
        mkdir "$node"
        cat >"$node/extensions" <<-EXTENSIONS
		subjectKeyIdentifier = hash
		authorityKeyIdentifier = keyid
		subjectAltName = IP:$(address "$i"), DNS:node$i.example.com, DNS:localhost, otherName:2.5.4.3;UTF8:node$i.node.1234567abcd.cluster.myscope.account
		basicConstraints = CA:FALSE
		EXTENSIONS
        openssl req -newkey rsa:2048 -noenc -keyout "$node/key" -subj "/CN=node$i" -out "$node/csr"
        openssl x509 -req -in "$node/csr" -CA ca.crt -CAkey ca.key -days 1095 \
            -extfile "$node/extensions" -out "$node/crt"
        openssl pkcs12 -export -in "$node/crt" -inkey "$node/key" -certfile ca.crt -name "node$i" \
            -passout pass: -out "$node/node$i.p12"
        rm "$node"/{extensions,csr,key,crt}
    done
}

# The keys alone: no certificate, no key store, no file.
keys_alone() {
    mkdir "$1"
    "$generate_keys" 100
}

# The same with GnuTLS, which writes no otherName of this type: the names are left out.
by_certtool() {
    mkdir "$1"
    for ((i = 1; i <= 100; i++)); do
        local node=$1/node$i
        mkdir "$node"
        printf 'cn = "node%d"\ndns_name = "node%d.example.com"\nip_address = "%s"\nexpiration_days = 1095\npkcs12_key_name = "node%d"\n' \
            "$i" "$i" "$(address "$i")" "$i" >"$node/template"
        certtool --generate-privkey --key-type rsa --bits 2048 --outfile "$node/key"
        certtool --generate-certificate --load-privkey "$node/key" --load-ca-certificate ca.crt \
            --load-ca-privkey ca.key --template "$node/template" --outfile "$node/crt"
        certtool --to-p12 --load-certificate "$node/crt" --load-privkey "$node/key" \
            --load-ca-certificate ca.crt --template "$node/template" --password x --outder \
            --outfile "$node/node$i.p12"
        rm "$node"/{template,key,crt}
    done
}

# A run counts only when it wrote what was asked for.
expect() {
    local wanted pattern found
    case $1 in
    keys_alone) return ;;
    pem_by_crosstrust) wanted=1000 pattern='*.crt' ;;
    *) wanted=100 pattern='*.p12' ;;
    esac
    found=$(find out -name "$pattern" ! -name 'ca.*' | wc -l)
    [ "$found" -eq "$wanted" ] || stop "$1 wrote $found files $pattern, not $wanted"
}

instances 100 >instances-100.yml
instances 1000 >instances-1000.yml
openssl req -x509 -newkey rsa:2048 -noenc -keyout ca.key -out ca.crt -subj '/CN=Benchmark CA' -days 1095 \
    -addext 'keyUsage = critical, keyCertSign, cRLSign' 2>/dev/null
openssl pkcs12 -export -in ca.crt -inkey ca.key -name ca -passout pass:secret -out ca.p12

measured=(by_crosstrust keys_alone by_openssl pem_by_crosstrust)
if command -v certtool >/dev/null; then
    measured+=(by_certtool)
fi
for ((run = 1; run <= runs; run++)); do
    for each in "${measured[@]}"; do
        timed "$each" "$each" out
        expect "$each"
        rm -r out
    done
done

printf '%d cores, %s, %s; median of %d runs\n\n' \
    "$(nproc)" "$("$crosstrust" --version)" "$(openssl version | cut -d' ' -f1,2)" "$runs"
row='%-36s %9s  %s\n'
# line NAME WHAT: a row of the table, with the ratio to crosstrust.
line() {
    # shellcheck disable=SC2059
    printf "$row" "$2" "$(median "$1" %.3f)" "$(ratio "$1" by_crosstrust)"
}
# shellcheck disable=SC2059
printf "$row" 'what' 'seconds' 'ratio'
line by_crosstrust '100 RSA-2048 PKCS#12, crosstrust'
line keys_alone '100 RSA-2048 keys alone, all cores'
line by_openssl '100 RSA-2048 PKCS#12, openssl loop'
if command -v certtool >/dev/null; then
    line by_certtool '100 RSA-2048 PKCS#12, certtool loop'
fi
# shellcheck disable=SC2059
printf "$row" '1,000 P-256 PEM, crosstrust' "$(median pem_by_crosstrust)" ''
