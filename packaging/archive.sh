#!/usr/bin/env bash
# Packs a binary with its man pages and completions into target/archives/: bash packaging/archive.sh TARGET BINARY
# `crosstrust` prints the completions itself, so RUNNER (such as qemu-aarch64-static) starts a foreign binary.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?which target? such as x86_64-unknown-linux-musl}
binary=${2:?which binary?}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name=crosstrust-$version-$target

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
folder=$scratch/$name
mkdir -p "$folder/man" "$folder/completions" target/archives
cp "$binary" "$folder/crosstrust"
chmod 0755 "$folder/crosstrust"
cp man/*.1 "$folder/man/"
for shell in bash fish zsh; do
    ${RUNNER:-} "$folder/crosstrust" completions "$shell" > "$folder/completions/crosstrust.$shell"
done
cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$folder/"
tar --create --gzip --file "target/archives/$name.tar.gz" --directory "$scratch" "$name"
printf 'target/archives/%s.tar.gz\n' "$name"
