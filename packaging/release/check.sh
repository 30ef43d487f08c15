#!/usr/bin/env bash
# Whether a tag may become a release: bash packaging/release/check.sh TAG REPOSITORY
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=${1:?which tag?}
repository=${2:?which repository?}

field() { sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" Cargo.toml | head -n 1; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}
version=$(field version)
[ "$tag" = "v$version" ] || fail "the tag is $tag, and Cargo.toml has the version $version"
[ "$repository" = "$(field repository)" ] ||
    fail "this is $repository, and Cargo.toml has the repository $(field repository)"
grep -qF "## [$version] - " CHANGELOG.md || fail "CHANGELOG.md has no section \`## [$version] - DATE\`"
