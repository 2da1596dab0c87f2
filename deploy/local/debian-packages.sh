#!/usr/bin/env bash
# Installs Debian packages without starting, or leaving enabled, any service they bring:
#   debian-packages.sh PACKAGE…
# Exits 1 with a sentence where it cannot: not Debian, or not root.
set -euo pipefail

# invoke-rc.d asks this program before it starts a service; 101 means "no".
readonly POLICY=/usr/sbin/policy-rc.d

fail() {
  echo "$*" >&2
  exit 1
}

command -v apt-get >/dev/null || fail "Cannot install $*: this machine has no apt-get. Install by hand what provides it."
[[ "$(id -u)" == 0 ]] || fail "Cannot install $*: only root can. Run: sudo apt-get install $*"

shimmed=no
if [[ ! -e $POLICY ]]; then
  shimmed=yes
  trap '[[ $shimmed == no ]] || rm -f "$POLICY"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
fi

unit_files() {
  command -v systemctl >/dev/null && systemctl list-unit-files --no-legend --state=enabled 2>/dev/null | awk '{ print $1 }' || true
}
before="$(unit_files)"

export DEBIAN_FRONTEND=noninteractive
log="$(mktemp)"
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends "$@"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  rm -f "$log"
  fail "Cannot install $*: apt-get failed, its last words are above. Mend that, or install by hand."
fi
rm -f "$log"

# A package enables its service for the next boot: that, too, was not asked for.
unit_files | grep -vxF -f <(echo "$before") | while read -r unit; do
  systemctl disable -q "$unit" || echo "Cannot disable the service $unit: it will start with the next boot." >&2
done || true
