#!/usr/bin/env bash
# Runs the suite on the services; they are stopped afterwards unless they were there before.
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ ! -e .cache/services/env ]; then
  trap 'tests/services/stop.sh' EXIT
  tests/services/start.sh >/dev/null
fi
set -a
. .cache/services/env
set +a
.venv/bin/python -m pytest -q -n 2 "$@"
