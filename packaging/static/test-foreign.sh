#!/usr/bin/env bash
# Starts a static binary of another kind of machine under QEMU: bash packaging/static/test-foreign.sh aarch64
# Needs qemu-user-static and openssl.
set -euo pipefail
cd "$(dirname "$0")/../.."
machine=${1:?which machine? such as aarch64}
binary=$PWD/target/static/$machine-unknown-linux-musl/crosstrust
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
say() { printf 'ok  %s\n' "$*"; }
run() { "qemu-$machine-static" "$binary" "$@"; }

readelf --file-header "$binary" | grep -qi "machine: *$machine"
! readelf --program-headers "$binary" | grep -q 'program interpreter'
say "static, for $machine"

cd "$scratch"
run ca --pem --key-type ec-p256 --out ca > /dev/null
run cert --ca-cert ca/ca.crt --ca-key ca/ca.key --pem --key-type ec-p256 --name node1 \
    --cn node1.node.a.cluster.b.account --out nodes > /dev/null
openssl verify -CAfile ca/ca.crt nodes/node1/node1.crt > /dev/null
say 'a certificate issued; OpenSSL verifies it'
run inspect nodes/node1/node1.crt | grep -q 'node1.node.a.cluster.b.account'
say 'inspect shows an otherName'
