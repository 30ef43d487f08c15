#!/usr/bin/env bash
# All measurements, written to bench/RESULTS.md: bash bench/run.sh [PATH_TO_CROSSTRUST]
#
# With ONLY='build issue' those scripts alone are run, and what they say is printed; RESULTS.md stays as it is.
# Runs every other script of this folder with one binary, one after the other. Without a path that is
# a `dist` build of this checkout.
# On Debian and its kin `apt install openssl gnutls-bin default-jdk-headless softhsm2 opensc time` has all that is
# compared with.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
revision='of unknown origin'
if [ $# -gt 0 ]; then
    crosstrust=$(realpath "$1")
else
    cargo build --quiet --profile dist --locked --package crosstrust-cli
    crosstrust=${CARGO_TARGET_DIR:-$root/target}/dist/crosstrust
    revision="commit $(git rev-parse --short HEAD 2>/dev/null || printf 'unknown')"
    git diff --quiet HEAD -- crates Cargo.toml Cargo.lock 2>/dev/null || revision="$revision and changes"
fi
results=$(mktemp)
trap 'rm -f "$results"' EXIT

# first COMMAND...: the first line that it prints; `-` where it is not installed.
first() { if command -v "$1" >/dev/null; then "$@" 2>&1 | sed -n '1p'; else printf -- '-\n'; fi; }

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | sed -n '1p')
memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo 2>/dev/null)

{
    printf '# Results\n\n'
    printf 'Written by `bash bench/run.sh`; [README.md](README.md) says what each script does.\n\n'
    printf '| | |\n|---|---|\n'
    printf '| machine | %s cores, %s, %s of memory |\n' "$(nproc)" "${model:-processor unknown}" "${memory:-?}"
    printf '| system | %s |\n' "$(uname -sm)"
    printf '| crosstrust | %s, %s |\n' "$("$crosstrust" --version | cut -d' ' -f2)" "$revision"
    printf '| OpenSSL | %s |\n' "$(first openssl version)"
    printf '| GnuTLS | %s |\n' "$(first certtool --version)"
    printf '| Java | %s |\n' "$(first java -version)"
} >"$results"

for script in bench/*.sh; do
    [ "$script" != bench/run.sh ] || continue
    case " ${ONLY:-$(basename "$script" .sh)} " in *" $(basename "$script" .sh) "*) ;; *) continue ;; esac
    printf '%s\n' "$script" >&2
    title=$(sed -n '2s/^# \(.*\): bash .*$/\1/p' "$script")
    # The first line of each names the machine and the versions, which stand above.
    printf '\n## %s\n\n`%s`\n\n```\n' "${title:-$script}" "$script" >>"$results"
    bash "$script" "$crosstrust" >>"$results"
    printf '```\n' >>"$results"
done
if [ -n "${ONLY:-}" ]; then
    cat "$results"
    exit 0
fi
cp "$results" bench/RESULTS.md
printf 'bench/RESULTS.md is written\n' >&2
