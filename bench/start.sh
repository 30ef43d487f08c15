#!/usr/bin/env bash
# How long a command takes that does nothing: bash bench/start.sh [PATH_TO_CROSSTRUST]
#
# The version, as each tool prints it (keytool its help), 50 times in turns; the table shows medians of the wall clock in
# milliseconds, with the start of the process in them. Without a path a `dist` build of this
# checkout is measured.
. "$(dirname "${BASH_SOURCE[0]}")/common/setup.sh" "$@"

runs=50

row() {
    [ -f "$1.times" ] || return 0
    printf '%-36s %9s\n' "$2" "$(median "$1" %.5f | awk '{ printf "%.2f", $1 * 1000 }')"
}

for ((run = 1; run <= runs; run++)); do
    timed true /bin/true
    timed crosstrust "$crosstrust" --version
    timed openssl openssl version
    ! command -v certtool >/dev/null || timed certtool certtool --version
    # A JVM is slow to start; some runs will do.
    [ "$run" -gt 5 ] || ! command -v keytool >/dev/null || timed keytool keytool -help
done
printf '%d cores, %s; median of %d runs\n\n' "$(nproc)" "$("$crosstrust" --version)" "$runs"
printf '%-36s %9s\n' 'what' 'ms'
row true 'a process that does nothing (true)'
row crosstrust 'crosstrust --version'
row openssl 'openssl version'
row certtool 'certtool --version'
row keytool 'keytool -help'
