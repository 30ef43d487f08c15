#!/usr/bin/env bash
# Runs what docs/compare.md shows of openssl and keytool, and holds it to what the page says of the results:
# bash tests/documentation/other-tools.sh PATH_TO_CROSSTRUST
set -euo pipefail

page=$(cd "$(dirname "$0")/../.." && pwd)/docs/compare.md
crosstrust=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Each block of the language `sh`, in a shell of its own.
awk '/^```sh$/ { inside = 1; block++; next } /^```$/ { inside = 0 } inside { print > ("block-" block ".sh") }' "$page"
[ -e block-3.sh ] && [ ! -e block-4.sh ] || { echo "$page: not three blocks of sh" >&2; exit 1; }
for block in block-*.sh; do
    bash -euo pipefail "$block" >"$block.log" 2>&1 || { cat "$block.log" >&2; exit 1; }
done

entries() { keytool -list -keystore "$1" -storepass changeit | grep -c "$2" || true; }
is() { [ "$1" = "$2" ] || { echo "$page: $3: $1, not $2" >&2; exit 1; }; }

name=node1.node.1234567abcd.cluster.myscope.account
printf "trust.subject_name:\n  - '*.node.1234567abcd.cluster.myscope.account'\n" >trust.yml
for tool in by-openssl by-keytool; do
    "$crosstrust" preflight node "$tool/node1.p12" --pass changeit --trust "$tool/ca.crt" --restrictions trust.yml \
        >"$tool/verdict" || { cat "$tool/verdict" >&2; exit 1; }
    grep -q "accepted  accepted .*$name" "$tool/verdict"
    is "$(entries "$tool/node1.p12" PrivateKeyEntry)" 1 "keys of $tool"
done
is "$(entries by-openssl/node1.p12 trustedCertEntry)" 0 'trusted certificates of by-openssl'
is "$(entries by-keytool/node1.p12 trustedCertEntry)" 1 'trusted certificates of by-keytool'
is "$(grep -c ': OK$' block-1.sh.log)" 2 'verdicts of openssl verify'
shown=$(keytool -list -v -keystore by-openssl/node1.p12 -storepass changeit)
is "$(grep -c "$name" <<<"$shown" || true)" 0 'values of the otherName that keytool shows'
refused=$(keytool -genkeypair -alias x -keyalg RSA -dname CN=x -ext san=othername:1.2.3 -keystore x.p12 -storepass changeit 2>&1 || true)
is "$(grep -c 'Unrecognized GeneralName type: othername' <<<"$refused" || true)" 1 'refusals of an otherName by keytool'
echo "docs/compare.md: openssl and keytool do what it says"
