#!/usr/bin/env bash
# Uses the static binary in the root of an old distribution: bash packaging/static/test.sh ROOT [BINARY]
# Needs root and openssl; `bash packaging/static/old-root.sh ROOT` makes the root.
# LIMIT bounds its size in bytes: 15 MB, which is for a build of the profile `dist`.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=${1:?which root?}
binary=${2:-target/static/x86_64-unknown-linux-musl/crosstrust}

scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$scratch"' EXIT
say() { printf 'ok  %s\n' "$*"; }
inside() { chroot "$root" /usr/bin/env -i HOME=/srv PATH=/usr/bin:/bin "$@"; }

ldd "$binary" > "$scratch/libraries" 2>&1 || true
grep -qE 'statically linked|not a dynamic executable' "$scratch/libraries"
size=$(stat -c %s "$binary")
[ "$size" -lt "${LIMIT:-15000000}" ] || { printf '%s has %d bytes\n' "$binary" "$size" >&2; exit 1; }
say "static, $size bytes"

rm -rf "$root/srv"
mkdir -p "$root/srv"
cp "$binary" "$root/usr/bin/crosstrust"
inside sh -c 'cd /srv && crosstrust demo' > "$scratch/demo"
grep -q '^  refused   stranger' "$scratch/demo"
say "demo runs on $(cat "$root/suite"), $(inside sh -c '/lib/*/libc.so.6 | head -n 1' || printf 'no glibc')"

{
    printf 'instances:\n'
    for ((i = 1; i <= 20; i++)); do
        printf '  - {name: node%d, dns: [node%d.example.com], ip: [127.0.0.1], cn: [node%d.node.a.cluster.b.account]}\n' $i $i $i
    done
} > "$root/srv/instances.yml"
inside sh -c 'cd /srv && crosstrust ca --pem --out ca &&
    crosstrust cert --ca-cert ca/ca.crt --ca-key ca/ca.key --in instances.yml --pem --out nodes' > /dev/null
[ "$(find "$root/srv/nodes" -name 'node*.crt' | wc -l)" -eq 20 ]
for ((i = 1; i <= 20; i++)); do
    openssl verify -CAfile "$root/srv/ca/ca.crt" "$root/srv/nodes/node$i/node$i.crt" > /dev/null
done
say '20 nodes issued; OpenSSL verifies each'

inside sh -c 'cd /srv && crosstrust inspect nodes/node7/node7.crt' > "$scratch/inspect"
grep -q 'node7.node.a.cluster.b.account' "$scratch/inspect"
say 'inspect shows an otherName'

# A server outside of the root; it says itself which port it was given.
: > "$scratch/server"
openssl s_server -www -accept 0 -cert "$root/srv/nodes/node7/node7.crt" -key "$root/srv/nodes/node7/node7.key" \
    -cert_chain "$root/srv/ca/ca.crt" > "$scratch/server" 2>&1 < /dev/null &
for ((i = 0; i < 100; i++)); do
    port=$(sed -n 's/^ACCEPT.*:\([0-9]*\).*$/\1/p' "$scratch/server")
    [ -z "$port" ] || break
    sleep 0.1
done
inside sh -c "cd /srv && crosstrust preflight endpoint 127.0.0.1:$port --trust ca/ca.crt" > "$scratch/endpoint" ||
    { cat "$scratch/server" "$scratch/endpoint"; exit 1; }
grep -q 'node7' "$scratch/endpoint"
say 'preflight endpoint accepts a server of OpenSSL'
