#!/usr/bin/env bash
# Unpacks the root of the oldest Debian that the mirror still has: bash packaging/static/old-root.sh FOLDER
# Needs root, and debootstrap. Its packages are unpacked and not configured: that will do to start programs.
set -euo pipefail
root=${1:?which folder?}
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
mkdir -p "$root"
chmod 0755 "$root"
for suite in buster bullseye bookworm; do
    if debootstrap --foreign --variant=minbase "$suite" "$root" "$mirror" > "$root.log" 2>&1; then
        printf '%s\n' "$suite" > "$root/suite"
        exit 0
    fi
done
tail -n 20 "$root.log" >&2
exit 1
