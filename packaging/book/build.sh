#!/usr/bin/env bash
# Builds the book, and follows its links: bash packaging/book/build.sh
# It takes mdbook 0.5 (`requirements.txt` beside this has it as a wheel), Python 3 and mandoc.
set -euo pipefail
cd "$(dirname "$0")/../.."

for program in mdbook python3 mandoc; do
    command -v "$program" >/dev/null || {
        echo "$program is missing: pip install -r packaging/book/requirements.txt; apt-get install mandoc" >&2
        exit 1
    }
done
mdbook --version | grep -q '^mdbook v0\.5\.' || { echo "mdbook is not 0.5: $(mdbook --version)" >&2; exit 1; }
mdbook build docs
python3 packaging/book/check.py target/book
