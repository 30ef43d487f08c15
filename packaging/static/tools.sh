# shellcheck shell=bash
# Puts the tools of requirements.txt on the PATH: source packaging/static/tools.sh
# They go into target/tools/ once, and again when requirements.txt has changed.
tools=$PWD/target/tools
if ! cmp --silent packaging/static/requirements.txt "$tools/requirements.txt"; then
    rm -rf "$tools"
    python3 -m pip install --quiet --disable-pip-version-check --target "$tools" --requirement packaging/static/requirements.txt
    cp packaging/static/requirements.txt "$tools/"
fi
export PATH="$tools/bin:$tools/ziglang:$PATH"
