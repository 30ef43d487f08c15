#!/usr/bin/env bash
# Installs the packages of target/debian into a clean root, uses them, and removes them again:
# bash packaging/debian/test.sh. Needs root, and debootstrap.
set -euo pipefail
cd "$(dirname "$0")/../.."

root=$(mktemp -d)
chmod 0755 "$root" # mandb reads it as a user of its own
trap 'rm -rf "$root"' EXIT
suite=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)

say() { printf 'ok  %s\n' "$*"; }
inside() { chroot "$root" /usr/bin/env -i HOME=/srv LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
listing() { (cd "$root" && find usr etc -path usr/share/doc/crosstrust -prune -o -print | sort); }

debootstrap --variant=minbase --include=man-db "$suite" "$root" "$mirror" > "$root.log" 2>&1 ||
    { tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root.log"
# A minimal root leaves manual pages out, which are what is looked for here.
rm -f "$root"/etc/dpkg/dpkg.cfg.d/*
inside dpkg --version > /dev/null
listing > "$root/before"

cp target/debian/*.deb "$root/"
inside sh -c 'dpkg --install /crosstrust_*.deb /crosstrust-certutil_*.deb' > /dev/null
say "both packages install on a clean $suite"

inside sh -c 'cd /srv && crosstrust demo' > "$root/demo"
grep -q '^  refused   stranger' "$root/demo"
say 'crosstrust demo runs'

inside man crosstrust-cert | grep -q otherName
say 'man crosstrust-cert shows'

for file in bash-completion/completions/crosstrust fish/vendor_completions.d/crosstrust.fish \
    zsh/vendor-completions/_crosstrust; do
    test -s "$root/usr/share/$file"
done
say 'completions are in their places'

inside sh -c 'cd /srv && elasticsearch-certutil ca --out ca.p12 --pass ""' > /dev/null
test -s "$root/srv/ca.p12"
say 'elasticsearch-certutil is there by its name'

inside dpkg --purge crosstrust-certutil crosstrust > /dev/null
listing > "$root/after"
diff "$root/before" "$root/after"
test ! -e "$root/usr/share/doc/crosstrust"
say 'removal leaves nothing'
