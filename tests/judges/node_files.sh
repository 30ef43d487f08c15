#!/usr/bin/env bash
# Asks two JVMs about the files of fixtures/ that a node may be given, and writes fixtures/node-files.tsv:
#
#     bash tests/judges/node_files.sh JAVA17 JAVA25
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../../fixtures"
questions=$(mktemp)
trap 'rm -f "$questions"' EXIT

stores() { printf 'keystore\t%s\t%s\t%s\ntruststore\t%s\t%s\t%s\n' "$1" "$2" "$2" "$1" "$2" "$2"; }
{
    tail -n +2 expected.tsv | while IFS=$'\t' read -r file password _; do
        case $file in
        p12/*.p12 | p12/*.jks) stores "$file" "$password" ;;
        pem/*.crt | pem/*.pem | pem/*.p7b | pem/*.der) printf 'certificate\t%s\t\t\n' "$file" ;;
        esac
    done
    awk -F'\t' '/^pem\/keys\/.*\.key/ { print "key\t" $1 "\t" $2 "\t" }' keys.tsv
    for file in node/*; do
        case $file in
        node/*non-ascii*) stores "$file" 'pässwörd€' ;;
        node/pbmac1.p12) stores "$file" 1234 ;;
        node/key-password.*)
            stores "$file" changeit
            printf 'keystore\t%s\tchangeit\tanother\n' "$file"
            printf 'keystore\t%s\twrong\tanother\n' "$file"
            ;;
        node/*.p12 | node/*.jks) stores "$file" changeit ;;
        node/layout-*.key) printf 'key\t%s\t\t\n' "$file" ;;
        node/*.key) printf 'key\t%s\tchangeit\t\nkey\t%s\twrong\t\nkey\t%s\t\t\n' "$file" "$file" "$file" ;;
        node/*.crt) printf 'certificate\t%s\t\t\n' "$file" ;;
        esac
    done
    for file in p12/openssl/{no-mac,plain-certificates,ca,ca-empty-password}.p12 \
        p12/keytool/{no-password.p12,truststore.jks}; do
        stores "$file" wrong
    done
} >"$questions"

ask() { "$1" -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 "$here/NodeFiles.java" <"$questions"; }
# Messages are not part of the table: the answer is `ok` with what follows, or `error`.
answers() { ask "$1" | awk -F'\t' '{ print $3 == "ok" ? $3 (NF > 3 ? " " $4 : "") (NF > 4 ? " " $5 : "") : "error" }'; }
{
    printf 'use\tfile\tpassword\tkey password\tjava 17\tjava 25\n'
    paste "$questions" <(answers "$1") <(answers "$2")
} >node-files.tsv
