#!/usr/bin/env bash
# Installs the wheel of target/wheels that fits this machine, with no index to ask, and uses it: bash packaging/python/test.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
wheels=$PWD/target/wheels
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
say() { printf 'ok  %s\n' "$*"; }

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
python3 -m venv "$scratch/environment"
"$scratch/environment/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$wheels" "crosstrust==$version"
say "pip installs crosstrust $version without an index"
cd "$scratch"
environment/bin/crosstrust demo > demo
grep -q '^  refused   stranger' demo
say 'crosstrust demo runs from the environment'
environment/bin/pip uninstall --quiet --yes crosstrust
[ ! -e environment/bin/crosstrust ]
say 'it is gone when the package is removed'
