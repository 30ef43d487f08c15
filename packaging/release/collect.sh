#!/usr/bin/env bash
# What stands on a release's page, in target/release-page/: bash packaging/release/collect.sh FOLDER [FILE...]
# All files of FOLDER and the others, SHA256SUMS of them, and the formula for Homebrew, filled in. The section of CHANGELOG.md
# becomes target/release-notes.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:?which folder?}
shift
page=target/release-page

field() { sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" Cargo.toml | head -n 1; }
version=$(field version)

rm -rf "$page"
mkdir -p "$page"
find "$folder" -type f -exec cp {} "$page/" \;
for file in "$@"; do cp "$file" "$page/"; done

# The sum of the archive for a target, in place of @SHA256_TARGET@.
script=$(mktemp)
trap 'rm -f "$script"' EXIT
printf 's|@VERSION@|%s|g\ns|@REPOSITORY@|%s|g\n' "$version" "$(field repository)" > "$script"
for archive in "$page"/crosstrust-"$version"-*.tar.gz; do
    target=$(basename "${archive#"$page/crosstrust-$version-"}" .tar.gz)
    name=$(printf '%s' "$target" | tr 'a-z-' 'A-Z_')
    printf 's|@SHA256_%s@|%s|\n' "$name" "$(sha256sum "$archive" | cut -d ' ' -f 1)" >> "$script"
done
sed -f "$script" packaging/homebrew/crosstrust.rb | sed '/^# A formula/d' > "$page/crosstrust.rb"
if grep -n '@[A-Z0-9_]*@' "$page/crosstrust.rb"; then
    printf 'packaging/homebrew/crosstrust.rb: no archive for these\n' >&2
    exit 1
fi

(cd "$page" && sha256sum -- * > ../SHA256SUMS && mv ../SHA256SUMS .)
awk -v heading="## [$version]" 'index($0, "## [") == 1 { inside = index($0, heading) == 1; next } inside' \
    CHANGELOG.md > target/release-notes.md
cat "$page/SHA256SUMS"
