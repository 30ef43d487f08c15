#!/usr/bin/env bash
# Sets the judges up: bash tests/elasticsearch/setup.sh [FOLDER]
#
# Takes Elasticsearch's published jars by Maven, compares their checksums, and
# compiles the programs of judge/ with them. FOLDER, else target/elasticsearch,
# then has a folder for each line of versions and Java, such as 8.19-java17,
# with the programs `judge` and `node` in it. What is there already is not made again.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-${CARGO_TARGET_DIR:-$here/../../target}/elasticsearch}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# The home of a Java of this feature version; nothing if there is none.
java_home() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -x "$home/bin/javac" ] && grep -qs "^JAVA_VERSION=\"$1[.\"]" "$home/release"; then
            printf '%s\n' "$home"
            return
        fi
    done
}

# The jars of a line, in FOLDER/lib/LINE.
jars() {
    local line=$1 lib=$folder/lib/$1
    if ! (cd "$lib" 2>/dev/null && sha256sum --quiet --strict --check "$here/checksums/$line.sha256" 2>/dev/null); then
        rm -rf "$lib"
        mvn --batch-mode --quiet --strict-checksums --file "$here/pom.xml" \
            "-Dmaven.repo.local=$folder/repository" --activate-profiles "$line" \
            dependency:copy-dependencies "-DoutputDirectory=$lib"
        (cd "$lib" && sha256sum --quiet --strict --check "$here/checksums/$line.sha256")
    fi
    # A jar that no checksum vouches for is not run.
    diff <(cd "$lib" && ls) <(sed 's/^[0-9a-f]*  //' "$here/checksums/$line.sha256") >&2
}

# The program `node` of a judge: a node of Elasticsearch. 7.17 lacks the jars of one.
node() {
    local line=$1 compiler=$2 runtime=$3 target=$4
    [ "$line" != 7.17 ] || return 0
    "$compiler/bin/javac" -nowarn -proc:none -XDsuppressNotes \
        -cp "$folder/lib/$line/*" -d "$target/classes" "$here"/node/*.java
    cat >"$target/node" <<END
#!/bin/sh
exec "$runtime/bin/java" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
    -Dlog4j2.disable.jmx=true "-Dlog4j.configurationFile=$here/node/log4j2.xml" "-Des.path.home=\$1" \\
    "-Djudge.version=$(version "$line")" \\
    -cp "$target/classes:$folder/lib/$line/*" org.elasticsearch.node.JudgeNode "\$@"
END
    chmod +x "$target/node"
}

# The version of Elasticsearch of a line.
version() {
    sed -n 's/.*  elasticsearch-\([0-9.]*\)\.jar$/\1/p' "$here/checksums/$1.sha256"
}

# A judge: its line of versions, the Java that compiles, the Java that runs, and the sources.
judge() {
    local line=$1 compiler runtime target=$folder/$1-java$3
    compiler=$(java_home "$2") runtime=$(java_home "$3")
    shift 3
    if [ -z "$compiler" ] || [ -z "$runtime" ]; then
        echo "no judge ${target##*/}: that Java is not installed"
        return
    fi
    jars "$line"
    rm -rf "$target"
    mkdir -p "$target/classes"
    (cd "$here/judge" && "$compiler/bin/javac" -nowarn -proc:none -Xlint:-options -XDignore.symbol.file \
        -cp "$folder/lib/$line/*" -d "$target/classes" "$@")
    cat >"$target/judge" <<END
#!/bin/sh
exec "$runtime/bin/java" -Xmx512m -XX:+UseSerialGC -Dlog4j2.disable.jmx=true -Des.logs.level=off \\
    -cp "$target/classes:$folder/lib/$line/*" org.elasticsearch.xpack.core.ssl.Judge
END
    chmod +x "$target/judge"
    node "$line" "$compiler" "$runtime" "$target"
    echo "judge ${target##*/}: Elasticsearch $(version "$line")"
}

common=(Certificates Handshake Judge Keys Logging Names NodeSettings Registered Start Text Trust)
common=("${common[@]/%/.java}")
judge 7.17 17 17 "${common[@]}" 7.17/Tls.java
judge 8.19 17 17 "${common[@]}" Tls.java
judge 8.19 17 25 "${common[@]}" Tls.java
judge 9.5 25 25 "${common[@]}" Tls.java 9.5/Signing.java
