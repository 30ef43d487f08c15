#!/usr/bin/env bash
# Puts a released crosstrust into a folder, for action.yml: bash packaging/action/install.sh RELEASES VERSION FOLDER
#
# RELEASES is the address below which releases are, such as SERVER/OWNER/NAME/releases/download. The archive counts only if
# its SHA-256 is the one of the release's SHA256SUMS and, where SHA256 is set, that one. Exit status 3: there is no such release.
set -euo pipefail
releases=${1:?where are the releases?}
version=${2:?which version?}
folder=${3:?into which folder?}

say() { printf 'crosstrust: %s\n' "$*" >&2; }
case $(uname -s)-$(uname -m) in
Linux-x86_64) target=x86_64-unknown-linux-musl ;;
Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
Darwin-x86_64) target=x86_64-apple-darwin ;;
Darwin-arm64) target=aarch64-apple-darwin ;;
*)
    say "no binary is released for $(uname -s) on $(uname -m)"
    exit 3
    ;;
esac
archive=crosstrust-$version-$target.tar.gz

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# get FILE: status 3 where the server has none, 1 where it was not asked.
get() {
    local status
    status=$(curl --silent --show-error --location --retry 3 --output "$scratch/$1" --write-out '%{http_code}' \
        "$releases/v$version/$1") || exit 1
    case $status in
    200) ;;
    404)
        say "$releases/v$version has no $1"
        exit 3
        ;;
    *)
        say "$releases/v$version/$1: HTTP status $status"
        exit 1
        ;;
    esac
}
get SHA256SUMS
get "$archive"

found=$({ sha256sum "$scratch/$archive" 2>/dev/null || shasum -a 256 "$scratch/$archive"; } | cut -d ' ' -f 1)
wanted=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$scratch/SHA256SUMS")
for sum in "$wanted" "${SHA256:-$wanted}"; do
    if [ "$found" != "$sum" ]; then
        say "error: $archive: its SHA-256 is $found, not ${sum:-in SHA256SUMS}"
        exit 1
    fi
done
mkdir -p "$folder"
tar --extract --gzip --file "$scratch/$archive" --directory "$scratch"
mv "$scratch/${archive%.tar.gz}/crosstrust" "$folder/crosstrust"
say "$archive, SHA-256 $found"
