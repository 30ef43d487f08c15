#!/usr/bin/env bash
# The action's download, from a server of this machine: bash packaging/action/test.sh ARCHIVE
# ARCHIVE is what packaging/archive.sh wrote for this machine. Needs python3 and curl.
set -euo pipefail
cd "$(dirname "$0")/../.."
archive=${1:?which archive?}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)

scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$scratch"' EXIT
say() { printf 'ok  %s\n' "$*"; }
release=$scratch/releases/v$version
mkdir -p "$release"
cp "$archive" "$release/"
(cd "$release" && sha256sum -- *.tar.gz > SHA256SUMS)

: > "$scratch/server"
python3 -u -m http.server --bind 127.0.0.1 --directory "$scratch/releases" 0 > "$scratch/server" 2>&1 &
for ((i = 0; i < 100; i++)); do
    port=$(sed -n 's/^Serving HTTP on .* port \([0-9]*\) .*$/\1/p' "$scratch/server")
    [ -z "$port" ] || break
    sleep 0.1
done

# check STATUS WHAT VERSION: installs that version, and compares the exit status.
check() {
    local status=0
    rm -rf "${scratch:?}/bin"
    bash packaging/action/install.sh "http://127.0.0.1:$port" "$3" "$scratch/bin" 2> "$scratch/said" || status=$?
    if [ "$status" -ne "$1" ] || { [ "$status" -ne 0 ] && [ -e "$scratch/bin/crosstrust" ]; }; then
        cat "$scratch/said" >&2
        printf '%s: status %s, not %s\n' "$2" "$status" "$1" >&2
        exit 1
    fi
    say "$2"
}

check 0 'a release is downloaded, its hash compared' "$version"
"$scratch/bin/crosstrust" --version | grep -qF "$version"
SHA256=$(printf '0%.0s' {1..64}) check 1 'a hash that the user gave, and that differs, is refused' "$version"
check 3 'a release that is not there is told: the action then builds from source' 99.0.0
printf 'x' >> "$release/$(basename "$archive")"
check 1 'an archive that was changed is refused' "$version"
: > "$release/SHA256SUMS"
check 1 'an archive without a hash is refused' "$version"
