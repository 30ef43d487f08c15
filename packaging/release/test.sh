#!/usr/bin/env bash
# What the release workflow calls at its ends, with archives that are stand-ins: bash packaging/release/test.sh
# It writes target/release-page/, as a release does.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
say() { printf 'ok  %s\n' "$*"; }
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)

if bash packaging/release/check.sh v99.0.0 https://example.org/elsewhere 2> "$scratch/said"; then exit 1; fi
grep -q 'the tag is v99.0.0' "$scratch/said"
if bash packaging/release/check.sh "v$version" https://example.org/elsewhere 2> "$scratch/said"; then exit 1; fi
grep -q 'this is https://example.org/elsewhere' "$scratch/said"
say 'a tag of another version and another repository are refused'

for target in $(sed -n 's/^ *- target: //p' .github/workflows/release.yml); do
    mkdir -p "$scratch/files/$target"
    printf '%s\n' "$target" > "$scratch/files/$target/crosstrust-$version-$target.tar.gz"
done
printf '{}\n' > "$scratch/crates.cdx.json"
bash packaging/release/collect.sh "$scratch/files" "$scratch/crates.cdx.json" > "$scratch/sums"
(cd target/release-page && sha256sum --check --quiet SHA256SUMS)
[ "$(wc -l < "$scratch/sums")" -eq 6 ] # four archives, the list of crates, the formula
for archive in target/release-page/*.tar.gz; do
    grep -qF "$(sha256sum "$archive" | cut -d ' ' -f 1)" target/release-page/crosstrust.rb
done
say 'sums are right, and the formula has those of the four archives'

rm "$scratch"/files/*/*aarch64-apple-darwin.tar.gz
if bash packaging/release/collect.sh "$scratch/files" > "$scratch/sums" 2>&1; then exit 1; fi
grep -q 'AARCH64_APPLE_DARWIN' "$scratch/sums"
say 'a formula without an archive is refused'
