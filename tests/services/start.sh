#!/usr/bin/env bash
# Starts PostgreSQL and a search engine for the tests and prints what to set in the environment.
# Both live in a folder under /tmp and listen on this machine alone; stop.sh ends them and removes the folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
state=.cache/services
if [ -e "$state/env" ]; then
  cat "$state/env"
  exit 0
fi
mkdir -p "$state"
folder=$(mktemp -d /tmp/jarjestotyo-services.XXXXXX)
chmod 755 "$folder"
echo "$folder" >"$state/folder"

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

binaries=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -n "$binaries" ] || { echo "services: PostgreSQL is missing (Debian: apt-get install postgresql)" >&2; exit 1; }
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$folder/postgresql"
[ "$(id -u)" != 0 ] || chown postgres:postgres "$folder/postgresql"
(
  cd /
  as_postgres "$binaries/initdb" --pgdata="$folder/postgresql" --username=tests --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >/dev/null
  # A test database need not survive a power cut.
  as_postgres "$binaries/pg_ctl" --pgdata="$folder/postgresql" --log="$folder/postgresql/server.log" --wait --silent \
    --options="-h 127.0.0.1 -p $port -k '' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" \
    start
)
echo "DATABASE_URL=postgresql://tests@127.0.0.1:$port/postgres" >"$state/env.unfinished"

SEARCH_URL=$(tests/services/engine/run.sh start "$folder/engine")
echo "SEARCH_URL=$SEARCH_URL" >>"$state/env.unfinished"
mv "$state/env.unfinished" "$state/env"
cat "$state/env"
