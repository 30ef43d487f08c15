# What the measurements share, sourced with their arguments: . "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"
#
# `root` is the checkout, `crosstrust` the binary that the first argument names, without one a `dist` build of the checkout. The
# script goes on in `work`, an empty folder that is gone when it ends.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ $# -gt 0 ]; then
    crosstrust=$(realpath "$1")
else
    cargo build --quiet --profile dist --locked --manifest-path "$root/Cargo.toml" --package crosstrust-cli
    crosstrust=${CARGO_TARGET_DIR:-$root/target}/dist/crosstrust
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# stop WHY...: ends the script with a message.
stop() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# timed NAME COMMAND...: runs a command, or a function, and adds its wall clock in seconds to NAME.times. What it printed is in the
# file `log`; it is shown when the command fails, which ends the script.
timed() {
    local name=$1 start end
    shift
    start=$EPOCHREALTIME
    "$@" >log 2>&1 || {
        tail -n 20 log >&2
        stop "$name failed"
    }
    end=$EPOCHREALTIME
    awk -v start="$start" -v end="$end" 'BEGIN { printf "%.5f\n", end - start }' >>"$name.times"
}

# median NAME [FORMAT]: the figure in the middle of NAME.times.
median() {
    sort -n "$1.times" | awk -v format="${2:-%.4f}" '{ value[NR] = $1 } END { printf format "\n", value[int((NR + 1) / 2)] }'
}

# ratio NAME BASE: the median of NAME in that of BASE.
ratio() { awk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { printf "%.2f", a / b }'; }
