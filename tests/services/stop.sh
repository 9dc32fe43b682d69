#!/usr/bin/env bash
# Ends what start.sh started, as far as it came, and removes its folder.
set -uo pipefail
cd "$(dirname "$0")/../.."
state=.cache/services
[ -e "$state/folder" ] || exit 0
folder=$(cat "$state/folder")

tests/services/engine/run.sh stop "$folder/engine" || true
if [ -e "$folder/postgresql/postmaster.pid" ]; then
  postmaster=$(head -1 "$folder/postgresql/postmaster.pid")
  kill -INT "$postmaster"
  for _ in $(seq 100); do
    kill -0 "$postmaster" 2>/dev/null || break
    sleep 0.1
  done
fi
case $folder in
  /tmp/jarjestotyo-services.*) rm -rf "$folder" ;;
esac
rm -rf "$state"
